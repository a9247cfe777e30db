"""The drawing of a thread: time to scale, so that silence can be seen.

Pure geometry. Time runs along one axis from the first article to the last.
Marks that would cover each other are stacked, and labels that would are set on
further tracks (beside the axis) or pushed on (in a column along it). Templates
turn the numbers into SVG, across on a wide screen and down on a phone.
"""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

#: Room along the axis, in units of the drawing: of a mark, of the number of a label, of each word beside it, of a
#: line of a column.
_MARK, _NUMBER, _WORD, _LINE = 14, 24, 72, 17


class Mark(Struct, frozen=True):
    """An article on the line.

    ``place`` is its place along the axis, ``heap`` how many marks it lies upon,
    ``track`` the track of its label, ``line`` the place of its label in a column.
    ``statuses`` are the words of the label; the last is the shape of the mark.
    """

    place: float
    heap: int
    track: int
    line: float
    number: int
    statuses: tuple[str, ...]


class Tick(Struct, frozen=True):
    """The first of January of a year."""

    place: float
    year: int


class Timeline(Struct, frozen=True):
    """A drawing ``length`` units long, with ``tracks`` tracks of labels and ``heaps`` marks high.

    Its labels reach to ``reach``; a column of labels along it is ``column`` units long.
    """

    length: int
    tracks: int
    heaps: int
    reach: float
    column: float
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]


def draw(steps: Sequence[tuple[dt.date, tuple[str, ...]]], length: int = 640) -> Timeline:
    """Return the drawing of dated statuses, in order of date; ``length`` is that of the axis."""
    if not steps:
        return Timeline(length, 1, 1, length, length, (), ())
    start = dt.date(steps[0][0].year, 1, 1)
    end = dt.date(steps[-1][0].year + 1, 1, 1)
    span = (end - start).days

    def place_of(day: dt.date) -> float:
        return round((day - start).days / span * length, 1)

    places = [place_of(day) for day, _ in steps]
    rooms = [_NUMBER + _WORD * len(statuses) for _, statuses in steps]
    heaps, tracks = _levels(places, [_MARK] * len(places)), _levels(places, rooms)
    lines = _spread(places, _LINE)
    reach = max(length, *(place + room for place, room in zip(places, rooms, strict=True)))
    marks = tuple(
        Mark(place, heap, track, line, number, statuses)
        for number, place, heap, track, line, (_, statuses) in zip(
            range(1, len(steps) + 1), places, heaps, tracks, lines, steps, strict=True
        )
    )
    ticks = tuple(Tick(place_of(dt.date(year, 1, 1)), year) for year in range(start.year, end.year))
    return Timeline(length, max(tracks) + 1, max(heaps) + 1, reach, max(length, lines[-1]), marks, ticks)


def _levels(places: Sequence[float], rooms: Sequence[float]) -> list[int]:
    """Return the lowest level for each place, in order, where the one before has the room it takes."""
    ends: list[float] = []
    levels = []
    for place, room in zip(places, rooms, strict=True):
        level = next((level for level, end in enumerate(ends) if place >= end), len(ends))
        ends[level : level + 1] = [place + room]
        levels.append(level)
    return levels


def _spread(places: Sequence[float], room: float) -> list[float]:
    """Return the places, in order, each pushed on until it is ``room`` after the one before."""
    spread: list[float] = []
    for place in places:
        spread.append(round(max(place, spread[-1] + room), 1) if spread else place)
    return spread
