"""How the values of items are written in JSON: a form per type, with its schema (draft 2020-12) and a conversion.

An attribute of an item whose type is known here is in the data, and in its schema, without being named again.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, get_args
from urllib.parse import quote, urlsplit, urlunsplit

from msgspec import Struct, structs

from newsroom.content.articles import STATUSES
from newsroom.content.models import Source
from newsroom.dates import PartialDate
from newsroom.views.claims import ClaimView
from newsroom.views.common import Link
from newsroom.views.items import Illustration, Item, Note, Status, TagUri, Uri

STRING, URI = {"type": "string"}, {"type": "string", "format": "uri"}
DATE = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
KEY = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
KEYS = {"type": "array", "items": KEY, "uniqueItems": True}
ID = {"type": "string", "pattern": "^tag:"}
#: Addresses in which nothing can need to be encoded: nearly all.
PLAIN_URI = re.compile(r"[a-z]+://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~!$&'()*+,;=:@/-]*)?")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class JsonForm(Struct, frozen=True):
    """The schema of a type, and what makes JSON of its values."""

    schema: dict[str, Any]
    write: Callable[[Any], Any]


def object_schema(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the schema of an object that has ``properties`` and no other."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def item_schema() -> dict[str, Any]:
    """Return the schema of an item."""
    optional = tuple(field.name for field in structs.fields(Item) if type(None) in get_args(field.type))
    return object_schema({name: form.schema for name, form in _ITEM.items()}, optional)


def item_data(item: Item) -> dict[str, Any]:
    """Return ``item`` as it is in the data."""
    values = ((name, form, getattr(item, name)) for name, form in _ITEM.items())
    return {name: form.write(value) for name, form, value in values if value is not None}


def source_schema() -> dict[str, Any]:
    """Return the schema of a source."""
    properties = {"publisher": STRING, "title": STRING, "date": DATE, "language": STRING, "url": URI}
    return object_schema({**properties, "archive": URI}, optional=("title", "url", "archive"))


def source_data(source: Source) -> dict[str, str]:
    """Return a source, without what is not known about it."""
    facts = {
        "publisher": source.publisher,
        "title": source.title,
        "date": source.date.iso,
        "language": source.language,
        "url": uri(source.url),
        "archive": uri(source.archive),
    }
    return {name: value for name, value in facts.items() if value}


def uri(address: str) -> str:
    """Return an address as editors write it as a URI (RFC 3986): what it may not hold is percent-encoded."""
    return address if not address or PLAIN_URI.fullmatch(address) else encoded(address)


def encoded(address: str) -> str:
    """Return an address as a URI, part by part; one that is plain stays as it is."""
    parts = urlsplit(_NO_ESCAPE.sub("%25", address))
    safe = "%!$&'()*+,;=:@~"
    whole = (quote(parts.netloc, f"{safe}[]"), quote(parts.path, f"{safe}/"))
    return urlunsplit((parts.scheme, *whole, quote(parts.query, f"{safe}/?"), quote(parts.fragment, f"{safe}/?")))


def _form(kind: Any) -> JsonForm:
    """Return the form of a type; that of an optional value is the form of the value."""
    return next(_FORMS[known] for known in (kind, *get_args(kind)) if known in _FORMS)


def _note(note: Note) -> dict[str, Any]:
    return {
        "date": note.date.iso,
        "added": note.added.iso,
        "text": note.text,
        "kind": note.kind,
        "significant": note.significant,
    }


def _image(image: Illustration) -> dict[str, Any]:
    size = {"width": image.picture.width, "height": image.picture.height}
    return {"url": image.url, "alt": image.alt, "credit": image.credit, **size}


_COUNT = {"type": "integer", "minimum": 1}
_NOTE = object_schema(
    {
        "date": DATE,
        "added": DATE,
        "text": STRING,
        "kind": {"enum": ["update", "correction"]},
        "significant": {"type": "boolean"},
    }
)
_IMAGE = object_schema({"url": URI, "alt": STRING, "credit": STRING, "width": _COUNT, "height": _COUNT})
_FORMS: dict[Any, JsonForm] = {
    str: JsonForm(STRING, str),
    TagUri: JsonForm(ID, str),
    Uri: JsonForm(URI, uri),
    dt.date: JsonForm({"type": "string", "format": "date"}, dt.date.isoformat),
    dt.datetime: JsonForm({"type": "string", "format": "date-time"}, dt.datetime.isoformat),
    PartialDate: JsonForm(DATE, lambda value: value.iso),
    tuple[Status, ...]: JsonForm({"type": "array", "items": {"enum": list(STATUSES)}, "minItems": 1}, list),
    tuple[Link, ...]: JsonForm(
        {"type": "object", "additionalProperties": URI}, lambda links: {link.language: uri(link.url) for link in links}
    ),
    dict[str, Link]: JsonForm(KEYS, list),
    tuple[ClaimView, ...]: JsonForm(KEYS, lambda claims: [claim.key for claim in claims]),
    tuple[Note, ...]: JsonForm({"type": "array", "items": _NOTE}, lambda notes: [_note(note) for note in notes]),
    tuple[Source, ...]: JsonForm(
        {"type": "array", "items": source_schema()}, lambda sources: [source_data(source) for source in sources]
    ),
    Illustration: JsonForm(_IMAGE, _image),
}
#: The form of each attribute of an item: the types are looked up once, not for every item.
_ITEM = {field.name: _form(field.type) for field in structs.fields(Item)}
