"""Threads and claims: time goes one way, and the story so far is not behind its articles."""

import datetime as dt
from collections.abc import Iterator

from newsroom.content.claims import partial
from newsroom.content.models import SETTLED, Article, Thread, Update
from newsroom.dates import PartialDate
from newsroom.problems import Problem
from newsroom.rules.proofs import Proofs
from newsroom.sentences import nsay, say


def threads(proofs: Proofs) -> Iterator[Problem]:
    """Expect two articles of a thread at least, a story that knows the last of them, an end after all of them."""
    today = proofs.catalogue.settings.now.date()
    for thread in proofs.catalogue.threads:
        articles = proofs.catalogue.by_thread.get(thread.key, ())
        file, line = thread.lines["as_of"]
        if len(articles) < 2:
            message = nsay("{count} article is in this thread.", "{count} articles are in this thread.", len(articles))
            remedy = say("Write thread: {key} in two articles at least.", key=thread.key)
            yield Problem(file, 1, "", message, remedy)
        if thread.facts.as_of.first > today:
            remedy = say("Write the day the story was last told.")
            yield Problem(file, line, "as_of", say("this day has not come yet."), remedy)
        if articles and thread.facts.as_of.last < articles[-1].facts.date.date():
            day = articles[-1].facts.date.date()
            message = say("the story so far is older than “{key}” ({day}).", key=articles[-1].key, day=str(day))
            yield Problem(file, line, "as_of", message, say("Tell the story again, then date it."))
        yield from _end(thread, articles)


def _end(thread: Thread, articles: tuple[Article, ...]) -> Iterator[Problem]:
    closed = thread.facts.closed
    if closed is None:
        return
    file, line = thread.lines["closed"]
    if thread.facts.as_of.last < closed.first:
        message = say("the story so far ends before the thread does.")
        yield Problem(file, line, "closed", message, say("Tell how it ended."))
    for article in articles:
        if article.facts.date.date() > closed.last:
            day = str(article.facts.date.date())
            message = say("“{key}” ({day}) came after the thread was closed.", key=article.key, day=day)
            yield Problem(file, line, "closed", message, say("Move the day, or take the key out."))


def statuses(proofs: Proofs) -> Iterator[Problem]:
    """Expect what is noted of a claim to come after it, and what was settled to stay so."""
    today = proofs.catalogue.settings.now.date()
    for article in proofs.articles:
        made = article.facts.date.date()
        for position, update in enumerate(article.facts.updates):
            file, line = article.lines.get(f"updates.{position}", article.lines["updates"])
            if update.date.last < made:
                message = say("this note is dated before its article ({day}).", day=str(made))
                yield Problem(file, line, "updates", message, say("Check the two dates."))
            if update.date.first > today:
                message, remedy = say("this day has not come yet."), say("Note what has happened.")
                yield Problem(file, line, "updates", message, remedy)
        for position, expected in enumerate(article.facts.expected):
            file, line = article.lines.get(f"expected.{position}", article.lines["expected"])
            if expected.when.last < made:
                message = say("this was promised for a day before the article ({day}).", day=str(made))
                yield Problem(file, line, "expected", message, say("Check the two dates."))
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
            message = say(
                "a claim settled by {day} is “{status}” again: its status goes back in time.",
                day=str(end),
                status=update.status,
            )
            remedy = say("Check the dates, or write a new article for the new claim.")
            yield Problem(file, line, "updates", message, remedy)
