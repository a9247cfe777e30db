"""Reading figures: drawings that an editor writes as data, in a YAML file of the folder of an entry.

One file serves all languages. What it may hold depends on its kind; each kind is a row of
:data:`FIGURES`, with its keys in a table as for front matter.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import convert

from newsroom.content import date_fields, fields, frontmatter
from newsroom.content.compound_fields import labels, many
from newsroom.content.figures import STATES, Figure
from newsroom.content.frontmatter import Value
from newsroom.content.named_values import named_values
from newsroom.content.readers import Context, Prose, Reader
from newsroom.content.schema import SOURCE, Field
from newsroom.problems import Invalid, Problem, nearest
from newsroom.sentences import say
from newsroom.text.typography import typeset

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?\Z", re.ASCII)
#: More than that is a table, not a drawing.
_MOST = 24


def _amount() -> Reader:
    """Read a number, with a decimal point."""

    def read(value: Value, _: Context) -> float:
        if not isinstance(value.data, str) or not _NUMBER.match(value.data):
            remedy = say("Write digits, with a point before decimals: 1616 or 2.5.")
            raise Invalid(value.line, say("this is not a number."), remedy)
        return float(value.data)

    return Reader(read, {"type": "number"})


def _position() -> Reader:
    """Read a longitude and a latitude."""

    def read(value: Value, context: Context) -> list[float]:
        items = value.data if isinstance(value.data, list) else []
        found = [_amount()(item, context) for item in items]
        if len(found) != 2 or abs(found[0]) > 180 or abs(found[1]) > 90:
            remedy = say("Write longitude and latitude in degrees: [-118.4, 33.9].")
            raise Invalid(value.line, say("this is not a place on a map."), remedy)
        return found

    schema = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    return Reader(read, schema)


_LABEL = labels(60)
_ACCENT = {"accent": fields.boolean()}
_ITEM = named_values({"label": _LABEL, "value": _amount()}, {**_ACCENT, "of": _amount(), "note": _LABEL})
_POINT = named_values(
    {"date": date_fields.partial_date(), "value": _amount()},
    {**_ACCENT, "label": _LABEL, "projected": fields.boolean()},
)
_MARK = named_values({"label": _LABEL, "value": _amount()}, _ACCENT)
_LIMIT = named_values({"label": _LABEL, "value": _amount()}, {})
_EVENT = named_values({"date": date_fields.partial_date(), "label": _LABEL}, {**_ACCENT, "promised": fields.boolean()})
_SPOT = named_values({"key": fields.key(), "label": _LABEL, "at": _position()}, {})
_LEG = named_values({"via": many(fields.key()), "label": _LABEL, "state": fields.choice(*STATES)}, {})

_UNIT = Field("unit", _LABEL, "What its numbers count.", required=True)
#: The keys of each kind of figure, beside those of all.
FIGURES: dict[str, tuple[Field, ...]] = {
    "bars": (_UNIT, Field("items", many(_ITEM), "Amounts beside each other.", required=True)),
    "steps": (_UNIT, Field("points", many(_POINT), "A quantity at dates, drawn to scale.", required=True)),
    "scale": (
        _UNIT,
        Field("marks", many(_MARK), "Heights on one axis.", required=True),
        Field("lines", many(_LIMIT), "Limits drawn across."),
    ),
    "dates": (Field("events", many(_EVENT), "What was promised, and what happened.", required=True),),
    "route": (
        Field("places", many(_SPOT), "The places of a map.", required=True),
        Field("lines", many(_LEG), "The lines between them.", required=True),
    ),
}
#: The keys of every figure.
COMMON = (
    Field("figure", fields.choice(*FIGURES), "The kind of drawing.", required=True),
    Field("title", labels(100), "What one sees, as a statement.", required=True),
    Field("caption", labels(300), "How to read it, or what it does not show."),
    Field("source", many(SOURCE, single=True), "Where its numbers were read.", required=True),
)


def read_figure(
    raw: bytes, name: str, context: Context, codes: Iterable[str], typographies: Mapping[str, str]
) -> Figure | list[Problem]:
    """Read the file ``name``; return the figure, its words set, or what is wrong with it.

    ``codes`` are the languages that show it; its words are needed in all of them.
    """
    try:
        mapping = frontmatter.parse_mapping(frontmatter.decode(raw), 1)
    except Invalid as error:
        return frontmatter.problems(name, error)
    assert isinstance(mapping.data, dict)
    kind = mapping.data.get("figure")
    keys = (*COMMON, *FIGURES.get(str(kind.data) if kind else "", ()))
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for key, value in mapping.data.items():
        field = next((field for field in keys if field.name == key), None)
        if field is None:
            if kind and kind.data in FIGURES:
                remedy = nearest(key, [field.name for field in keys])
                problems.append(Problem(name, value.line, key, say("this key is not known."), remedy, value.key_column))
            continue
        try:
            values[key] = field.reader(value, context)
        except Invalid as error:
            problems.extend(frontmatter.problems(name, error, key))
    problems.extend(_missing(keys, mapping, values, name, list(codes)))
    if not problems:
        problems.extend(_inconsistent(values, mapping, name))
    return problems or _figure(keys, values, typographies)


def _missing(
    keys: tuple[Field, ...], mapping: Value, values: Mapping[str, Any], name: str, codes: list[str]
) -> Iterator[Problem]:
    assert isinstance(mapping.data, dict)
    for field in keys:
        if field.required and field.name not in mapping.data:
            remedy = say("Add “{name}: …”. {about}", name=field.name, about=say(field.about))
            yield Problem(name, 1, field.name, say("this key is missing."), remedy)
        for place, words in field.reader.labels(values[field.name], "") if field.name in values else ():
            value = mapping.data[field.name]
            for part in place.split(".") if place else ():
                value = value.data[int(part)] if isinstance(value.data, list) else value
            for code in codes:
                if code not in words:
                    what = say("there is no text for “{code}”.", code=code)
                    yield Problem(name, value.line, field.name, what, say("Add {name}: … to it.", name=code))


def _inconsistent(values: Mapping[str, Any], mapping: Value, name: str) -> Iterator[Problem]:
    """Yield contradictions between values that are sound by themselves."""
    assert isinstance(mapping.data, dict)
    for key in ("items", "points", "marks", "events", "places", "lines"):
        found = values.get(key, ())
        if len(found) > _MOST:
            what = say("{count} items are too many.", count=len(found))
            yield Problem(name, mapping.data[key].line, key, what, say("Keep it within {most}.", most=_MOST))
    for number, item in enumerate(values.get("items", ())):
        if item["value"] < 0 or item["value"] > item.get("of", item["value"]):
            line = mapping.data["items"].data[number].line  # type: ignore[index,union-attr]
            what = say("a bar cannot be less than nothing, or more than what it is a part of.")
            yield Problem(name, line, "items", what, say("Check value: and of:."))
    places = [place["key"] for place in values.get("places", ())]
    for number, leg in enumerate(values.get("lines", ()) if places else ()):
        line = mapping.data["lines"].data[number].line  # type: ignore[index,union-attr]
        for key in leg["via"]:
            if key not in places:
                yield Problem(name, line, "lines", say("“{name}” is not known here.", name=key), nearest(key, places))
        if len(leg["via"]) < 2:
            yield Problem(name, line, "lines", say("a line needs two places."), say("Write via: [from, to]."))


def _figure(keys: tuple[Field, ...], values: dict[str, Any], typographies: Mapping[str, str]) -> Figure:
    """Return the figure that sound ``values`` make, all of its prose typeset in its language."""

    def set_prose(prose: Prose) -> str:
        return typeset(prose.text, typographies.get(prose.language, "plain"))

    for field in keys:
        if field.name in values:
            values[field.name] = field.reader.visit(values[field.name], "", "", set_prose)
    data = [*values.get("items", ()), *values.get("points", ()), *values.get("marks", ()), *values.get("events", ())]
    for item in data:
        item["promised"] = item.get("promised", False) or item.pop("projected", False)
    on_map = "places" in values
    data += [] if on_map else [{**line, "limit": True} for line in values.get("lines", ())]
    return convert(
        {
            "kind": values["figure"],
            "title": values["title"],
            "caption": values.get("caption", {}),
            "unit": values.get("unit", {}),
            "sources": values["source"],
            "data": data,
            "spots": values.get("places", ()),
            "legs": values.get("lines", ()) if on_map else (),
        },
        Figure,
    )
