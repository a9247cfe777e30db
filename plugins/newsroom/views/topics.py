"""Topic pages and their index: what a topic is about, its claims, its articles."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.topics import Topic
from newsroom.views.boards import board_url
from newsroom.views.claims import ClaimView, Score, by_verdict_date, claim_views, in_language, score
from newsroom.views.common import (
    Html,
    Link,
    Pagination,
    Teaser,
    View,
    body,
    entry_link,
    entry_urls,
    feed_links,
    page_of,
    pagination,
    teaser,
    teasers,
    text_in,
    thread_links,
)
from newsroom.views.fan import Fan, fan
from newsroom.views.places import Place, numbered_places


class TopicTeaser(Struct, frozen=True):
    """A topic as its index and the home page show it: its claims as one drawing and in words, its newest article."""

    link: Link
    summary: str
    count: int
    score: Score
    fan: Fan | None
    latest: Teaser | None


class TopicView(View, frozen=True, kw_only=True):
    """One page of a topic; the introduction and the claims are on the first one, the newest verdict on top."""

    claims: tuple[ClaimView, ...]
    score: Score
    body: Html | None
    teasers: tuple[Teaser, ...]
    pagination: Pagination
    threads: tuple[Link, ...]


class TopicsView(View, frozen=True, kw_only=True):
    """The index of topics."""

    topics: tuple[TopicTeaser, ...]


def topic_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield every page of every topic, in each language the topic has a text in.

    An article that exists in one language only is listed in the others under
    its own title, marked with its language: the lists have the same length
    everywhere and page n has page n as its counterpart.
    """
    for topic in catalogue.topics:
        members = catalogue.by_topic.get(topic.key, ())
        yield from numbered_places(catalogue, Place(entry_urls(catalogue, topic), topic), len(members))


def topic_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> TopicView:
    """Return one page of the topic of ``place``."""
    assert place.entry
    topic: Topic = place.entry
    members, size = catalogue.by_topic.get(topic.key, ()), catalogue.settings.page_size
    text, first = topic.texts[code], entry_urls(catalogue, topic)[code]
    claims = in_language(catalogue.claims_of_topic.get(topic.key, ()), code)
    return TopicView(
        **frame,
        title=text.title,
        description=text.summary,
        feeds=feed_links(text.title, first),
        body=body(catalogue, text) if place.number == 1 else None,
        teasers=teasers(catalogue, page_of(members, place.number, size), code),
        pagination=pagination(catalogue, code, first, place.number, len(members)),
        claims=claim_views(catalogue, by_verdict_date(claims), code) if place.number == 1 else (),
        score=score(catalogue, claims),
        threads=thread_links(catalogue, catalogue.threads_of_topic.get(topic.key, ()), code),
    )


def topics_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> TopicsView:
    """Return the index of topics."""
    return TopicsView(**frame, topics=topic_teasers(catalogue, code))


def topic_teasers(catalogue: Catalogue, code: str) -> tuple[TopicTeaser, ...]:
    """Return the topics as teasers, in their order."""
    found = []
    for topic in catalogue.topics:
        members = catalogue.by_topic.get(topic.key, ())
        latest = teaser(catalogue, members[0], code) if members else None
        link = entry_link(catalogue, topic, code)
        claims = score(catalogue, in_language(catalogue.claims_of_topic.get(topic.key, ()), code))
        wake = fan(claims, partial(board_url, catalogue, link.language, topic.key))
        found.append(TopicTeaser(link, text_in(catalogue, topic, code).summary, len(members), claims, wake, latest))
    return tuple(found)
