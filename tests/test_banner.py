"""The banner of ``make serve`` is seen and read whole wherever one is in a page, and leads to the file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import OpenPage
from playwright.sync_api import Page, expect
from served_desk import PATIENCE, Desk, served

from desk.banner import VS_CODE, ReportLine, lines_of

BUILD = PATIENCE * 1000
BANNER = "[role=alert]"
#: The box that is seen, whether all of it is, and what its colours are.
LOOK = """banner => {
  const box = banner.getBoundingClientRect(), style = getComputedStyle(banner);
  return {
    top: box.top, bottom: box.bottom, left: box.left, right: box.right,
    height: innerHeight, width: document.documentElement.clientWidth,
    hidden: [banner.scrollWidth - banner.clientWidth, banner.scrollHeight - banner.clientHeight],
    above: document.elementFromPoint(box.left + 30, box.top + 20).closest("[role=alert]") === banner,
    colours: [style.backgroundColor, style.color],
  };
}"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return the small site in a project of its own, served."""
    with served(tmp_path_factory.mktemp("desk") / "project") as desk:
        yield desk


@pytest.fixture
def mistakes(desk: Desk) -> Iterator[None]:
    """Make a mistake in two files; mend them after the test."""
    paths = [desk.site.article(key, "en") for key in ("first-crew", "cloud-ruling")]
    good = {path: path.read_text(encoding="utf-8") for path in paths}
    for path, text in good.items():
        path.write_text(text.replace("title:", "titel:"), encoding="utf-8")
    yield
    for path, text in good.items():
        path.write_text(text, encoding="utf-8")
    desk.settle()


def contrast(colours: list[str]) -> float:
    """Return the contrast of two opaque colours (WCAG 2.2)."""
    lights = []
    for colour in colours:
        assert colour.startswith("rgb("), f"{colour} lets the page shine through"
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)))
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def shown(desk: Desk, page: Page) -> None:
    """Open an article while two files are wrong, and wait until both are told."""
    page.goto(f"{desk.url}/fr/articles/quatre-passagers/")
    for key in ("first-crew", "cloud-ruling"):
        expect(page.locator(BANNER)).to_contain_text(f"articles/{key}/index.en.md:", timeout=BUILD)


@pytest.mark.browser
@pytest.mark.usefixtures("mistakes")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_the_banner_is_read_whole_wherever_one_has_scrolled(
    desk: Desk, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(width, color_scheme=scheme)
    shown(desk, page)
    for to in ("0", "500", "document.body.scrollHeight"):
        page.evaluate(f"scrollTo({{top: {to}, behavior: 'instant'}})")
        look = page.locator(BANNER).evaluate(LOOK)
        assert 0 <= look["top"] < look["bottom"] <= look["height"], to
        assert look["left"] == 0
        assert look["right"] == look["width"]
        assert look["hidden"] == [0, 0], "a part of a message is cut off"
        assert look["above"], "something of the page lies over it"
        assert contrast(look["colours"]) >= 7
    last = page.locator("body > footer").evaluate("last => last.getBoundingClientRect().bottom")
    assert last <= page.locator(BANNER).evaluate("banner => banner.getBoundingClientRect().top")


@pytest.mark.browser
@pytest.mark.usefixtures("mistakes")
def test_each_problem_leads_to_its_line_in_the_editor(desk: Desk, open_page: OpenPage) -> None:
    page = open_page()
    shown(desk, page)
    path = desk.site.article("cloud-ruling", "en")
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith("titel:"))
    link = page.locator(f"{BANNER} a", has_text=f"content/articles/cloud-ruling/index.en.md:{line}").first
    assert link.get_attribute("href") == f"vscode://file{path}:{line}:1"


@pytest.mark.browser
def test_the_tab_says_that_something_is_wrong(desk: Desk, open_page: OpenPage, mistakes: None) -> None:
    page = open_page()
    shown(desk, page)
    problems = page.locator(f"{BANNER} a").count()
    assert problems >= 2
    expect(page).to_have_title(re.compile(f"^⚠ {problems} · "))


@pytest.mark.slow
def test_nothing_of_the_banner_is_in_what_a_build_writes(desk: Desk) -> None:
    assert "/.reload.js" in desk.ask("/fr/")[1]
    desk.ask("/fr/pagefind/pagefind-entry.json")  # only a build makes it
    written = [path.read_text(encoding="utf-8") for path in desk.output.rglob("*.html")]
    assert written
    assert not any("/.reload" in html for html in written)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            "content/a b.md:3: title: Wrong.",
            ReportLine("title: Wrong.", "content/a b.md:3", "vscode://file{root}/content/a%20b.md:3:1"),
        ),
        (
            "content/a b.md:3:12: title: Wrong.",
            ReportLine("title: Wrong.", "content/a b.md:3:12", "vscode://file{root}/content/a%20b.md:3:12"),
        ),
        ("content/a b.md: Wrong.", ReportLine("Wrong.", "content/a b.md", "vscode://file{root}/content/a%20b.md:1:1")),
        (
            "2 problems: nothing was published.",
            ReportLine("2 problems: nothing was published."),
        ),
        ("../out.md:3: Wrong.", ReportLine("../out.md:3: Wrong.")),
        ("content/gone.md:3: Wrong.", ReportLine("content/gone.md:3: Wrong.")),
        ("javascript:alert(1): Wrong.", ReportLine("javascript:alert(1): Wrong.")),
    ],
)
def test_a_place_is_a_file_of_the_project(tmp_path: Path, said: str, line: ReportLine) -> None:
    root = tmp_path / "project"
    for path in (root / "content" / "a b.md", tmp_path / "out.md"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    expected = ReportLine(line.text, line.place, line.link.replace("{root}", str(root)))
    assert lines_of(f"{said}\n\n", root, VS_CODE) == [expected]
