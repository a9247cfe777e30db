"""What became of a claim: open, overdue, or settled, and by what.

A claim is settled by its own last status, by an update that carries one, or by
a later article that says it settles it; the earliest of these counts.
"""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from newsroom.content.models import SETTLED, Article, Expected
from newsroom.dates import PartialDate


class Outcome(Struct, frozen=True):
    """How a claim ended: its status and day, and the note or the article that says so."""

    status: str
    date: PartialDate
    text: dict[str, str]
    article: str = ""


def partial(moment: dt.datetime) -> PartialDate:
    """Return the day of ``moment``."""
    return PartialDate(moment.year, moment.month, moment.day)


def outcome_of(article: Article, settled_by: Iterable[Article]) -> Outcome | None:
    """Return how the claim of ``article`` ended after its date, or None."""
    found = [
        Outcome(update.status, update.date, update.text) for update in article.facts.updates if update.status in SETTLED
    ]
    for later in settled_by:
        status = next(status for status in later.facts.status if status in SETTLED)
        found.append(Outcome(status, partial(later.facts.date), {}, later.key))
    return min(found, key=lambda outcome: (outcome.date.first, outcome.article), default=None)


def is_open(article: Article, settled_by: Iterable[Article]) -> bool:
    """Tell whether ``article`` makes a claim with no outcome yet."""
    return article.facts.status[-1] not in SETTLED and outcome_of(article, settled_by) is None


def overdue(article: Article, today: dt.date) -> Expected | None:
    """Return the first promise of ``article`` whose date has passed, or None."""
    late = [expected for expected in article.facts.expected if expected.when.last < today]
    return min(late, key=lambda expected: expected.when.last, default=None)
