"""A shared link has a picture that says what it leads to, whole, in its language."""

import datetime as dt
import importlib.util
import re
import subprocess
import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from all_views import page_views
from conftest import Build
from content_reading import read, session
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader
from PIL import Image
from properties import examples
from site_builder import DAY, ROOT, Site, change, files_of, make_site, set_value, write_small_site

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import VERDICTS
from newsroom.outputs import share_cards
from newsroom.outputs.share_cards import CardStudio
from newsroom.outputs.template_filters import FILTERS, OF_LANGUAGE
from newsroom.theme.assets import Assets
from newsroom.views.chrome import chrome
from newsroom.views.kinds import PAGES
from newsroom.views.share_cards import Palette, ShareCard, card_file, card_views
from newsroom.writers.font import Face
from newsroom.writers.linebreaks import break_lines
from newsroom.writers.share_card import HEIGHT, WIDTH, draw_card

FONT = (ROOT / "theme" / "fonts" / "headlines.ttf").read_bytes()
PALETTE = Palette("#ffffff", "#000000", "#555555", "#cc0000")
WORDS = {
    "rumour": "rumeur",
    "announced": "annoncé",
    "confirmed": "confirmé",
    "denied": "démenti",
    "cancelled": "annulé",
}
VERDICT_WORDS = {
    "verdict": "Verdict\u00a0:",
    "kept": "Tenu",
    "kept-otherwise": "Tenu autrement",
    "dropped": "Abandonné",
}
#: Letters of real titles, spaces of both kinds, and what the font has not.
TITLES = st.text(
    st.sampled_from("aeinorstuéàçœlmAEJWfi 01,:’-–«»?   \u00a0\u202f東🚀Łα\u00ad\u0301"), min_size=1, max_size=200
)

DATE = "12\u00a0octobre 2016"
ARTICLES = [kind for kind in PAGES if kind.name == "article"]


def card(title: str, **values: object) -> ShareCard:
    facts = {"date": dt.date(2016, 10, 12), "statuses": ("rumour", "denied"), "topic": "Fibre", **values}
    return ShareCard("articles/key", "fr", "Sillage", title, **facts)  # type: ignore[arg-type]


def drawn(view: ShareCard, face: Face | None = None, palette: Palette = PALETTE) -> Image.Image:
    data = draw_card(view, DATE if view.date else "", {**WORDS, **VERDICT_WORDS}, palette, face or Face(FONT))
    return Image.open(BytesIO(data)).convert("RGB")


def has_ink(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return image.crop(box).getcolors() != [((box[2] - box[0]) * (box[3] - box[1]), (255, 255, 255))]


def catalogue_of(site: Site, **overrides: object) -> Catalogue:
    folders = {"THEME": str(site.theme), "CACHE_PATH": str(site.root / "cache-of-views")}
    return read(site.root, **{**folders, **overrides})


def test_a_card_calls_a_verdict_as_pages_do() -> None:
    """The words are translated by what they are in English: another word on cards would stay English."""
    loader = FileSystemLoader(ROOT / "theme" / "templates")
    environment = Environment(loader=loader, extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.filters.update(FILTERS, **dict.fromkeys(OF_LANGUAGE, str))
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    pages = environment.get_template("macros/claims.html").module
    assert {name: str(pages.verdict_word(name)) for name in VERDICTS} == share_cards.VERDICT_WORDS  # type: ignore[attr-defined]


def cards_of(output: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_of(output).items() if name.startswith("cards/")}


@pytest.fixture(scope="module")
def face() -> Face:
    return Face(FONT)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue_of(make_site(tmp_path_factory.mktemp("cards") / "site", write_small_site))


# --- what there is ---------------------------------------------------------------------------


def test_every_article_has_a_card_in_each_of_its_languages_and_the_site_has_one_in_each(small_output: Path) -> None:
    names = {re.sub(r"\.[0-9a-f]{10}\.png$", "", name) for name in cards_of(small_output)}
    pairs = {f"cards/{code}/articles/{key}" for code in ("fr", "en") for key in ("ticket-rumour", "first-crew")}
    assert pairs | {"cards/fr/site", "cards/en/site", "cards/fr/articles/copper-off"} <= names
    assert "cards/en/articles/copper-off" not in names
    assert not [name for name in names if "unfinished" in name or "embargoed" in name]


def test_a_card_is_a_small_picture_of_the_size_that_sites_show(small_output: Path) -> None:
    for name, data in cards_of(small_output).items():
        image = Image.open(BytesIO(data))
        assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630)), name
        assert len(data) < 30_000, name


