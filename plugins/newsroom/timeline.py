"""The drawing of a thread: time to scale, so that silence can be seen.

Pure geometry. Time runs along one axis from the first article to the last.
Marks that would cover each other are heaped, and labels that would are set on
further tracks (beside the axis) or pushed on (in a column along it). Templates
turn the numbers into SVG, across on a wide screen and down on a phone.
"""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

#: Room along the axis, in units of the drawing: of a mark, of a label beside the axis, of a line of a column.
_MARK, _LABEL, _LINE = 14, 92, 17


class Mark(Struct, frozen=True):
    """An article on the line.

    ``place`` is its place along the axis, ``heap`` how many marks it lies upon,
    ``track`` the track of its label, ``line`` the place of its label in a column.
    """

    place: float
    heap: int
    track: int
    line: float
    number: int
    status: str


class Tick(Struct, frozen=True):
    """The first of January of a year."""

    place: float
    year: int


class Timeline(Struct, frozen=True):
    """A drawing ``length`` units long, with ``tracks`` tracks of labels and ``heaps`` marks high.

    A column of labels along it is ``column`` units long.
    """

    length: int
    tracks: int
    heaps: int
    column: float
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]


def draw(steps: Sequence[tuple[dt.date, str]], length: int = 640) -> Timeline:
    """Return the drawing of dated statuses, in order of date; ``length`` is that of the axis."""
    if not steps:
        return Timeline(length, 1, 1, length, (), ())
    start = dt.date(steps[0][0].year, 1, 1)
    end = dt.date(steps[-1][0].year + 1, 1, 1)
    span = (end - start).days

    def place_of(day: dt.date) -> float:
        return round((day - start).days / span * length, 1)

    places = [place_of(day) for day, _ in steps]
    heaps, tracks, lines = _levels(places, _MARK), _levels(places, _LABEL), _spread(places, _LINE)
    marks = tuple(
        Mark(place, heap, track, line, number, status)
        for number, place, heap, track, line, (_, status) in zip(
            range(1, len(steps) + 1), places, heaps, tracks, lines, steps, strict=True
        )
    )
    ticks = tuple(Tick(place_of(dt.date(year, 1, 1)), year) for year in range(start.year, end.year))
    return Timeline(length, max(tracks) + 1, max(heaps) + 1, max(length, lines[-1]), marks, ticks)


def _levels(places: Sequence[float], room: float) -> list[int]:
    """Return the lowest level for each place, in order, where the last one is at least ``room`` away."""
    last_on: list[float] = []
    levels = []
    for place in places:
        level = next((level for level, last in enumerate(last_on) if place - last >= room), len(last_on))
        last_on[level : level + 1] = [place]
        levels.append(level)
    return levels


def _spread(places: Sequence[float], room: float) -> list[float]:
    """Return the places, in order, each pushed on until it is ``room`` after the one before."""
    spread: list[float] = []
    for place in places:
        spread.append(round(max(place, spread[-1] + room), 1) if spread else place)
    return spread
