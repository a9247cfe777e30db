// Scrolls the languages of a page together: each heading beside its own, and each paragraph where a part
// has as many in both. Between two of these, by the share of the way.
const BLOCKS = "main :is(h1, h2, h3, p, li, blockquote, figure, table, dt, dd)";
const frames = [...document.querySelectorAll("iframe")];
const ends = (frame) => frame.contentDocument.documentElement.scrollHeight - frame.contentWindow.innerHeight;
const expected = new Map();
// Where each stood before it was reloaded: what a browser restores by itself, at its own moment, looks like a lead.
const places = new Map();
let leader = frames[0];

function parts(frame) {
  const found = [[{ top: 0 }]];
  for (const block of frame.contentDocument.querySelectorAll(BLOCKS)) {
    if (block.getClientRects().length === 0) continue;
    const top = block.getBoundingClientRect().top + frame.contentWindow.scrollY;
    if (/^H[1-3]$/.test(block.tagName)) found.push([{ top }]);
    else found.at(-1).push({ top });
  }
  return found;
}

function pairs(from, to) {
  const [one, other] = [parts(from), parts(to)];
  const points = [[0, 0]];
  const aligned = one.length === other.length ? one.map((part, number) => [part, other[number]]) : [];
  for (const [left, right] of aligned) {
    const count = left.length === right.length ? left.length : 1;
    for (let number = 0; number < count; number += 1) points.push([left[number].top, right[number].top]);
  }
  points.push([ends(from) + from.contentWindow.innerHeight, ends(to) + to.contentWindow.innerHeight]);
  const rising = (point, number, all) => number === 0 || (point[0] > all[number - 1][0] && point[1] >= all[number - 1][1]);
  return points.filter(rising);
}

function mapped(points, at) {
  const after = Math.max(1, points.findIndex(([top]) => top > at));
  const [[left, right], [nextLeft, nextRight]] = [points[after - 1], points[after]];
  return right + ((at - left) / (nextLeft - left)) * (nextRight - right);
}

function follow() {
  const { scrollY, innerHeight } = leader.contentWindow;
  for (const frame of frames) {
    if (frame === leader || !frame.contentDocument?.body) continue;
    // What is read stands a third down the window; at both ends, the ends meet.
    const line = innerHeight / 3;
    const reading = Math.round(mapped(pairs(leader, frame), scrollY + line) - line);
    const top = scrollY <= 0 ? 0 : scrollY >= ends(leader) - 1 ? ends(frame) : Math.min(Math.max(0, reading), ends(frame));
    expected.set(frame, top);
    frame.contentWindow.scrollTo({ top, behavior: "instant" });
  }
}

function moved(frame) {
  if (Math.abs((expected.get(frame) ?? -9) - frame.contentWindow.scrollY) < 2) return;
  expected.delete(frame);
  leader = frame;
  follow();
}

function settle(frame) {
  const { contentWindow, contentDocument } = frame;
  const { pathname } = contentWindow.location;
  // A link that was followed in one language leads the others along.
  if (pathname !== frame.dataset.path && frame.dataset.path) {
    location.assign(`/desk/side-by-side${pathname}`);
    return;
  }
  frame.dataset.path = pathname;
  let asked = false;
  contentWindow.addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    contentWindow.requestAnimationFrame(() => {
      asked = false;
      moved(frame);
    });
  });
  contentWindow.history.scrollRestoration = "manual";
  contentWindow.addEventListener("pagehide", () => places.set(frame, contentWindow.scrollY));
  if (frame === leader) contentWindow.scrollTo({ top: places.get(frame) ?? contentWindow.scrollY, behavior: "instant" });
  new contentWindow.ResizeObserver(follow).observe(contentDocument.body);
  follow();
}

for (const frame of frames) {
  frame.addEventListener("load", () => settle(frame));
  if (frame.contentDocument?.readyState === "complete" && frame.contentWindow.location.href !== "about:blank") settle(frame);
}
for (const box of document.querySelectorAll("[name=shown]"))
  box.addEventListener("change", () => {
    for (const section of document.querySelectorAll("section"))
      section.toggleAttribute("data-shown", section.dataset.language === box.value);
  });
