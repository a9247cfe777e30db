"""Two equal languages on every page."""

import re
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from conftest import SITES, Build
from content_reading import pelicanconf
from published_pages import Page, inside, language_of, read_pages
from site_builder import ROOT, Site, write_text

from desk.messages import extract
from newsroom.messages import untranslated
from newsroom.text.typography import typeset

LANGUAGE_SETTINGS = pelicanconf()["LANGUAGES"]
CODES = tuple(LANGUAGE_SETTINGS)
NAMES = {code: facts["name"] for code, facts in LANGUAGE_SETTINGS.items()}
#: Pages of all languages at once: the gateway and the root's own 404.
SHARED = ("/", "/404.html")


@pytest.fixture(scope="module", params=SITES)
def pages(request: pytest.FixtureRequest) -> dict[str, Page]:
    """Return the pages of two sites: one that has every case, one that is read."""
    return read_pages(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def small(small_output: Path) -> dict[str, Page]:
    return read_pages(small_output)


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


# --- every page and its counterpart ----------------------------------------------------------


def test_every_page_says_the_language_it_is_in(pages: dict[str, Page]) -> None:
    for page in pages.values():
        segment = page.url.split("/")[1]
        assert page.language == segment if segment in CODES else page.language in CODES, page.url
        assert page.root.get("dir") == "ltr", page.url


def test_every_kind_of_page_exists_in_every_language(pages: dict[str, Page]) -> None:
    sections = {code: facts["paths"] for code, facts in LANGUAGE_SETTINGS.items()}
    for code in CODES:
        own = {url for url in pages if url.startswith(f"/{code}/")}
        for word in ("articles", "topics", "threads", "editions", "entities", "archives", "glossary", "untranslated"):
            assert f"/{code}/{sections[code][word]}/" in own, word
        assert {f"/{code}/", f"/{code}/404.html"} <= own
    assert set(SHARED) <= pages.keys()


def test_a_page_names_itself_and_its_counterparts_and_they_name_it_back(pages: dict[str, Page]) -> None:
    for page in pages.values():
        if not page.alternates:
            continue
        assert page.url in page.alternates.values(), f"{page.url} does not name itself"
        for code, url in page.alternates.items():
            assert url in pages, f"{page.url} names {url}, which is not there"
            assert pages[url].alternates == page.alternates, f"{url} does not agree with {page.url}"
            if code != "x-default":
                assert pages[url].language == code, f"{url} is not in {code}"


def test_a_page_that_search_engines_list_has_its_address_and_a_default(pages: dict[str, Page]) -> None:
    for page in pages.values():
        canonical = page.root.xpath("//link[@rel='canonical']/@href")
        if page.root.xpath("//meta[@name='robots'][contains(@content, 'noindex')]"):
            assert not canonical, page.url
            assert not page.alternates, page.url
        else:
            assert canonical == [f"http://localhost:8000{page.url}"], page.url
            assert "x-default" in page.alternates, page.url


def test_the_language_switch_lands_on_the_same_thing_and_comes_back(pages: dict[str, Page]) -> None:
    for page in pages.values():
        if page.url in SHARED:
            continue
        assert page.switch.keys() == set(CODES) - {page.language}, f"{page.url} offers {sorted(page.switch)}"
        for code, url in page.switch.items():
            path, _, fragment = url.partition("#")
            if fragment:
                assert code not in page.alternates, f"{page.url} exists in {code} and its switch says no"
                _check_explanation(pages[path], fragment, page)
            else:
                assert pages[path].language == code
                assert pages[path].switch[page.language] == page.url, f"{path} does not lead back to {page.url}"
                assert path == page.alternates.get(code, path)


def _check_explanation(explanation: Page, fragment: str, page: Page) -> None:
    """Check that a page says that ``page`` is not translated, at its line, and leads back to it."""
    section = LANGUAGE_SETTINGS[explanation.language]["paths"]["untranslated"]
    assert explanation.url == f"/{explanation.language}/{section}/"
    (line,) = explanation.root.xpath("//*[@id=$id]", id=fragment)
    links = [link for link in line.iter("a") if link.get("href") == page.url]
    assert links, f"{explanation.url}#{fragment} does not lead to {page.url}"
    assert language_of(links[0]) == page.language
    told = Locale.parse(explanation.language).languages[page.language]
    assert told in line.text_content()


def test_each_link_of_the_switch_is_named_in_its_own_language(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for code, url in page.switch.items():
            (link,) = {
                node.text_content().strip()
                for node in page.root.xpath("//header//nav//a[@lang=$code][@hreflang=$code]", code=code)
                if node.get("href") == url
            }
            assert link == NAMES[code], page.url


def test_the_root_leads_to_every_language_in_its_own_words(pages: dict[str, Page]) -> None:
    for url in SHARED:
        for code in CODES:
            links = [link for link in pages[url].links() if link.get("href") == f"/{code}/"]
            assert NAMES[code] in {link.text_content().strip() for link in links if language_of(link) == code}, url


def test_a_link_to_a_page_in_another_language_says_so(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for link in page.links():
            target = inside(link.get("href"), page.url)
            if target and target[0] in pages and target[0] not in SHARED:
                language = pages[target[0]].language
                assert language in (language_of(link), link.get("hreflang")), f"{page.url} → {target[0]}"


def test_pairs_topics_editions_years_and_pages_of_lists_are_counterparts(site: Site, build: Build) -> None:
    pages = read_pages(build(site, DEFAULT_PAGINATION=2).output)
    for fr, en in (
        ("/fr/", "/en/"),
        ("/fr/articles/billets-rumeur/", "/en/articles/tickets-rumour/"),
        ("/fr/sujets/tourisme-orbital/", "/en/topics/orbital-tourism/"),
        ("/fr/sujets/nuage-souverain/page/2/", "/en/topics/sovereign-computing/page/2/"),
        ("/fr/histoires/des-billets/", "/en/stories/tickets/"),
        ("/fr/annonces/en-cours/", "/en/claims/open/"),
        ("/fr/numeros/2026-11-21/", "/en/issues/2026-11-21/"),
        ("/fr/archives/2018/", "/en/archive/2018/"),
        ("/fr/articles/page/3/", "/en/articles/page/3/"),
        ("/fr/acteurs/moreau/", "/en/players/moreau/"),
        ("/fr/qui-nous-sommes/", "/en/who-we-are/"),
        ("/fr/404.html", "/en/404.html"),
    ):
        assert pages[fr].switch["en"] == en
        assert pages[en].switch["fr"] == fr


# --- what exists in one language only --------------------------------------------------------


@pytest.mark.parametrize(
    ("lists", "item"),
    [
        (
            ("/en/", "/en/articles/", "/en/topics/fixed-networks/", "/en/archive/2026/", "/en/players/regulator/"),
            ("/fr/articles/cuivre-eteint/", "Le cuivre s’éteint", "fr", "French"),
        ),
        (
            ("/fr/", "/fr/articles/", "/fr/sujets/nuage-souverain/", "/fr/archives/2024/", "/fr/acteurs/moreau/"),
            ("/en/articles/vault-opens/", "The vault opens", "en", "anglais"),
        ),
    ],
)
def test_lists_hold_what_is_in_one_language_only_and_say_which(
    small: dict[str, Page], lists: tuple[str, ...], item: tuple[str, str, str, str]
) -> None:
    url, title, own, told = item
    for page in lists:
        links = [link for link in small[page].links() if link.get("href") == url and link.text_content() == title]
        assert links, f"{page} does not list {url}"
        assert {language_of(link) for link in links} == {own}
        assert any(told in text for language, text in small[page].texts() if language != own), page


def test_no_page_pretends_to_be_a_translation(small: dict[str, Page]) -> None:
    assert small["/fr/articles/cuivre-eteint/"].alternates.keys() == {"fr", "x-default"}
    assert small["/fr/articles/cuivre-eteint/"].switch == {"en": "/en/not-translated/#articles-copper-off"}
    assert small["/en/articles/vault-opens/"].switch == {"fr": "/fr/non-traduit/#articles-vault-opens"}
    assert small["/fr/obligations/"].switch == {"en": "/en/not-translated/#pages-legal"}


def test_what_is_not_translated_keeps_its_own_line_whatever_its_kind(site: Site, build: Build) -> None:
    """A topic and an article may have one key: folders of two kinds know nothing of each other."""
    for folder, values in (("topics", {"name": "Seul", "order": 9}), ("articles", {})):
        neutral = {"date": "2025-01-01", "topics": ["lone"], "status": "rumour", "title": "Seule", "summary": "Ici."}
        write_text(site.text(folder, "lone", "fr"), values or neutral, "Texte.")
    pages = read_pages(build(site).output)
    for url in ("/fr/sujets/seul/", "/fr/articles/seule/"):
        path, _, fragment = pages[url].switch["en"].partition("#")
        _check_explanation(pages[path], fragment, pages[url])


# --- the words of the interface --------------------------------------------------------------


def test_no_page_has_a_word_of_the_interface_in_another_language(pages: dict[str, Page]) -> None:
    french = _catalogue("fr")
    pairs = {(form, said) for message in french if message.id for form, said in _forms(message) if form != said}
    english_only = {form for form, _ in pairs} - {said for _, said in pairs}
    french_only = {said for _, said in pairs} - {form for form, _ in pairs}
    for page in pages.values():
        for language, text in page.texts():
            wrong = french_only if language == "en" else english_only
            assert text not in wrong, f"{page.url}: {text!r} stands where {language} is read"


def _catalogue(language: str) -> Catalog:
    path = ROOT / "theme" / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _forms(message: object) -> list[tuple[str, str]]:
    """Return (source form, translated form) of a message, which may have plurals."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return [(ids[min(place, len(ids) - 1)], said) for place, said in enumerate(strings)]


@pytest.mark.parametrize("language", [code for code in CODES if code != "en"])
def test_the_catalogue_is_complete_and_of_today(language: str) -> None:
    catalogue, words = _catalogue(language), extract()
    wanted = {(message.context, message.id) for message in words if message.id}
    found = {(message.context, message.id) for message in catalogue if message.id}
    assert wanted - found == set(), "run make messages, then translate"
    assert found - wanted == set(), "run make messages: these are said nowhere any more"
    missing = [message.id for message in catalogue if message.id and not all(said for _, said in _forms(message))]
    assert missing == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_a_message_without_one_of_its_forms_is_counted_as_untranslated() -> None:
    catalogue = Catalog("fr")
    for name, said in (("day", "jour"), (("a day", "days"), ("un jour", "jours")), ("n", ""), (("o", "p"), ("", ""))):
        catalogue.add(name, said)
    catalogue.add(("q", "r"), ("s", ""))
    catalogue.add("t", "u", flags=["fuzzy"])
    assert [message.id for message in untranslated(catalogue)] == ["n", ("o", "p"), ("q", "r"), "t"]


@pytest.mark.parametrize("language", [code for code in CODES if code != "en"])
def test_a_translation_is_about_as_long_as_its_message(language: str) -> None:
    """A plural filled with the letters of one word would pass for complete."""
    for message in _catalogue(language):
        for source, said in _forms(message) if message.id else ():
            assert len(source) / 3 <= len(said) + 2, source


@pytest.mark.parametrize("language", [code for code in CODES if code != "en"])
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    catalogue = _catalogue(language)
    assert (catalogue.num_plurals, catalogue.plural_expr) == {"fr": (2, "(n > 1)")}[language]
    for message in catalogue:
        if isinstance(message.id, tuple):
            assert len(message.string) == catalogue.num_plurals, message.id


@pytest.mark.parametrize("language", [code for code in CODES if code != "en"])
def test_a_translation_has_the_placeholders_of_its_message(language: str) -> None:
    placeholder = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%%")
    for message in _catalogue(language):
        for source, said in _forms(message) if message.id else ():
            assert sorted(placeholder.findall(said)) == sorted(placeholder.findall(source)), source


@pytest.mark.parametrize("language", CODES)
def test_words_of_the_interface_are_typeset_as_they_stand(language: str) -> None:
    typography = LANGUAGE_SETTINGS[language]["typography"]
    if language == "en":
        said = [form for message in extract() if message.id for form, _ in _forms(message)]
    else:
        said = [form for message in _catalogue(language) if message.id for _, form in _forms(message)]
    assert said
    for text in said:
        assert typeset(text, typography) == text
        assert not set(text) & {'"', "'"}, f"straight quotes: {text}"


def test_no_template_and_no_view_asks_which_language_it_is_in() -> None:
    named = re.compile(rf"""["']({"|".join(CODES)})["']""")
    sources = [*(ROOT / "theme" / "templates").rglob("*.html")]
    sources += [*(ROOT / "plugins").glob("*.py"), *(ROOT / "plugins" / "newsroom" / "views").glob("*.py")]
    assert [path.name for path in sources if named.search(path.read_text(encoding="utf-8"))] == []
