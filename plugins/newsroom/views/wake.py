"""The wake of claims: for each, the promise as a line to its date, and what happened as a line to the date of that.

Above them stand the articles: each the event that it tells, a mark at its day and a few words beside it.

Pure geometry, in hundredths of the width, so that one drawing fits a phone, a screen and a sheet. Time runs
from left to right, to scale, the same for all claims of a drawing. Where the line of what happened goes
beyond the promise, the rest of it is the gap. Templates turn the numbers into SVG and add the words.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from msgspec import Struct

from newsroom.content.claims import Outcome
from newsroom.views.claims import ClaimView

#: The width of a letter, on the narrowest screen a drawing is made for, and how many letters a gap takes to name.
_LETTER, _GAP_LETTERS = 1.9, 22
#: The height of a lane, and of the line of words that names its gap.
_LANE, _GAP_LINE = 64, 16
#: The height of an event, of its words where they find no room beside its mark, and of the air below all of them;
#: the width of a mark.
_EVENT, _EVENT_LINE, _BELOW, _MARK = 20, 16, 10, 3.0
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


class Episode(Struct, frozen=True):
    """An article to be marked: its day, what it tells in a few words and the language of these."""

    date: dt.date
    words: str
    language: str


class WakeEvent(Struct, frozen=True):
    """What an article tells, at ``place``, ``top`` below the edge; its words stand beside its mark, or ``below`` it."""

    top: int
    place: float
    date: dt.date
    words: Label
    language: str
    below: bool


class Wake(Struct, frozen=True):
    """A drawing: its articles and, under them, its lanes; the first of January of some years, the day of the build."""

    height: int
    events: tuple[WakeEvent, ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, int], ...]
    today: float


def draw(claims: Sequence[ClaimView], today: dt.date, articles: Sequence[Episode] = ()) -> Wake | None:
    """Return the drawing of ``claims`` on the day ``today``, with the days and short names of ``articles``, in order.

    None where there are no claims.
    """
    if not claims:
        return None
    days = [claim.announced.first for claim in claims] + [article.date for article in articles]
    ends = [today, *(promise.last for claim in claims for promise in claim.promises)]
    start = dt.date(min(days).year, 1, 1)
    length = (max(ends) - start).days or 1

    def place_of(day: dt.date) -> float:
        return round(min(100.0, max(0.0, (day - start).days / length * 100)), 1)

    years = range(start.year, max(ends).year + 1)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if len(years) <= step * _MOST_YEARS)
    events: list[WakeEvent] = []
    lanes: list[Lane] = []
    height = 0
    for article in articles:
        events.append(_event(height, place_of(article.date), article))
        height += _EVENT + (_EVENT_LINE if events[-1].below else 0)
    height += _BELOW if events else 0
    for claim in claims:
        lanes.append(_lane(claim, place_of, today, height))
        height += _LANE + (_GAP_LINE if lanes[-1].gap else 0)
    return Wake(
        height=height,
        events=tuple(events),
        lanes=tuple(lanes),
        ticks=tuple((place_of(dt.date(year, 1, 1)), year) for year in years if (year - start.year) % step == 0),
        today=place_of(today),
    )


def _event(top: int, place: float, article: Episode) -> WakeEvent:
    words = article.words
    width = len(words) * _LETTER + _MARK
    if place + width <= 100:
        said, below = Label(place, "start", words), False
    elif place >= width:
        said, below = Label(place, "end", words), False
    else:
        said, below = label(place, words, len(words)), True
    return WakeEvent(top, place, article.date, said, article.language, below)


def _lane(claim: ClaimView, place_of: Callable[[dt.date], float], today: dt.date, top: int) -> Lane:
    verdict = claim.verdict
    going_on = verdict.verdict in _GOING_ON
    end = place_of(today if going_on else verdict.date.first)
    promises = tuple(place_of(promise.last) for promise in claim.promises)
    late = bool(claim.outcome.delay)
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
