"""Open claims and announced dates: what is still awaited, and since when, at the moment of the build."""

import datetime as dt
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import is_open, outcome_of, overdue
from newsroom.content.models import GIVEN_UP, Article, Expected
from newsroom.dates import PartialDate
from newsroom.views.articles import Step, step
from newsroom.views.common import View
from newsroom.views.places import Place


class Claim(Struct, frozen=True):
    """An open claim: its age in days, what it promised, and by how many days it is late (0: it is not)."""

    step: Step
    days: int
    promise: str
    due: PartialDate | None
    late: int


class OpenClaimsView(View, frozen=True, kw_only=True):
    """Every rumour and announcement without an outcome, oldest first."""

    today: dt.date
    claims: tuple[Claim, ...]


class Date(Struct, frozen=True):
    """An announced date: what was promised, the dates it was promised for before, and which article says so.

    ``given_up`` is the status that ended it before it came true, if one did.
    """

    due: PartialDate
    was: tuple[PartialDate, ...]
    label: str
    step: Step
    given_up: str


class CalendarView(View, frozen=True, kw_only=True):
    """The announced dates: those to come, soonest first, and those that have passed, latest first.

    ``calendars`` are title and address of those to subscribe to: topics with a date.
    """

    today: dt.date
    coming: tuple[Date, ...]
    past: tuple[Date, ...]
    calendars: tuple[tuple[str, str], ...]


def open_claims_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> OpenClaimsView:
    """Return the page of open claims."""
    today = catalogue.settings.now.date()
    return OpenClaimsView(**frame, today=today, claims=open_claims(catalogue, code))


def open_claims(catalogue: Catalogue, code: str) -> tuple[Claim, ...]:
    """Return the open claims, oldest first."""
    return tuple(
        _claim(catalogue, article, code)
        for article in reversed(catalogue.articles)
        if is_open(article, catalogue.settled_by.get(article.key, ()))
    )


def _claim(catalogue: Catalogue, article: Article, code: str) -> Claim:
    today = catalogue.settings.now.date()
    missed = overdue(article, today)
    promise = missed or min(article.facts.expected, key=lambda expected: expected.when.last, default=None)
    return Claim(
        step(catalogue, article, code),
        max(0, (today - article.facts.date.date()).days),
        label(promise, article, code) if promise else "",
        promise.when if promise else None,
        (today - missed.when.last).days if missed else 0,
    )


def label(expected: Expected, article: Article, code: str) -> str:
    """Return what is promised in ``code``, or in the first language of the article."""
    return expected.label.get(code) or expected.label[next(iter(article.texts))]


def dates(catalogue: Catalogue, code: str, topic: str = "") -> list[tuple[Article, int, Expected]]:
    """Return the announced dates in order, with the position of each in its article; all topics or one."""
    found = [
        (article, position, expected)
        for article in catalogue.articles
        if code in article.texts and (not topic or topic in article.facts.topics)
        for position, expected in enumerate(article.facts.expected)
    ]
    return sorted(found, key=lambda row: (row[2].when.last, row[0].key, row[1]))


def given_up(catalogue: Catalogue, article: Article) -> str:
    """Return the status that ended what ``article`` promised, ``denied`` or ``cancelled``; otherwise nothing."""
    outcome = outcome_of(article, catalogue.settled_by.get(article.key, ()))
    return outcome.status if outcome and outcome.status in GIVEN_UP else ""


def calendar_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> CalendarView:
    """Return the page of announced dates."""
    today, url = catalogue.settings.now.date(), place.urls[code]
    rows = [
        Date(expected.when, expected.was, label(expected, article, code), step(catalogue, article, code), up)
        for article, _, expected in dates(catalogue, code)
        for up in [given_up(catalogue, article)]
    ]
    calendars = [
        (text.title, f"{url}{text.slug}.ics")
        for topic in catalogue.topics
        if (text := topic.texts.get(code)) and dates(catalogue, code, topic.key)
    ]
    return CalendarView(
        **frame,
        today=today,
        coming=tuple(row for row in rows if row.due.last >= today and not row.given_up),
        past=tuple(row for row in reversed(rows) if row.due.last < today or row.given_up),
        calendars=tuple(calendars),
    )
