"""Drawings of figures, as lines, dots and words with their places.

Heights are in em of the labels; horizontal places are shares of the width, so that a drawing fills
any column while its letters keep their size. It is laid out for the narrowest phone; in a wider
column, words only have more room.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from newsroom.content.figures import Datum, Figure
from newsroom.dates import PartialDate
from newsroom.views.labels import LEADING, Box, around, block, free_place, spread, wrap

#: The width of the column on the narrowest phone, in em of the labels.
NARROW = 22.0
_GAP = 0.7
_DOT = 0.32
_HALF = NARROW / 2
_AIR = 0.25
#: How tall a curve is.
_TALL = 11.0


class StraightLine(Struct, frozen=True):
    """A straight line; horizontal places are hundredths of the width, or em from the axis of the drawing."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: str = ""


class Dot(Struct, frozen=True):
    """A point."""

    x: float
    y: float
    look: str = ""


class TextLines(Struct, frozen=True):
    """Lines of text anchored at ``x``, moved by ``shift`` em; the first one is the ``strong`` one, if it is."""

    x: float
    shift: float
    top: float
    anchor: str
    lines: tuple[str, ...]
    look: str = ""
    strong: bool = False


class Drawing(Struct, frozen=True):
    """A drawing: its height, where its axis is (in hundredths; None: places are hundredths), and its parts."""

    height: float
    axis: float | None
    lines: tuple[StraightLine, ...]
    dots: tuple[Dot, ...]
    words: tuple[TextLines, ...]


Say = Callable[[Datum], str]


def _look(datum: Datum) -> str:
    return "accent" if datum.accent else "open" if datum.promised else ""


def columns(figure: Figure, code: str, say: Say) -> Drawing:
    """Draw dates or heights down an axis: what was promised, or limits, on its left, the rest on its right."""
    share = _height_share(figure.data) if figure.kind == "scale" else _date_share(figure.data)
    entries = [(datum, (say(datum), *wrap(datum.label[code], _HALF - 2 * _GAP))) for datum in figure.data]
    sides = [
        (sign, [entry for entry in entries if (entry[0].promised or entry[0].limit) == (sign < 0)]) for sign in (-1, 1)
    ]
    length = max(12.0, *(sum(map(_tall, side)) * 1.15 for _, side in sides))
    lines, dots, words = [StraightLine(0, 0, 0, length, "axis")], [], []
    end = length
    for sign, side in sides:
        side.sort(key=lambda entry: share(entry[0]))
        # The words of a limit are on its line, the others beside their point.
        middles = [share(entry[0]) * length - (_tall(entry) / 2 if entry[0].limit else 0) for entry in side]
        tops = spread(list(zip(middles, map(_tall, side), strict=True)))
        for (datum, text), top in zip(side, tops, strict=True):
            y, look = share(datum) * length, _look(datum)
            if datum.limit:
                lines.append(StraightLine(-NARROW * 2, y, _GAP, y, "limit"))
            else:
                dots.append(Dot(0, y, look))
                lines.append(StraightLine(0, y, sign * _GAP, top + _AIR + LEADING / 2, "stem"))
            anchor = "end" if sign < 0 else "start"
            words.append(TextLines(0, sign * _GAP * 1.3, top + _AIR, anchor, text, look, strong=True))
            end = max(end, top + _tall((datum, text)))
    return _lowered(Drawing(end, 50.0 if sides[0][1] else 2.0, tuple(lines), tuple(dots), tuple(words)))


def _tall(entry: tuple[Datum, tuple[str, ...]]) -> float:
    return len(entry[1]) * LEADING + 2 * _AIR


def _day(datum: Datum) -> dt.date:
    """Return the day that an event or a point stands for: a promise can be kept until the last day that it can mean."""
    date = datum.date or PartialDate(1)
    return date.last if datum.promised else date.first


def _date_share(data: Sequence[Datum]) -> Callable[[Datum], float]:
    """Return where an event or a point is on the line of dates, from 0 to 1."""
    across = _line_of_time(data)
    return lambda datum: across(_day(datum))


