"""Long files in chapters: what has a row for every article is made again chapter by chapter, and put together."""

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue

#: A row, after its place among those of all chapters of its file.
Row = tuple[tuple[float | str, ...], Any]
#: Returns the rows of the file of a language, in order, without their places.
Rows = Callable[[str], Iterator[Any]]


class Chapter(Struct, frozen=True):
    """A part of the file of a ``language``: its name, and what makes its rows of a catalogue."""

    language: str
    name: str
    rows: Callable[[Catalogue], list[Row]]


def rows_in(chapters: Iterable[Chapter], make: Callable[[Chapter], list[Row]]) -> Rows:
    """Return what puts the rows of ``chapters`` together, where ``make`` makes those of one."""
    listed = list(chapters)

    def rows(language: str) -> Iterator[Any]:
        found = (row for chapter in listed if chapter.language == language for row in make(chapter))
        return map(itemgetter(1), sorted(found, key=itemgetter(0)))

    return rows
