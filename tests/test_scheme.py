"""The switch between light and dark: follows the system, remembers what was chosen, never flashes."""

import re

import pytest
from browser import OpenPage, Served
from playwright.sync_api import Page, expect

BUTTON = "button.scheme"
pytestmark = pytest.mark.browser


@pytest.fixture
def home(served: Served) -> str:
    """Return the address of a home page."""
    return served.url(served.of_kind("home")[0])


def shade(page: Page) -> str:
    """Return what the page is painted in: "light" or "dark"."""
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    red, green, blue = (int(value) for value in re.findall(r"\d+", colour)[:3])
    return "light" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 128 else "dark"


def pressed(page: Page) -> str:
    """Return what the switch says of itself: dark is pressed."""
    return {"true": "dark", "false": "light"}[page.locator(BUTTON).get_attribute("aria-pressed") or ""]


def become(page: Page, system: str) -> None:
    """Let the system choose another shade, and wait until the page has heard of it: an event of its next frame."""
    page.emulate_media(color_scheme=system)  # type: ignore[arg-type]
    dark = "true" if system == "dark" else "false"
    expect(page.locator(BUTTON)).to_have_attribute("aria-pressed", dark)


@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_page_follows_the_system(open_page: OpenPage, home: str, system: str) -> None:
    page = open_page(color_scheme=system)
    page.goto(home)
    assert shade(page) == pressed(page) == system


def test_a_page_follows_a_system_that_changes(open_page: OpenPage, home: str) -> None:
    page = open_page(color_scheme="light")
    page.goto(home)
    become(page, "dark")
    assert shade(page) == pressed(page) == "dark"


@pytest.mark.parametrize(("system", "chosen"), [("light", "dark"), ("dark", "light")])
def test_what_was_chosen_is_remembered_on_every_page(
    served: Served, open_page: OpenPage, home: str, system: str, chosen: str
) -> None:
    page = open_page(color_scheme=system)
    page.goto(home)
    page.click(BUTTON)
    assert shade(page) == pressed(page) == chosen
    page.reload()
    assert shade(page) == pressed(page) == chosen
    page.goto(served.url(served.of_kind("article")[0]))
    assert shade(page) == pressed(page) == chosen


def test_choosing_what_the_system_says_follows_the_system_again(open_page: OpenPage, home: str) -> None:
    page = open_page(color_scheme="light")
    page.goto(home)
    page.click(BUTTON)
    page.click(BUTTON)
    assert shade(page) == pressed(page) == "light"
    become(page, "dark")
    assert shade(page) == pressed(page) == "dark"
    page.reload()
    assert shade(page) == pressed(page) == "dark"


@pytest.mark.parametrize(("system", "chosen"), [("light", "dark"), ("dark", "light")])
def test_what_was_chosen_is_there_before_the_first_paint(
    open_page: OpenPage, home: str, system: str, chosen: str
) -> None:
    """Nothing is painted in the other one meanwhile."""
    page = open_page(color_scheme=system)
    page.goto(home)
    page.click(BUTTON)
    page.add_init_script(
        """new MutationObserver((changes, observer) => {
            if (document.documentElement?.dataset.scheme) { performance.mark("chosen"); observer.disconnect(); }
        }).observe(document, {attributes: true, childList: true, subtree: true});"""
    )
    page.goto(home)
    painted, found = page.evaluate(
        """() => new Promise((shown) => {
            const look = () => {
                const [paint] = performance.getEntriesByName("first-paint");
                const [mark] = performance.getEntriesByName("chosen");
                paint ? shown([paint.startTime, mark?.startTime]) : requestAnimationFrame(look);
            };
            look();
        })"""
    )
    assert shade(page) == chosen
    assert found is not None
    assert 0 < found <= painted


def test_the_switch_works_by_keyboard_and_has_a_name(open_page: OpenPage, home: str) -> None:
    page = open_page(color_scheme="light")
    page.goto(home)
    button = page.locator(BUTTON)
    assert button.inner_text().strip()
    button.focus()
    page.keyboard.press("Enter")
    assert shade(page) == "dark"
    page.keyboard.press("Space")
    assert shade(page) == "light"


def test_the_switch_is_hidden_where_it_cannot_work(open_page: OpenPage, home: str) -> None:
    page = open_page(java_script_enabled=False, color_scheme="dark")
    page.goto(home)
    assert not page.locator(BUTTON).is_visible()
    assert shade(page) == "dark"


def test_a_browser_that_remembers_nothing_can_still_switch(open_page: OpenPage, home: str) -> None:
    page = open_page(color_scheme="light")
    page.add_init_script(
        'Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }});'
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(home)
    page.click(BUTTON)
    assert shade(page) == pressed(page) == "dark"
    assert errors == []


@pytest.mark.parametrize("stored", ["", "blue", "dark light", '"><script>'])
def test_a_memory_that_makes_no_sense_is_ignored(open_page: OpenPage, home: str, stored: str) -> None:
    page = open_page(color_scheme="dark")
    page.goto(home)
    page.evaluate("(value) => localStorage.setItem('scheme', value)", stored)
    page.reload()
    assert shade(page) == pressed(page) == "dark"


@pytest.mark.parametrize("chosen", [False, True])
def test_a_dark_page_is_printed_in_black_on_white(open_page: OpenPage, home: str, *, chosen: bool) -> None:
    page = open_page(color_scheme="light" if chosen else "dark")
    page.goto(home)
    if chosen:
        page.click(BUTTON)
    assert shade(page) == "dark"
    page.emulate_media(media="print")
    colours = page.evaluate(
        "(({backgroundColor, color}) => [backgroundColor, color])(getComputedStyle(document.documentElement))"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_drawings_and_buttons_take_the_colours_that_a_reader_chose(open_page: OpenPage, home: str) -> None:
    """Forced colours (CSS Color Adjustment Level 1, 3): a browser leaves those of SVG alone, and hides backgrounds."""
    page = open_page(forced_colors="active", color_scheme="dark")
    page.goto(home)
    stroke, button, text, paper, ink = page.evaluate(
        """() => {
            const of = (selector) => getComputedStyle(document.querySelector(selector));
            const probe = document.body.appendChild(document.createElement("i"));
            const colour = (name) => { probe.style.color = name; return getComputedStyle(probe).color; };
            const [sheet, button] = [of(".wake-of-claims .real"), of(".button")];
            return [sheet.stroke, button.backgroundColor, button.color, colour("Canvas"), colour("CanvasText")];
        }"""
    )
    assert stroke == button == ink
    assert text == paper != ink
