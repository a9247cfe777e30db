"""When an item was published, and when it last changed for its readers."""

import datetime as dt

from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import day_of
from newsroom.content.models import Article, Update
from newsroom.dates import PartialDate


def published(article: Article) -> dt.datetime:
    """Return when ``article`` was published: on the day it tells of, where nothing else is said."""
    return article.facts.published or article.facts.date


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
    midnight = dt.datetime.combine(max(days), dt.time(), catalogue.settings.zone)
    return max(midnight, start) + dt.timedelta(minutes=days.count(max(days)) - (midnight > start))
