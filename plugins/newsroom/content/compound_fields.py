"""Readers of front-matter values that hold others: lists, texts per language, mappings."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import structs

from newsroom.content import fields
from newsroom.content.frontmatter import Value
from newsroom.content.readers import Context, Prose, Reader, Visit
from newsroom.problems import Invalid, nearest

_LONGEST_LIST = 1_000


def _inside(place: str, number: int) -> str:
    """Return the place of an item of a list, as in ``2`` or ``2.0``."""
    return f"{place}.{number}" if place else str(number)


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
            example = ", ".join(f"{code}: …" for code in context.codes)
            raise Invalid(value.line, "a text per language is expected.", f"Write {{{example}}}.")
        for code in value.data:
            if code not in context.codes:
                raise Invalid(value.line, f"“{code}” is not a language of the site.", nearest(code, context.codes))
        return {code: one(item, context) for code, item in value.data.items()}

    return Reader(read, {"languages": fields.text(longest).schema}, _visit_labels, _labels)


def record(
    required: dict[str, Reader],
    optional: dict[str, Reader],
    *,
    labelled: str = "",
    quoted_in: str = "",
    one_of: tuple[str, ...] = (),
) -> Reader:
    """Read a mapping of named values.

    With ``labelled``, the language codes are keys of the mapping too and their
    texts are gathered under that name. With ``quoted_in``, its prose is somebody
    else's, in the language that the value of that name tells. Exactly one of the
    names ``one_of`` is given.
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
        if one_of and sum(name in found for name in one_of) != 1:
            raise Invalid(
                value.line, "one date is expected.", f"Write either {' or '.join(f'{name}:' for name in one_of)}."
            )
        if labelled:
            found[labelled] = labels()(Value(dict(texts), value.line), context)
        return found

    def visit(data: Any, language: str, place: str, each: Visit) -> dict[str, Any]:
        known = {**readers, **({labelled: labels()} if labelled else {})}
        own = data.get(quoted_in) or language if quoted_in else language
        quote: Visit = lambda prose: each(structs.replace(prose, quoted=True))  # noqa: E731
        return {
            name: known[name].visit(item, own, place, quote if quoted_in else each) if name in known else item
            for name, item in data.items()
        }

    def labels_of(data: Any, place: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        if labelled:
            yield place, data.get(labelled, {})
        for name, item in data.items():
            yield from readers[name].labels(item, place) if name in readers else ()

    schema = {
        "type": "object",
        "properties": {name: reader.schema for name, reader in readers.items()},
        "required": list(required),
        "additionalProperties": False,
        **({"languages": labels().schema["languages"]} if labelled else {}),
    }
    prose = labelled or any(reader.is_prose for reader in readers.values())
    return Reader(read, schema, visit, labels_of) if prose else Reader(read, schema)
