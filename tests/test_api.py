"""Data for other programs: every item, valid against the schema that is published beside it."""

import copy
import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Build
from hypothesis import given
from hypothesis import strategies as st
from json_schema import Draft202012Validator, FormatChecker
from made_articles import made_article, made_catalogue
from page_reading import file_of, news_article, read_feeds
from properties import examples
from site_builder import LANGUAGES, Site, set_value
from watch_site import article_url

from newsroom.content.fields import Context, address
from newsroom.content.frontmatter import Value
from newsroom.content.models import Source
from newsroom.dates import PartialDate
from newsroom.problems import Invalid
from newsroom.views.data import data_views

pytest_plugins = ("watch_fixtures",)

ORIGIN = "http://localhost:8000"
#: RFC 3986, appendix A: the characters of an address, with whole percent-encodings; square brackets hold an IP only.
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?://(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*(?:\[[0-9A-Fa-f:.]+\](?::\d*)?)?)?"
    r"(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*"
    r"(?:\?(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(?:#(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?",
    re.ASCII,
)
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
FORMATS = FormatChecker(formats=("date",))


@FORMATS.checks("uri")
def is_uri(value: object) -> bool:
    """Tell whether ``value`` is an address (RFC 3986)."""
    return not isinstance(value, str) or _URI.fullmatch(value) is not None


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(value: object) -> bool:
    """Tell whether ``value`` is a moment (RFC 3339)."""
    if not isinstance(value, str):
        return True
    return _DATE_TIME.fullmatch(value) is not None and dt.datetime.fromisoformat(value) is not None


def read_json(output: Path, url: str) -> dict[str, Any]:
    """Return the JSON at ``url``."""
    content: dict[str, Any] = json.loads(file_of(output, url.removeprefix(ORIGIN)).read_text(encoding="utf-8"))
    return content


def items_of(output: Path, language: str) -> dict[str, Any]:
    """Return the items of a language by their keys."""
    return {item["key"]: item for item in read_json(output, f"/api/v1/{language}/items.json")["items"]}


def problems(schema: dict[str, Any], content: object) -> list[str]:
    """Return what ``schema`` has against ``content``, formats included."""
    found = Draft202012Validator(schema, format_checker=FORMATS).iter_errors(content)
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.fixture(scope="module")
def schema(watch: Path) -> dict[str, Any]:
    """Return the schema that the files of both languages name."""
    named = {read_json(watch, f"/api/v1/{language}/items.json")["$schema"] for language in LANGUAGES}
    assert len(named) == 1
    return read_json(watch, named.pop())