def test_every_page_knows_a_card_that_was_written(catalogue: Catalogue, small_output: Path) -> None:
    written = {f"http://localhost:8000/{name}" for name in cards_of(small_output)}
    known = {page.share_card for page in page_views(catalogue, ARTICLES)} | {
        chrome(catalogue, code, Assets()).share_card for code in ("fr", "en")
    }
    assert known == written


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


def test_the_address_of_a_card_is_whole_wherever_the_site_stands(site: Site) -> None:
    catalogue = catalogue_of(site, SITEURL="https://example.org/watch")
    assert all(
        page.share_card.startswith("https://example.org/watch/cards/") for page in page_views(catalogue, ARTICLES)
    )


def test_a_card_says_the_date_and_the_topic_as_its_language_does(site: Site) -> None:
    with session(site.root, THEME=str(ROOT / "theme")) as opened:
        views = {(view.language, view.place): view for view in card_views(opened.begin())}
        fr, en = (views[code, "articles/cable-plan"] for code in ("fr", "en"))
        dates = [CardStudio(opened).date_on(view) for view in (fr, en)]
    assert dates == ["12\u00a0octobre 2016", "12\u00a0October 2016"]
    assert (fr.topic, fr.title) == ("Réseaux fixes", "Un câble est promis")
    assert (en.topic, en.title) == ("Fixed networks", "A cable is promised")
    assert fr.statuses == en.statuses == ("rumour", "announced")
    assert views["fr", "site"].title != views["en", "site"].title


# --- made again when, and only when, it says something else ------------------------------------


def test_a_card_that_says_something_else_has_another_address(build: Build, site: Site) -> None:
    before = cards_of(build(site).output)
    set_value(site.article("cable-plan", "fr"), "title", "Un câble est posé")
    after = cards_of(build(site).output)
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    assert [len(gone), len(new)] == [1, 1]
    assert all(name.startswith("cards/fr/articles/cable-plan.") for name in gone | new)


def test_a_card_is_left_alone_by_what_it_does_not_say(build: Build, site: Site) -> None:
    output = build(site).output
    times = {name: (output / name).stat().st_mtime_ns for name in cards_of(output)}
    change(site.article("cable-plan", "fr"), "La FttH attend.", "La FttH attend encore.")
    site.now += DAY // 2
    assert build(site).work.written
    assert {name: (output / name).stat().st_mtime_ns for name in cards_of(output)} == times


def test_another_word_for_a_status_is_drawn_in_its_language_only(build: Build, site: Site) -> None:
    before = cards_of(build(site).output)
    words = site.own_theme() / "translations" / "fr" / "LC_MESSAGES" / "messages.po"
    change(words, 'msgstr "démenti"', 'msgstr "contesté"')
    after = cards_of(build(site).output)
    assert {name for name in before if before[name] != after[name]} == {
        name for name in before if name.startswith("cards/fr/articles/cloud-ruling.")
    }


def test_cards_follow_the_colours_of_the_pages(build: Build, site: Site) -> None:
    before = cards_of(build(site).output)
    sheet = site.own_theme() / "static" / "css" / "tokens.css"
    sheet.write_text(
        re.sub(r"--paper: light-dark\(#[0-9a-f]{6}", "--paper: light-dark(#fedcba", sheet.read_text("utf-8")), "utf-8"
    )
    after = cards_of(build(site).output)
    assert before.keys() == after.keys()
    assert all(
        Image.open(BytesIO(data)).convert("RGB").getpixel((5, 5)) == (0xFE, 0xDC, 0xBA) for data in after.values()
    )


def test_a_style_sheet_without_a_colour_is_named_with_what_to_write(build: Build, site: Site) -> None:
    sheet = site.own_theme() / "static" / "css" / "tokens.css"
    sheet.write_text(sheet.read_text("utf-8").replace("--quiet: ", "--muted: "), "utf-8")
    with pytest.raises(SystemExit, match=r"theme/static/css/tokens\.css: the social cards find no --quiet\. Write it"):
        build(site)


def test_a_build_that_draws_nothing_does_not_load_what_draws() -> None:
    code = "import share_cards, sys; sys.exit(sum(name in sys.modules for name in ('PIL.ImageFont', 'fontTools')))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT / "plugins", check=True)


def test_the_same_card_is_the_same_bytes_whatever_was_drawn_before(face: Face) -> None:
    view = card("Le câble « Pacifique »\u00a0: 12\u202f800 km, une fin")
    alone = draw_card(view, DATE, WORDS, PALETTE, Face(FONT))
    draw_card(card("Autre chose"), DATE, WORDS, PALETTE, face)
    assert draw_card(view, DATE, WORDS, PALETTE, face) == alone


