"""``make schemas``: JSON Schemas (draft 2020-12) of what editors write, for their editing programs.

Made from the tables that read the content (:mod:`newsroom.content.kinds`): one file per kind, and one per register, in
``.vscode/schemas/``, which git ignores, so that none is ever older than its table. What a schema
cannot know is left to ``make check``: whether the thing that a key names exists, and whether either
language gives a fact.
"""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from desk.project import require_readable
from desk.register_entries import ENTRY_SCHEMAS
from newsroom.content.fields import key
from newsroom.content.kinds import KINDS
from newsroom.content.schema import Field, Kind

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".vscode" / "schemas"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: Kind, codes: Sequence[str]) -> dict[str, Any]:
    """Return the JSON Schema of the front matter of one file of ``kind``, on a site in the languages ``codes``.

    A fact that is said once may be in the file of another language, so only the keys of every file are required.
    """
    return {
        "$schema": _DIALECT,
        "title": f"Front matter of content/{kind.folder}",
        "type": "object",
        "properties": {field.name: _described(field, codes) for field in kind.fields},
        "required": [field.name for field in kind.fields if field.required and not field.neutral],
        "additionalProperties": False,
    }


def expanded(schema: dict[str, Any], codes: Sequence[str]) -> dict[str, Any]:
    """Return a reader’s ``schema`` with a property per language of ``codes`` in place of ``languages``."""
    known = {name: part for name, part in schema.items() if name != "languages"}
    if "languages" in schema:
        labels = dict.fromkeys(codes, schema["languages"])
        known = {
            "type": "object",
            "additionalProperties": False,
            **known,
            "properties": {**known.get("properties", {}), **labels},
            # Which languages are needed depends on the other files.
            "anyOf": [{"required": [code]} for code in codes],
        }
    if "properties" in known:
        known["properties"] = {name: expanded(part, codes) for name, part in known["properties"].items()}
    if "items" in known:
        known["items"] = expanded(known["items"], codes)
    if "anyOf" in known:
        known["anyOf"] = [expanded(part, codes) for part in known["anyOf"]]
    return known


def _described(field: Field, codes: Sequence[str]) -> dict[str, Any]:
    where = "Said once, in the file of either language." if field.neutral else "Said in each language."
    return {"description": f"{field.about} {where}", **expanded(field.reader.schema, codes)}


def register_schema(register: str, codes: Sequence[str]) -> dict[str, Any]:
    """Return the JSON Schema of a register, on a site in the languages ``codes``: an entry per key."""
    return {
        "$schema": _DIALECT,
        "title": f"content/{register}.yaml",
        "type": "object",
        "propertyNames": {"pattern": key().schema["pattern"]},
        "additionalProperties": expanded(ENTRY_SCHEMAS[register], codes),
    }


def write_schemas() -> None:
    """Write the schemas."""
    configuration = os.fspath(ROOT / "pelicanconf.py")
    require_readable(configuration)
    codes = tuple(read_settings(configuration)["LANGUAGES"])
    FOLDER.mkdir(parents=True, exist_ok=True)
    schemas = {kind.folder: schema_of(kind, codes) for kind in KINDS}
    for name, schema in {**schemas, **{name: register_schema(name, codes) for name in ENTRY_SCHEMAS}}.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def main() -> None:
    """Write the schemas, unless help is asked for."""
    argparse.ArgumentParser(
        prog="make schemas", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    ).parse_args()
    write_schemas()


if __name__ == "__main__":
    main()
