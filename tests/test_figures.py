"""Figures: data that an editor writes, drawn in the ink of the page, its words never over each other."""

import re
from itertools import combinations
from pathlib import Path

import lxml.html
import pytest
from browser import OpenPage, Served, address
from conftest import Build
from content_reading import CODES, CONTEXT, SOUND, TYPOGRAPHIES, french, session, write_files
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from hypothesis import given
from hypothesis import strategies as st
from properties import examples
from site_builder import ROOT, Site

from newsroom.content.figure_files import FIGURES, read_figure
from newsroom.content.figures import Datum, Figure, Leg, Spot
from newsroom.dates import PartialDate
from newsroom.problems import Problems
from newsroom.views.drawings import NARROW, boxes, chart, columns, curve
from newsroom.views.labels import width

SOURCE = 'source: {publisher: Arcep, date: 2021-12, language: fr, url: "https://arcep.example/a"}'
HEAD = f"title: {{fr: Titre, en: Title}}\nunit: {{fr: km, en: km}}\n{SOURCE}\n"
BARS = f"figure: bars\n{HEAD}items:\n  - {{label: {{fr: un, en: one}}, value: 1}}\n"
DATES = (
    f"figure: dates\ntitle: {{fr: Titre, en: Title}}\n{SOURCE}\nevents:\n"
    "  - {date: 2018-06, label: {fr: promis, en: promised}, promised: true}\n"
    "  - {date: 2021-07-20, label: {fr: fait, en: done}, accent: true}\n"
)
ROUTE = (
    f"figure: route\ntitle: {{fr: Titre, en: Title}}\n{SOURCE}\nplaces:\n"
    "  - {key: la, label: {fr: a, en: a}, at: [-118.4, 33.9]}\n"
    "  - {key: hk, label: {fr: b, en: b}, at: [114.2, 22.2]}\n"
    "lines:\n  - {via: [la, hk], label: {fr: c, en: c}, state: built}\n"
)


def wrong(text: str) -> list[str]:
    """Return what is said against a figure."""
    found = read_figure(text.encode(), "f.yaml", CONTEXT, CODES, TYPOGRAPHIES)
    return [] if isinstance(found, Figure) else [str(problem) for problem in found]


# --- reading --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("articles/*/*.yaml")), ids=lambda path: path.stem)
def test_the_figures_of_the_archive_are_sound(path: Path) -> None:
    assert wrong(path.read_text(encoding="utf-8")) == []


def test_every_kind_is_in_the_archive_and_eight_figures_at_least() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "content").rglob("articles/*/*.yaml")]
    kinds = [re.findall(r"^figure: (\w+)$", text, re.MULTILINE)[0] for text in texts]
    assert set(kinds) == set(FIGURES)
    assert len(kinds) >= 8


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BARS.replace("bars", "bar"), "f.yaml:1:9: figure: “bar” is not known here. Did you mean “bars”?"),
        (BARS.replace("value: 1", "value: 1,5"), "f.yaml:6:41: items: “5” is not known here."),
        (
            BARS.replace("value: 1", 'value: "1,5"'),
            "f.yaml:6:39: items: this is not a number. Write digits, with a point",
        ),
        (BARS.replace("value: 1", "value: 2, of: 1"), "f.yaml:6: items: a bar cannot be less than nothing"),
        (BARS.replace(", en: one", ""), "f.yaml:6: items: there is no text for “en”. Add en: … to it."),
        (BARS.replace("unit", "units"), "f.yaml:3:1: units: this key is not known. Did you mean “unit”?"),
        (BARS.replace("title: {fr: Titre, en: Title}\n", ""), "f.yaml:1: title: this key is missing."),
        (DATES.replace("2018-06", "06/2018"), "f.yaml:5:12: events: "),
        (ROUTE.replace("33.9", "133.9"), "f.yaml:5:42: places: this is not a place on a map."),
        (ROUTE.replace("[la, hk]", "[la, hq]"), "f.yaml:8: lines: “hq” is not known here."),
        (ROUTE.replace("[la, hk]", "[la]"), "f.yaml:8: lines: a line needs two places."),
        ("- a\n", "f.yaml:1: keys are expected here."),
        ("figure: [\n", "f.yaml:"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_key(text: str, said: str) -> None:
    assert any(problem.startswith(said) for problem in wrong(text)), wrong(text)


def test_the_mistakes_of_a_figure_are_told_at_once() -> None:
    assert len(wrong(BARS.replace("value: 1", "value: x").replace("unit", "units").replace("2021-12", "x"))) >= 4


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("![](none.yaml)", "there is no “none.yaml” in the folder."),
        ("Here ![](a.yaml) it is.", "a figure stands in a paragraph of its own."),
        ("![](a.yaml)\n\n![](a.yaml)", "this figure is shown twice."),
        ("![](../a.yaml)", "is not the name of a file of this folder"),
    ],
)
def test_a_figure_that_cannot_be_shown_is_told_of(tmp_path: Path, body: str, said: str) -> None:
    write_files(tmp_path / "content", {**SOUND, "articles/cable/a.yaml": BARS})
    write_files(tmp_path / "content", {"articles/cable/index.fr.md": french(body=body)})
    with session(tmp_path) as opened, pytest.raises(Problems, match=said):
        opened.begin()


