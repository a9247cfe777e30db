"""The JSON Schemas (draft 2020-12) of the data for other programs."""

from typing import Any

from newsroom.content.models import VERDICTS
from newsroom.views.data_forms import DATE, ID, KEY, KEYS, STRING, URI, item_schema, object_schema, source_schema


def items_schema(url: str) -> dict[str, Any]:
    """Return the schema of ``items.json``, which stands at ``url``."""
    return _whole(url, "items", item_schema())


def claims_schema(url: str) -> dict[str, Any]:
    """Return the schema of ``claims.json``, which stands at ``url``."""
    verdict = object_schema(
        {
            "verdict": {"enum": list(VERDICTS)},
            "date": DATE,
            "judged": DATE,
            "label": STRING,
            "text": STRING,
            "proof": {"oneOf": [object_schema({"article": KEY, "url": URI}), source_schema()]},
        }
    )
    claim = object_schema(
        {
            "id": ID,
            "key": KEY,
            "url": URI,
            "thread": KEY,
            "by": KEYS,
            "claim": STRING,
            "label": STRING,
            "announced": DATE,
            "expected": DATE,
            "was": {"type": "array", "items": DATE},
            "verdict": {"enum": list(VERDICTS)},
            "delay": {"type": "string", "pattern": r"^P(\d+Y)?(\d+M)?(\d+D)?$"},
            "verdicts": {"type": "array", "items": verdict, "minItems": 1},
        },
        optional=("expected", "delay"),
    )
    return _whole(url, "claims", claim)


def _whole(url: str, name: str, row: dict[str, Any]) -> dict[str, Any]:
    whole = object_schema(
        {
            "$schema": URI,
            "language": STRING,
            "home": URI,
            "feeds": {"type": "object", "additionalProperties": URI},
            name: {"type": "array", "items": row},
        }
    )
    schema = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": schema, "$id": url, "title": name.capitalize(), **whole}
