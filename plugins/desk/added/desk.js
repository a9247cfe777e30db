// Lists what the rules of the house find in the whole content, when they have been asked.
function line({ place, link, text }) {
  const entry = document.createElement("li");
  if (place) entry.append(Object.assign(document.createElement("a"), { href: link, textContent: place }), ": ");
  entry.append(text);
  return entry;
}

function list(into, otherwise, lines) {
  const shown = document.createElement(lines.length ? "ul" : "p");
  shown.append(...(lines.length ? lines.map(line) : [otherwise]));
  into.replaceChildren(shown);
  into.closest("section").querySelector("[data-count]").textContent = lines.length;
}

async function proofread(into) {
  const found = await (await fetch(into.dataset.proofs)).json();
  if (!found) return;
  list(into, found.summary, found.lines);
  const notes = document.querySelector("[data-notes]");
  list(notes, "", found.notes);
  notes.closest("section").hidden = found.notes.length === 0;
}

proofread(document.querySelector("[data-proofs]"));
