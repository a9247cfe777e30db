"""Corrections and additions: told in the article, each on a page and in feeds; significant ones move it."""

import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from conftest import Build
from page_reading import (
    file_of,
    hrefs,
    item_saying,
    moment_of,
    news_article,
    only,
    read_feeds,
    read_main,
    read_page,
    standing_in_order,
    words,
)
from site_builder import LANGUAGES, Site, change, files_of, set_claim, set_value, verdict
from watch_site import article_url, url_of

pytest_plugins = ("watch_fixtures",)

CORRECTION = {"fr": "Lire douze.", "en": "Read twelve."}
ADDITION = {"fr": "Une carte en plus.", "en": "A map was added."}
FIBRE = {"fr": url_of("fr", "topics", "reseaux-fixes"), "en": url_of("en", "topics", "fixed-networks")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_shows_its_updates_dated_oldest_first_and_names_corrections(watch: Path, language: str) -> None:
    main = read_main(watch, article_url("corrected", language))
    text = words(main)
    for note in (ADDITION, CORRECTION):
        assert standing_in_order(text, f"{'Texte' if language == 'fr' else 'Text'} corrected.", note[language])
    added, corrected = item_saying(main, ADDITION[language]), item_saying(main, CORRECTION[language])
    assert [[time.get("datetime") for time in item.iter("time")] for item in (added, corrected)] == [
        ["2019-06"],
        ["2020-02-02"],
    ]
    corrected_on = {"fr": "Erratum du", "en": "Corrected on"}[language]
    assert corrected_on in words(corrected)
    assert corrected_on not in words(added)


@pytest.mark.parametrize("language", LANGUAGES)
def test_corrections_and_additions_have_a_page_each_newest_first(watch: Path, language: str) -> None:
    corrections, additions = (read_main(watch, url_of(language, word)) for word in ("corrections", "additions"))
    item = item_saying(corrections, CORRECTION[language])
    assert [time.get("datetime") for time in item.iter("time")] == ["2020-02-02"]
    assert only(hrefs(item), "/") == [article_url("corrected", language)]
    assert CORRECTION[language] not in words(additions)
    added = (
        ("settled-twice", {"fr": "Démenti.", "en": "Denied."}, "2022-05"),
        ("ticket-price", {"fr": "Le prix est retiré.", "en": "The price is withdrawn."}, "2020-01-10"),
        ("corrected", ADDITION, "2019-06"),
        ("settled-twice", {"fr": "Toujours rien.", "en": "Still nothing."}, "2018-01-01"),
    )
    assert standing_in_order(words(additions), *(text[language] for _, text, _ in added))
    for key, text, date in added:
        assert text[language] not in words(corrections)
        item = item_saying(additions, text[language])
        assert [time.get("datetime") for time in item.iter("time")] == [date]
        assert only(hrefs(item), "/") == [article_url(key, language)]


def test_a_page_without_corrections_says_so(watch_site: Site, build: Build) -> None:
    set_value(watch_site.article("corrected", "fr"), "updates", None)
    main = read_main(build(watch_site).output, url_of("en", "corrections"))
    assert "Nothing has had to be corrected so far." in words(main)


@pytest.mark.parametrize("language", LANGUAGES)
def test_corrections_and_additions_have_feeds_of_their_own_in_three_formats(watch: Path, language: str) -> None:
    paths = {
        "corrections": ["corrected/updates/2020-02-02.1"],
        "additions": [
            "settled-twice/updates/2022-05.1",
            "ticket-price/updates/2020-01-10.1",
            "corrected/updates/2019-06.1",
            "settled-twice/updates/2018-01-01.1",
        ],
    }
    for section, changes in paths.items():
        url = url_of(language, section)
        for form, items in read_feeds(watch, url).items():
            ids = [f"tag:sillage.example,2026:articles/{path}/{language}" for path in changes]
            assert [item["id"] for item in items] == ids, form
        assert f"{url}atom.xml" in [link.get("href") for link in read_page(watch, url).iter("link", "a")]
    (item,) = read_feeds(watch, url_of(language, "corrections"))["json"]
    assert item["summary"] == CORRECTION[language]
    assert CORRECTION[language] in item["content_html"]


def test_a_note_tells_the_day_of_the_event_and_the_day_of_its_addition(watch_site: Site, build: Build) -> None:
    """Where nothing is said, a note of the past was part of what was published."""
    event = {"significant": False, "fr": "Du neuf.", "en": "Some news."}
    path = watch_site.article("cable-plan", "fr")
    for note, published, days in (
        ({"date": "2017-05-04", "added": "2026-11-20"}, None, ["2017-05-04", "2026-11-20"]),
        ({"date": "2017-05-04"}, "2026-11-10", ["2017-05-04", "2026-11-10"]),
        ({"date": "2026-11-12"}, "2026-11-10", ["2026-11-12"]),
    ):
        set_value(path, "updates", [{**event, **note}])
        set_value(path, "published", published)
        item = item_saying(read_main(build(watch_site).output, url_of("en", "additions")), "Some news.")
        assert [time.get("datetime") for time in item.iter("time")] == days


def test_an_item_of_the_feed_leads_to_the_updates_on_the_page(watch: Path) -> None:
    feeds = [read_feeds(watch, url_of("en", section))["json"] for section in ("corrections", "additions")]
    for item in (item for items in feeds for item in items):
        url, _, fragment = item["url"].removeprefix("http://localhost:8000").partition("#")
        (section,) = read_page(watch, url).xpath(f"//*[@id='{fragment}']/..")
        assert item["summary"] in words(section)


def test_a_correction_is_said_to_machines(watch: Path) -> None:
    assert news_article(watch, article_url("corrected", "en"))["correction"] == ["Read twelve."]
    assert "correction" not in news_article(watch, article_url("settled-twice", "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_updates_are_in_the_content_of_the_article_in_feeds(watch: Path, language: str) -> None:
    for form, items in read_feeds(
        watch, url_of(language, "topics", {"fr": "tourisme-orbital", "en": "orbital-tourism"}[language])
    ).items():
        (item,) = [item for item in items if "/corrected/" in item["id"]]
        assert standing_in_order(item["content_html"], ADDITION[language], CORRECTION[language]), form


# --- what an update moves --------------------------------------------------------------------------


def atom(output: Path, url: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return the date of the Atom feed beside ``url``, and id, ``updated`` and ``published`` of its entries."""
    parsed = feedparser.parse((file_of(output, url).parent / "atom.xml").read_bytes())
    return parsed.feed.updated, [(entry.id, entry.updated, entry.published) for entry in parsed.entries]


def dates_of(output: Path, url: str) -> dict[str, Any]:
    """Return what every format of the feeds beside ``url`` says of the dates of its items, in order."""
    rss = feedparser.parse((file_of(output, url).parent / "rss.xml").read_bytes())
    items = read_feeds(output, url)["json"]
    return {
        "atom": atom(output, url),
        "rss": [(entry.id, entry.published) for entry in rss.entries],
        "rss channel": rss.feed.updated,
        "json": [(item["id"], item["date_published"], item["date_modified"]) for item in items],
    }


def add_update(site: Site, *, significant: bool) -> None:
    """Add an update of 20 November 2026 to the oldest article of its topic that no claim has moved."""
    update = {"date": "2026-11-21", "significant": significant, "fr": "Du neuf.", "en": "Some news."}
    set_value(site.article("denied-at-once", "fr"), "updates", [update])


ID = "tag:sillage.example,2026:articles/denied-at-once/{}"
OLD, NEW = (moment_of(day, "articles/denied-at-once") for day in ("2016-10-25", "2026-11-21"))
JUDGED, AGAIN = (moment_of(day, "articles/old-plan") for day in ("2026-11-20", "2026-11-21"))


def test_a_significant_update_moves_the_item_to_the_top_and_never_its_id(watch_site: Site, build: Build) -> None:
    output = build(watch_site).output
    before = {code: atom(output, FIBRE[code]) for code in LANGUAGES}
    for code in LANGUAGES:
        assert before[code][1][-1] == (ID.format(code), OLD, OLD)
        assert ID.format(code) not in [item[0] for item in atom(output, f"/{code}/")[1]], (
            "too old for the feed of the site"
        )
    add_update(watch_site, significant=True)
    build(watch_site)
    for code in LANGUAGES:
        updated, items = atom(output, FIBRE[code])
        assert updated == NEW
        assert items == [(ID.format(code), NEW, OLD), *before[code][1][:-1]]
        assert atom(output, f"/{code}/")[1][0] == (ID.format(code), NEW, OLD), "the item resurfaces"
        (item,) = [item for item in read_feeds(output, FIBRE[code])["json"] if item["id"] == ID.format(code)]
        assert (item["date_published"], item["date_modified"]) == (OLD, NEW)
        assert news_article(output, article_url("denied-at-once", code))["dateModified"] == NEW


def test_an_update_on_the_day_of_the_article_moves_it_too_and_the_second_of_a_day_again(
    watch_site: Site, build: Build
) -> None:
    """An update has a day and no time, but it always comes after what it changes."""
    page = article_url("denied-at-once", "en")
    moved = [OLD]
    for day in ("2016-10-25", "2016-10-25", "2016-10-27", "2016-10-27"):
        updates = [
            {"date": date, "significant": True, "fr": f"Suite {number}.", "en": f"More {number}."}
            for number, date in enumerate([*(item[:10] for item in moved[1:]), day])
        ]
        set_value(watch_site.article("denied-at-once", "fr"), "updates", updates)
        moved.append(news_article(build(watch_site).output, page)["dateModified"])
    assert moved == sorted(set(moved))
    assert [item[:10] for item in moved] == ["2016-10-25", "2016-10-25", "2016-10-25", "2016-10-27", "2016-10-27"]


def test_an_insignificant_update_is_told_and_moves_nothing(watch_site: Site, build: Build) -> None:
    output = build(watch_site).output
    urls = [*FIBRE.values(), "/fr/", "/en/"]
    dates = {url: dates_of(output, url) for url in urls}
    files = files_of(output)
    add_update(watch_site, significant=False)
    build(watch_site)
    assert {url: dates_of(output, url) for url in urls} == dates
    after = files_of(output)
    kept = [name for name in files if "sitemap" in name or name.endswith(".ics")]
    assert kept
    assert [name for name in kept if after[name] != files[name]] == []
    for code, text in (("fr", "Du neuf."), ("en", "Some news.")):
        assert text in words(read_main(output, article_url("denied-at-once", code)))
        assert text in words(read_main(output, url_of(code, "additions")))
        assert news_article(output, article_url("denied-at-once", code))["dateModified"] == OLD
        items = json.loads(after[f"api/v1/{code}/items.json"])["items"]
        (item,) = (item for item in items if item["key"] == "denied-at-once")
        assert (item["modified"], item["updates"][-1]["text"]) == (OLD, text)


def test_a_change_keeps_its_id_when_its_article_changes_and_when_more_is_added(watch_site: Site, build: Build) -> None:
    url = url_of("en", "additions")
    before = [item["id"] for item in read_feeds(build(watch_site).output, url)["json"]]
    path = watch_site.article("corrected", "fr")
    change(path, "Lire douze.", "Lire treize.")
    change(watch_site.article("corrected", "en"), "Title corrected", "Another title")
    set_value(watch_site.article("corrected", "en"), "slug", "another-address")
    add_update(watch_site, significant=True)
    after = [item["id"] for item in read_feeds(build(watch_site).output, url)["json"]]
    assert after == ["tag:sillage.example,2026:articles/denied-at-once/updates/2026-11-21.1/en", *before]


def test_an_article_in_one_language_has_its_changes_in_that_language_only(watch_site: Site, build: Build) -> None:
    update = {"date": "2026-11-21", "significant": False, "fr": "Seulement ici."}
    set_value(watch_site.article("copper-off", "fr"), "updates", [update])
    output = build(watch_site).output
    assert "Seulement ici." in words(read_main(output, url_of("fr", "additions")))
    english = url_of("en", "additions")
    assert "Seulement ici." not in words(read_main(output, english))
    assert [
        item for items in read_feeds(output, english).values() for item in items if "copper-off" in item["id"]
    ] == []


def test_a_new_verdict_moves_the_articles_of_its_claim(watch_site: Site, build: Build) -> None:
    output = build(watch_site).output
    source = {"publisher": "The Courier", "date": "2026-11-21", "language": "en"}
    for code in LANGUAGES:
        assert news_article(output, article_url("old-plan", code))["dateModified"] == JUDGED
    opened = verdict("open", "2024-08-21", "old-plan", "building")
    kept = verdict("kept", "2026-11-21", source, "done", judged="2026-11-21")
    set_claim(watch_site.content, "last-section", verdicts=[opened, kept])
    build(watch_site)
    for code in LANGUAGES:
        assert news_article(output, article_url("old-plan", code))["dateModified"] == AGAIN
        first = read_feeds(output, f"/{code}/")["json"][0]
        assert first["id"] == ID.format(code).replace("denied-at-once", "old-plan")


def test_what_was_judged_by_the_day_of_publication_is_part_of_it(watch_site: Site, build: Build) -> None:
    set_value(watch_site.article("old-plan", "fr"), "published", "2026-11-20")
    found = news_article(build(watch_site).output, article_url("old-plan", "en"))
    assert (found["datePublished"], found["dateModified"], found["temporalCoverage"]) == (JUDGED, JUDGED, "2024-08-21")
    (item,) = [item for item in read_feeds(watch_site.output, FIBRE["en"])["json"] if "old-plan" in item["id"]]
    assert (item["date_published"], item["date_modified"]) == (JUDGED, JUDGED)
    assert standing_in_order(item["content_html"], "August 2024", "announced", "Due in February 2027")