def test_a_broken_figure_ends_the_build_with_its_file(tmp_path: Path) -> None:
    files = {"articles/cable/a.yaml": "figure: bars\n", "articles/cable/index.fr.md": french(body="![](a.yaml)")}
    write_files(tmp_path / "content", {**SOUND, **files})
    with session(tmp_path) as opened, pytest.raises(Problems, match=r"content/articles/cable/a\.yaml:1: title: "):
        opened.begin()


# --- drawing --------------------------------------------------------------------------------

WORDS = st.text("abcdefghilmnoprstuvwWMmœ éàç’-0123456789", min_size=1, max_size=60).map(
    lambda text: text.strip() or "a"
)
VALUES = st.one_of(st.integers(0, 9), st.floats(0, 5000, allow_nan=False).map(lambda value: round(value, 2)))
DAYS = st.builds(PartialDate, st.integers(2016, 2030), st.integers(0, 12))
DATA = st.builds(
    lambda label, value, date, promised, accent: Datum(
        label={"fr": label}, value=value, date=date, promised=promised, accent=accent
    ),
    *(WORDS, VALUES, DAYS, st.booleans(), st.booleans()),
)
LIMITS = st.builds(lambda label, value: Datum(label={"fr": label}, value=value, limit=True), WORDS, VALUES)
PLACES = st.builds(
    lambda at, label: ((round(at[0], 1), round(at[1], 1)), label),
    st.tuples(st.floats(-180, 180), st.floats(-80, 80)),
    WORDS,
)


def figure_of(kind: str, data: list[Datum]) -> Figure:
    return Figure(kind, {"fr": "Titre"}, (), data=tuple(data))


def say(datum: Datum) -> str:
    return f"{datum.value:.2f} km"


@examples(60)
@given(st.lists(DATA, min_size=1, max_size=12), st.lists(LIMITS, max_size=4))
def test_words_beside_an_axis_are_never_over_each_other(data: list[Datum], limits: list[Datum]) -> None:
    for kind, shown in (("dates", data), ("scale", [*data, *limits])):
        drawing = columns(figure_of(kind, shown), "fr", say)
        found = boxes(drawing)
        assert [pair for pair in combinations(found, 2) if pair[0].meets(pair[1])] == []
        assert all(box.left >= -0.3 and box.right <= NARROW + 0.3 for box in found)
        assert all(box.top >= 0 and box.bottom <= drawing.height for box in found)


@examples(60)
@given(st.lists(DATA, min_size=1, max_size=12))
def test_words_about_a_curve_are_never_over_each_other_nor_outside(data: list[Datum]) -> None:
    drawing = curve(figure_of("steps", data), "fr", say)
    found = boxes(drawing)
    assert [pair for pair in combinations(found, 2) if pair[0].meets(pair[1])] == []
    assert all(box.left >= -0.3 and box.right <= NARROW + 0.3 for box in found)
    assert all(box.top >= 0 and box.bottom <= drawing.height for box in found)


@examples(60)
@given(st.lists(PLACES, min_size=2, max_size=10))
def test_names_of_places_are_never_over_each_other_nor_outside(places: list) -> None:
    spots = tuple(Spot(f"p{number}", {"fr": label}, at) for number, (at, label) in enumerate(places))
    legs = tuple(Leg((spots[0].key, spot.key), {"fr": "a"}, "built") for spot in spots[1:])
    drawing = chart(Figure("route", {"fr": "Titre"}, (), spots=spots, legs=legs), "fr")
    found = boxes(drawing)
    assert [pair for pair in combinations(found, 2) if pair[0].meets(pair[1])] == []
    assert all(box.left >= -0.3 and box.right <= NARROW + 0.3 for box in found)
    assert all(box.top >= 0 and box.bottom <= drawing.height for box in found)


