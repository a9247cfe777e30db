"""Sources: who said it, when, in which language; on the page, for machines, in feeds, and all together."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fragment_fromstring
from page_reading import hrefs, news_article, only, read_feeds, read_main, standing_in_order, words
from properties import examples
from site_builder import LANGUAGES
from watch_site import article_url, url_of

from newsroom.dates import PartialDate
from newsroom.text.localised import date_text, language_name

pytest_plugins = ("watch_fixtures",)

URL = "https://gazette.example/sieges?page=1&vue=été"
ARCHIVE = "https://archive.example/2018/gazette"
#: What each source of the article says of itself, in the order it lists them.
TOLD = {
    "fr": (
        ("La Gazette", "Des sièges pour l’espace", "10 juillet 2018"),
        ("The Courier", "Seats <for> sale & more", "octobre 2016", "en anglais"),
        ("Das Journal", "U. Weiß", "Ein Platz", "2015", "en allemand"),
        ("La Gazette", "Relais", "1er août 2018"),
    ),
    "en": (
        ("La Gazette", "Des sièges pour l’espace", "10 July 2018", "in French"),
        ("The Courier", "Seats <for> sale & more", "October 2016"),
        ("Das Journal", "U. Weiß", "Ein Platz", "2015", "in German"),
        ("La Gazette", "Relais", "1 August 2018", "in French"),
    ),
}


def cited(node: HtmlElement) -> list[HtmlElement]:
    """Return the list of sources in ``node``: the items that name a publisher."""
    return [item for item in node.iter("li") if item.find(".//cite") is not None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_lists_its_sources_with_publisher_title_and_date_in_its_language(watch: Path, language: str) -> None:
    found = [words(item) for item in cited(read_main(watch, article_url("well-sourced", language)))]
    assert len(found) == 4
    assert [text for text, told in zip(found, TOLD[language], strict=True) if not standing_in_order(text, *told)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_a_source_is_named_only_when_it_is_not_that_of_the_page(watch: Path, language: str) -> None:
    items = cited(read_main(watch, article_url("well-sourced", language)))
    named = [re.findall(r"\b(?:en|in) (\w+)", words(item)) for item in items]
    assert (
        named == {"fr": [[], ["anglais"], ["allemand"], []], "en": [["French"], [], ["German"], ["French"]]}[language]
    )


@pytest.mark.parametrize("code", ["de", "DE", "de-CH", "DE_ch"])
def test_a_language_has_its_name_however_its_tag_is_written(code: str) -> None:
    assert (language_name(code, "fr_FR"), language_name(code, "en_GB")) == ("allemand", "German")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_a_source_is_marked_with_its_language_where_it_is_another(watch: Path, language: str) -> None:
    items = cited(read_main(watch, article_url("well-sourced", language)))
    marked = {words(node): node.get("lang") for item in items for node in item.xpath(".//*[@lang]")}
    titles = {"fr": ("Des sièges pour l’espace", "fr"), "en": ("Seats <for> sale & more", "en")}
    assert marked == dict([*(title for code, title in titles.items() if code != language), ("Ein Platz", "de")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_leads_to_its_page_and_to_its_archived_copy_where_there_are_any(watch: Path, language: str) -> None:
    items = cited(read_main(watch, article_url("well-sourced", language)))
    assert [hrefs(item) for item in items] == [[URL, ARCHIVE], [], [], []]


def test_a_date_known_in_part_is_told_in_part_to_machines_too(watch: Path) -> None:
    items = cited(read_main(watch, article_url("well-sourced", "en")))
    dates = [time.get("datetime") for item in items for time in item.iter("time")]
    assert dates == ["2018-07-10", "2016-10", "2015", "2018-08-01"]


@examples(200)
@given(
    st.dates(dt.date(1000, 1, 1)),
    st.integers(1, 3),
    st.sampled_from([("fr_FR", "french"), ("en_GB", "english"), ("de_DE", "plain")]),
)
def test_a_date_is_never_shown_more_exact_than_it_is_known(day: dt.date, known: int, how: tuple[str, str]) -> None:
    text = date_text(PartialDate(*(day.year, day.month, day.day)[:known]), *how)
    assert [int(number) for number in re.findall(r"\d+", text)] == [day.day, day.year][-1 if known < 3 else 0 :]
    assert bool(re.search(r"[^\W\d]{3}", text)) == (known > 1), "the month is a word"


@pytest.mark.parametrize("language", LANGUAGES)
def test_structured_data_cite_the_list_of_sources_of_the_page(watch: Path, language: str) -> None:
    article = news_article(watch, article_url("well-sourced", language))
    page, _, fragment = article["citation"].partition("#")
    assert page == article["@id"]
    (named,) = read_main(watch, article_url("well-sourced", language)).xpath(
        "//section[@aria-labelledby=$id]", id=fragment
    )
    assert len(cited(named)) == 4


def test_an_article_without_sources_cites_nothing(watch: Path) -> None:
    assert "citation" not in news_article(watch, article_url("recent-plan", "en"))
    assert cited(read_main(watch, article_url("recent-plan", "en"))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_are_in_the_content_of_feeds(watch: Path, language: str) -> None:
    url = url_of(language, "topics", {"fr": "tourisme-orbital", "en": "orbital-tourism"}[language])
    for form, items in read_feeds(watch, url).items():
        (content,) = [item["content_html"] for item in items if "/well-sourced/" in item["id"]]
        root = fragment_fromstring(content, create_parent="div")
        found = [words(item) for item in cited(root)]
        assert len(found) == 4, form
        assert [
            text for text, told in zip(found, TOLD[language], strict=True) if not standing_in_order(text, *told)
        ] == []
        assert [unquote(href) for href in hrefs(cited(root)[0])] == [URL, ARCHIVE]


# --- all sources, by publisher ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_sources_counts_them_by_publisher_the_most_cited_first(watch: Path, language: str) -> None:
    main = read_main(watch, url_of(language, "sources"))
    assert [words(heading) for heading in main.iter("h2")] == ["La Gazette 2", "Das Journal 1", "The Courier 1"]
    assert {"fr": "4 sources", "en": "4 sources"}[language] in words(main)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_cited_twice_stands_once_with_both_articles_newest_first(watch: Path, language: str) -> None:
    main = read_main(watch, url_of(language, "sources"))
    items = [item for item in main.iter("li") if "Des sièges pour l’espace" in words(item)]
    assert len(items) == 1
    expected = [article_url(key, language) for key in ("cites-again", "well-sourced")]
    assert only(hrefs(items[0]), url_of(language, "articles")) == expected
    assert {URL, ARCHIVE} <= set(hrefs(items[0]))
