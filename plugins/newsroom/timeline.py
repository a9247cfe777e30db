"""The drawing of a thread: time to scale, so that silence can be seen.

Pure geometry. Time runs along one axis from the first article to the last;
marks that would touch are set on further tracks. Templates turn the numbers
into SVG, across on a wide screen and down on a phone.
"""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

#: Room that the number of a mark takes along the axis, in units of the drawing.
_ROOM = 24


class Mark(Struct, frozen=True):
    """An article on the line: its place along the axis, its track (0 on the line), its number."""

    place: float
    track: int
    number: int
    status: str


class Tick(Struct, frozen=True):
    """The first of January of a year."""

    place: float
    year: int


class Timeline(Struct, frozen=True):
    """A drawing ``length`` units long with ``tracks`` tracks."""

    length: int
    tracks: int
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]


def draw(steps: Sequence[tuple[dt.date, str]], length: int = 640) -> Timeline:
    """Return the drawing of dated statuses, in order of date; ``length`` is that of the axis."""
    if not steps:
        return Timeline(length, 1, (), ())
    start = dt.date(steps[0][0].year, 1, 1)
    end = dt.date(steps[-1][0].year + 1, 1, 1)
    span = (end - start).days

    def place(day: dt.date) -> float:
        return round((day - start).days / span * length, 1)

    last_on: list[float] = []
    marks = []
    for number, (day, status) in enumerate(steps, start=1):
        at = place(day)
        track = next((track for track, last in enumerate(last_on) if at - last >= _ROOM), len(last_on))
        if track == len(last_on):
            last_on.append(at)
        last_on[track] = at
        marks.append(Mark(at, track, number, status))
    years = range(start.year, end.year)
    return Timeline(length, len(last_on), tuple(marks), tuple(Tick(place(dt.date(year, 1, 1)), year) for year in years))
