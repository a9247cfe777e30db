"""A third language needs nothing but data, and is whole: every word of it is its own, or says whose it is.

Every German word ends in ß here, in the interface and in the content, so that a
word of another language gives itself away on any page.
"""

import re
from copy import deepcopy
from pathlib import Path

import feedparser
import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from conftest import Build, report_of
from content_reading import pelicanconf
from lxml import etree
from published_pages import Page, inside, language_of, read_pages
from site_builder import (
    ROOT,
    Site,
    change,
    files_of,
    make_site,
    pair,
    set_messages,
    write_entry,
    write_small_site,
    write_text,
)

from desk.messages import extract
from newsroom.text.characters import FORBIDDEN
from newsroom.text.foreign_words import enclose, say_language
from newsroom.views.kinds import PAGES


def german(text: str) -> str:
    """Return ``text`` with its words made German, the names of its placeholders aside."""
    return re.sub(r"%\(\w+\)s|\{\w*\}|([^\W\d_]+)", lambda found: f"{found[0]}{'ß' if found[1] else ''}", text)


LANGUAGES = pelicanconf()["LANGUAGES"]
GERMAN = {
    "name": "Deutschß",
    "locale": "de_DE",
    "tagline": german("Was aus den Nachrichten wurde."),
    "description": german("Eine Meldung, ihre Quelle und was danach kam."),
    "paths": {
        **LANGUAGES["en"]["paths"],
        "articles": "artikel",
        "topics": "themen",
        "archives": "archiv",
        "page": "seite",
    },
}
#: Kinds that belong to no language, or to all at once.
SHARED_KINDS = {"gateway", "redirect"}
#: Pages of all languages at once: the gateway and the root's own 404.
SHARED = ("/", "/404.html")


def write_german(site: Site) -> None:
    """Write one German text of each kind; most of the content stays in French and English."""
    for folder, key, slug, values in (
        ("articles", "cloud-ruling", "der-zuschlag", {"title": german("Der Zuschlag wird angefochten")}),
        ("topics", "space", "raumfahrt", {"name": german("Raumfahrt")}),
        ("threads", "tickets", "karten", {"name": german("Karten"), "story": german("Sie fliegen.")}),
        ("editions", "2026-11-21", "2026-11-21", {"title": german("Die erste Ausgabe")}),
        ("pages", "legal", "impressum", {"title": german("Impressum")}),
    ):
        said = {**values, "slug": slug, "summary": german(f"Kurz: {key}.")}
        write_text(site.text(folder, key, "de"), said, german(f"Text von {key.partition('-')[0]}."))
    names = site.content / "entities.yaml"
    change(names, '"en": "the regulator"', '"en": "the regulator", "de": "dieß Behördeß"')
    change(names, '"en": "A player of these stories."', '"en": "A player of these stories.", "de": "Einß Akteurß."')
    claims = site.content / "claims.yaml"
    for english in ("There will be seats.", "promise seats", "fact quiet", "It was quiet."):
        change(claims, f'"en": "{english}"', f'"en": "{english}", "de": "{german(english)}"')


def add_german(site: Site) -> dict[str, object]:
    """Add the words, the content and the entry of the settings, which are returned."""
    set_messages(site.own_theme(), "de", extract(), german)
    write_german(site)
    return {"LANGUAGES": {**deepcopy(LANGUAGES), "de": GERMAN}}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    """Return the small site with a third language."""
    site = make_site(tmp_path_factory.mktemp("german") / "site", write_small_site)
    for key in ("method", "read-elsewhere"):  # the theme leads to pages of these names, and to “about”
        words = ((f"Page {key}", "Ici.", "Là."), (f"The {key} page", "Here.", "There."))
        write_entry(site.content, "pages", key, {"date": "2026-11-01"}, pair(*words))
    return build(site, **add_german(site)).output


@pytest.fixture(scope="module")
def pages(output: Path) -> dict[str, Page]:
    return read_pages(output)


def kind_of(page: Page) -> str:
    return str(page.root.find("body").get("class")).removeprefix("page-")


# --- every page is there ---------------------------------------------------------------------


def test_a_third_language_has_every_kind_of_page(pages: dict[str, Page]) -> None:
    kinds = {kind_of(page) for page in pages.values() if page.url.startswith("/de/")}
    assert kinds == {kind.name for kind in PAGES} - SHARED_KINDS


def test_a_third_language_has_every_page_that_belongs_to_a_language(pages: dict[str, Page]) -> None:
    assert {"/de/", "/de/404.html", "/de/artikel/", "/de/themen/", "/de/archiv/", "/de/archiv/2019/"} <= pages.keys()
    for page in pages.values():
        if page.url.startswith("/en/") and "de" in page.alternates:
            assert pages[page.alternates["de"]].language == "de"
    english = LANGUAGES["en"]["paths"]
    for word, section in GERMAN["paths"].items():
        if word != "page":
            assert (f"/de/{section}/" in pages) == (f"/en/{english[word]}/" in pages), section


