"""Readers of front-matter values that hold others: lists, and texts per language."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import structs

from newsroom.content import fields, proposals
from newsroom.content.frontmatter import Value
from newsroom.content.readers import Context, Prose, Reader, Visit
from newsroom.problems import Invalid, nearest, together
from newsroom.sentences import Sentence, say

_LONGEST_LIST = 1_000


def _inside(place: str, number: int) -> str:
    """Return the place of an item of a list, as in ``2`` or ``2.0``."""
    return f"{place}.{number}" if place else str(number)


def read_each(values: Mapping[Any, tuple[Reader, Value]], context: Context) -> tuple[dict[Any, Any], list[Invalid]]:
    """Return what could be read of ``values``, and what is wrong with the rest."""
    found: dict[Any, Any] = {}
    wrong: list[Invalid] = []
    for name, (reader, value) in values.items():
        try:
            found[name] = reader(value, context)
        except Invalid as error:
            wrong.append(error)
    return found, wrong


def _listed(reader: Reader, value: Value, context: Context) -> Sentence:
    """Return what to write where ``value`` stands without a list: what an item must be is said at once."""
    meant = ""
    if isinstance(value.data, dict) and "properties" in reader.schema:
        block = say("Write “- ” before its first key, and its other keys right under that.")
        return say("Write it between brackets: [{example}].", example="{…}") if value.column else block
    if isinstance(value.data, str):
        try:
            reader(value, context)
        except Invalid as error:
            meant = error.meant
    return proposals.as_list(value.data, meant)


def _parts(reader: Reader, value: Value, context: Context) -> str:
    """Return the items that a text holds between commas, "" where ``reader`` does not take them all."""
    text = " ".join(value.data.split()) if isinstance(value.data, str) else ""
    texts = [part.strip() for part in re.split(r"[,;/+&]| et | and ", text)]
    if len(texts) < 2:
        return ""
    sound, wrong = read_each({text: (reader, structs.replace(value, data=text)) for text in texts}, context)
    return "" if wrong else ", ".join(map(str, sound.values()))


def many(reader: Reader, *, single: bool = False) -> Reader:
    """Read a list of what ``reader`` reads; with ``single``, one value alone counts as a list."""

    def read(value: Value, context: Context) -> list[Any]:
        items = value.data
        if single and items is not None and not isinstance(items, list):
            items = [value]
        if not isinstance(items, list) or not items:
            raise Invalid(value.line, say("a list is expected."), _listed(reader, value, context))
        if len(items) > _LONGEST_LIST:
            what = say("{count} items are too many.", count=len(items))
            raise Invalid(value.line, what, say("Keep it within {most}.", most=_LONGEST_LIST))
        together_in_one = _parts(reader, value, context) if single else ""
        if together_in_one:
            raise Invalid(value.line, say("a list is expected."), proposals.as_list(value.data, together_in_one))
        sound, wrong = read_each({place: (reader, item) for place, item in enumerate(items)}, context)
        found = list(sound.values())
        twice = [place for number, (place, item) in enumerate(sound.items()) if item in found[:number]]
        once = say("Keep one of the two.")
        message = say("this is listed twice.")
        wrong += [Invalid(items[place].line, message, once, column=items[place].column) for place in twice]
        if wrong:
            raise together(wrong)
        return found

    def visit(data: Any, language: str, place: str, each: Visit) -> list[Any]:
        return [reader.visit(item, language, _inside(place, number), each) for number, item in enumerate(data)]

    def labels(data: Any, place: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        for number, item in enumerate(data):
            yield from reader.labels(item, _inside(place, number))

    items = {"type": "array", "items": reader.schema, "minItems": 1, "maxItems": _LONGEST_LIST, "uniqueItems": True}
    schema = {"anyOf": [reader.schema, items]} if single else items
    return Reader(read, schema, visit, labels) if reader.is_prose else Reader(read, schema)


def _visit_labels(data: Any, language: str, place: str, each: Visit) -> dict[str, str]:  # noqa: ARG001
    return {code: each(Prose(item, code, place)) for code, item in data.items()}


def _labels(data: Any, place: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield place, data


def labels(longest: int = 600) -> Reader:
    """Read a text per language of the site, at least one: ``{fr: …, en: …}``."""

    def read(value: Value, context: Context) -> dict[str, str]:
        one = fields.text(longest)
        if not isinstance(value.data, dict) or not value.data:
            remedy = say("Write {example}.", example=proposals.example_of({}, context.codes))
            raise Invalid(value.line, say("a text per language is expected."), remedy)
        for code in value.data:
            if code not in context.codes:
                what = say("“{code}” is not a language of the site.", code=code)
                raise Invalid(value.line, what, nearest(code, context.codes))
        return {code: one(item, context) for code, item in value.data.items()}

    return Reader(read, {"languages": fields.text(longest).schema}, _visit_labels, _labels)


def with_line(reader: Reader) -> Reader:
    """Read a mapping with ``reader`` and note its line in it, as ``line``."""

    def read(value: Value, context: Context) -> dict[str, Any]:
        return {**reader(value, context), "line": value.line}

    return Reader(read, reader.schema, reader.visit, reader.labels)