def test_the_schema_is_a_schema_published_where_it_says(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"{ORIGIN}/api/v1/items.schema.json"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_items_of_every_language_are_valid_against_the_schema(
    watch: Path, schema: dict[str, Any], language: str
) -> None:
    assert problems(schema, read_json(watch, f"/api/v1/{language}/items.json")) == []


def test_every_format_that_the_schema_names_is_checked(schema: dict[str, Any]) -> None:
    named = set(re.findall(r'"format": "([^"]+)"', json.dumps(schema)))
    assert named
    assert named <= set(FORMATS.checkers)


def put(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    """Return the damage of another value at ``path``."""

    def damage(content: Any) -> None:
        for part in path[:-1]:
            content = content[part]
        content[path[-1]] = value

    return damage


def drop(content: dict[str, Any]) -> None:
    """Take the title of the first item away."""
    del content["items"][0]["title"]


@pytest.mark.parametrize(
    "damage",
    [
        drop,
        put("items", 0, "id", value="17"),
        put("items", 0, "url", value="/en/articles/x/"),
        put("items", 0, "url", value="https://example.org/a b"),
        put("items", 0, "date", value="2018-13-01"),
        put("items", 0, "modified", value="2018-01-01"),
        put("items", 0, "status", value=["maybe"]),
        put("items", 0, "status", value=[]),
        put("items", 0, "claims", value=["Une annonce"]),
        put("items", 0, "published", value="2018-01-01"),
        put("items", 0, "topics", value=["Un sujet"]),
        put("items", 0, "unknown", value=1),
        put("items", 0, "counterparts", value={"fr": "là"}),
        put("items", 0, "sources", value=[{"publisher": "X", "language": "en"}]),
        put("items", value=None),
    ],
)
def test_the_schema_refuses_what_is_not_so(
    watch: Path, schema: dict[str, Any], damage: Callable[[dict[str, Any]], None]
) -> None:
    content = copy.deepcopy(read_json(watch, "/api/v1/en/items.json"))
    damage(content)
    assert problems(schema, content)


def test_counterparts_are_reciprocal_and_each_is_there(watch: Path) -> None:
    items = {language: items_of(watch, language) for language in LANGUAGES}
    met = 0
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        for key, item in items[language].items():
            assert item["url"] == f"{ORIGIN}{article_url(key, language)}"
            assert file_of(watch, article_url(key, language)).is_file()
            assert item["counterparts"] == ({other: items[other][key]["url"]} if key in items[other] else {})
            met += bool(item["counterparts"])
    assert met
    assert items["fr"].keys() - items["en"].keys() == {"copper-off"}
    assert items["fr"]["copper-off"]["counterparts"] == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_says_what_its_page_and_its_feeds_say(watch: Path, language: str) -> None:
    items = items_of(watch, language)
    assert "unfinished" not in items
    page = news_article(watch, article_url("corrected", language))
    item = items["corrected"]
    assert (item["title"], item["summary"], item["modified"]) == (
        page["headline"],
        page["description"],
        page["dateModified"],
    )
    assert item["date"] == "2019-05-05"
    ids = {entry["id"]: entry["url"] for entry in read_feeds(watch, f"/{language}/")["json"]}
    assert {item["id"]: item["url"] for item in items.values()}.items() >= ids.items()


def test_an_item_names_its_claims_and_they_are_there(watch: Path) -> None:
    items = items_of(watch, "en")
    claims = {claim["key"] for claim in read_json(watch, "/api/v1/en/claims.json")["claims"]}
    assert items["recent-plan"]["claims"] == ["station-opening", "first-guest"]
    assert {key for item in items.values() for key in item["claims"]} <= claims
    assert items["cable-plan"]["status"] == ["rumour", "announced"]
    assert (items["ticket-rumour"]["threads"], items["ticket-rumour"]["entities"]) == (
        ["tickets"],
        ["zephyr", "moreau"],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_claims_are_valid_and_say_verdict_delay_and_proof(watch: Path, language: str) -> None:
    content = read_json(watch, f"/api/v1/{language}/claims.json")
    assert problems(read_json(watch, "/api/v1/claims.schema.json"), content) == []
    claims = {claim["key"]: claim for claim in content["claims"]}
    sold = claims["tickets-sold"]
    assert (sold["verdict"], sold["delay"], sold["expected"]) == ("kept-late", "P2Y", "2019-06")
    assert sold["verdicts"][-1]["proof"] == {
        "article": "first-crew",
        "url": f"{ORIGIN}{article_url('first-crew', language)}",
    }
    price = claims["ticket-price"]
    assert [verdict["verdict"] for verdict in price["verdicts"]] == ["open", "dropped"]
    assert price["verdicts"][1]["proof"]["publisher"] == "La Gazette"
    assert "delay" not in price
    assert claims["first-guest"]["was"] == ["2026-12", "2027-03"]


@pytest.mark.parametrize(
    "damage",
    [
        put("claims", 0, "verdict", value="confirmed"),
        put("claims", 0, "verdicts", value=[]),
        put("claims", 0, "delay", value="late"),
        put("claims", 0, "verdicts", 0, "proof", value={"article": "x"}),
    ],
)
def test_the_schema_of_claims_refuses_what_is_not_so(watch: Path, damage: Callable[[dict[str, Any]], None]) -> None:
    content = copy.deepcopy(read_json(watch, "/api/v1/en/claims.json"))
    damage(content)
    assert problems(read_json(watch, "/api/v1/claims.schema.json"), content)


@pytest.mark.slow
def test_an_id_stays_when_address_title_and_date_change(watch_site: Site, build: Build) -> None:
    before = items_of(build(watch_site).output, "en")["old-plan"]
    set_value(watch_site.article("old-plan", "en"), "slug", "new-address")
    set_value(watch_site.article("old-plan", "en"), "title", "New title")
    set_value(watch_site.article("old-plan", "fr"), "date", "2024-08-22")
    after = items_of(build(watch_site).output, "en")["old-plan"]
    assert (after["title"], after["date"], after["id"]) == ("New title", "2024-08-22", before["id"])


def accepted(url: str) -> bool:
    """Tell whether an editor may write ``url`` as the address of a source."""
    try:
        address()(Value(url, 1), Context(LANGUAGES, "Europe/Paris"))
    except Invalid:
        return False
    return True


PARTS = st.text(st.sampled_from("abcé€日 %/?#[]{}|^`&=+:@~;,.-_()'!$*2F"), max_size=30)
ADDRESSES = st.builds(
    "https://{}/{}".format, st.sampled_from(["example.org", "été.example", "[2001:db8::1]:80"]), PARTS
)


@examples(150)
@given(ADDRESSES.filter(accepted))
def test_whatever_address_a_source_has_the_items_stay_valid(url: str) -> None:
    source = Source("La Gazette", PartialDate(2018), "fr", url=url, archive=url)
    article = made_article("cited", dt.date(2020, 1, 1), sources=(source,))
    views = {view.file: view.content for view in data_views(made_catalogue([article]))}
    for language in LANGUAGES:
        assert problems(views["api/v1/items.schema.json"], views[f"api/v1/{language}/items.json"]) == []
