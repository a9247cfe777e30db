"""Readers of single front-matter values: text in, plain checked data out.

Each function here returns a :class:`Reader`, whose ``read`` takes a :class:`Value`
and a :class:`Context`, and returns plain data (text, numbers, lists, mappings) that
the models of :mod:`newsroom.content.models` convert from, or raises :class:`Invalid`
with the line, what is wrong and what to write.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from newsroom.content import proposals
from newsroom.content.frontmatter import Value
from newsroom.content.other_names import other_names
from newsroom.content.readers import Context, Prose, Reader, Visit
from newsroom.keys import KEY
from newsroom.problems import Invalid, nearest
from newsroom.sentences import say
from newsroom.text.language_tags import nearest_tag
from newsroom.text.picture_names import picture_name
from newsroom.text.slugs import slugify

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
#: Where a schema tells what a value is the key of.
KEY_OF = "x-key-of"
_HASH = re.compile(r"[0-9a-f]{16,64}\Z")
#: What is text here may be a number to YAML, as in ``slug: 2026``.
_TEXT = {"type": ["string", "integer"], "minimum": 0}
_TRUE_FALSE = {"true": True, "false": False}


def text(longest: int = 300) -> Reader:
    """Read one line of plain text of at most ``longest`` characters."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not value.data:
            raise Invalid(value.line, say("text is expected."), say("Write it after the colon, in double quotes."))
        if value.data.splitlines() != [value.data]:  # every character that ends a line, not line feeds alone
            raise Invalid(value.line, say("this must stand on one line."), say("Remove the line break."))
        if len(value.data) > longest:
            what = say("{count} characters are too many.", count=len(value.data))
            raise Invalid(value.line, what, say("Keep it within {most}.", most=longest))
        return value.data

    one_line = r"^[^\n\r]*\S[^\n\r]*\s*$"
    return Reader(read, {**_TEXT, "minLength": 1, "maxLength": longest, "pattern": one_line})


def prose(longest: int = 300) -> Reader:
    """Read one line of text that is typeset and proofread, in the language of the file."""

    def visit(data: Any, language: str, place: str, each: Visit) -> str:
        return each(Prose(data, language, place))

    plain = text(longest)
    return Reader(plain.read, plain.schema, visit)


def key() -> Reader:
    """Read a folder name or slug: lower-case ASCII letters, digits, single hyphens."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not KEY.match(value.data) or len(value.data) > 100:
            what = say("“{shown}” cannot stand in an address.", shown=_shown(value))
            meant = slugify(value.data) if isinstance(value.data, str) else ""
            raise Invalid(value.line, what, proposals.as_key(meant), meant=meant)
        return value.data

    return Reader(
        read, {**_TEXT, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 100, "examples": ["pacific-cable"]}
    )


def reference(kind: str) -> Reader:
    """Read the key of something else; whether it exists is checked when all keys are known.

    ``kind`` is the folder or register that it belongs to; the schema says so in ``x-key-of``.
    """

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not value.data:
            raise Invalid(value.line, say("a key is expected."), say("Write the name of a folder, or of an entry."))
        return value.data

    return Reader(read, {**key().schema, KEY_OF: kind})


def choice(*known: str) -> Reader:
    """Read one of the ``known`` words."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or value.data not in known:
            what = say("“{shown}” is not known here.", shown=_shown(value))
            word = value.data if isinstance(value.data, str) else ""
            raise Invalid(value.line, what, nearest(word, known, other_names(known)))
        return value.data

    return Reader(read, {"enum": list(known)})


def boolean() -> Reader:
    """Read ``true`` or ``false``, and no other spelling of them."""

    def read(value: Value, _: Context) -> bool:
        if not isinstance(value.data, str) or value.data not in _TRUE_FALSE:
            raise Invalid(value.line, say("this is neither true nor false."), proposals.as_boolean(value.data))
        return _TRUE_FALSE[value.data]

    return Reader(read, {"type": "boolean"})


def number() -> Reader:
    """Read a whole number from 0 up."""

    def read(value: Value, _: Context) -> int:
        if not isinstance(value.data, str) or not re.fullmatch(r"[0-9]{1,9}", value.data, re.ASCII):
            raise Invalid(value.line, say("this is not a whole number."), proposals.as_number(value.data))
        return int(value.data)

    return Reader(read, {"type": "integer", "minimum": 0})


def address() -> Reader:
    """Read a whole http(s) address."""

    def read(value: Value, _: Context) -> str:
        data = value.data if isinstance(value.data, str) else ""
        try:
            parts = urlsplit(data)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s\"<>\\]", data):
            raise Invalid(value.line, say("this is not a web address."), proposals.as_address(data))
        return data

    schema = {
        "type": "string",
        "format": "uri",
        "pattern": r'^https?://[^\s"<>\\]+$',
        "examples": ["https://example.org/"],
    }
    return Reader(read, schema)


def language_code() -> Reader:
    """Read a language tag such as ``fr`` (BCP 47; it need not be a language of the site)."""

    def read(value: Value, context: Context) -> str:
        if not isinstance(value.data, str) or not _LANGUAGE.match(value.data):
            remedy = proposals.as_language(value.data, context.codes)
            raise Invalid(value.line, say("this is not a language code."), remedy)
        return nearest_tag(value.data, context.codes)

    pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
    return Reader(read, {"type": "string", "pattern": pattern, "examples": ["pt", "pt-BR"]})


def fingerprint() -> Reader:
    """Read the hexadecimal hash of a text."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not _HASH.match(value.data):
            raise Invalid(value.line, say("this is not a hash."), say("Write the one that make check tells."))
        return value.data

    return Reader(read, {"type": "string", "pattern": "^[0-9a-f]{16,64}$", "examples": ["0123456789abcdef"]})


def file_name() -> Reader:
    """Read the name of a picture in the same folder: no path may leave it."""

    def read(value: Value, _: Context) -> str:
        return picture_name(value.data if isinstance(value.data, str) else "", value.line)

    endings = "[.]([Jj][Pp][Ee]?[Gg]|[Pp][Nn][Gg]|[Ww][Ee][Bb][Pp])"
    pattern = f"^(?!index[.])[A-Za-z0-9][A-Za-z0-9._-]*{endings}$"
    return Reader(read, {"type": "string", "pattern": pattern, "maxLength": 100, "contentMediaType": "image/*"})


def _shown(value: Value) -> str:
    return value.data if isinstance(value.data, str) else "…"
