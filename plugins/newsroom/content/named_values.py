"""Readers of front-matter values that are mappings of named values, as a source or an update is."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, structs

from newsroom.content import proposals
from newsroom.content.compound_fields import labels, read_each
from newsroom.content.frontmatter import Value
from newsroom.content.other_names import other_names
from newsroom.content.readers import Context, Reader, Visit
from newsroom.problems import Invalid, nearest, together
from newsroom.sentences import either, say


def named_values(
    required: dict[str, Reader],
    optional: dict[str, Reader],
    *,
    labelled: str = "",
    quoted_in: str = "",
    longest: int = 600,
    one_of: tuple[str, ...] = (),
    order: tuple[str, ...] = (),
) -> Reader:
    """Read a mapping of named values.

    With ``labelled``, the language codes are keys of the mapping too and their
    texts, of at most ``longest`` characters, are gathered under that name. With
    ``quoted_in``, its prose quotes somebody, in the language given by the value
    of that name. Exactly one of the names ``one_of`` is given. ``order`` is that in
    which all of them are written, where what is required does not come first.
    """
    readers = {**required, **optional}
    readers = {name: readers[name] for name in order or readers}
    made = _Mapping(readers, tuple(required), labelled, labels(longest), quoted_in, one_of)
    if labelled or any(reader.is_prose for reader in readers.values()):
        return Reader(made.read, made.schema, made.visit, made.labels)
    return Reader(made.read, made.schema)


class _Mapping(Struct, frozen=True):
    """What may stand in a mapping: :func:`named_values` says what its attributes mean."""

    readers: dict[str, Reader]
    required: tuple[str, ...]
    labelled: str
    texts: Reader
    quoted_in: str
    one_of: tuple[str, ...]

    def read(self, value: Value, context: Context) -> dict[str, Any]:
        """Return the values by name; raise :class:`Invalid` with everything that is wrong with them."""
        if not isinstance(value.data, dict):
            raise self._not_a_mapping(value, context)
        codes = self._codes(context)
        texts = {name: item for name, item in value.data.items() if name in codes}
        known = {name: (self.readers[name], item) for name, item in value.data.items() if name in self.readers}
        if self.labelled:
            known[self.labelled] = (self.texts, Value(texts, value.line))
        found, wrong = read_each(known, context)
        wrong += [*self._unknown(value.data, context), *self._missing(value)]
        if wrong:
            raise together(wrong)
        return found

    def visit(self, data: Any, language: str, place: str, each: Visit) -> dict[str, Any]:
        """Return ``data`` with each prose replaced, as :class:`Reader` says."""
        known = {**self.readers, self.labelled: self.texts} if self.labelled else self.readers
        own = data.get(self.quoted_in) or language
        quote: Visit = lambda prose: each(structs.replace(prose, quoted=True))  # noqa: E731
        return {
            name: known[name].visit(item, own, place, quote if self.quoted_in else each) if name in known else item
            for name, item in data.items()
        }

    def labels(self, data: Any, place: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the texts per language in ``data``, as :class:`Reader` says."""
        if self.labelled:
            yield place, data.get(self.labelled, {})
        for name, item in data.items():
            yield from self.readers[name].labels(item, place) if name in self.readers else ()

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of what may be written."""
        return {
            "type": "object",
            "properties": {name: reader.schema for name, reader in self.readers.items()},
            "required": list(self.required),
            "additionalProperties": False,
            **({"languages": self.texts.schema["languages"]} if self.labelled else {}),
            **({"oneOf": [{"required": [name]} for name in self.one_of]} if self.one_of else {}),
        }

    def _codes(self, context: Context) -> tuple[str, ...]:
        """Return the languages whose codes are keys."""
        return tuple(code for code in context.codes if code not in self.readers) if self.labelled else ()

    def _not_a_mapping(self, value: Value, context: Context) -> Invalid:
        """Return what to write where there is one value: it may be one of those that have names here."""
        stated = proposals.where_it_belongs(
            value.data, self.readers, lambda name, data: _takes(self.readers[name], data, context)
        )
        wanted = {name: "…" for name in (*self.required, *self.one_of[:1]) if name not in stated}
        example = proposals.example_of({**stated, **wanted}, context.codes if self.labelled else ())
        remedy = say("Write {example}.", example=example)
        return Invalid(value.line, say("named values are expected."), remedy, meant=example)

    def _unknown(self, data: Mapping[str, Value], context: Context) -> Iterator[Invalid]:
        known = [*self.readers, *self._codes(context)]
        for name, item in data.items():
            if name not in known:
                remedy = nearest(name, known, other_names(self.readers))
                yield Invalid(item.line, say("“{name}” is not known here.", name=name), remedy, column=item.key_column)

    def _missing(self, value: Value) -> Iterator[Invalid]:
        assert isinstance(value.data, dict)
        for name in self.required:
            if name not in value.data:
                remedy = say("Add {name}: … to it.", name=name)
                yield Invalid(value.line, say("“{name}” is missing.", name=name), remedy)
        if self.one_of and sum(name in value.data for name in self.one_of) != 1:
            remedy = say("Write either {names}.", names=either([f"{name}:" for name in self.one_of]))
            yield Invalid(value.line, say("one of two is expected."), remedy)


def _takes(reader: Reader, data: str, context: Context) -> bool:
    try:
        reader(Value(data, 0), context)
    except Invalid:
        return False
    return True
