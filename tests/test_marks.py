"""The marks of statuses and the wake are drawn on pages as SVG and on share cards as pixels: the same shapes."""

import io
from collections.abc import Iterator
from functools import partial

import pytest
from browser import OpenPage, Served, serving
from conftest import Build
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page
from site_builder import make_site, write_pairs

from newsroom.content.articles import STATUSES
from newsroom.writers.share_card import mark, wake

pytestmark = pytest.mark.browser
SIDE, LENGTH, SPREAD = 120, 800, 80
#: Part of the pixels by which two drawings of one shape may differ: their edges.
EDGES = 0.012
#: Leaves a shape alone on a white page, in black.
ALONE = """(shape, [width, height, stroke]) => {
  const copy = shape.cloneNode(true);
  document.body.replaceChildren(copy);
  document.documentElement.style.cssText = document.body.style.cssText = "all: initial; background: white";
  copy.style.cssText = `display: block; position: absolute; inset: 0; margin: 0; width: ${width}px;
    height: ${height}px; color: black; stroke: black; stroke-width: ${stroke}`;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Iterator[Served]:
    """Return a site whose list of articles shows every status, served."""
    made = make_site(tmp_path_factory.mktemp("marks") / "site", partial(write_pairs, count=len(STATUSES)))
    with serving(build(made).output) as served:
        yield served


def drawn(page: Page, selector: str, width: int, height: int, stroke: float) -> Image.Image:
    """Return what the page draws there as coverage: black where there is ink."""
    page.locator(selector).first.evaluate(ALONE, [width, height, stroke])
    shot = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height})
    return ImageChops.invert(Image.open(io.BytesIO(shot)).convert("L"))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return which part of two drawings differs."""
    assert one.size == other.size
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0]) / 255


@pytest.mark.parametrize("status", STATUSES)
def test_the_mark_of_a_status_is_one_shape_on_pages_and_cards(status: str, site: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(site.url("/en/articles/"))
    on_page = drawn(page, f".status.{status} .mark", SIDE, SIDE, 1.75)
    assert difference(on_page, mark(status, SIDE)) < EDGES
    assert all(difference(on_page, mark(other, SIDE)) > 2 * EDGES for other in STATUSES if other != status)


def test_the_wake_has_the_same_lines_on_pages_and_cards(site: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(site.url("/en/articles/"))
    on_page = drawn(page, "svg.wake", LENGTH, SPREAD, 2)
    on_card = wake(LENGTH, SPREAD, 2)
    assert difference(on_page, on_card) < 2 * EDGES, "lines are nothing but edges"
    assert difference(on_page, on_card.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) > 4 * EDGES
