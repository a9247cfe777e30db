"""The JSON Schemas (draft 2020-12) of the data for other programs."""

from typing import Any

from newsroom.content.models import STATUSES, VERDICTS

_STRING, _URI = {"type": "string"}, {"type": "string", "format": "uri"}
_DATE = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
_KEY = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_KEYS = {"type": "array", "items": _KEY, "uniqueItems": True}
_ID = {"type": "string", "pattern": "^tag:"}
_MOMENT = {"type": "string", "format": "date-time"}


def items_schema(url: str) -> dict[str, Any]:
    """Return the schema of ``items.json``, which stands at ``url``."""
    item = _object(
        {
            "id": _ID,
            "key": _STRING,
            "url": _URI,
            "counterparts": {"type": "object", "additionalProperties": _URI},
            "title": _STRING,
            "short": _STRING,
            "summary": _STRING,
            "date": {"type": "string", "format": "date"},
            "published": _MOMENT,
            "modified": _MOMENT,
            "written": _DATE,
            "status": {"type": "array", "items": {"enum": list(STATUSES)}, "minItems": 1},
            "claims": _KEYS,
            "topics": _KEYS,
            "threads": _KEYS,
            "entities": _KEYS,
            "sources": {"type": "array", "items": _source()},
        },
        optional=("written",),
    )
    return _whole(url, "items", item)


def claims_schema(url: str) -> dict[str, Any]:
    """Return the schema of ``claims.json``, which stands at ``url``."""
    verdict = _object(
        {
            "verdict": {"enum": list(VERDICTS)},
            "date": _DATE,
            "judged": _DATE,
            "label": _STRING,
            "text": _STRING,
            "proof": {"oneOf": [_object({"article": _KEY, "url": _URI}), _source()]},
        }
    )
    claim = _object(
        {
            "id": _ID,
            "key": _KEY,
            "url": _URI,
            "thread": _KEY,
            "by": _KEYS,
            "claim": _STRING,
            "label": _STRING,
            "announced": _DATE,
            "expected": _DATE,
            "was": {"type": "array", "items": _DATE},
            "verdict": {"enum": list(VERDICTS)},
            "delay": {"type": "string", "pattern": r"^P(\d+Y)?(\d+M)?(\d+D)?$"},
            "verdicts": {"type": "array", "items": verdict, "minItems": 1},
        },
        optional=("expected", "delay"),
    )
    return _whole(url, "claims", claim)


def _source() -> dict[str, Any]:
    properties = {"publisher": _STRING, "title": _STRING, "date": _DATE, "language": _STRING, "url": _URI}
    return _object({**properties, "archive": _URI}, optional=("title", "url", "archive"))


def _whole(url: str, name: str, row: dict[str, Any]) -> dict[str, Any]:
    whole = _object(
        {
            "$schema": _URI,
            "language": _STRING,
            "home": _URI,
            "feeds": {"type": "object", "additionalProperties": _URI},
            name: {"type": "array", "items": row},
        }
    )
    schema = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": schema, "$id": url, "title": name.capitalize(), **whole}


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