def test_the_address_depends_on_everything_the_card_says() -> None:
    views = [
        card("A"),
        card("B"),
        card("A", date=dt.date(2017, 1, 1)),
        card("A", statuses=("rumour",)),
        card("A", topic="Cloud"),
    ]
    views.append(card("A", verdict="kept"))
    assert len({card_file(view) for view in views}) == len(views)


# --- the letters -----------------------------------------------------------------------------


@examples(60)
@given(title=TITLES)
def test_no_title_runs_over_the_margins_or_into_what_stands_below(face: Face, title: str) -> None:
    image = drawn(card(title), face)
    assert not has_ink(image, (0, 0, 68, HEIGHT))
    assert not has_ink(image, (WIDTH - 68, 0, WIDTH, 505))
    assert not has_ink(image, (0, 0, WIDTH, 50))
    assert not has_ink(image, (0, 105, WIDTH, 112))
    assert not has_ink(image, (0, 495, WIDTH, 510))


@pytest.mark.parametrize(
    "values",
    [{"topic": "Tourisme " * 22}, {"statuses": tuple(WORDS)}, {"statuses": tuple(WORDS), "verdict": "kept-otherwise"}],
)
def test_nothing_else_runs_over_the_margins(face: Face, values: dict[str, object]) -> None:
    assert not has_ink(drawn(card("Court", **values), face), (WIDTH - 68, 0, WIDTH, 505))


def test_a_long_name_of_the_site_leaves_room_for_its_wake(face: Face) -> None:
    view = ShareCard("site", "fr", "Une publication au nom interminable", "Ce que deviennent les annonces. " * 8)
    image = drawn(view, face)
    assert has_ink(image, (WIDTH - 10, 100, WIDTH, HEIGHT - 100))
    assert not has_ink(image, (0, HEIGHT - 40, WIDTH, HEIGHT))


def height_of_first_line(title: str, face: Face) -> int:
    image = drawn(card(title), face).crop((60, 112, WIDTH, 420))
    rows = [has_ink(image, (0, y, 60, y + 1)) for y in range(image.height)]
    first = rows.index(True)
    return rows.index(False, first) - first


def test_a_short_title_is_set_larger_than_a_long_one(face: Face) -> None:
    assert height_of_first_line("Un", face) > 1.5 * height_of_first_line("Un " + "long titre " * 16, face)


def test_a_word_wider_than_the_card_is_cut_rather_than_shrunk_away(face: Face) -> None:
    assert height_of_first_line("N" * 150, face) > 15


def test_a_title_of_two_hundred_letters_weighs_little(face: Face) -> None:
    title = "Les armées achètent du calcul comme du carburant\u00a0: beaucoup, longtemps, sous surveillance. "
    assert len(draw_card(card((title * 3)[:200]), DATE, WORDS, PALETTE, face)) < 30_000


def test_denied_and_cancelled_are_in_the_accent_and_the_rest_in_ink(face: Face) -> None:
    accent = (0xCC, 0, 0)
    for status in WORDS:
        colours = {colour for _, colour in drawn(card("Titre", statuses=(status,)), face).getcolors(256) or []}
        assert (accent in colours) == (status in ("denied", "cancelled")), status


def test_a_verdict_stands_beside_the_statuses_and_takes_no_other_place(face: Face) -> None:
    """It names itself: the two scales are not to be taken for one another."""
    plain, told = drawn(card("Titre"), face), drawn(card("Titre", verdict="dropped"), face)
    changed = [y for y in range(HEIGHT) if plain.crop((0, y, WIDTH, y + 1)) != told.crop((0, y, WIDTH, y + 1))]
    assert changed
    assert changed[-1] - changed[0] < 60
    assert (0xCC, 0, 0) in {colour for _, colour in told.getcolors(256) or []}


def test_the_card_of_an_article_has_the_verdict_of_its_first_claim(catalogue: Catalogue) -> None:
    for view in card_views(catalogue):
        key = view.place.partition("/")[2]
        claims = catalogue.by_key[key].facts.claims if key else ()
        assert view.verdict == (catalogue.claims[claims[0]].verdict.verdict if claims else "")


def test_the_five_marks_are_five_shapes(face: Face) -> None:
    words = dict.fromkeys(WORDS, "x")
    palette = Palette("#ffffff", "#000000", "#555555", "#000000")
    cards = {draw_card(card("Titre", statuses=(status,)), DATE, words, palette, face) for status in WORDS}
    assert len(cards) == 5


