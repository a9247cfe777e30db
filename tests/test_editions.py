"""Editions: numbered issues whose articles stand in the order the editor chose, once for both languages."""

from pathlib import Path

import pytest
from conftest import Build
from lxml.html import fragment_fromstring
from page_reading import file_of, hrefs, only, read_feeds, read_main, read_page, standing_in_order, words
from site_builder import LANGUAGES, Site, set_value
from watch_site import article_url, url_of

pytest_plugins = ("watch_fixtures",)

DATES = ("2026-11-18", "2026-11-19", "2026-11-20")
ORIGIN = "http://localhost:8000"


def edition_url(number: int, language: str) -> str:
    """Return the address of an edition."""
    return url_of(language, "editions", DATES[number - 1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_is_an_editorial_and_its_articles_in_the_order_of_the_editor(watch: Path, language: str) -> None:
    main = read_main(watch, edition_url(1, language))
    title, editorial = {"fr": ("Le numéro 1", "Éditorial 1."), "en": ("Issue 1", "Editorial 1.")}[language]
    assert words(main.find(".//h1")) == title
    assert standing_in_order(words(main), title, editorial)
    expected = [article_url(key, language) for key in ("cable-plan", "first-crew")]
    assert only(hrefs(main), url_of(language, "articles")) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_leaves_drafts_out_and_marks_what_is_not_translated(watch: Path, language: str) -> None:
    main = read_main(watch, edition_url(2, language))
    keys = ("first-crew", "copper-off", "cable-plan", "ticket-rumour")
    expected = [article_url(key, "fr" if key == "copper-off" else language) for key in keys]
    assert [url for url in dict.fromkeys(hrefs(main)) if "/articles/" in url] == expected
    (link,) = [link for link in main.iter("a") if link.get("href") == article_url("copper-off", "fr")]
    assert (link.get("hreflang") == "fr") == (language == "en")
    assert ("in French" in words(main)) == (language == "en")
    assert "unfinished" not in words(main)


def test_an_article_joins_its_edition_when_it_is_published(watch_site: Site, build: Build) -> None:
    set_value(watch_site.article("unfinished", "fr"), "draft", False)
    main = read_main(build(watch_site).output, edition_url(2, "en"))
    keys = ("first-crew", "unfinished", "cable-plan", "ticket-rumour")
    assert only(hrefs(main), url_of("en", "articles")) == [article_url(key, "en") for key in keys]


@pytest.mark.parametrize("kept_back", [{"draft": True}, {"publish": "2199-01-01"}])
def test_an_edition_that_is_not_public_stands_nowhere(
    watch_site: Site, build: Build, kept_back: dict[str, object]
) -> None:
    for key, value in kept_back.items():
        set_value(watch_site.text("editions", DATES[2], "fr"), key, value)
    output = build(watch_site).output
    for language in LANGUAGES:
        url = edition_url(3, language)
        assert not file_of(output, url).exists()
        for place in ("", "editions"):
            assert url not in hrefs(read_main(output, url_of(language, place) if place else f"/{language}/"))
        assert url not in hrefs(read_page(output, edition_url(2, language)))
        for items in read_feeds(output, url_of(language, "editions")).values():
            assert not [item for item in items if DATES[2] in item["id"]]


def test_reordering_an_edition_in_one_file_reorders_it_in_both_languages(watch_site: Site, build: Build) -> None:
    set_value(watch_site.text("editions", DATES[0], "fr"), "articles", ["first-crew", "corrected", "cable-plan"])
    output = build(watch_site).output
    for language in LANGUAGES:
        found = only(hrefs(read_main(output, edition_url(1, language))), url_of(language, "articles"))
        assert found == [article_url(key, language) for key in ("first-crew", "corrected", "cable-plan")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("number", "before", "after"), [(1, None, 2), (2, 1, 3), (3, 2, None)])
def test_an_edition_leads_to_the_one_before_and_the_one_after(
    watch: Path, number: int, before: int | None, after: int | None, language: str
) -> None:
    main = read_main(watch, edition_url(number, language))
    for relation, other in (("prev", before), ("next", after)):
        assert main.xpath(f".//a[@rel='{relation}']/@href") == ([edition_url(other, language)] if other else [])


def test_an_edition_is_called_as_its_editor_calls_it_instead_of_by_its_number(watch_site: Site, build: Build) -> None:
    """Never both: a part of an issue zero has a place in the order, and is not the first issue."""
    set_value(watch_site.text("editions", DATES[0], "en"), "label", "Issue zero, part one")
    output = build(watch_site).output
    for url in (edition_url(1, "en"), url_of("en", "editions")):
        called = [words(line) for line in read_main(output, url).xpath(".//p[@class='label' or @class='meta']")]
        assert [line for line in called if "Issue zero, part one" in line]
        assert not [line for line in called if "No. 1" in line]
    assert "N° 1" in words(read_main(output, edition_url(1, "fr")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_of_editions_is_newest_first_with_number_and_date(watch: Path, language: str) -> None:
    main = read_main(watch, url_of(language, "editions"))
    listed = [url for url in only(hrefs(main), url_of(language, "editions")) if not url.endswith((".xml", ".json"))]
    assert listed == [edition_url(number, language) for number in (3, 2, 1)]
    assert [time.get("datetime") for time in main.iter("time")] == list(reversed(DATES))
    number = {"fr": "N° {}", "en": "No. {}"}[language]
    assert standing_in_order(words(main), *(number.format(place) for place in (3, 2, 1)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_editions_are_followed_in_three_formats_newest_first(watch: Path, language: str) -> None:
    url = url_of(language, "editions")
    for form, items in read_feeds(watch, url).items():
        assert [item["id"] for item in items] == [
            f"tag:sillage.example,2026:editions/{date}/{language}" for date in reversed(DATES)
        ]
        assert [item["url"] for item in items] == [
            f"{ORIGIN}{edition_url(number, language)}" for number in (3, 2, 1)
        ], form
    linked = {link.get("href") for link in read_page(watch, url).iter("link")}
    assert {f"{url}{name}" for name in ("rss.xml", "atom.xml", "feed.json")} <= linked


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_in_a_feed_holds_its_editorial_and_its_articles_in_order_marked_as_on_its_page(
    watch: Path, language: str
) -> None:
    for form, items in read_feeds(watch, url_of(language, "editions")).items():
        content = fragment_fromstring(items[1]["content_html"], create_parent="div")
        assert {"fr": "Éditorial 2.", "en": "Editorial 2."}[language] in words(content)
        keys = ("first-crew", "copper-off", "cable-plan", "ticket-rumour")
        expected = [f"{ORIGIN}{article_url(key, 'fr' if key == 'copper-off' else language)}" for key in keys]
        links = [link for link in content.iter("a") if "/articles/" in link.get("href", "")]
        assert [link.get("href") for link in links] == expected, form
        marked = [link.get("hreflang") for link in links]
        assert marked == [None, "fr" if language == "en" else None, None, None], form
        assert ("in French" in words(content)) == (language == "en"), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_newest_edition_is_on_the_home_page(watch: Path, language: str) -> None:
    found = hrefs(read_main(watch, f"/{language}/"))
    assert [number for number in (1, 2, 3) if edition_url(number, language) in found] == [3]
