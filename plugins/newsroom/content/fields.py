"""Readers of single front-matter values: text in, plain checked data out.

Each function here returns a reader: it takes a :class:`Value` and a
:class:`Context`, and returns plain data (text, numbers, lists, mappings) that
the models of :mod:`newsroom.content.models` convert from, or raises :class:`Invalid`
with the line, what is wrong and what to write.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from newsroom.content import proposals
from newsroom.content.frontmatter import Value
from newsroom.keys import KEY
from newsroom.problems import Invalid, nearest, together
from newsroom.sentences import say
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
            raise Invalid(value.line, say("text is expected."), say("Write it after the colon, in double quotes."))
        if value.data.splitlines() != [value.data]:  # whatever ends a line: line feeds are not alone
            raise Invalid(value.line, say("this must stand on one line."), say("Remove the line break."))
        if len(value.data) > longest:
            what = say("{count} characters are too many.", count=len(value.data))
            raise Invalid(value.line, what, say("Keep it within {most}.", most=longest))
        return value.data

    return read


def key() -> Reader:
    """Read a folder name or slug: lower-case ASCII letters, digits, single hyphens."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not KEY.match(value.data) or len(value.data) > 100:
            what = say("“{shown}” cannot stand in an address.", shown=_shown(value))
            raise Invalid(value.line, what, proposals.as_key(value.data))
        return value.data

    return read


def reference() -> Reader:
    """Read the key of something else; whether there is such a thing is asked where all of them are known."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not value.data:
            raise Invalid(value.line, say("a key is expected."), say("Write the name of a folder, or of an entry."))
        return value.data

    return read


def choice(*known: str) -> Reader:
    """Read one of the ``known`` words."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or value.data not in known:
            what = say("“{shown}” is not known here.", shown=_shown(value))
            raise Invalid(value.line, what, nearest(value.data if isinstance(value.data, str) else "", known))
        return value.data

    return read


def boolean() -> Reader:
    """Read ``true`` or ``false``, and no other way to say it."""

    def read(value: Value, _: Context) -> bool:
        if not isinstance(value.data, str) or value.data not in _TRUE_FALSE:
            raise Invalid(value.line, say("this is neither true nor false."), proposals.as_boolean(value.data))
        return _TRUE_FALSE[value.data]

    return read


def number() -> Reader:
    """Read a whole number from 0 up."""

    def read(value: Value, _: Context) -> int:
        if not isinstance(value.data, str) or not re.fullmatch(r"[0-9]{1,9}", value.data, re.ASCII):
            raise Invalid(value.line, say("this is not a whole number."), proposals.as_number(value.data))
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
            raise Invalid(value.line, say("this is not a web address."), proposals.as_address(data))
        return data

    return read


def language_code() -> Reader:
    """Read a language tag such as ``fr`` (BCP 47; it need not be a language of the site)."""

    def read(value: Value, context: Context) -> str:
        if not isinstance(value.data, str) or not _LANGUAGE.match(value.data):
            raise Invalid(
                value.line, say("this is not a language code."), proposals.as_language(value.data, context.codes)
            )
        return value.data

    return read


def fingerprint() -> Reader:
    """Read the hexadecimal hash of a text."""

    def read(value: Value, _: Context) -> str:
        if not isinstance(value.data, str) or not _HASH.match(value.data):
            raise Invalid(value.line, say("this is not a hash."), say("Write the one that make check tells."))
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
            raise Invalid(value.line, say("a list is expected."), proposals.as_list(items))
        if len(items) > _LONGEST_LIST:
            what = say("{count} items are too many.", count=len(items))
            raise Invalid(value.line, what, say("Keep it within {most}.", most=_LONGEST_LIST))
        read_items, wrong = _each({place: (reader, item) for place, item in enumerate(items)}, context)
        found = list(read_items.values())
        twice = [place for number, (place, item) in enumerate(read_items.items()) if item in found[:number]]
        wrong += [
            Invalid(items[place].line, say("this is listed twice."), say("Keep one of the two.")) for place in twice
        ]
        if wrong:
            raise together(wrong)
        return found

    return read


def _each(values: Mapping[Any, tuple[Reader, Value]], context: Context) -> tuple[dict[Any, Any], list[Invalid]]:
    """Return what each of ``values`` says, and what is wrong with the others."""
    found: dict[Any, Any] = {}
    wrong: list[Invalid] = []
    for name, (reader, value) in values.items():
        try:
            found[name] = reader(value, context)
        except Invalid as error:
            wrong.append(error)
    return found, wrong


def labels(longest: int = 600) -> Reader:
    """Read a text per language of the site, at least one: ``{fr: …, en: …}``."""

    def read(value: Value, context: Context) -> dict[str, str]:
        one = text(longest)
        if not isinstance(value.data, dict) or not value.data:
            remedy = say("Write {example}.", example=proposals.example_of({}, context.codes))
            raise Invalid(value.line, say("a text per language is expected."), remedy)
        for code in value.data:
            if code not in context.codes:
                what = say("“{code}” is not a language of the site.", code=code)
                raise Invalid(value.line, what, nearest(code, context.codes))
        return {code: one(item, context) for code, item in value.data.items()}

    return read


def record(required: dict[str, Reader], optional: dict[str, Reader], *, labelled: str = "") -> Reader:
    """Read a mapping of named values.

    With ``labelled``, the language codes are keys of the mapping too and their
    texts are gathered under that name.
    """
    readers = {**required, **optional}

    def read(value: Value, context: Context) -> dict[str, Any]:
        codes = context.codes if labelled else ()
        if not isinstance(value.data, dict):
            stated = proposals.where_it_belongs(
                value.data, readers, lambda name, data: _takes(readers[name], data, context)
            )
            example = proposals.example_of({**stated, **{name: "…" for name in required if name not in stated}}, codes)
            raise Invalid(value.line, say("named values are expected."), say("Write {example}.", example=example))
        texts = {name: item for name, item in value.data.items() if name in codes and name not in readers}
        known = {name: (readers[name], item) for name, item in value.data.items() if name in readers}
        if labelled:
            known[labelled] = (labels(), Value(texts, value.line))
        found, wrong = _each(known, context)
        for name, item in value.data.items():
            if name not in readers and name not in texts:
                what = say("“{name}” is not known here.", name=name)
                wrong.append(Invalid(item.line, what, nearest(name, [*readers, *codes])))
        for name in required:
            if name not in value.data:
                remedy = say("Add {name}: … to it.", name=name)
                wrong.append(Invalid(value.line, say("“{name}” is missing.", name=name), remedy))
        if wrong:
            raise together(wrong)
        return found

    return read


def _shown(value: Value) -> str:
    return value.data if isinstance(value.data, str) else "…"


def _takes(reader: Reader, data: str, context: Context) -> bool:
    try:
        reader(Value(data, 0), context)
    except Invalid:
        return False
    return True
