"""Threads, claims and updates: dates are in order, and the story so far is not behind its articles."""

from collections.abc import Iterator

from newsroom.content.articles import Article
from newsroom.content.registers import CLAIMS
from newsroom.content.threads import Thread
from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus
from newsroom.sentences import nsay, say


def threads(corpus: Corpus) -> Iterator[Problem]:
    """Expect two articles of a thread at least, a story that knows the last of them, an end after all of them."""
    today = corpus.catalogue.settings.now.date()
    for thread in corpus.catalogue.threads:
        articles = corpus.catalogue.by_thread.get(thread.key, ())
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


def updates(corpus: Corpus) -> Iterator[Problem]:
    """Expect what is noted under an article to come after it, and nothing to be dated in the future."""
    today = corpus.catalogue.settings.now.date()
    for article in corpus.articles:
        made = article.facts.date.date()
        for position, update in enumerate(article.facts.updates):
            file, line = article.lines.get(f"updates.{position}", article.lines["updates"])
            added = update.added or update.date
            if update.date.last < made:
                message = say("this note is dated before its article ({day}).", day=str(made))
                yield Problem(file, line, "updates", message, say("Check the two dates."))
            if added.last < update.date.first:
                message = say(
                    "this was added ({added}) before it happened ({day}).", added=added.iso, day=update.date.iso
                )
                yield Problem(file, line, "updates", message, say("Check the two dates."))
            if max(update.date.first, added.first) > today:
                message, remedy = say("this day has not come yet."), say("Note what has happened.")
                yield Problem(file, line, "updates", message, remedy)


def verdicts(corpus: Corpus) -> Iterator[Problem]:
    """Expect a verdict on what has happened, given by today, and promises for days after the claim."""
    settings = corpus.catalogue.settings
    today, name = settings.now.date(), settings.in_content(CLAIMS)
    for claim in corpus.catalogue.claims.values():
        for promise in claim.promises:
            if promise.last < claim.announced.first:
                made = claim.announced.iso
                message = say(
                    "it was promised for {day}, before it was announced ({announced}).", day=promise.iso, announced=made
                )
                yield Problem(name, claim.line, claim.key, message, say("Check the two dates."))
        for verdict in claim.verdicts:
            if max(verdict.date.first, verdict.judged.first) > today:
                message = say("this verdict is dated in the future.")
                yield Problem(name, verdict.line, claim.key, message, say("Judge what has happened."))


def claimed(corpus: Corpus) -> Iterator[Problem]:
    """Expect every claim in an article: readers meet it there first."""
    used = {key for article in corpus.articles for key in article.facts.claims}
    name = corpus.catalogue.settings.in_content(CLAIMS)
    for claim in corpus.catalogue.claims.values():
        if claim.key not in used:
            remedy = say("Write its key in the claims of one.")
            yield Problem(name, claim.line, claim.key, say("no article is about this claim."), remedy)
