// Reloads the page at a save; says in the page, and in its tab, what is wrong with the content;
// marks what is not public, its page and every link to it.
const events = new EventSource(`/.events${new URL(document.currentScript.src).search}`);
const title = document.title;
let banner;

function item({ place, link, text }) {
  const entry = document.createElement("li");
  if (place) {
    const opener = Object.assign(document.createElement("a"), { href: link, textContent: place });
    entry.append(opener, ": ");
  }
  entry.append(text);
  return entry;
}

function show(problems) {
  if (!banner) {
    const frame = document.createElement("div");
    frame.className = "preview-problems";
    frame.setAttribute("role", "alert");
    banner = document.body.appendChild(frame).appendChild(document.createElement("ul"));
  }
  banner.replaceChildren(...problems.map(item));
  document.title = `⚠ ${problems.filter(({ place }) => place).length || 1} · ${title}`;
}

function marked(tag, text) {
  return Object.assign(document.createElement(tag), { className: "preview-state", textContent: text });
}

function mark(states) {
  const own = states[location.pathname];
  if (own) document.body.prepend(marked("div", own));
  for (const link of document.links) {
    const state = link.origin === location.origin && states[link.pathname];
    if (state && link.textContent.trim()) link.append(" ", marked("small", state));
  }
}

fetch("/.unpublished.json").then((answer) => answer.json()).then(mark);
events.addEventListener("built", () => location.reload());
events.addEventListener("problems", (event) => show(JSON.parse(event.data)));
addEventListener("pagehide", () => events.close());