def _line_of_time(data: Sequence[Datum]) -> Callable[[dt.date], float]:
    days = [_day(datum).toordinal() for datum in data]
    first, span = min(days), max(1, max(days) - min(days))
    return lambda day: 0.02 + 0.96 * (day.toordinal() - first) / span


def _height_share(data: Sequence[Datum]) -> Callable[[Datum], float]:
    values = [datum.value for datum in data]
    top, span = max(values), (max(values) - min(values)) or 1.0
    return lambda datum: 0.08 + 0.84 * (top - datum.value) / span


def curve(figure: Figure, code: str, say: Say) -> Drawing:
    """Draw a quantity over time: what was reached as a solid line, what is promised as a dashed one."""
    points = sorted(figure.data, key=lambda datum: (_day(datum), datum.value))
    share, time = _date_share(points), _line_of_time(points)
    highest = max(abs(datum.value) for datum in points) or 1.0
    at = [(4 + 88 * share(datum), _TALL * (1 - datum.value / highest)) for datum in points]
    reached = [place for place, datum in zip(at, points, strict=True) if not datum.promised]
    promised = [*reached[-1:], *(place for place, datum in zip(at, points, strict=True) if datum.promised)]
    lines = [StraightLine(*start, *end, "curve") for start, end in pairwise(reached)]
    lines += [StraightLine(*start, *end, "open") for start, end in pairwise(promised)]
    lines.append(StraightLine(0, _TALL, 100, _TALL, "axis"))
    dots = [Dot(x, y, _look(datum)) for (x, y), datum in zip(at, points, strict=True)]
    ticks, years = _years([_day(datum) for datum in points], lambda day: 4 + 88 * time(day))
    named = [
        Named(*place, (say(datum), *_wrapped(datum.label.get(code, ""), NARROW * 0.4)), _look(datum), strong=True)
        for place, datum in zip(at, points, strict=True)
    ]
    # What matters most is placed first, and so nearest: the point of the figure, then what was reached, newest first.
    named.sort(key=lambda point: (point.look != "accent", point.look == "open", -point.x))
    taken = [block(NARROW * text.x / 100, text.top, text.lines, text.anchor) for text in years]
    words, leaders = _placed(named, lines, dots, taken)
    # One line from the words of a point, where they are far from it, through the point to the axis.
    tops = {(leader.x2, leader.y2): leader.y1 for leader in leaders}
    stems = [StraightLine(x, tops.get((x, y), y), x, _TALL, "stem") for x, y in at]
    return _lowered(Drawing(_TALL + 2.2, None, (*stems, *lines, *ticks), tuple(dots), (*words, *years)))


def _wrapped(text: str, room: float) -> tuple[str, ...]:
    return wrap(text, room) if text else ()


def _years(days: Sequence[dt.date], across: Callable[[dt.date], float]) -> tuple[list[StraightLine], list[TextLines]]:
    """Return a tick at the start of each year, and as many years in digits as there is room for."""
    starts = [dt.date(year, 1, 1) for year in range(days[0].year, days[-1].year + 2)]
    # The label of a year that begins outside the drawing would cross its edge.
    starts = [day for day in starts if 8 <= across(day) <= 92]
    digits = block(0, 0, ("0000",), "middle")
    year = NARROW * (across(days[0] + dt.timedelta(365)) - across(days[0])) / 100
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000) if n * year >= digits.right - digits.left)
    ticks = [StraightLine(across(day), _TALL, across(day), _TALL + 0.4, "axis") for day in starts]
    shown = [day for day in starts if day.year % every == 0]
    return ticks, [TextLines(across(day), 0, _TALL + 0.7, "middle", (str(day.year),), "quiet") for day in shown]


class Named(Struct, frozen=True):
    """A point of a drawing and the words that belong to it."""

    x: float
    y: float
    lines: tuple[str, ...]
    look: str = ""
    strong: bool = False


