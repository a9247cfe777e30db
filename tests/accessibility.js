// What the tests of accessibility ask of the page they look at. Most answers are lists of what is wrong.
window.look = (() => {
  const name = (element) => element?.outerHTML.slice(0, 150);

  // What a keyboard must reach and a finger can touch, in the order of the page.
  const interactive = () => [...document.querySelectorAll(
    'a[href], button, input:not([type="hidden"]), select, textarea, summary, [contenteditable], [tabindex="0"]',
  )].filter((element) => element.checkVisibility({visibilityProperty: true}) && !element.disabled);

  // Leaves out items and paragraphs made like three others beside them: the same template wrote them all.
  const thin = () => {
    const made = (element) => [element, ...element.querySelectorAll("*")]
      .map((part) => `${part.localName}.${part.getAttribute("class")}`);
    for (const list of document.querySelectorAll("body, body *")) {
      const seen = {};
      for (const item of list.querySelectorAll(":scope > :is(li, section, tr, div, p)")) {
        const shape = [...new Set(made(item))].sort().join(" ");
        seen[shape] = (seen[shape] ?? 0) + 1;
        if (seen[shape] > 3) item.remove();
      }
    }
  };

  // Contrast of two colours, as WCAG 2.2 defines it.
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => channels(colour).slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, channel) => sum + part * [0.2126, 0.7152, 0.0722][channel], 0);
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    if (!element) return "rgb(255, 255, 255)";
    const colour = getComputedStyle(element).backgroundColor;
    return channels(colour)[3] === 0 ? ground(element.parentElement) : colour;
  };

  const unseen = (element) => {
    const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(element);
    const box = element.getClientRects()[0];
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return "no outline";
    if (contrast(outlineColor, ground(element.parentElement)) < 3) return "an outline that does not stand out";
    if (!top) return "out of sight";
    if (!element.contains(top) && !top.contains(element)) return `under ${name(top)}`;
    return "";
  };

  // Counts the stops of a keyboard, and from now on keeps where each key press led.
  const stops = [], reached = [];
  const watchFocus = () => {
    stops.push(...interactive());
    addEventListener("keyup", () => reached.push([document.activeElement, unseen(document.activeElement)]));
    return stops.length;
  };
  const missedFocus = () => {
    const wrong = stops.findIndex((element, place) => element !== reached[place]?.[0]);
    const missed = wrong < 0 ? [] : [`${name(reached[wrong]?.[0])} instead of ${name(stops[wrong])}`];
    return [...missed, ...reached.filter(([, why]) => why).map(([element, why]) => `${name(element)}: ${why}`)];
  };

  // Targets under 24 px (WCAG 2.2, 2.5.8) that are not links in the flow of a sentence.
  const smallTargets = () => {
    const isInline = (element) => getComputedStyle(element).display === "inline";
    const block = (element) => (isInline(element) ? block(element.parentElement) : element);
    const inSentence = (element) => {
      const copy = block(element).cloneNode(true);
      copy.querySelectorAll("a, button").forEach((target) => target.remove());
      return isInline(element) && /[\p{L}\p{N}]/u.test(copy.textContent);
    };
    return interactive()
      .map((element) => [element, element.getBoundingClientRect()])
      .filter(([element, {width, height}]) => (width < 24 || height < 24) && !inSentence(element))
      .map(([element, {width, height}]) => `${name(element)}: ${width} × ${height}`);
  };

  // What makes the page scroll sideways.
  const tooWide = () => {
    const {scrollWidth, clientWidth} = document.scrollingElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > clientWidth);
    return [`${scrollWidth} px wide`, ...beyond.map(name)];
  };

  // What runs by itself, and what would move if it were touched.
  const running = () => document.getAnimations().map(({effect}) => name(effect.target));
  const movable = () => [...document.querySelectorAll("html, body, body *")].filter((element) =>
    ["", "::before", "::after"].some((part) => {
      const {animationName, transitionDuration, scrollBehavior} = getComputedStyle(element, part || null);
      return animationName !== "none" || parseFloat(transitionDuration) > 0 || scrollBehavior === "smooth";
    })).map(name);

  // What can be read, line by line.
  const lines = () => document.querySelector("main").innerText.split("\n").map((line) => line.trim()).filter(Boolean);

  // axe-core, started in one page while it runs in another. Selectors cost more than the rules.
  let found;
  const startAxe = (tags) => {
    found = axe.run(document, {runOnly: tags, resultTypes: ["violations"], selectors: false});
  };
  const axeFound = async () => (await found).violations.flatMap(({id, nodes}) =>
    nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));

  return {thin, watchFocus, missedFocus, smallTargets, tooWide, running, movable, lines, startAxe, axeFound};
})();
