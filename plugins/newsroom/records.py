"""From the bytes of one content file to a record: its checked values and its body.

A record is a pure function of the bytes, the kind and the conversion style of
the language; that is why it can be kept between builds.
"""

from typing import Any

from msgspec import Struct

from newsroom import frontmatter
from newsroom.body import Converter
from newsroom.fields import Context
from newsroom.frontmatter import Invalid, Value
from newsroom.models import Body
from newsroom.problems import Problem, nearest
from newsroom.schema import Kind


class Record(Struct, frozen=True):
    """What one file says: values by key, the line of each, its body, what is wrong with it."""

    values: dict[str, Any]
    lines: dict[str, int]
    body: Body | None
    problems: tuple[Problem, ...] = ()


def read_record(
    raw: bytes, name: str, kind: Kind, context: Context, converter: Converter, media: str
) -> tuple[Record, str]:
    """Read one file. ``name`` is shown in messages; returns the record and the HTML of its body."""
    problems: list[Problem] = []
    try:
        source, text, body_line = frontmatter.split(frontmatter.decode(raw))
    except Invalid as error:
        return Record({}, {}, None, (frontmatter.problem(name, error),)), ""
    body, html = None, ""
    try:
        converted = converter.convert(text, media)
        body, html = converted.body, converted.html
    except Invalid as error:
        problems.append(Problem(name, error.line + body_line - 1, "", error.message, error.remedy))
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    try:
        mapping = frontmatter.parse_mapping(source, 2)
    except Invalid as error:
        problems.append(frontmatter.problem(name, error))
        return Record({}, {}, body, tuple(problems)), html
    assert isinstance(mapping.data, dict)
    for key, value in mapping.data.items():
        _read_value(name, kind, key, value, context, values, lines, problems)
    return Record(values, lines, body, tuple(problems)), html


def _read_value(
    name: str,
    kind: Kind,
    key: str,
    value: Value,
    context: Context,
    values: dict[str, Any],
    lines: dict[str, int],
    problems: list[Problem],
) -> None:
    field = kind.field(key)
    if field is None:
        known = (field.name for field in kind.fields)
        problems.append(Problem(name, value.line, key, "this key is not known.", nearest(key, known)))
        return
    lines[key] = value.line
    if isinstance(value.data, list):
        lines.update({f"{key}.{position}": item.line for position, item in enumerate(value.data)})
    try:
        values[key] = field.reader(value, context)
    except Invalid as error:
        problems.append(frontmatter.problem(name, error, key))
