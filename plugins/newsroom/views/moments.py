"""When an item was published, and when it last changed for its readers."""

import datetime as dt
from hashlib import blake2b

from newsroom.content.articles import Article, Update
from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import day_of
from newsroom.dates import PartialDate

#: A day that says no time is told as a moment of its first hours, each item’s own.
_MORNING = dt.timedelta(hours=6)


def own_moment(moment: dt.datetime, path: str) -> dt.datetime:
    """Return ``moment``, where it is the beginning of a day, at the second that the item at ``path`` has of it.

    The second depends on the item alone: what else happened on that day moves nothing.
    """
    if moment.time() != dt.time():
        return moment
    number = int.from_bytes(blake2b(path.encode(), digest_size=8).digest())
    return moment + dt.timedelta(seconds=number % int(_MORNING.total_seconds()))


def day_of_item(catalogue: Catalogue, day: dt.date, path: str) -> dt.datetime:
    """Return the moment that the item at ``path`` has of ``day``."""
    return own_moment(dt.datetime.combine(day, dt.time(), catalogue.settings.zone), path)


def published(article: Article) -> dt.datetime:
    """Return when ``article`` was published: on the day it tells of, where nothing else is said."""
    return own_moment(article.facts.published or article.facts.date, article.path)


def added(article: Article, update: Update) -> PartialDate:
    """Return the day on which ``update`` was added: where it does not say, its own, and never before publication."""
    if update.added:
        return update.added
    first = day_of(published(article).date())
    return update.date if update.date.last > first.first else first


def modified(catalogue: Catalogue, article: Article) -> dt.datetime:
    """Return when ``article`` last changed for its readers: its publication, a significant update or a new verdict.

    These have a day and no time. An update is later than the article, on the same
    day too, and the second of a day later than the first: by a minute each. What
    was known when the article was published is part of it.
    """
    start = published(article)
    days = [
        added(article, update).first
        for update in article.facts.updates
        if update.significant and (update.added or update.date.last >= start.date())
    ]
    judged = [catalogue.claims[key].verdict.judged.first for key in article.facts.claims]
    days += [day for day in judged if day > start.date()]
    if not days:
        return start
    later = max(days) > start.date()
    first = day_of_item(catalogue, max(days), article.path) if later else start
    return first + dt.timedelta(minutes=days.count(max(days)) - later)


def changed_on(catalogue: Catalogue, article: Article) -> int:
    """Return the day of :func:`modified`, an ordinal; of an article without updates, as most are, it is soon told."""
    facts = article.facts
    if facts.updates:
        return modified(catalogue, article).toordinal()
    judged = (catalogue.claims[key].verdict.judged.first.toordinal() for key in facts.claims)
    return max((facts.published or facts.date).toordinal(), *judged, 0)