def _placed(
    named: Iterable[Named], lines: Iterable[StraightLine], dots: Iterable[Dot], taken: Iterable[Box] = ()
) -> tuple[list[TextLines], list[StraightLine]]:
    """Return words near their points, clear of other words, points and lines, and lines to the distant ones."""
    scale = NARROW / 100
    full = [*taken, *(Box(d.x * scale - _DOT, d.y - _DOT, d.x * scale + _DOT, d.y + _DOT) for d in dots)]
    full += [box for line in lines for box in _along(line)]
    words, leaders = [], []
    for point in named:
        anchor, box = free_place(around(point.x * scale, point.y, point.lines, NARROW, _GAP), full, NARROW)
        full.append(box)
        foot = {"start": box.left + _AIR, "end": box.right - _AIR, "middle": (box.left + box.right) / 2}[anchor]
        shift = foot - point.x * scale
        words.append(TextLines(point.x, shift, box.top, anchor, point.lines, point.look, point.strong))
        if box.bottom < point.y - _GAP:
            leaders.append(
                StraightLine(point.x, box.bottom if anchor == "middle" else box.top, point.x, point.y, "stem")
            )
    return words, leaders


def _along(line: StraightLine) -> Iterator[Box]:
    """Yield small boxes that a line passes through."""
    scale = NARROW / 100
    steps = max(1, round(max(abs(line.x2 - line.x1) * scale, abs(line.y2 - line.y1)) * 2))
    for step in range(1, steps):
        x = (line.x1 + (line.x2 - line.x1) * step / steps) * scale
        y = line.y1 + (line.y2 - line.y1) * step / steps
        yield Box(x - 0.1, y - 0.1, x + 0.1, y + 0.1)


def _lowered(drawing: Drawing) -> Drawing:
    """Return a drawing moved down so that the highest words are inside it."""
    down = 0.4 - min([0.0, *(words.top for words in drawing.words), *(dot.y - _DOT for dot in drawing.dots)])
    bottom = max(drawing.height, *(words.top + len(words.lines) * LEADING + 0.3 for words in drawing.words))
    return Drawing(
        round(bottom + down, 2),
        drawing.axis,
        tuple(StraightLine(line.x1, line.y1 + down, line.x2, line.y2 + down, line.look) for line in drawing.lines),
        tuple(Dot(dot.x, dot.y + down, dot.look) for dot in drawing.dots),
        tuple(TextLines(w.x, w.shift, w.top + down, w.anchor, w.lines, w.look, w.strong) for w in drawing.words),
    )


def chart(figure: Figure, code: str) -> Drawing:
    """Draw a map of places and the lines between them, cut where the gap between places is widest."""
    longitudes = sorted(spot.at[0] for spot in figure.spots)
    gaps = [(b - a, b) for a, b in pairwise([*longitudes, longitudes[0] + 360])]
    start = max(gaps)[1] % 360
    east = {spot.key: (spot.at[0] - start) % 360 for spot in figure.spots}
    north = {spot.key: spot.at[1] for spot in figure.spots}
    wide, tall = max(east.values()) or 1.0, (max(north.values()) - min(north.values())) or 1.0
    height = min(max(30 * tall / wide, 8.0), 16.0)
    top = max(north.values())
    at = {key: (8 + 84 * east[key] / wide, height * (top - north[key]) / tall) for key in east}
    lines = [StraightLine(*at[a], *at[b], leg.state) for leg in figure.legs for a, b in pairwise(leg.via)]
    dots = [Dot(*at[spot.key]) for spot in figure.spots]
    named = [Named(*at[spot.key], wrap(spot.label[code], NARROW * 0.45)) for spot in figure.spots]
    words, leaders = _placed(named, lines, dots)
    return _lowered(Drawing(height + 0.6, None, (*leaders, *lines), tuple(dots), tuple(words)))


def boxes(drawing: Drawing) -> list[Box]:
    """Return the places of the words of a drawing on the narrowest phone."""
    origin = 0.0 if drawing.axis is None else NARROW * drawing.axis / 100
    scale = NARROW / 100 if drawing.axis is None else 1.0
    return [
        block(origin + words.x * scale + words.shift, words.top, words.lines, words.anchor) for words in drawing.words
    ]
