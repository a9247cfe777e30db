"""From the bytes of one content file to a record: its checked values and its body.

A record is a pure function of the bytes, the kind and the conversion style of the language, and so
can be kept between builds.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from newsroom.content import frontmatter
from newsroom.content.frontmatter import Value
from newsroom.content.kinds import KINDS
from newsroom.content.other_names import no_key, other_names
from newsroom.content.readers import Context, Prose
from newsroom.content.schema import Kind
from newsroom.problems import Invalid, Problem, nearest
from newsroom.sentences import either, say
from newsroom.text.bodies import Body
from newsroom.text.typography import typeset

if TYPE_CHECKING:
    from newsroom.text.body import Converter


class Record(Struct, frozen=True):
    """What one file says: values by key, the line of each, its body, what is wrong with it.

    Of a body that cannot be published, what it refers to is known and no HTML.
    """

    values: dict[str, Any]
    lines: dict[str, int]
    body: Body | None
    problems: tuple[Problem, ...] = ()


class RecordFile(Struct, frozen=True):
    """What one file is: ``name`` as messages show it, its kind, where its pictures are served."""

    name: str
    kind: Kind
    media: str


def read_record(raw: bytes, source: RecordFile, context: Context, converter: "Converter") -> tuple[Record, str]:
    """Read the bytes of one file; return the record and the HTML of its body."""
    name = source.name
    problems: list[Problem] = []
    try:
        head, text, body_line = frontmatter.split(frontmatter.decode(raw))
    except Invalid as error:
        return Record({}, {}, None, (frontmatter.problem(name, error),)), ""
    body, html, fault = None, "", None
    try:
        converted, fault = converter.read(text, source.media)
        body, html = converted.body, converted.html
    except Invalid as unreadable:
        fault = unreadable
    problems.extend(
        Problem(name, each.line + body_line - 1, "", each.message, each.remedy, each.column)
        for each in (fault.each if fault else ())
    )
    try:
        mapping = frontmatter.parse_mapping(head, 2)
    except Invalid as error:
        problems.append(frontmatter.problem(name, error))
        return Record({}, {}, body, tuple(problems)), html
    values, lines = _read_values(mapping, source, context, problems)
    _set(values, source.kind, converter.style.language, converter.style.typographies)
    return Record(values, lines, body, tuple(problems)), html


def _read_values(
    mapping: Value, source: RecordFile, context: Context, problems: list[Problem]
) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the checked values by key, and the line of each key and of each item of its list."""
    assert isinstance(mapping.data, dict)
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in mapping.data.items():
        field = source.kind.field(key)
        if field is None:
            known = [field.name for field in source.kind.fields]
            elsewhere = [kind.folder for kind in KINDS if kind.field(key)]
            remedy = nearest(key, known, other_names(known))
            if elsewhere:
                remedy = say("Delete it: it is a key of {folders}.", folders=either(elsewhere))
            remedy = no_key(key) or remedy
            what = say("this key is not known.")
            problems.append(Problem(source.name, value.line, key, what, remedy, value.key_column))
            continue
        lines[key] = value.line
        if isinstance(value.data, list):
            lines.update({f"{key}.{position}": item.line for position, item in enumerate(value.data)})
        try:
            values[key] = field.reader(value, context)
        except Invalid as error:
            problems.extend(frontmatter.problems(source.name, error, key))
    return values, lines


def _set(values: dict[str, Any], kind: Kind, language: str, typographies: Mapping[str, str]) -> None:
    """Set the typography of all prose among ``values``, each text by the rules of its own language."""

    def set_prose(prose: Prose) -> str:
        return typeset(prose.text, typographies.get(prose.language, "plain"))

    for field in kind.fields:
        if field.name in values:
            values[field.name] = field.reader.visit(values[field.name], language, "", set_prose)
