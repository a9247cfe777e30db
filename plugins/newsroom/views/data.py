"""Data for other programs: calendars of announced dates, and every item as JSON with its schema."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from msgspec import Struct

from newsroom.content.addresses import FEED_FILES
from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import is_open
from newsroom.content.identity import tag_uri
from newsroom.content.models import STATUSES, Article
from newsroom.views.articles import modified
from newsroom.views.claims import label
from newsroom.views.common import entry_urls

_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class DataView(Struct, frozen=True):
    """One JSON file: its output file and its content."""

    file: str
    content: dict[str, Any]


def data_views(catalogue: Catalogue) -> Iterator[DataView]:
    """Yield ``api/v1/<language>/items.json`` for every language, and the schema they are valid against."""
    places = catalogue.addresses
    schema = f"{catalogue.settings.base_path}/api/v1/items.schema.json"
    yield DataView(places.file(schema), _schema(places.absolute(schema)))
    for code in catalogue.settings.codes:
        url = f"{catalogue.settings.base_path}/api/v1/{code}/items.json"
        home = places.home(code)
        content = {
            "$schema": places.absolute(schema),
            "language": code,
            "home": places.absolute(home),
            "feeds": {form: places.absolute(f"{home}{name}") for form, name in FEED_FILES.items()},
            "items": [_item(catalogue, article, code) for article in catalogue.articles if code in article.texts],
        }
        yield DataView(places.file(url), content)


def _item(catalogue: Catalogue, article: Article, code: str) -> dict[str, Any]:
    text, facts, places, settings = article.texts[code], article.facts, catalogue.addresses, catalogue.settings
    urls = {language: places.absolute(url) for language, url in entry_urls(catalogue, article).items()}
    return {
        "id": tag_uri(settings.tag_authority, settings.tag_year, f"articles/{article.key}/{code}"),
        "key": article.key,
        "url": urls[code],
        "counterparts": {language: url for language, url in urls.items() if language != code},
        "title": text.title,
        "summary": text.summary,
        "date": facts.date.date().isoformat(),
        "modified": modified(catalogue, article).isoformat(),
        "status": list(facts.status),
        "open": is_open(article, catalogue.settled_by.get(article.key, ())),
        "topics": list(facts.topics),
        "threads": list(facts.thread),
        "entities": list(facts.entities),
        "sources": [
            {
                name: value
                for name, value in (
                    ("publisher", source.publisher),
                    ("title", source.title),
                    ("date", source.date.iso),
                    ("language", source.language),
                    ("url", _uri(source.url)),
                    ("archive", _uri(source.archive)),
                )
                if value
            }
            for source in facts.sources
        ],
        "expected": [
            {"date": expected.when.iso, "label": label(expected, article, code)} for expected in facts.expected
        ],
    }


def _uri(address: str) -> str:
    """Return an address as editors write it as a URI (RFC 3986): what may not stand in one is percent-encoded."""
    parts = urlsplit(_NO_ESCAPE.sub("%25", address))
    safe = "%!$&'()*+,;=:@~"
    whole = (quote(parts.netloc, f"{safe}[]"), quote(parts.path, f"{safe}/"))
    return urlunsplit((parts.scheme, *whole, quote(parts.query, f"{safe}/?"), quote(parts.fragment, f"{safe}/?")))


def _schema(url: str) -> dict[str, Any]:
    """Return the JSON Schema of the files (draft 2020-12)."""
    string, uri = {"type": "string"}, {"type": "string", "format": "uri"}
    date = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
    keys = {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}, "uniqueItems": True}
    source = _object(
        {"publisher": string, "title": string, "date": date, "language": string, "url": uri, "archive": uri},
        required=["publisher", "date", "language"],
    )
    item = _object(
        {
            "id": {"type": "string", "pattern": "^tag:"},
            "key": string,
            "url": uri,
            "counterparts": {"type": "object", "additionalProperties": uri},
            "title": string,
            "summary": string,
            "date": {"type": "string", "format": "date"},
            "modified": {"type": "string", "format": "date-time"},
            "status": {"type": "array", "items": {"enum": list(STATUSES)}, "minItems": 1},
            "open": {"type": "boolean"},
            "topics": keys,
            "threads": keys,
            "entities": keys,
            "sources": {"type": "array", "items": source},
            "expected": {"type": "array", "items": _object({"date": date, "label": string})},
        }
    )
    whole = _object(
        {
            "$schema": uri,
            "language": string,
            "home": uri,
            "feeds": {"type": "object", "additionalProperties": uri},
            "items": {"type": "array", "items": item},
        }
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": url, "title": "Items", **whole}


def _object(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }
