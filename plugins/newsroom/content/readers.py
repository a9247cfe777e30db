"""Readers of values of front matter, and what is known about everything that they read.

A reader turns a :class:`Value` into plain data, and knows which parts of such data are prose, in
which language: these are typeset and proofread, and pairing knows which languages an item needs. It
describes in JSON Schema (draft 2020-12) what may be written. Nothing else has to be told about a
new key.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from newsroom.content.frontmatter import Value
from newsroom.problems import Invalid


class Context(Struct, frozen=True):
    """What a reader may depend on: the language codes of the site and its time zone."""

    codes: tuple[str, ...]
    timezone: str


class Prose(Struct, frozen=True):
    """A text among the values of a key: where it stands in its list ("" where there is none), its language.

    ``quoted`` marks the words of others, which are kept as they were written.
    """

    text: str
    language: str
    place: str = ""
    quoted: bool = False


#: Returns the text that takes the place of a :class:`Prose`.
Visit = Callable[[Prose], str]


def _nothing_to_visit(data: Any, language: str, place: str, visit: Visit) -> Any:  # noqa: ARG001
    return data


def _no_labels(data: Any, place: str) -> Iterator[tuple[str, Mapping[str, str]]]:  # noqa: ARG001
    return iter(())


class Reader(Struct, frozen=True):
    """Reads one kind of value.

    ``read`` takes a value and returns plain data, or raises :class:`Invalid` with
    the line, what is wrong and what to write. ``schema`` is the JSON Schema of
    what may be written; for a text per language, ``languages`` stands for the
    languages of the site. ``visit`` returns the data with each prose replaced,
    ``labels`` yields the texts per language in it, with their place in a list.
    """

    read: Callable[[Value, Context], Any]
    schema: dict[str, Any]
    visit: Callable[[Any, str, str, Visit], Any] = _nothing_to_visit
    labels: Callable[[Any, str], Iterator[tuple[str, Mapping[str, str]]]] = _no_labels

    def __call__(self, value: Value, context: Context) -> Any:
        """Return what ``value`` says."""
        try:
            return self.read(value, context)
        except Invalid as error:
            if error.line == value.line and not error.column:
                error.column = value.column
            raise

    @property
    def is_prose(self) -> bool:
        """Whether it reads texts that are typeset and proofread."""
        return self.visit is not _nothing_to_visit


def prose_in(reader: Reader, data: Any, language: str) -> list[Prose]:
    """Return the prose among ``data``; ``language`` is that of the file where the data does not say."""
    found: list[Prose] = []

    def collect(prose: Prose) -> str:
        found.append(prose)
        return prose.text

    reader.visit(data, language, "", collect)
    return found
