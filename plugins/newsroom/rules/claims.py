"""Threads and claims: time goes one way, and the story so far is not behind its articles."""

import datetime as dt
from collections.abc import Iterator

from newsroom.content.claims import partial
from newsroom.content.models import SETTLED, Article, Thread, Update
from newsroom.dates import PartialDate
from newsroom.problems import Problem
from newsroom.rules.proofs import Proofs


def threads(proofs: Proofs) -> Iterator[Problem]:
    """Expect two articles of a thread at least, a story that knows the last of them, an end after all of them."""
    today = proofs.catalogue.settings.now.date()
    for thread in proofs.catalogue.threads:
        articles = proofs.catalogue.by_thread.get(thread.key, ())
        file, line = thread.lines["as_of"]
        if len(articles) < 2:
            message = f"{len(articles) or 'no'} article{'s' if len(articles) != 1 else ''} in this thread."
            yield Problem(file, 1, "", message, f"Write thread: {thread.key} in two articles at least.")
        if thread.facts.as_of.first > today:
            yield Problem(file, line, "as_of", "this day has not come yet.", "Write the day the story was last told.")
        if articles and thread.facts.as_of.last < articles[-1].facts.date.date():
            day = articles[-1].facts.date.date()
            message = f"the story so far is older than “{articles[-1].key}” ({day})."
            yield Problem(file, line, "as_of", message, "Tell the story again, then date it.")
        yield from _end(thread, articles)


def _end(thread: Thread, articles: tuple[Article, ...]) -> Iterator[Problem]:
    closed = thread.facts.closed
    if closed is None:
        return
    file, line = thread.lines["closed"]
    if thread.facts.as_of.last < closed.first:
        yield Problem(file, line, "closed", "the story so far ends before the thread does.", "Tell how it ended.")
    for article in articles:
        if article.facts.date.date() > closed.last:
            message = f"“{article.key}” ({article.facts.date.date()}) came after the thread was closed."
            yield Problem(file, line, "closed", message, "Move the day, or take the key out.")


def statuses(proofs: Proofs) -> Iterator[Problem]:
    """Expect what is noted of a claim to come after it, and what was settled to stay so."""
    today = proofs.catalogue.settings.now.date()
    for article in proofs.articles:
        made = article.facts.date.date()
        if made > today and article.key in proofs.catalogue.by_key:
            file, line = article.lines["date"]
            yield Problem(file, line, "date", "this day has not come yet.", "Check the year, or add publish: with it.")
        for position, update in enumerate(article.facts.updates):
            file, line = article.lines.get(f"updates.{position}", article.lines["updates"])
            if update.date.last < made:
                settled = f"this claim is {update.status}" if update.status else "this note is dated"
                message = f"{settled} before it was made ({made})."
                yield Problem(file, line, "updates", message, "Check the two dates.")
            if update.date.first > today:
                yield Problem(file, line, "updates", "this day has not come yet.", "Note what has happened.")
        for position, expected in enumerate(article.facts.expected):
            file, line = article.lines.get(f"expected.{position}", article.lines["expected"])
            if expected.when.last < made:
                message = f"this was promised for a day before the article ({made})."
                yield Problem(file, line, "expected", message, "Check the two dates.")
        yield from _back_in_time(proofs, article)


def _back_in_time(proofs: Proofs, article: Article) -> Iterator[Problem]:
    """Yield the updates that open again a claim which an article or an update had settled."""
    noted: list[tuple[PartialDate, int, Update]] = [
        (update.date, position, update) for position, update in enumerate(article.facts.updates) if update.status
    ]
    ends = [partial(later.facts.date) for later in proofs.catalogue.settled_by.get(article.key, ())]
    ends += [date for date, _, update in noted if update.status in SETTLED]
    if article.facts.status[-1] in SETTLED:
        ends.append(partial(article.facts.date))
    if not ends:
        return
    end: dt.date = min(ends, key=lambda date: date.last).last
    for date, position, update in noted:
        if update.status not in SETTLED and date.first > end:
            file, line = article.lines.get(f"updates.{position}", article.lines["updates"])
            message = f"a claim settled by {end} is “{update.status}” again: its status goes back in time."
            yield Problem(file, line, "updates", message, "Check the dates, or write a new article for the new claim.")
