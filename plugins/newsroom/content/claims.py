"""What the program may say about a claim: how late it is, and how old; never what became of it.

A verdict is written by hand (:class:`newsroom.content.models.Verdict`). Ages and delays are counted
from the last day that the earlier date can mean to the first that the later one can mean, in a unit
no finer than either, so that none is overstated.
"""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from newsroom.content.models import Claim
from newsroom.dates import PartialDate

#: From how many days on a duration is given in months, and from how many months on in years.
_MONTH_DAYS, _YEARS_FROM = 31, 24
#: The age, in months, from which on it is mentioned for claims that were dropped or left unanswered.
OLD = 12
#: The cases whose span is a delay.
LATE = frozenset(("kept-late", "kept-otherwise", "overdue"))


class Span(Struct, frozen=True, order=True):
    """A length of time: whole months where ``months`` or more than 30 days went by, else days."""

    months: int
    days: int = 0

    @property
    def years(self) -> int:
        """The whole years."""
        return self.months // 12

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.months or self.days)


NONE = Span(0)


class Outcome(Struct, frozen=True):
    """How a verdict is put: the case, and the length of time that goes with it.

    ``case`` is a verdict, or ``on-time`` (kept by the promised date), ``due`` (open, its date to come) or
    ``overdue`` (open, its date passed). ``span`` is the delay, or the age where that is worth mentioning.
    """

    case: str
    span: Span = NONE

    @property
    def delay(self) -> Span:
        """The span where it is a delay, else ``NONE``."""
        return self.span if self.case in LATE else NONE


def day_of(moment: dt.date) -> PartialDate:
    """Return the day of ``moment``."""
    return PartialDate(moment.year, moment.month, moment.day)


def span(since: PartialDate, until: PartialDate) -> Span:
    """Return the time from ``since`` to ``until``, rounded down: what has passed at least.

    It is no finer than the less precise of the two, but for what is less than a year after one: that is in months.
    """
    first, last = since.last, until.first
    months = (last.year - first.year) * 12 + last.month - first.month - (_in_month(last) < _in_month(first))
    if last <= first or months < 0:
        return NONE
    if not (since.month and until.month):
        return Span(months // 12 * 12 or months)
    if months or not (since.day and until.day):
        return Span(months)
    return Span(0, (last - first).days)


def _in_month(day: dt.date) -> int:
    """Return the day of the month; the last one counts as the 31st, so that months end together."""
    return 31 if (day + dt.timedelta(days=1)).day == 1 else day.day


def delay(claim: Claim, until: PartialDate) -> Span:
    """Return how long ``until`` is after the promised date: the first one, where several were given."""
    late = (span(promise, until) for promise in (*claim.promises[:1], *claim.promises[-1:]))
    return next((found for found in late if found), NONE)


def is_late(claim: Claim, until: dt.date) -> bool:
    """Tell whether the newest date ``claim`` was promised for had passed by ``until``."""
    return claim.expected is not None and claim.expected.last < until


def outcome(claim: Claim, today: dt.date) -> Outcome:
    """Return how the verdict of ``claim`` is put on the day ``today``."""
    verdict = claim.verdict
    if verdict.verdict == "kept":
        return Outcome("on-time" if claim.expected else "kept")
    if verdict.verdict in ("kept-late", "kept-otherwise"):
        return Outcome(verdict.verdict, delay(claim, verdict.date))
    if verdict.verdict == "open":
        if is_late(claim, today):
            return Outcome("overdue", delay(claim, day_of(today)))
        return Outcome("due" if claim.expected else "open")
    end = verdict.date if verdict.verdict == "dropped" else day_of(today)
    age = span(claim.announced, end)
    return Outcome(verdict.verdict, age if age.months >= OLD else NONE)


def counts(claims: Iterable[Claim], today: dt.date) -> dict[str, int]:
    """Return how many of ``claims`` have each verdict, and how many of the open ones are ``overdue``."""
    found: dict[str, int] = {}
    for claim in claims:
        found[claim.verdict.verdict] = found.get(claim.verdict.verdict, 0) + 1
        if outcome(claim, today).case == "overdue":
            found["overdue"] = found.get("overdue", 0) + 1
    return found