def test_a_line_over_the_180th_meridian_is_drawn_the_short_way() -> None:
    found = read_figure(ROUTE.encode(), "f.yaml", CONTEXT, CODES, TYPOGRAPHIES)
    assert isinstance(found, Figure)
    los_angeles, hong_kong = chart(found, "fr").dots
    assert hong_kong.x < los_angeles.x


@pytest.mark.parametrize("weight", [400, 600])
def test_no_letter_is_wider_than_drawings_reckon_with(weight: int) -> None:
    font = instantiateVariableFont(TTFont(ROOT / "theme" / "static" / "fonts" / "franklin.woff2"), {"wght": weight})
    advances = {chr(code): font["hmtx"][name][0] / 1000 for code, name in font.getBestCmap().items()}
    assert {char: wide for char, wide in advances.items() if wide > width(char) + 0.001} == {}


# --- pages ----------------------------------------------------------------------------------


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


def test_pages_draw_and_feeds_tabulate(site: Site, build: Build) -> None:
    key = "ticket-rumour"
    folder = site.content / "articles" / key
    (folder / "a.yaml").write_text(DATES, encoding="utf-8")
    for code in CODES:
        path = folder / f"index.{code}.md"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n\n![](a.yaml)\n\n<svg><text>mine</text></svg>\n", "utf-8")
    output = build(site).output
    pages = [path.read_text("utf-8") for path in output.rglob("articles/*/index.html")]
    drawn = [page for page in pages if '<figure class="figure">' in page]
    assert len(drawn) == len(CODES)
    for page in drawn:
        (figure,) = lxml.html.fromstring(page).iterfind(".//figure[@class='figure']")
        assert figure.find("svg").get("aria-hidden") == "true"
        assert len(figure.findall(".//table//tr")) == 2
        assert figure.xpath(".//p/a/@href") == ["https://arcep.example/a"]
        assert "mine" not in page
    for feed in ("rss.xml", "atom.xml", "feed.json"):
        text = (output / "fr" / feed).read_text("utf-8")
        assert "Titre" in text
        assert "promis" in text
        assert "svg" not in text
        assert "a.yaml" not in text


def test_an_edit_of_a_figure_makes_its_pages_again(site: Site, build: Build) -> None:
    folder = site.content / "articles" / "ticket-rumour"
    (folder / "a.yaml").write_text(DATES, encoding="utf-8")
    path = folder / "index.fr.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n![](a.yaml)\n", "utf-8")
    build(site)
    (folder / "a.yaml").write_text(DATES.replace("fait", "accompli"), encoding="utf-8")
    output = build(site).output
    assert any("accompli" in page.read_text("utf-8") for page in (output / "fr").rglob("articles/*/index.html"))


@pytest.mark.browser
@pytest.mark.parametrize("across", [360, 390, 1280])
def test_letters_of_drawings_are_apart_and_inside_in_a_browser(
    served: Served, open_page: OpenPage, across: int
) -> None:
    page = open_page(across)
    found = {}
    for file in sorted(served.output.rglob("articles/*/index.html")):
        if '<figure class="figure">' not in file.read_text("utf-8"):
            continue
        page.goto(served.url(address(served.output, file)))
        page.evaluate("document.fonts.ready")
        said = page.evaluate(
            """() => {
                const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
                    && a.top < b.bottom - 2 && b.top < a.bottom - 2;
                const wrong = [];
                for (const drawing of document.querySelectorAll("figure > svg.drawing")) {
                    const texts = [...drawing.querySelectorAll("text")]
                        .map((text) => [text.textContent, text.getBoundingClientRect()]);
                    for (const [index, [text, box]] of texts.entries()) {
                        if (box.left < 0 || box.right > innerWidth) wrong.push(`${text} is outside`);
                        for (const [other, place] of texts.slice(index + 1))
                            if (meet(box, place)) wrong.push(`${text} and ${other}`);
                    }
                }
                return wrong;
            }"""
        )
        if said:
            found[file.parent.name] = said
    assert found == {}