def test_what_the_font_has_not_is_written_in_letters_it_has(face: Face) -> None:
    assert face.legible("Łódź") == "Lódz"
    assert face.legible("e\u0301te\u0301") == "été"
    assert face.legible("co\u00adupé 🚀 court") == "coupé court"
    assert face.legible("\u4e1c\u4eac") == "Dong Jing"
    assert face.legible("offre fixe") == "o\ufb00re \ufb01xe"


def test_letters_are_kerned(face: Face) -> None:
    assert face.width("AV") < face.width("A") + face.width("V")
    assert face.width("a\u202f!") < face.width("a\u00a0!")


def test_the_font_of_the_cards_comes_with_its_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (ROOT / "theme" / "fonts" / "OFL.txt").read_text("utf-8").upper()


# --- lines -----------------------------------------------------------------------------------


def monospaced(text: str) -> list[float]:
    return [float(place) for place in range(len(text) + 1)]


@examples(300)
@given(words=st.lists(st.text("abcdéà’,:\u00a0\u202f", min_size=1, max_size=12), min_size=1, max_size=20))
def test_lines_hold_every_word_in_the_fewest_lines_that_fit(words: list[str]) -> None:
    text, width = " ".join(words), 24
    lines = break_lines(text, monospaced(text), width)
    assert " ".join(lines) == text
    assert max(map(len, lines)) <= width
    greedy, room = 1, len(words[0])
    for before, word in pairwise(words):
        assert len(before) <= width
        room += 1 + len(word)
        if room > width:
            greedy, room = greedy + 1, len(word)
    assert len(lines) == greedy


@examples(200)
@given(text=st.text("ab -\u00a0", min_size=1, max_size=80), width=st.integers(1, 30))
def test_a_word_wider_than_a_line_is_cut_only_where_that_is_allowed(text: str, width: int) -> None:
    lines = break_lines(text, monospaced(text), width, cut=True)
    assert re.sub(r" ", "", "".join(lines)) == text.replace(" ", "")
    assert all(len(line) <= width for line in lines)
    widest = max(map(len, re.split(r" |(?<=[ab]-)(?=[ab])", text)))
    assert bool(break_lines(text, monospaced(text), width)) == (widest <= width or not text.strip(" "))


def broken(text: str, width: int) -> list[str]:
    return break_lines(text, monospaced(text), width)


def test_lines_break_where_a_typographer_would() -> None:
    assert broken("Un démenti\u00a0: une logique", 14) == ["Un démenti\u00a0:", "une logique"]
    assert broken("aaaa bbbb cccc dddd", 16) == ["aaaa bbbb", "cccc dddd"]
    assert broken("Elle achète un programme neuf", 26) == ["Elle achète", "un programme neuf"]
    assert broken("Elle cite 21 satellites", 20) == ["Elle cite", "21 satellites"]
    assert broken("Fermeture prévue: 763 communes", 21) == ["Fermeture prévue:", "763 communes"]
    assert broken("Le sous-marin nucléaire", 16) == ["Le sous-marin", "nucléaire"]
    assert broken("contre-torpilleur", 12) == ["contre-", "torpilleur"]


# --- icons -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw", ROOT / "theme" / "icons" / "draw.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["draw"] = module
    spec.loader.exec_module(module)
    return module


def test_the_icon_is_the_one_that_the_letters_and_colours_make(drawing: ModuleType) -> None:
    day, night = drawing.colours((ROOT / "theme" / "static" / "css" / "tokens.css").read_text("utf-8"))
    assert day["ink"] != night["ink"]
    assert (ROOT / "theme" / "static" / "icons" / "icon.svg").read_text("utf-8") == drawing.svg(
        drawing.SMALL, day, night
    )


def test_the_icon_is_sound_and_knows_the_night() -> None:
    text = (ROOT / "theme" / "static" / "icons" / "icon.svg").read_text("utf-8")
    assert ET.fromstring(text).attrib["viewBox"] == "0 0 64 64"
    assert "prefers-color-scheme:dark" in text


def test_browsers_find_the_icons_they_ask_for_by_name(small_output: Path) -> None:
    ico, touch = Image.open(small_output / "favicon.ico"), Image.open(small_output / "apple-touch-icon.png")
    assert (ico.format, ico.size, touch.format, touch.size) == ("ICO", (32, 32), "PNG", (180, 180))
    assert touch.mode == "RGB"
    for size in (192, 512):
        (icon,) = (small_output / "theme" / "icons").glob(f"icon-{size}.*.png")
        assert Image.open(icon).size == (size, size)
