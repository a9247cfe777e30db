"""The configuration of the browser desk, made from the tables that read front matter.

Sveltia CMS shows a form per kind of content: a field per key, both languages side by side. The JSON
Schema that :mod:`desk.json_schemas` writes says what a key may hold here, too, so a key of the
schema is a field of the desk.
"""

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from desk.json_schemas import expanded
from newsroom.content.kinds import KINDS
from newsroom.content.schema import Field, Kind

Json = dict[str, Any]
_KEY = ["^[a-z0-9]+(-[a-z0-9]+)*$", "a-z, 0-9, -"]
_REMOTE = re.compile(r"(?P<host>github|gitlab)\.com[:/](?P<repository>.+?)(?:\.git)?/?$")
_FOLDERS = {kind.folder: kind for kind in KINDS}


def configuration(codes: Sequence[str], backend: Json) -> Json:
    """Return the configuration for a site in the languages ``codes``; facts are written to the file of the first."""
    return {
        "load_config_file": False,
        "backend": backend,
        "app_title": "Sillage",
        "editor": {"preview": False},  # the other language takes its place
        "media_folder": "",
        "public_folder": "",
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 100},
        "i18n": {
            "structure": "multiple_files",
            "locales": list(codes),
            "default_locale": codes[0],
            "initial_locales": "all",
        },
        # A picture gets a name that the content may have; no picture comes from elsewhere.
        "media_libraries": {
            "default": {"config": {"slugify_filename": True}},
            "stock_assets": {"providers": []},
        },
        # An empty optional key would be refused.
        "output": {"omit_empty_optional_fields": True},
        "collections": [_collection(kind, codes) for kind in KINDS],
    }


def style(codes: Sequence[str]) -> Json:
    """Return the keys whose texts are written in quotation marks, and those of which one value needs no list."""
    fields = [field for kind in KINDS for field in kind.fields]
    schemas = {field.name: expanded(field.reader.schema, codes) for field in fields}
    prose = {field.name for field in fields if field.reader.is_prose and "maxLength" in schemas[field.name]}
    addresses = {name for schema in schemas.values() for name in _addresses(schema)}
    alone = [name for name, schema in schemas.items() if any("enum" in form for form in schema.get("anyOf", ()))]
    return {"quoted": sorted({*prose, *addresses, *codes}), "alone": alone}


def _addresses(schema: Json) -> Iterator[str]:
    """Yield the names of web addresses in the mappings of ``schema``."""
    for name, part in {**schema.get("properties", {}), **schema.get("items", {}).get("properties", {})}.items():
        if part.get("format") == "uri":
            yield name


def backend_of(root: Path) -> Json:
    """Return where the desk keeps what it saves: the repository on GitHub or GitLab that ``root`` is a clone of.

    Elsewhere it works on the local folder alone, and the name of the repository means nothing.
    """
    command = ["git", "-C", str(root), "config", "--get", "remote.origin.url"]
    address = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    found = _REMOTE.search(address)
    if not found:
        return {"name": "github", "repo": f"local/{root.resolve().name}"}
    return {"name": found["host"], "repo": found["repository"]}


def _collection(kind: Kind, codes: Sequence[str]) -> Json:
    body = {"name": "body", "label": "Text", "widget": "markdown", "modes": ["raw"], "required": False, "i18n": True}
    title = _title_of(kind)
    return {
        "name": kind.folder,
        "label": kind.folder.capitalize(),
        "folder": f"content/{kind.folder}",
        "path": "{{slug}}/index",
        "extension": "md",
        "format": "yaml-frontmatter",
        # The name of the folder is the key, for ever.
        "slug": {"template": f"{{{{{title}}}}}", "editable": ["create"], "pattern": _KEY},
        "identifier_field": title,
        "summary": f"{{{{{title}}}}}",
        "aliases_field": False,
        "media_folder": "",
        "public_folder": "",
        "i18n": True,
        "fields": [*(_field(field, codes) for field in kind.fields), body],
    }


def _title_of(kind: Kind) -> str:
    return next(field.name for field in kind.fields if field.attribute == "title")


def _field(field: Field, codes: Sequence[str]) -> Json:
    named = {"name": field.name, "label": field.name, "hint": field.about, "required": field.required}
    return {**named, "i18n": not field.neutral, **_widget(field.name, expanded(field.reader.schema, codes))}


def _widget(name: str, schema: Json) -> Json:
    """Return the widget for what ``schema`` allows; of several forms, the list, which can hold the others."""
    if "anyOf" in schema and "properties" not in schema:
        schema = next(form for form in schema["anyOf"] if form.get("type") == "array")
    if schema.get("type") == "array":
        return {**_list(name, schema["items"]), "max": schema["maxItems"]}
    if "properties" in schema:
        return {"widget": "object", "collapsed": "auto", "fields": _parts(schema)}
    return _single(schema)


def _single(schema: Json) -> Json:
    if "enum" in schema:
        return {"widget": "select", "options": schema["enum"]}
    if "contentMediaType" in schema:
        return {"widget": "image", "accept": ".jpg,.jpeg,.png,.webp", "choose_url": False}
    if schema["type"] == "boolean":
        return {"widget": "boolean"}
    if schema["type"] == "integer":
        return {"widget": "number", "value_type": "int", "min": schema["minimum"]}
    return _text(schema)


def _text(schema: Json) -> Json:
    long = schema.get("maxLength", 0) > 300
    length = {"maxlength": schema["maxLength"]} if "maxLength" in schema else {}
    expected = f"As in {' or '.join(schema['examples'])}" if "examples" in schema else "On one line"
    return {"widget": "text" if long else "string", "pattern": [schema["pattern"], expected], **length}


def _list(name: str, items: Json) -> Json:
    if "enum" in items:
        return {"widget": "select", "multiple": True, "options": items["enum"]}
    if "properties" in items:
        return {"widget": "list", "collapsed": "auto", "fields": _parts(items)}
    folder = next((folder for folder in _FOLDERS if name in (folder, folder.removesuffix("s"))), "")
    if folder:
        title = _title_of(_FOLDERS[folder])
        return {"widget": "relation", "collection": folder, "multiple": True, "value_field": "{{slug}}",
                "display_fields": [title], "search_fields": [title]}  # fmt: skip
    return {"widget": "list"}


def _parts(schema: Json) -> list[Json]:
    """Return the fields of a mapping."""
    required = schema.get("required", [])
    return [
        {"name": name, "label": name, "required": name in required, **_widget(name, part)}
        for name, part in schema["properties"].items()
    ]