def test_a_third_language_is_offered_everywhere(pages: dict[str, Page]) -> None:
    for page in pages.values():
        if page.url not in SHARED:
            assert page.switch.keys() == {"fr", "en", "de"} - {page.language}, page.url
    assert pages["/fr/articles/quatre-passagers/"].switch["de"].startswith("/de/not-translated/#")


def test_a_third_language_has_feeds_of_its_own(output: Path) -> None:
    feed = feedparser.parse(output / "de" / "rss.xml")
    assert not feed.bozo
    assert feed.feed.language == "de"
    assert [entry.title for entry in feed.entries] == [german("Der Zuschlag wird angefochten")]


# --- every word is its own, or says whose it is ------------------------------------------------


def words_of(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]{2,}", text)}


def of_no_language() -> set[str]:
    """Return the words that are the same everywhere: names, addresses, and what the CLDR says in German."""
    cldr = Locale.parse("de")
    names = "Sillage Zéphyr Élise Moreau RSS Atom JSON Feed iCalendar OPML La Gazette The Courier Français English"
    addresses = "http localhost de atom xml gazette courier example"
    units = "Jahr Jahre Jahren Monat Monate Monaten Tag Tage Tagen und"
    said = [*cldr.months["format"]["wide"].values(), *cldr.days["format"]["wide"].values(), *cldr.languages.values()]
    return words_of(" ".join((names, addresses, units, *said)))


def test_no_word_of_another_language_passes_for_a_word_of_the_page(pages: dict[str, Page]) -> None:
    known, wrong = of_no_language(), set()
    for page in pages.values():
        for language, text in page.texts():
            if page.url == "/" and text == page.root.findtext(".//title"):
                continue  # the taglines of all languages: no markup can part a title
            own = {word for word in words_of(text) if word.endswith("ß")}
            strange = words_of(text) - own - known if language == "de" else own
            wrong |= {(kind_of(page), language, " ".join(sorted(strange)), text)} if strange else set()
    assert wrong == set()


def test_a_link_to_a_page_in_another_language_says_so(pages: dict[str, Page]) -> None:
    looked_at = 0
    for page in pages.values():
        for link in page.links():
            target = inside(link.get("href"), page.url)
            if target and target[0] in pages and pages[target[0]].language != page.language:
                looked_at += 1
                if target[0] not in SHARED:
                    assert link.get("hreflang") == pages[target[0]].language, f"{page.url} → {target[0]}"
    assert looked_at > len(pages)


def test_what_is_not_translated_is_shown_in_the_default_language(pages: dict[str, Page]) -> None:
    """In French only where nothing else is there: French is first in LANGUAGES, English the default."""
    french_only = {"/fr/articles/cuivre-eteint/"}
    seen = set()
    for page in pages.values():
        switch = {node.get("href") for node in page.root.xpath("//nav[@class='switch']//a")}
        for link in page.links() if page.language == "de" and page.url not in SHARED else ():
            target = inside(link.get("href"), page.url)
            if target and target[0].startswith("/fr/") and link.get("href") not in switch:
                assert target[0] in french_only, f"{page.url} → {target[0]}"
                seen.add(target[0])
    assert seen == french_only


def test_a_third_language_shows_its_article_in_its_own_words(pages: dict[str, Page]) -> None:
    article = pages["/de/artikel/der-zuschlag/"]
    assert article.alternates.keys() == {"fr", "en", "de", "x-default"}
    text = " ".join(text for language, text in article.texts() if language == "de")
    for words in (german("Text von cloud."), "9. Dezember 2019", german("Skip to the content"), GERMAN["tagline"]):
        assert words in text


def test_each_title_is_in_the_language_that_it_says(pages: dict[str, Page]) -> None:
    """The words of a link to a page elsewhere are those of that page, and are read out as such."""
    for page in pages.values():
        for link in page.links():
            target = inside(link.get("href"), page.url)
            other = pages.get(target[0]) if target else None
            if other and other.language != page.language and other.url not in SHARED:
                heading = other.root.find(".//h1")
                if heading is not None and heading.text_content() == link.text_content():
                    assert language_of(link) == other.language, f"{page.url} → {other.url}"


# --- what is not whole is shown for what it is, and not published ------------------------------


@pytest.fixture
def unfinished(site: Site) -> tuple[Site, dict[str, object], Path]:
    settings = add_german(site)
    return site, settings, site.own_theme() / "translations" / "de" / "LC_MESSAGES" / "messages.po"


