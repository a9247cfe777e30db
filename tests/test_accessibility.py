"""Pages work for everyone: WCAG 2.2 AA as far as machines can tell, on a page of every kind in every language."""

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browser import DESKTOP, HEIGHT, PHONE, OpenPage, Served, Specimen
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCHEMES = ("light", "dark")
#: The width of a desktop at 400 % (WCAG 2.2, 1.4.10), and at 200 %.
ZOOMED = (320, DESKTOP // 2)

#: Leaves out the items of lists that are made like three others beside them: the same template wrote them all.
_THIN = """
() => {
    const made = (element) => [element, ...element.querySelectorAll("*")]
        .map((part) => `${part.localName}.${part.getAttribute("class")}`);
    for (const list of document.querySelectorAll("main, main *")) {
        const seen = {};
        for (const item of list.querySelectorAll(":scope > :is(li, section, tr, div)")) {
            const shape = [...new Set(made(item))].sort().join(" ");
            seen[shape] = (seen[shape] ?? 0) + 1;
            if (seen[shape] > 3) item.remove();
        }
    }
}
"""
_START_AXE = """
(tags) => { found = axe.run(document, {runOnly: tags, resultTypes: ["violations"], selectors: false}); }
"""
_FOUND = """
async () => (await found).violations.flatMap(
    ({id, nodes}) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`)
)
"""
#: What a keyboard must reach, in the order of the page.
_INTERACTIVE = """
const interactive = [...document.querySelectorAll(
    'a[href], button, input:not([type="hidden"]), select, textarea, summary, [contenteditable], [tabindex="0"]'
)].filter((element) => element.checkVisibility({visibilityProperty: true}) && !element.disabled);
const name = (element) => element?.outerHTML.slice(0, 150);
"""
_WATCH_FOCUS = f"""
() => {{
    {_INTERACTIVE}
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = (colour) => numbers(colour).slice(0, 3)
        .map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, channel) => sum + part * [0.2126, 0.7152, 0.0722][channel], 0);
    const ground = (element) => {{
        const colour = element && getComputedStyle(element).backgroundColor;
        return !element ? "rgb(255, 255, 255)" : numbers(colour)[3] === 0 ? ground(element.parentElement) : colour;
    }};
    const contrast = (one, other) => {{
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    }};
    const fault = (element) => {{
        const {{outlineStyle, outlineWidth, outlineColor}} = getComputedStyle(element);
        const box = element.getClientRects()[0];
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return "no outline";
        if (contrast(outlineColor, ground(element.parentElement)) < 3) return "an outline that does not stand out";
        if (!top) return "out of sight";
        if (!element.contains(top) && !top.contains(element)) return `under ${{name(top)}}`;
    }};
    window.interactive = interactive;
    window.reached = [];
    window.faults = [];
    addEventListener("keyup", () => {{
        const element = document.activeElement;
        reached.push(element);
        if (fault(element)) faults.push(`${{name(element)}}: ${{fault(element)}}`);
    }});
    return interactive.length;
}}
"""
_REACHED = """
() => {
    const name = (element) => element?.outerHTML.slice(0, 150);
    const wrong = interactive.findIndex((element, place) => element !== reached[place]);
    const missed = wrong < 0 ? [] : [`${name(reached[wrong])} instead of ${name(interactive[wrong])}`];
    return [...missed, ...faults];
}
"""
#: Targets under 24 px that are not links in the flow of a sentence.
_SMALL_TARGETS = f"""
() => {{
    {_INTERACTIVE}
    const block = (element) => getComputedStyle(element).display === "inline" ? block(element.parentElement) : element;
    const wordsBeside = (element) => {{
        const copy = block(element).cloneNode(true);
        copy.querySelectorAll("a, button").forEach((target) => target.remove());
        return /[\\p{{L}}\\p{{N}}]/u.test(copy.textContent);
    }};
    return interactive
        .map((element) => [element, element.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24)
        .filter(([element]) => block(element) === element || !wordsBeside(element))
        .map(([element, box]) => `${{name(element)}}: ${{box.width}} × ${{box.height}}`);
}}
"""
_TOO_WIDE = """
() => {
    const {scrollWidth, clientWidth} = document.scrollingElement;
    return scrollWidth <= clientWidth ? [] : [
        `${scrollWidth} px`,
        ...[...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > clientWidth)
            .map((element) => element.outerHTML.slice(0, 100)),
    ];
}
"""
_MOVING = """
() => [document.documentElement, ...document.querySelectorAll("body, body *")].flatMap((element) =>
    ["", "::before", "::after"].flatMap((part) => {
        const {animationName, transitionDuration, scrollBehavior} = getComputedStyle(element, part || null);
        const still = animationName === "none" && !parseFloat(transitionDuration) && scrollBehavior !== "smooth";
        return still ? [] : [element.outerHTML.slice(0, 100) + part];
    }))
"""

pytestmark = pytest.mark.browser
Faults = dict[str, list[str]]


def faults(served: Served, page: Page, find: Callable[[Specimen], list[str]]) -> Faults:
    """Open a page of every kind in every language; return what ``find`` says against them, by address."""
    found: Faults = {}
    for specimen in served.specimens:
        page.goto(served.url(specimen))
        found[specimen.path] = find(specimen)
    return {path: said for path, said in found.items() if said}


def test_every_kind_of_page_is_there_in_every_language(served: Served) -> None:
    """Otherwise the tests below would look at one language only."""
    kinds: dict[str, set[str]] = {}
    for specimen in served.specimens:
        kinds.setdefault(specimen.language, set()).add(specimen.kind)
    assert kinds.pop("") == {"gateway", "404"}
    assert len(kinds) > 1
    assert len({frozenset(found) for found in kinds.values()}) == 1, kinds


def test_axe_finds_nothing_against_any_page(served: Served, open_page: OpenPage) -> None:
    """On a phone and on a desktop (side by side, for each has its own process), in light and in dark."""
    pages = {width: open_page(width) for width in (PHONE, DESKTOP)}
    found: Faults = {}
    for specimen in served.specimens:
        for page in pages.values():
            page.goto(served.url(specimen))
            page.evaluate(_THIN)
            page.evaluate(AXE_SCRIPT)
        for scheme in SCHEMES:
            for page in pages.values():
                page.emulate_media(color_scheme=scheme)
                page.evaluate(_START_AXE, RULES)
            for width, page in pages.items():
                found[f"{specimen}, {width} px, {scheme}"] = page.evaluate(_FOUND)
    assert {where: said for where, said in found.items() if said} == {}


def test_axe_sees_faults_of_every_sort(open_page: OpenPage) -> None:
    """A check that never finds anything is no check."""
    page = open_page()
    small = '<button style="width: 9px; height: 9px; padding: 0"></button>'
    page.set_content(f'<p style="color: #aaa">Grey</p><img src="x"><p>{small}{small}</p>')
    page.evaluate(AXE_SCRIPT)
    page.evaluate(_START_AXE, RULES)
    found = {fault.split(":")[0] for fault in page.evaluate(_FOUND)}
    assert {"color-contrast", "image-alt", "target-size", "region", "button-name"} <= found


def test_the_first_stop_skips_to_the_content(served: Served, open_page: OpenPage) -> None:
    page = open_page(PHONE)

    def find(_: Specimen) -> list[str]:
        page.keyboard.press("Tab")
        first = page.evaluate(
            """() => {
                const {top, left, bottom} = document.activeElement.getBoundingClientRect();
                return [document.activeElement.getAttribute("href"), top >= 0 && left >= 0 && bottom > top];
            }"""
        )
        page.keyboard.press("Enter")
        landed = page.evaluate("document.activeElement.localName")
        page.keyboard.press("Tab")
        inside = page.evaluate("document.activeElement.closest('header.masthead') === null")
        return [] if [*first, landed, inside] == ["#main", True, "main", True] else [f"{first}, {landed}, {inside}"]

    assert faults(served, page, find) == {}


def test_a_keyboard_reaches_everything_in_order_and_is_seen(served: Served, open_page: OpenPage) -> None:
    """In light in one language, in dark in the others."""
    page = open_page(reduced_motion="reduce")
    first = next(specimen.language for specimen in served.specimens if specimen.language)

    def find(specimen: Specimen) -> list[str]:
        page.emulate_media(color_scheme="light" if specimen.language == first else "dark")
        page.evaluate(_THIN)
        for _ in range(page.evaluate(_WATCH_FOCUS)):
            page.keyboard.press("Tab")
        return list(page.evaluate(_REACHED))

    assert faults(served, page, find) == {}


def test_targets_are_large_enough_for_a_finger(served: Served, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    assert faults(served, page, lambda _: page.evaluate(_SMALL_TARGETS)) == {}


def test_nothing_scrolls_sideways_when_a_page_is_enlarged(served: Served, open_page: OpenPage) -> None:
    page = open_page()

    def find(_: Specimen) -> list[str]:
        found = []
        for width in ZOOMED:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            found += [f"{width} px: {what}" for what in page.evaluate(_TOO_WIDE)]
        return found

    assert faults(served, page, find) == {}


def test_nothing_scrolls_sideways_when_letters_are_twice_as_large(served: Served, open_page: OpenPage) -> None:
    """Which is the reader's own setting, not that of the page."""
    page = open_page()
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.goto(served.url(served.specimens[0]))
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
    assert faults(served, page, lambda _: page.evaluate(_TOO_WIDE)) == {}


def test_nothing_moves_by_itself_nor_at_all_for_a_reader_who_asked_for_stillness(
    served: Served, open_page: OpenPage
) -> None:
    page = open_page()

    def find(_: Specimen) -> list[str]:
        page.emulate_media(reduced_motion="no-preference")
        moving = page.evaluate("document.getAnimations().map(({effect}) => effect.target.outerHTML.slice(0, 100))")
        page.emulate_media(reduced_motion="reduce")
        return moving + page.evaluate(_MOVING)

    assert faults(served, page, find) == {}


def test_pages_say_the_same_without_javascript(served: Served, open_page: OpenPage) -> None:
    """All but the switch between light and dark, and the search, whose page then leads to the archive."""
    reading, scripted = open_page(java_script_enabled=False), open_page()
    text = "document.querySelector('main').innerText.split('\\n').map((line) => line.trim()).filter(Boolean)"

    def find(specimen: Specimen) -> list[str]:
        reading.goto(served.url(specimen))
        if specimen.kind == "search":
            links = reading.locator("main a[href]:visible").count()
            return [] if links else ["no link leads on"]
        said = reading.evaluate(text)
        return [line for line in scripted.evaluate(text) if line not in said] if said else ["nothing to read"]

    assert faults(served, scripted, find) == {}
