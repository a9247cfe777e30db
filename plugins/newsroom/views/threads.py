"""Thread pages: a claim, the story so far, and the line of what was written about it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

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
    text_in,
)
from newsroom.views.places import Place
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


def thread_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the place of every thread."""
    for thread in catalogue.threads:
        yield Place(entry_urls(catalogue, thread), thread)


def thread_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> ThreadView:
    """Return the page of the thread of ``place``."""
    assert place.entry
    thread: Thread = place.entry
    members, text = catalogue.by_thread.get(thread.key, ()), thread.texts[code]
    topics = dict.fromkeys(key for article in members for key in article.facts.topics)
    return ThreadView(
        **frame,
        title=text.title,
        description=text.summary,
        feeds=feed_links(text.title, place.urls[code]),
        claim=text.claim,
        story=text.story,
        as_of=thread.facts.as_of,
        closed=thread.facts.closed,
        body=body(catalogue, text),
        cards=cards(catalogue, members, code),
        across=thread_timeline(members, length=1080),
        down=thread_timeline(members, length=640),
        topics=tuple(entry_link(catalogue, catalogue.topic[key], code) for key in topics),
    )


def threads_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> ThreadsView:
    """Return the index of threads."""
    ordered = sorted(catalogue.threads, key=lambda thread: (-_moved(catalogue, thread), thread.key))
    return ThreadsView(
        **frame,
        open=tuple(thread_card(catalogue, thread, code) for thread in ordered if not thread.facts.closed),
        closed=tuple(thread_card(catalogue, thread, code) for thread in ordered if thread.facts.closed),
    )


def thread_card(catalogue: Catalogue, thread: Thread, code: str) -> ThreadCard:
    """Return the card of ``thread`` for a page in ``code``."""
    members = catalogue.by_thread.get(thread.key, ())
    text = text_in(catalogue, thread, code)
    return ThreadCard(
        entry_link(catalogue, thread, code),
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
    link = entry_link(catalogue, thread, code)
    return Wake(link, text_in(catalogue, thread, code).claim, thread_timeline(members, length=640))


def thread_timeline(members: tuple[Article, ...], length: int) -> Timeline:
    """Return the drawing of the articles of a thread, ``length`` units long; the last status of each is its mark."""
    return draw([(article.facts.date.date(), article.facts.status) for article in members], length)


def _moved(catalogue: Catalogue, thread: Thread) -> float:
    members = catalogue.by_thread.get(thread.key, ())
    return members[-1].facts.date.timestamp() if members else 0.0
