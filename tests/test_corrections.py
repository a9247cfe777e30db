"""Updates and corrections: told in the article, on their page and in their feed; only significant ones move it."""

from pathlib import Path
from typing import Any

import feedparser
import pytest
from conftest import Build
from page_reading import (
    file_of,
    hrefs,
    item_saying,
    news_article,
    only,
    read_feeds,
    read_main,
    read_page,
    standing_in_order,
    words,
)
from site_builder import LANGUAGES, Site, change, files_of, set_value
from watch_site import article_url, url_of

pytest_plugins = ("watch_fixtures",)

CORRECTION = {"fr": "Lire douze.", "en": "Read twelve."}
ADDITION = {"fr": "Une carte en plus.", "en": "A map was added."}
FIBRE = {"fr": url_of("fr", "topics", "reseaux-fixes"), "en": url_of("en", "topics", "fixed-networks")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_shows_its_updates_dated_oldest_first_and_names_corrections(watch: Path, language: str) -> None:
    main = read_main(watch, article_url("corrected", language))
    assert standing_in_order(
        words(main), f"{'Texte' if language == 'fr' else 'Text'} corrected.", ADDITION[language], CORRECTION[language]
    )
    added, corrected = item_saying(main, ADDITION[language]), item_saying(main, CORRECTION[language])
    assert [[time.get("datetime") for time in item.iter("time")] for item in (added, corrected)] == [
        ["2019-06"],
        ["2020-02-02"],
    ]
    assert "Correction" in words(corrected)
    assert "Correction" not in words(added)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_corrections_lists_every_change_with_its_date_and_its_article(watch: Path, language: str) -> None:
    main = read_main(watch, url_of(language, "corrections"))
    for key, text, date in (
        ("corrected", CORRECTION, "2020-02-02"),
        ("corrected", ADDITION, "2019-06"),
        ("settled-twice", {"fr": "Démenti.", "en": "Denied."}, "2022-05"),
        ("settled-twice", {"fr": "Toujours rien.", "en": "Still nothing."}, "2018-01-01"),
        ("ticket-price", {"fr": "Le prix est retiré.", "en": "The price is withdrawn."}, "2020-01-10"),
    ):
        item = item_saying(main, text[language])
        assert [time.get("datetime") for time in item.iter("time")] == [date]
        assert only(hrefs(item), "/") == [article_url(key, language)]


def test_corrections_stand_apart_from_additions_newest_first(watch: Path) -> None:
    text = words(read_main(watch, url_of("en", "corrections")))
    assert standing_in_order(
        text, "Corrected", "Read twelve.", "Added", "Denied.", "withdrawn.", "A map", "Still nothing."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_of_corrections_holds_every_change_newest_first_in_three_formats(watch: Path, language: str) -> None:
    url = url_of(language, "corrections")
    for form, items in read_feeds(watch, url).items():
        assert [item["id"] for item in items] == [
            f"tag:sillage.example,2026:articles/{path}/{language}"
            for path in (
                "settled-twice/updates/2022-05.1",
                "corrected/updates/2020-02-02.1",
                "ticket-price/updates/2020-01-10.1",
                "corrected/updates/2019-06.1",
                "settled-twice/updates/2018-01-01.1",
            )
        ], form
        assert items[1]["summary"] == CORRECTION[language]
        assert CORRECTION[language] in items[1]["content_html"]
    assert f"{url}atom.xml" in [link.get("href") for link in read_page(watch, url).iter("link", "a")]


def test_an_item_of_the_feed_leads_to_the_updates_on_the_page(watch: Path) -> None:
    for item in read_feeds(watch, url_of("en", "corrections"))["json"]:
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
    """Add an update of 20 November 2026 to the oldest article of its topic."""
    update = {"date": "2026-11-20", "significant": significant, "fr": "Du neuf.", "en": "Some news."}
    set_value(site.article("cable-plan", "fr"), "updates", [update])


ID = "tag:sillage.example,2026:articles/cable-plan/{}"
OLD = "2016-10-12T00:00:00+02:00"
NEW = "2026-11-20T00:00:00+01:00"


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
        assert news_article(output, article_url("cable-plan", code))["dateModified"] == NEW


def test_an_update_on_the_day_of_the_article_moves_it_too_and_the_second_of_a_day_again(
    watch_site: Site, build: Build
) -> None:
    """An update has a day and no time, but it always comes after what it changes."""
    page = article_url("cable-plan", "en")
    moved = [OLD]
    for day in ("2016-10-12", "2016-10-12", "2016-10-14", "2016-10-14"):
        updates = [
            {"date": date, "significant": True, "fr": f"Suite {number}.", "en": f"More {number}."}
            for number, date in enumerate([*(item[:10] for item in moved[1:]), day])
        ]
        set_value(watch_site.article("cable-plan", "fr"), "updates", updates)
        moved.append(news_article(build(watch_site).output, page)["dateModified"])
    assert moved == sorted(set(moved))
    assert [item[:10] for item in moved] == ["2016-10-12", "2016-10-12", "2016-10-12", "2016-10-14", "2016-10-14"]


def test_an_insignificant_update_is_told_and_moves_nothing(watch_site: Site, build: Build) -> None:
    output = build(watch_site).output
    urls = [*FIBRE.values(), "/fr/", "/en/"]
    dates = {url: dates_of(output, url) for url in urls}
    files = files_of(output)
    add_update(watch_site, significant=False)
    build(watch_site)
    assert {url: dates_of(output, url) for url in urls} == dates
    after = files_of(output)
    kept = [name for name in files if "sitemap" in name or name.endswith(("items.json", ".ics"))]
    assert kept
    assert [name for name in kept if after[name] != files[name]] == []
    for code, text in (("fr", "Du neuf."), ("en", "Some news.")):
        assert text in words(read_main(output, article_url("cable-plan", code)))
        assert text in words(read_main(output, url_of(code, "corrections")))
        assert news_article(output, article_url("cable-plan", code))["dateModified"] == OLD


def test_a_change_keeps_its_id_when_its_article_changes_and_when_more_is_added(watch_site: Site, build: Build) -> None:
    url = url_of("en", "corrections")
    before = [item["id"] for item in read_feeds(build(watch_site).output, url)["json"]]
    path = watch_site.article("corrected", "fr")
    change(path, "Lire douze.", "Lire treize.")
    change(watch_site.article("corrected", "en"), "Title corrected", "Another title")
    set_value(watch_site.article("corrected", "en"), "slug", "another-address")
    add_update(watch_site, significant=True)
    after = [item["id"] for item in read_feeds(build(watch_site).output, url)["json"]]
    assert after == ["tag:sillage.example,2026:articles/cable-plan/updates/2026-11-20.1/en", *before]


def test_an_article_in_one_language_has_its_changes_in_that_language_only(watch_site: Site, build: Build) -> None:
    update = {"date": "2026-11-20", "significant": False, "fr": "Seulement ici."}
    set_value(watch_site.article("copper-off", "fr"), "updates", [update])
    output = build(watch_site).output
    assert "Seulement ici." in words(read_main(output, url_of("fr", "corrections")))
    english = url_of("en", "corrections")
    assert "Seulement ici." not in words(read_main(output, english))
    assert [
        item for items in read_feeds(output, english).values() for item in items if "copper-off" in item["id"]
    ] == []
