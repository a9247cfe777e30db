// The page of search: reads what is asked, asks Pagefind's index of this language, shows what it finds.
// Everything is put on the page as text, never as HTML.
const form = document.querySelector("form[role=search]");
const list = document.querySelector(".results");
const status = document.querySelector(".found");
const more = document.querySelector(".more");
const letters = JSON.parse(form.dataset.letters);
const language = document.documentElement.lang;
const [atOnce, around, before] = [10, 34, 8]; // results; words of an excerpt, and before its first match
const narrowed = ["topic", "status", "verdict"]; // what results can be narrowed to
const parting = /\s+|\u2060/gu;

// Words as the index has them (newsroom/search/text.py). Apostrophes part words, and one letter before or after
// them says nothing; hyphens part them but in a phrase, or where a part is too short to stand alone (F-35).
const fold = (text) => text.toLowerCase().replace(/\p{Pd}/gu, "-").replace(/./gsu, (sign) => letters[sign] ?? sign)
  .normalize("NFD").replace(/\p{M}/gu, "");
const words = (text, phrase = false) => (fold(text).match(/[\p{L}\p{N}_'’-]+/gu) ?? [])
  .flatMap((word) => word.split(/['’]/).filter((part, _, all) => part && (phrase || part.length > 1 || all.length === 1)))
  .flatMap((word) => {
    const parts = word.split("-").filter(Boolean);
    return phrase || parts.some((part) => part.length === 1) ? parts.join("") || [] : parts;
  });

let engine; // Pagefind, loaded by the first to ask, and again by the next after a failure
const load = () => engine ??= (async () => {
  const pagefind = await import(`${form.dataset.index}pagefind.js`);
  await pagefind.destroy();
  await pagefind.options({ baseUrl: "/", noWorker: true });
  await pagefind.init();
  return pagefind;
})();

// For a word it does not know Pagefind takes the longest beginning that it knows ("a" for "aubergine"), and passes
// over a word that has none. It does so for every result alike, so the first one tells: a word found begins like
// each word asked, for half of its length ("flies" like "fly").
const begins = (asked, found) => found.startsWith(asked.slice(0, Math.max(3, Math.ceil(asked.length / 2))));
const sincere = (asked, { content, locations, meta }) => {
  const spaced = content.split(parting);
  const texts = [...locations.map((place) => spaced[place]), meta.title, meta.date];
  const [wanted, found] = [asked, texts.flatMap((text) => [...words(text), ...words(text, true)])]
    .map((all) => all.map((word) => word.replace(/y/g, "i")));
  return wanted.every((word) => found.some((other) => begins(word, other)));
};

// The word without the signs around it: “cable,” is marked up to its comma.
const marked = (part) => {
  const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(part);
  const mark = document.createElement("mark");
  mark.textContent = word;
  return word ? [before, mark, after] : [part];
};

// The passage that holds the most of the words asked, its matches marked.
const excerpt = ({ content, weighted_locations: matches }) => {
  const parts = content.split(parting);
  const spaces = [...content.matchAll(parting)].map(([space]) => space.replace("\u2060", ""));
  const worth = (first) => {
    const inside = matches.filter(({ location }) => location >= first && location < first + around - before);
    const different = new Set(inside.map(({ location }) => fold(parts[location]).slice(0, 4)));
    return different.size * 1e6 + inside.reduce((sum, match) => sum + match.balanced_score, 0);
  };
  const [best] = matches.map(({ location }) => [location, worth(location)])
    .reduce((one, other) => (other[1] > one[1] ? other : one), [0, 0]);
  const start = Math.max(0, Math.min(best - before, parts.length - around));
  const end = Math.min(parts.length, start + around);
  const found = new Set(matches.map(({ location }) => location));
  const nodes = [start > 0 ? "… " : ""];
  for (let place = start; place < end; place++) {
    nodes.push(...(found.has(place) ? marked(parts[place]) : [parts[place]]), place < end - 1 ? spaces[place] : "");
  }
  return [...nodes, end < parts.length ? " …" : ""];
};

const item = (data) => {
  const copy = document.querySelector("#result").content.cloneNode(true);
  const marks = document.querySelector("#marks").content;
  const [time, link] = ["time", "a"].map((name) => copy.querySelector(name));
  time.dateTime = data.meta.day;
  time.textContent = data.meta.date;
  link.href = data.url;
  link.textContent = data.meta.title;
  copy.querySelector(".statuses").append(...data.filters.status.flatMap((name, place) =>
    [place ? ", " : "", marks.querySelector(`.status.${name}`).cloneNode(true)]));
  const named = (name) => (data.filters[name] ?? [])
    .map((key) => form.elements[name].querySelector(`[value="${key}"]`)?.textContent).filter(Boolean).join(", ");
  copy.querySelector(".of").textContent = named("topic");
  copy.querySelector(".became strong").textContent = named("verdict");
  copy.querySelector(".became").hidden = !named("verdict");
  copy.querySelector(".excerpt").append(...excerpt(data));
  return copy;
};

const find = async (asked) => {
  const phrase = /^\s*["“«].+["”»]\s*$/su.test(asked.q);
  const terms = words(asked.q, phrase);
  const filters = Object.fromEntries(Object.entries(asked).filter(([name, value]) => narrowed.includes(name) && value));
  if (terms.length === 0 && Object.keys(filters).length === 0) return null;
  const query = phrase ? `"${terms.join(" ")}"` : terms.join(" ");
  const sort = asked.order ? { date: asked.order } : terms.length ? {} : { date: "desc" };
  const { results } = await (await load()).search(query || null, { filters, sort });
  return results.length && sincere(terms, await results[0].data()) ? results : [];
};

let waiting = []; // results that are not shown yet
const next = async () => (await Promise.all(waiting.splice(0, atOnce).map((result) => result.data()))).map(item);

let turns = 0;
const search = async () => {
  const turn = ++turns;
  const busy = setTimeout(() => { status.textContent = status.dataset.busy; }, 400);
  let items = [], said = "";
  try {
    const found = await find(Object.fromEntries(new FormData(form)));
    if (turn === turns) {
      waiting = found ?? [];
      if (found) said = found.length ? status.dataset.found.replace("{}", found.length.toLocaleString(language)) : status.dataset.none;
      items = await next();
    }
  } catch {
    engine = undefined;
    said = status.dataset.failed;
  }
  clearTimeout(busy);
  if (turn !== turns) return;
  list.replaceChildren(...items);
  status.textContent = said;
  more.hidden = waiting.length === 0;
};

// The address says what is asked: it can be kept, sent, gone back to, and asked in the other language.
const address = () => {
  const asked = String(new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim())));
  return asked ? `?${asked}` : location.pathname;
};
const carry = () => {
  document.querySelector(".elsewhere").hidden = !location.search;
  for (const link of document.querySelectorAll(".elsewhere a, .switch a")) link.search = location.search;
};
const restore = () => {
  const asked = new URLSearchParams(location.search);
  for (const field of form.elements) if (field.name) field.value = asked.get(field.name) ?? "";
  carry();
  return search();
};

let pause;
form.addEventListener("focusin", () => load().catch(() => { engine = undefined; }), { once: true });
form.addEventListener("input", ({ target }) => {
  clearTimeout(pause);
  pause = setTimeout(() => { history.replaceState(null, "", address()); carry(); search(); }, target.name === "q" ? 300 : 0);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  if (address() !== (location.search || location.pathname)) history.pushState(null, "", address());
  carry();
  search();
});
more.firstElementChild.addEventListener("click", async () => {
  const items = await next();
  const first = items[0]?.querySelector("a");
  list.append(...items);
  more.hidden = waiting.length === 0;
  first?.focus();
});
addEventListener("popstate", restore);
restore();
