// Reloads the page at a save; says in the page, and in its tab, what is wrong with the content and what the
// rules of the house find; marks what is not public, its page and every link to it.
const title = document.title;
const framed = window.parent !== window;
let version = Number(new URL(document.currentScript.src).search.slice(1));
let bar, banner;

function element(tag, className, ...children) {
  const made = Object.assign(document.createElement(tag), { className });
  made.append(...children);
  return made;
}

function link({ text, href }) {
  return Object.assign(document.createElement("a"), { href, textContent: text });
}

function line({ place, link: href, text }) {
  return element("li", "", ...(place ? [link({ text: place, href }), ": "] : []), text);
}

function frame() {
  bar ??= document.body.appendChild(element("div", "preview-bar"));
  return bar;
}

function show(problems) {
  if (!banner) {
    banner = element("div", "preview-problems", document.createElement("ul"));
    banner.setAttribute("role", "alert");
    frame().prepend(banner);
  }
  banner.firstChild.replaceChildren(...problems.map(line));
  document.title = `⚠ ${problems.filter(({ place }) => place).length || 1} · ${title}`;
}

function reload() {
  const frames = document.querySelectorAll("iframe");
  if (frames.length === 0) return location.reload();
  for (const { contentWindow } of frames) contentWindow.location.reload();
  banner?.remove();
  banner = undefined;
  document.title = title;
}

function hear({ name, version: saved, problems }) {
  if (name === "problems") show(problems);
  else if (saved !== version) reload();
  version = saved;
}

function listen() {
  if (window.SharedWorker) {
    const { port } = new SharedWorker("/.events.js");
    port.addEventListener("message", ({ data }) => hear(data));
    port.start();
    addEventListener("pagehide", () => port.postMessage("gone"));
    return;
  }
  const events = new EventSource(`/.events?${version}`);
  for (const name of ["built", "problems"])
    events.addEventListener(name, ({ data }) => hear({ name, ...JSON.parse(data) }));
  addEventListener("pagehide", () => events.close());
}

function mark(states) {
  const own = states[location.pathname];
  if (own) document.body.prepend(element("div", "preview-state", own));
  for (const one of document.links) {
    const state = one.origin === location.origin && states[one.pathname];
    if (state && one.textContent.trim()) one.append(" ", element("small", "preview-state", state));
  }
}

async function proofread(address, tools) {
  const found = await (await fetch(address)).json();
  if (!found) return;
  const lines = [...found.lines, ...found.notes];
  const heading = element(lines.length ? "summary" : "span", found.lines.length ? "preview-wrong" : "", found.summary);
  if (!lines.length) return tools.append(heading);
  const details = element("details", "preview-proofs", heading, element("ul", "", ...lines.map(line)));
  details.open = sessionStorage.previewProofs === "open";
  details.addEventListener("toggle", () => (sessionStorage.previewProofs = details.open ? "open" : "closed"));
  tools.append(details);
}

async function look() {
  const answer = await fetch(`/.page.json?${encodeURIComponent(location.pathname)}`);
  const { language, unpublished, tools, proofs } = await answer.json();
  mark(unpublished);
  if (framed) return;
  if (tools.length === 0) return;
  const row = frame().appendChild(element("div", "preview-tools", ...tools.map(link)));
  row.lang = language;
  if (proofs) await proofread(proofs, row);
}

addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
if (!framed) listen();
look();
