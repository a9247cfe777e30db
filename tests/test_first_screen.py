"""What a reader meets first: the first sentence of an article, on the first screen of a telephone."""

import pytest
from browser import OpenPage, Served, address
from test_weight import articles

#: The screen of most telephones, in CSS pixels.
WIDTH, SCREEN = 390, 844

pytestmark = pytest.mark.browser


def test_the_first_sentence_stands_on_the_first_screen_of_a_telephone(served: Served, open_page: OpenPage) -> None:
    """All of its first line, in every article."""
    page = open_page(WIDTH)
    page.set_viewport_size({"width": WIDTH, "height": SCREEN})
    below = {}
    for file, _ in articles(served.output):
        page.goto(served.url(address(served.output, served.output / file)))
        page.evaluate("document.fonts.ready")
        top, line = page.evaluate(
            """() => {
                const first = document.querySelector(".prose > p");
                return [first.getBoundingClientRect().top, parseFloat(getComputedStyle(first).lineHeight)];
            }"""
        )
        if top + line > SCREEN:
            below[file] = round(top)
    assert below == {}


def test_the_masthead_says_what_this_is_and_how_to_follow_it_in_little_room(
    served: Served, open_page: OpenPage
) -> None:
    page = open_page(WIDTH)
    page.set_viewport_size({"width": WIDTH, "height": SCREEN})
    for specimen in served.of_kind("home", "article"):
        page.goto(served.url(specimen))
        for part in (".wordmark", ".masthead .tagline", ".sections li:nth-child(1) a", ".sections li:nth-child(2) a"):
            box = page.locator(part).first.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= WIDTH, part
        masthead = page.locator(".masthead").bounding_box()
        assert masthead is not None
        assert masthead["height"] <= SCREEN / 6