@pytest.mark.slow
@pytest.mark.parametrize("catalogue", ["", None], ids=["empty", "absent"])
def test_words_without_translation_say_that_they_are_english_on_every_page(
    catalogue: str | None, unfinished: tuple[Site, dict[str, object], Path], build: Build
) -> None:
    """A title, and an attribute beside German text, can only show them."""
    site, settings, path = unfinished
    path.unlink()
    if catalogue is not None:
        path.write_text(catalogue, encoding="utf-8")
    output = build(site, **settings).output
    known, wrong, marked = of_no_language(), set(), 0
    for page in read_pages(output).values():
        for node in page.root.iter(etree.Element):
            texts = [node.text, *(child.tail for child in node)] if node.tag not in ("script", "style", "title") else []
            language = language_of(node)
            marked += page.language == "de" and language == "en" and any(texts)
            for text in filter(None, texts):
                strange = words_of(text) - {word for word in words_of(text) if word.endswith("ß")} - known
                if language == "de" and strange:
                    wrong.add((kind_of(page), text))
    assert wrong == set()
    assert marked > 1_000
    for name, data in files_of(output).items():
        if name.endswith((".html", ".xml", ".json", ".opml", ".txt", ".ics")):
            assert FORBIDDEN.search(data.decode()) is None, name


@pytest.mark.slow
def test_words_without_translation_are_counted_at_the_end_of_reading(
    unfinished: tuple[Site, dict[str, object], Path], build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    site, settings, path = unfinished
    path.write_text('msgid "Archive"\nmsgstr ""\n', encoding="utf-8")
    build(site, **settings)
    assert "theme/translations/de/LC_MESSAGES/messages.po:1: 1 message is not translated" in caplog.text


def test_a_message_is_marked_around_what_stands_in_it() -> None:
    html = (
        f'<p title="{enclose("Title")} x">{enclose("On %(day)s, by %(name)s") % {"day": "<b>M</b>", "name": "Z"}}</p>'
    )
    assert say_language(html, "en") == (
        '<p title="Title x"><span lang="en">On </span><b>M</b><span lang="en">, by </span>Z</p>'
    )
    assert say_language(f"<p>{enclose('Follow')}</p>", "en") == '<p lang="en">Follow</p>'
    assert say_language(f'<input placeholder="{enclose("Search")}">', "en") == '<input placeholder="Search" lang="en">'


def test_a_language_without_its_words_is_not_published_and_the_file_to_make_is_told(
    unfinished: tuple[Site, dict[str, object], Path], build: Build
) -> None:
    site, settings, path = unfinished
    path.unlink()
    assert str(report_of(lambda: build(site, RELEASES=2, **settings))).startswith(
        "theme/translations/de/LC_MESSAGES/messages.po: the words of the interface are not translated into “de”. "
        "Make an empty file of this name, and run make messages."
    )
    assert not site.output.exists()


@pytest.mark.parametrize(("name", "plural"), [("Archive", False), ("Search", False), ("%(count)s article", True)])
def test_a_word_that_is_not_translated_is_not_published_and_its_line_is_told(
    name: str, plural: bool, unfinished: tuple[Site, dict[str, object], Path], build: Build
) -> None:
    site, settings, path = unfinished
    with path.open("rb") as file:
        catalogue = read_po(file, locale="de")
    for message in catalogue:
        if name in (message.id, *(message.id if isinstance(message.id, tuple) else ())):
            message.string = (german(name), "") if plural else ""
    with path.open("wb") as file:
        write_po(file, catalogue)
    report = str(report_of(lambda: build(site, RELEASES=2, **settings)))
    place, _, said = report.partition(": ")
    assert f"“{name}”" in said
    line = path.read_text(encoding="utf-8").splitlines()[int(place.rpartition(":")[2]) - 1]
    assert line.startswith("msg")
    assert name in line


def test_a_word_that_the_catalogue_does_not_know_is_not_published(
    unfinished: tuple[Site, dict[str, object], Path], build: Build
) -> None:
    site, settings, _ = unfinished
    set_messages(site.own_theme(), "de", Catalog("de"), german)  # as before make messages
    report = str(report_of(lambda: build(site, RELEASES=2, **settings)))
    assert report.startswith("theme/translations/de/LC_MESSAGES/messages.po: “")
    assert "Run make messages, then translate what is new." in report
    assert not site.output.exists()


@pytest.mark.slow
def test_a_language_that_is_taken_away_leaves_nothing_behind(site: Site, build: Build) -> None:
    never = files_of(build(site).output)
    kept = {path: path.read_bytes() for path in site.content.glob("*.yaml")}
    build(site, **add_german(site))
    assert (site.output / "de").is_dir()
    for path in site.content.rglob("index.de.md"):
        path.unlink()
    for path, data in kept.items():
        path.write_bytes(data)
    assert files_of(build(site).output) == never


def test_the_guide_to_a_language_gives_every_word_of_addresses() -> None:
    guide = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    entry = guide[guide.index('"de": {') : guide.index("2. A catalogue")]
    assert set(re.findall(r'^ +"([a-z-]+)": "[a-z-]+",$', entry, re.MULTILINE)) >= set(LANGUAGES["en"]["paths"])
