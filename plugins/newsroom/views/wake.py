"""The wake of claims: for each, the promise as a line to its date, and what happened as a line to the date of that.

Pure geometry, in hundredths of the width, so that one drawing fits a phone, a screen and a sheet. Time runs
from left to right, to scale, the same for all claims of a drawing. Where the line of what happened goes
beyond the promise, the rest of it is the gap. Templates turn the numbers into SVG and add the words.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from msgspec import Struct

from newsroom.content.claims import LATE, Outcome
from newsroom.views.claims import ClaimView

#: The width of a letter, on the narrowest screen a drawing is made for, and how many letters a gap takes to name.
_LETTER, _GAP_LETTERS = 1.9, 22
#: The height of a lane, and of the line of words that names its gap.
_LANE, _GAP_LINE = 64, 16
_MOST_YEARS = 6
#: Verdicts whose line goes on to the day of the build: nothing has ended it.
_GOING_ON = frozenset(("open", "unanswered"))


class Label(Struct, frozen=True):
    """Words on the drawing: where they start, or where they end (``anchor`` is that of SVG)."""

    place: float
    anchor: str
    text: str


class Lane(Struct, frozen=True):
    """One claim: announced at ``start``, promised for the places of ``promises``; what happened ends at ``end``.

    ``gap`` is where its red part begins and ends, None where nothing is late; the words for it are at
    ``late``. ``top`` is the height above it.
    """

    top: int
    start: float
    promises: tuple[float, ...]
    end: float
    gap: tuple[float, float] | None
    verdict: str
    outcome: Outcome
    said: Label
    done: Label
    late: Label | None


class Wake(Struct, frozen=True):
    """A drawing: its lanes, the first day of some years, the day of the build, and an article where it has one."""

    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, int], ...]
    today: float
    article: Label | None = None


def draw(claims: Sequence[ClaimView], today: dt.date, article: tuple[dt.date, str] | None = None) -> Wake | None:
    """Return the drawing of ``claims`` on the day ``today``, with an article's day and name; None without claims."""
    if not claims:
        return None
    days = [claim.announced.first for claim in claims] + ([article[0]] if article else [])
    ends = [today, *(promise.last for claim in claims for promise in claim.promises)]
    start = dt.date(min(days).year, 1, 1)
    length = (max(ends) - start).days or 1

    def place_of(day: dt.date) -> float:
        return round(min(100.0, max(0.0, (day - start).days / length * 100)), 1)

    years = range(start.year, max(ends).year + 1)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if len(years) <= step * _MOST_YEARS)
    lanes: list[Lane] = []
    height = 0
    for claim in claims:
        lanes.append(_lane(claim, place_of, today, height))
        height += _LANE + (_GAP_LINE if lanes[-1].gap else 0)
    return Wake(
        height=height,
        lanes=tuple(lanes),
        ticks=tuple((place_of(dt.date(year, 1, 1)), year) for year in years if (year - start.year) % step == 0),
        today=place_of(today),
        article=label(place_of(article[0]), article[1], len(article[1])) if article else None,
    )


def _lane(claim: ClaimView, place_of: Callable[[dt.date], float], today: dt.date, top: int) -> Lane:
    verdict = claim.verdict
    going_on = verdict.verdict in _GOING_ON
    end = place_of(today if going_on else verdict.date.first)
    promises = tuple(place_of(promise.last) for promise in claim.promises)
    late = claim.outcome.case in LATE and bool(claim.outcome.span)
    missed = [promise for promise in promises[:1] if late and promise < end]
    return Lane(
        top=top,
        start=place_of(claim.announced.first),
        promises=promises,
        end=end,
        gap=(missed[0], end) if missed else None,
        verdict=verdict.verdict,
        outcome=claim.outcome,
        said=label(place_of(claim.announced.first), claim.label, len(claim.label)),
        done=label(end, verdict.label, len(verdict.label)),
        late=label(end, "", _GAP_LETTERS) if missed else None,
    )


def label(place: float, text: str, letters: int) -> Label:
    """Return ``text``, of about so many letters, at ``place``: to its right in the left half, else to its left.

    It is moved where it would leave the narrowest drawing.
    """
    width = min(100.0, letters * _LETTER)
    if place <= 50:
        return Label(round(min(place, 100 - width), 1), "start", text)
    return Label(round(max(place, width), 1), "end", text)
