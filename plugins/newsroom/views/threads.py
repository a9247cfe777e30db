"""Thread pages: a claim, the story so far, and the line of what was written about it."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Article, Thread
from newsroom.dates import PartialDate
from newsroom.views.articles import Step, step
from newsroom.views.common import (
    Card,
    Html,
    Link,
    View,
    body,
    cards,
    entry_link,
    entry_urls,
    feed_links,
    frame,
    section_urls,
    text_in,
)
from newsroom.views.timeline import Timeline, draw


class ThreadView(View, frozen=True, kw_only=True):
    """One thread: its claim, its introduction, where it stands, its articles oldest first."""

    claim: str
    story: str
    as_of: PartialDate
    closed: PartialDate | None
    body: Html
    cards: tuple[Card, ...]
    across: Timeline
    down: Timeline
    topics: tuple[Link, ...]


class Wake(Struct, frozen=True):
    """What an article is the last word of: the thread, its claim, the line since."""

    thread: Link
    claim: str
    line: Timeline


class ThreadCard(Struct, frozen=True):
    """A thread as the index shows it."""

    link: Link
    claim: str
    story: str
    closed: PartialDate | None
    count: int
    first: dt.date | None
    latest: Step | None
    timeline: Timeline


class ThreadsView(View, frozen=True, kw_only=True):
    """The index of threads: those that go on, the last to move first, then those that ended."""

    open: tuple[ThreadCard, ...]
    closed: tuple[ThreadCard, ...]


def thread_pages(catalogue: Catalogue) -> Iterator[ThreadView]:
    """Yield the page of every thread in every language it has a text in."""
    for thread in catalogue.threads:
        members = catalogue.by_thread.get(thread.key, ())
        urls = entry_urls(catalogue, thread, "threads")
        topics = dict.fromkeys(key for article in members for key in article.facts.topics)
        for code, text in thread.texts.items():
            yield ThreadView(
                **frame(catalogue, "thread", code, urls, f"threads-{thread.key}"),
                title=text.title,
                description=text.summary,
                feeds=feed_links(text.title, urls[code]),
                claim=text.claim,
                story=text.story,
                as_of=thread.facts.as_of,
                closed=thread.facts.closed,
                body=body(catalogue, text),
                cards=cards(catalogue, members, code),
                across=thread_timeline(members, length=1080),
                down=thread_timeline(members, length=640),
                topics=tuple(entry_link(catalogue, catalogue.topic[key], "topics", code) for key in topics),
            )


def threads_page(catalogue: Catalogue) -> Iterator[ThreadsView]:
    """Yield the index of threads."""
    urls = section_urls(catalogue, "threads")
    ordered = sorted(catalogue.threads, key=lambda thread: (-_moved(catalogue, thread), thread.key))
    for code in urls:
        yield ThreadsView(
            **frame(catalogue, "threads", code, urls),
            open=tuple(thread_card(catalogue, thread, code) for thread in ordered if not thread.facts.closed),
            closed=tuple(thread_card(catalogue, thread, code) for thread in ordered if thread.facts.closed),
        )


def thread_card(catalogue: Catalogue, thread: Thread, code: str) -> ThreadCard:
    """Return the card of ``thread`` for a page in ``code``."""
    members = catalogue.by_thread.get(thread.key, ())
    text = text_in(thread, code)
    return ThreadCard(
        entry_link(catalogue, thread, "threads", code),
        text.claim,
        text.story,
        thread.facts.closed,
        len(members),
        members[0].facts.date.date() if members else None,
        step(catalogue, members[-1], code) if members else None,
        thread_timeline(members, length=320),
    )


def wake(catalogue: Catalogue, article: Article, code: str) -> Wake | None:
    """Return the line of the first thread of ``article``, or None where it has none or stands there alone."""
    keys = article.facts.thread
    members = catalogue.by_thread.get(keys[0], ()) if keys else ()
    if len(members) < 2:
        return None
    thread = catalogue.thread[keys[0]]
    link = entry_link(catalogue, thread, "threads", code)
    return Wake(link, text_in(thread, code).claim, thread_timeline(members, length=640))


def thread_timeline(members: tuple[Article, ...], length: int) -> Timeline:
    """Return the drawing of the articles of a thread, ``length`` units long; the last status of each is its mark."""
    return draw([(article.facts.date.date(), article.facts.status) for article in members], length)


def _moved(catalogue: Catalogue, thread: Thread) -> float:
    members = catalogue.by_thread.get(thread.key, ())
    return members[-1].facts.date.timestamp() if members else 0.0
