"""Pages work for everyone: WCAG 2.2 AA as far as machines can tell, on a page of every kind in every language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browser import DESKTOP, HEIGHT, PHONE, OpenPage, Served, Specimen
from playwright.sync_api import Browser, Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCHEMES = ("light", "dark")
#: The width of a desktop at 400 % (WCAG 2.2, 1.4.10), and at 200 %.
ZOOMED = (320, DESKTOP // 2)

#: What is asked of a page, as functions of ``look``.
LOOK = (Path(__file__).parent / "accessibility.js").read_text(encoding="utf-8")

pytestmark = pytest.mark.browser
Faults = dict[str, list[str]]


@pytest.fixture
def open_look(open_page: OpenPage) -> OpenPage:
    """Return the function that opens an empty page where ``look`` is at hand; its arguments are those of another."""

    def open_one(*args: object, **options: object) -> Page:
        page = open_page(*args, **options)
        page.add_init_script(LOOK)
        return page

    return open_one


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


def test_axe_finds_nothing_against_any_page(served: Served, open_look: OpenPage) -> None:
    """On a phone and on a desktop (side by side, for each has its own process), in light and in dark."""
    pages = {width: open_look(width) for width in (PHONE, DESKTOP)}
    found: Faults = {}
    for specimen in served.specimens:
        for page in pages.values():
            page.goto(served.url(specimen))
            page.evaluate("look.thin()")
            page.evaluate(AXE_SCRIPT)
        for scheme in SCHEMES:
            for page in pages.values():
                page.emulate_media(color_scheme=scheme)
                page.evaluate("(tags) => look.startAxe(tags)", RULES)
            for width, page in pages.items():
                found[f"{specimen}, {width} px, {scheme}"] = page.evaluate("look.axeFound()")
    assert {where: said for where, said in found.items() if said} == {}


def test_axe_sees_faults_of_every_sort(open_page: OpenPage) -> None:
    """A check that never finds anything is no check."""
    page = open_page()
    small = '<button style="width: 9px; height: 9px; padding: 0"></button>'
    page.set_content(f'<p style="color: #aaa">Grey</p><img src="x"><p>{small}{small}</p>')
    page.evaluate(AXE_SCRIPT)
    page.evaluate(LOOK)
    page.evaluate("(tags) => look.startAxe(tags)", RULES)
    found = {fault.split(":")[0] for fault in page.evaluate("look.axeFound()")}
    assert {"color-contrast", "image-alt", "target-size", "region", "button-name"} <= found


def test_the_first_stop_skips_to_the_content(served: Served, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    stop = """() => {
        const {top, left, bottom} = document.activeElement.getBoundingClientRect();
        return [document.activeElement.getAttribute("href"), top >= 0 && left >= 0 && bottom > top];
    }"""

    def find(_: Specimen) -> list[str]:
        page.keyboard.press("Tab")
        href, seen = page.evaluate(stop)
        page.keyboard.press("Enter")
        landed = page.evaluate("document.activeElement.localName")
        page.keyboard.press("Tab")
        beyond = page.evaluate("document.activeElement.closest('header.masthead') === null")
        done = [(href == "#main", "no skip link"), (seen, "unseen"), (landed == "main", landed), (beyond, "not beyond")]
        return [what for right, what in done if not right]

    assert faults(served, page, find) == {}


def test_a_keyboard_reaches_everything_in_order_and_is_seen(served: Served, open_look: OpenPage) -> None:
    """In light in one language, in dark in the others."""
    page = open_look(reduced_motion="reduce")
    first = next(specimen.language for specimen in served.specimens if specimen.language)

    def find(specimen: Specimen) -> list[str]:
        page.emulate_media(color_scheme="light" if specimen.language == first else "dark")
        page.evaluate("look.thin()")
        for _ in range(page.evaluate("look.watchFocus()")):
            page.keyboard.press("Tab")
        return list(page.evaluate("look.missedFocus()"))

    assert faults(served, page, find) == {}


@pytest.fixture(scope="module")
def answers(served: Served, chromium: Browser) -> dict[str, Faults]:
    """Return what is wrong by question and by address; asked in one visit of each page, as visits cost most."""
    page = chromium.new_page()
    page.add_init_script(LOOK)
    session = page.context.new_cdp_session(page)
    found: dict[str, Faults] = {}

    def ask(question: str, specimen: Specimen, answer: str, width: int = DESKTOP) -> None:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if said := page.evaluate(f"look.{answer}()"):
            found.setdefault(question, {})[f"{specimen}, {width} px"] = said

    for specimen in served.specimens:
        page.goto(served.url(specimen))
        ask("small targets", specimen, "smallTargets", PHONE)
        for width in ZOOMED:
            ask("enlarged", specimen, "tooWide", width)
        ask("running", specimen, "running")
        page.emulate_media(reduced_motion="reduce")
        ask("movable", specimen, "movable")
        page.emulate_media(reduced_motion="no-preference")
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
        ask("large letters", specimen, "tooWide")
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    page.context.close()
    return found


def test_targets_are_large_enough_for_a_finger(answers: dict[str, Faults]) -> None:
    assert answers.get("small targets", {}) == {}


def test_nothing_scrolls_sideways_when_a_page_is_enlarged(answers: dict[str, Faults]) -> None:
    assert answers.get("enlarged", {}) == {}


def test_nothing_scrolls_sideways_when_letters_are_twice_as_large(answers: dict[str, Faults]) -> None:
    """Which is the reader's own setting, not that of the page."""
    assert answers.get("large letters", {}) == {}


def test_nothing_moves_by_itself(answers: dict[str, Faults]) -> None:
    assert answers.get("running", {}) == {}


def test_nothing_moves_for_a_reader_who_asked_for_stillness(answers: dict[str, Faults]) -> None:
    assert answers.get("movable", {}) == {}


def test_pages_say_the_same_without_javascript(served: Served, open_look: OpenPage) -> None:
    """All but the search, whose page then leads on by links."""
    plain, scripted = open_look(java_script_enabled=False), open_look()

    def find(specimen: Specimen) -> list[str]:
        plain.goto(served.url(specimen))
        plain.evaluate(LOOK)
        said = plain.evaluate("look.lines()")
        if specimen.kind == "search":
            return [] if plain.locator("main a[href]:visible").count() else ["no link leads on"]
        return [line for line in scripted.evaluate("look.lines()") if line not in said] if said else ["nothing to read"]

    assert faults(served, scripted, find) == {}
