"""What machines are told: JSON-LD, sitemaps, redirections, robots.txt, and that all of it is so."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import Build
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from page_reading import file_of, is_indexed, moment_of, news_article, read_page, structured_data, words
from properties import examples
from published_pages import ORIGIN, read_pages
from site_builder import LANGUAGES, Site, set_value, write_text
from watch_site import article_url, url_of, write_article

from newsroom.writers.json_data import to_script

pytest_plugins = ("watch_fixtures",)

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


# --- JSON-LD -------------------------------------------------------------------------------------------


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=4), max_leaves=8
)
HOSTILE = st.sampled_from(
    ["</script>", "<!--", "<script>", "]]>", "\u2028", "\u2029", "&lt;/script>", "</SCRIPT >", "\\u003c"]
)


@examples(200)
@given(
    st.dictionaries(st.text() | HOSTILE, ANYTHING | HOSTILE | st.builds("{}{}{}".format, st.text(), HOSTILE, st.text()))
)
def test_no_text_can_end_the_script_element_it_stands_in(data: dict[str, Any]) -> None:
    script = to_script(data)
    assert not set(script) & set("<>&\u2028\u2029")
    assert json.loads(script) == data


HOSTILE_TITLE = '</script><script>alert(1)</script><!-- "x" & <b>'


def test_a_hostile_title_is_only_a_title(watch_site: Site, build: Build) -> None:
    text = (HOSTILE_TITLE, HOSTILE_TITLE, "Texte.")
    source = {"publisher": HOSTILE_TITLE, "title": HOSTILE_TITLE, "date": "2020", "language": "fr"}
    write_article(watch_site.content, "hostile", "2026-11-01", "rumour", (text, text), sources=[source])
    output = build(watch_site).output
    for language in LANGUAGES:
        url = article_url("hostile", language)
        page = read_page(output, url)
        sound = read_page(output, article_url("old-plan", language))
        assert len(list(page.iter("script"))) == len(list(sound.iter("script")))
        assert [
            node
            for node in page.iter("script")
            if "alert" in (node.text or "") and node.get("type") != "application/ld+json"
        ] == []
        found = news_article(output, url)
        assert found["headline"] == found["description"] == HOSTILE_TITLE


def test_the_structured_data_of_every_page_is_json(watch: Path) -> None:
    told = {page.url: structured_data(page.root) for page in read_pages(watch).values()}
    articles = [url for url, things in told.items() if any(thing["@type"] == "NewsArticle" for thing in things)]
    pattern = re.compile("|".join(url_of(language, "articles") + "[^/]+/" for language in LANGUAGES))
    indexed = {url for url, page in read_pages(watch).items() if is_indexed(page.root)}
    assert sorted(articles) == sorted(url for url in indexed if pattern.fullmatch(url))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_a_news_article_with_its_facts(watch: Path, language: str) -> None:
    url = article_url("corrected", language)
    found = news_article(watch, url)
    page = read_page(watch, url)
    assert found["headline"] == words(page.find(".//h1"))
    assert found["description"] == page.xpath("//meta[@name='description']/@content")[0]
    assert found["url"] == page.xpath("//link[@rel='canonical']/@href")[0] == f"{ORIGIN}{url}"
    assert found["inLanguage"] == page.get("lang") == language
    assert found["datePublished"] == moment_of("2019-05-05", "articles/corrected")
    assert found["dateModified"] == moment_of("2020-02-02", "articles/corrected")
    for role in ("author", "publisher"):
        assert found[role]["name"] == "Sillage"
        assert found[role]["url"].startswith(ORIGIN)
    assert found["articleSection"] == {"fr": "Tourisme orbital", "en": "Orbital tourism"}[language]


def test_translations_of_an_article_name_each_other(watch: Path) -> None:
    urls = {code: f"{ORIGIN}{article_url('corrected', code)}" for code in LANGUAGES}
    for code, other in (LANGUAGES, LANGUAGES[::-1]):
        found = news_article(watch, article_url("corrected", code))
        assert (found["@id"], found["workTranslation"]) == (urls[code], [{"@id": urls[other]}])
    assert "workTranslation" not in news_article(watch, article_url("copper-off", "fr"))


def test_breadcrumbs_lead_from_the_home_page_over_the_topic_to_the_article(watch: Path) -> None:
    url = article_url("corrected", "en")
    (trail,) = [thing for thing in structured_data(read_page(watch, url)) if thing["@type"] == "BreadcrumbList"]
    steps = [(step["position"], step["item"].removeprefix(ORIGIN)) for step in trail["itemListElement"]]
    assert steps == [(1, "/en/"), (2, url_of("en", "topics", "orbital-tourism")), (3, url)]
    assert all(file_of(watch, address).is_file() for _, address in steps)


# --- sitemaps ------------------------------------------------------------------------------------------


def sitemap_rows(output: Path) -> dict[str, tuple[dict[str, str], str | None]]:
    """Return the alternates and the date of every address of the sitemaps that ``robots.txt`` leads to."""
    robots = (output / "robots.txt").read_text(encoding="utf-8")
    (index,) = re.findall(r"^Sitemap: (.+)$", robots, re.MULTILINE)
    files = etree.fromstring(file_of(output, index.removeprefix(ORIGIN)).read_bytes()).xpath(
        "//s:sitemap/s:loc/text()", namespaces=NAMES
    )
    rows: dict[str, tuple[dict[str, str], str | None]] = {}
    for file in files:
        root = etree.fromstring(file_of(output, str(file).removeprefix(ORIGIN)).read_bytes())
        for row in root.xpath("//s:url", namespaces=NAMES):
            (url,) = row.xpath("s:loc/text()", namespaces=NAMES)
            links = row.xpath("x:link[@rel='alternate']", namespaces=NAMES)
            alternates = {link.get("hreflang"): link.get("href") for link in links}
            assert len(alternates) == len(links)
            assert url not in rows, f"{url} is listed twice"
            rows[str(url)] = (alternates, row.findtext("s:lastmod", namespaces=NAMES))
    return rows


def test_the_sitemaps_list_every_page_that_may_be_indexed_and_nothing_else(watch: Path) -> None:
    """The gateway stands in the sitemap of its own language, and is the x-default of the home pages."""
    rows = sitemap_rows(watch)
    indexed = {f"{ORIGIN}{url}" for url, page in read_pages(watch).items() if is_indexed(page.root)}
    assert set(rows) - indexed == set(), "listed, but not there or not to be indexed"
    assert indexed - set(rows) == set()
    assert {rows[f"{ORIGIN}/{language}/"][0]["x-default"] for language in LANGUAGES} == {f"{ORIGIN}/"}


def test_alternates_in_the_sitemaps_are_reciprocal_and_those_of_the_pages(watch: Path) -> None:
    rows = sitemap_rows(watch)
    pages = read_pages(watch)
    for url, (alternates, _) in rows.items():
        languages = {code: address for code, address in alternates.items() if code != "x-default"}
        if url != f"{ORIGIN}/":  # it leads to every language and is in none
            assert url in languages.values()
        assert [address for address in languages.values() if rows[address][0] != alternates] == []
        page = pages.get(url.removeprefix(ORIGIN))
        if page:
            assert page.alternates == {code: address.removeprefix(ORIGIN) for code, address in alternates.items()}
            if url != f"{ORIGIN}/":
                assert [code for code, address in languages.items() if address == url] == [page.language]


def test_what_has_one_language_has_no_alternate_in_another(watch: Path) -> None:
    alternates, _ = sitemap_rows(watch)[f"{ORIGIN}{article_url('copper-off', 'fr')}"]
    assert set(alternates) <= {"fr", "x-default"}


def test_the_date_of_an_address_in_the_sitemap_is_that_of_its_last_significant_change(watch: Path) -> None:
    dates = {url.removeprefix(ORIGIN): changed for url, (_, changed) in sitemap_rows(watch).items()}
    for language in LANGUAGES:
        assert dates[article_url("corrected", language)] == moment_of("2020-02-02", "articles/corrected")
        assert dates[article_url("denied-at-once", language)] == moment_of("2016-10-25", "articles/denied-at-once")
        assert dates[article_url("first-crew", language)].startswith("2026-11-20T"), "the day of its verdicts"
        for url, date in dates.items():
            if date and url.startswith(url_of(language, "articles")):
                assert date == news_article(watch, url)["dateModified"]
    assert [date for date in dates.values() if date and dt.datetime.fromisoformat(date).tzinfo is None] == []


# --- old addresses ---------------------------------------------------------------------------------------


def leads_to(output: Path, old: str, new: str) -> list[str]:
    """Return what is wrong with how the address ``old`` leads to ``new``."""
    file = file_of(output, old)
    if not file.is_file():
        return [f"{old} is gone"]
    page = read_page(output, old)
    wrong = [] if not is_indexed(page) else [f"{old} may be indexed"]
    wrong += [] if page.xpath("//link[@rel='canonical']/@href") == [f"{ORIGIN}{new}"] else ["another canonical address"]
    wrong += [] if page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={new}"] else ["no redirection"]
    wrong += [] if page.xpath("//body//a/@href") == [new] else ["no link for a reader"]
    wrong += (
        [] if f"{old} {new} 301\n" in (output / "_redirects").read_text(encoding="utf-8") else ["no rule for servers"]
    )
    return wrong


@pytest.mark.parametrize("alias", ["ancien-nom", "premier-nom"])
def test_an_earlier_address_of_an_article_leads_to_the_present_one(watch: Path, alias: str) -> None:
    assert leads_to(watch, url_of("fr", "articles", alias), article_url("renamed", "fr")) == []


def test_an_earlier_address_of_a_page_leads_to_the_present_one(watch: Path) -> None:
    assert leads_to(watch, "/fr/notre-methode/", "/fr/methode/") == []


@pytest.mark.parametrize(
    ("section", "key", "slug"),
    [("topics", "quiet", "sans-promesse"), ("threads", "cable", "le-cable"), ("editions", "2026-11-18", "2026-11-18")],
)
def test_an_earlier_address_of_anything_else_leads_to_the_present_one(
    watch_site: Site, build: Build, section: str, key: str, slug: str
) -> None:
    set_value(watch_site.text(section, key, "fr"), "slug", "nouvelle-adresse")
    set_value(watch_site.text(section, key, "fr"), "aliases", [slug])
    output = build(watch_site).output
    assert leads_to(output, url_of("fr", section, slug), url_of("fr", section, "nouvelle-adresse")) == []


def test_addresses_that_never_changed_have_no_redirection(watch_site: Site, build: Build) -> None:
    set_value(watch_site.article("renamed", "fr"), "aliases", None)
    write_text(
        watch_site.text("pages", "method", "fr"), {"title": "Méthode", "summary": "M.", "date": "2026-11-02"}, "Texte."
    )
    output = build(watch_site).output
    assert (output / "_redirects").read_text(encoding="utf-8") == ""
    assert not file_of(output, url_of("fr", "articles", "ancien-nom")).exists()


# --- robots.txt --------------------------------------------------------------------------------------------


def test_robots_may_read_everything_and_find_the_sitemap_by_its_whole_address(watch: Path) -> None:
    lines = (watch / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert not [line for line in lines if line.startswith("Disallow") and line.partition(":")[2].strip()]
    (sitemap,) = [line.partition(": ")[2] for line in lines if line.startswith("Sitemap")]
    assert urlsplit(sitemap).scheme in ("http", "https")
    assert file_of(watch, sitemap.removeprefix(ORIGIN)).is_file()
