"""Readers of single front-matter values: text in, plain checked data out.

Each function here returns a reader: it takes a :class:`Value` and a
:class:`Context`, and returns plain data (text, numbers, lists, mappings) that
the models of :mod:`newsroom.content.models` convert from, or raises :class:`Invalid`
with the line, what is wrong and what to write.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from newsroom.content.frontmatter import Value
from newsroom.keys import KEY
from newsroom.problems import Invalid, nearest
from newsroom.text.picture_names import picture_name

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_HASH = re.compile(r"[0-9a-f]{16,64}\Z")
_LONGEST_LIST = 1_000
_TRUE_FALSE = {"true": True, "false": False}


class Context(Struct, frozen=True):
    """What a reader may know: the language codes of the site and its time zone."""

    codes: tuple[str, ...]
    timezone: str


Reader = Callable[[Value, Context], Any]


def text(longest: int = 300) -> Reader:
    """Read one line of plain text of at most ``longest`` characters."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not value.data:
            raise Invalid(value.line, "text is expected.", "Write it after the colon, in double quotes.")
        if value.data.splitlines() != [value.data]:  # whatever ends a line: line feeds are not alone
            raise Invalid(value.line, "this must stand on one line.", "Remove the line break.")
        if len(value.data) > longest:
            raise Invalid(value.line, f"{len(value.data)} characters are too many.", f"Keep it within {longest}.")
        return value.data

    return read


def key() -> Reader:
    """Read a folder name or slug: lower-case ASCII letters, digits, single hyphens."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not KEY.match(value.data) or len(value.data) > 100:
            shown = value.data if isinstance(value.data, str) else "this"
            raise Invalid(
                value.line, f"“{shown}” cannot stand in an address.", "Use a-z, 0-9 and single hyphens, 100 at most."
            )
        return value.data

    return read


def choice(*known: str) -> Reader:
    """Read one of the ``known`` words."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or value.data not in known:
            shown = value.data if isinstance(value.data, str) else "this"
            raise Invalid(value.line, f"“{shown}” is not known here.", nearest(str(shown), known))
        return value.data

    return read


def boolean() -> Reader:
    """Read ``true`` or ``false``, and no other way to say it."""

    def read(value: Value, _: Context) -> bool:
        if not isinstance(value.data, str) or value.data not in _TRUE_FALSE:
            raise Invalid(value.line, "this is neither true nor false.", "Write true or false.")
        return _TRUE_FALSE[value.data]

    return read


def number() -> Reader:
    """Read a whole number from 0 up."""

    def read(value: Value, _: Context) -> int:
        if not isinstance(value.data, str) or not re.fullmatch(r"[0-9]{1,9}", value.data, re.ASCII):
            raise Invalid(value.line, "this is not a whole number.", "Write digits only, for instance 4.")
        return int(value.data)

    return read


def address() -> Reader:
    """Read a whole http(s) address."""

    def read(value: Value, _: Context) -> str:
        data = value.data if isinstance(value.data, str) else ""
        try:
            parts = urlsplit(data)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s\"<>\\]", data):
            raise Invalid(value.line, "this is not a web address.", "Write it whole, starting with https://.")
        return data

    return read


def language_code() -> Reader:
    """Read a language tag such as ``fr`` (BCP 47; it need not be a language of the site)."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not _LANGUAGE.match(value.data):
            raise Invalid(value.line, "this is not a language code.", "Write two letters, for instance fr.")
        return value.data

    return read


def fingerprint() -> Reader:
    """Read the hexadecimal hash of a text."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not _HASH.match(value.data):
            raise Invalid(value.line, "this is not a hash.", "Write the one that make check tells.")
        return value.data

    return read


def file_name() -> Reader:
    """Read the name of a picture that lies in the same folder: no path leaves it."""

    def read(value: Value, _: Context) -> str:
        return picture_name(value.data if isinstance(value.data, str) else "", value.line)

    return read


def many(reader: Reader, *, single: bool = False) -> Reader:
    """Read a list of what ``reader`` reads; with ``single``, one value alone counts as a list."""

    def read(value: Value, context: Context) -> list[Any]:
        items = value.data
        if single and items is not None and not isinstance(items, list):
            items = [value]
        if not isinstance(items, list) or not items:
            raise Invalid(value.line, "a list is expected.", "Write [one, two] or one “- item” a line.")
        if len(items) > _LONGEST_LIST:
            raise Invalid(value.line, f"{len(items)} items are too many.", f"Keep it within {_LONGEST_LIST}.")
        found = [reader(item, context) for item in items]
        for position, item in enumerate(found):
            if item in found[:position]:
                raise Invalid(items[position].line, "this is listed twice.", "Keep one of the two.")
        return found

    return read


def labels(longest: int = 600) -> Reader:
    """Read a text per language of the site, at least one: ``{fr: …, en: …}``."""

    def read(value: Value, context: Context) -> dict[str, str]:
        one = text(longest)
        if not isinstance(value.data, dict) or not value.data:
            example = ", ".join(f"{code}: …" for code in context.codes)
            raise Invalid(value.line, "a text per language is expected.", f"Write {{{example}}}.")
        for code in value.data:
            if code not in context.codes:
                raise Invalid(value.line, f"“{code}” is not a language of the site.", nearest(code, context.codes))
        return {code: one(item, context) for code, item in value.data.items()}

    return read


def record(required: dict[str, Reader], optional: dict[str, Reader], *, labelled: str = "") -> Reader:
    """Read a mapping of named values.

    With ``labelled``, the language codes are keys of the mapping too and their
    texts are gathered under that name.
    """
    readers = {**required, **optional}

    def read(value: Value, context: Context) -> dict[str, Any]:
        if not isinstance(value.data, dict):
            raise Invalid(value.line, "named values are expected.", f"Write {{{', '.join(readers)}: …}}.")
        found: dict[str, Any] = {}
        texts: dict[str, Value] = {}
        for name, item in value.data.items():
            if name in readers:
                found[name] = readers[name](item, context)
            elif labelled and name in context.codes:
                texts[name] = item
            else:
                known = [*readers, *(context.codes if labelled else ())]
                raise Invalid(item.line, f"“{name}” is not known here.", nearest(name, known))
        for name in required:
            if name not in found:
                raise Invalid(value.line, f"“{name}” is missing.", f"Add {name}: … to it.")
        if labelled:
            found[labelled] = labels()(Value(dict(texts), value.line), context)
        return found

    return read
