"""The archive holds every published article once: newest first in lists, oldest first where a year is told."""

import datetime as dt
import json
from itertools import count
from pathlib import Path

import pytest
from page_reading import file_of, hrefs, only, read_main
from site_builder import LANGUAGES

pytest_plugins = ("watch_fixtures",)

#: The words of addresses, by language: the archive.
ARCHIVES = {"fr": "/fr/archives/", "en": "/en/archive/"}


def dates(output: Path, language: str) -> dict[str, dt.date]:
    """Return the day of every published article by its address, as the data for programs say it."""
    items = json.loads((output / "api" / "v1" / language / "items.json").read_text(encoding="utf-8"))["items"]
    return {item["url"].partition("8000")[2]: dt.date.fromisoformat(item["date"]) for item in items}


def listed(output: Path, url: str, language: str) -> list[str]:
    """Return the articles that the page at ``url`` links to, in its order."""
    return [
        address for address in only(hrefs(read_main(output, url)), f"/{language}/articles/") if "page" not in address
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_all_articles_is_newest_first_from_its_first_page_to_its_last(watch: Path, language: str) -> None:
    pages = [f"/{language}/articles/"]
    for number in count(2):
        url = f"/{language}/articles/page/{number}/"
        if not file_of(watch, url).is_file():
            break
        pages.append(url)
    found = [address for url in pages for address in listed(watch, url, language)]
    days = dates(watch, language)
    assert set(found) == set(days)
    assert [days[address] for address in found] == sorted(days.values(), reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_is_listed_newest_first_and_told_oldest_first(watch: Path, language: str) -> None:
    days = dates(watch, language)
    told = listed(watch, ARCHIVES[language], language)
    for year in {day.year for day in days.values()}:
        own = [address for address in days if days[address].year == year]
        found = listed(watch, f"{ARCHIVES[language]}{year}/", language)
        assert sorted(found) == sorted(own)
        assert [days[address] for address in found] == sorted((days[address] for address in own), reverse=True)
        events = [address for address in told if address in own]
        assert events == found[::-1], "the index tells a year from its beginning"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_names_the_years_newest_first(watch: Path, language: str) -> None:
    years = [int(url.split("/")[3]) for url in only(hrefs(read_main(watch, ARCHIVES[language])), ARCHIVES[language])]
    known = {day.year for code in LANGUAGES for day in dates(watch, code).values()}
    assert years == sorted(known, reverse=True)
