"""Thread pages: the claims of a story, what became of them, and what was written about it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from newsroom.content.articles import Article
from newsroom.content.catalogue import Catalogue
from newsroom.content.threads import Thread
from newsroom.dates import PartialDate
from newsroom.views.articles import Step, step
from newsroom.views.claims import ClaimView, Score, claim_views, in_language, score
from newsroom.views.common import (
    Html,
    Link,
    Teaser,
    View,
    body,
    entry_link,
    feed_links,
    short,
    teasers,
    text_in,
)
from newsroom.views.places import Place
from newsroom.views.structured_data import graph, organisation, review
from newsroom.views.wake import Episode, Wake, draw


class ThreadView(View, frozen=True, kw_only=True):
    """One thread: its claims, beginning with the one it is known by, its introduction, its articles, oldest first."""

    claims: tuple[ClaimView, ...]
    score: Score
    wake: Wake | None
    story: str
    as_of: PartialDate
    closed: PartialDate | None
    body: Html
    teasers: tuple[Teaser, ...]
    topics: tuple[Link, ...]


class ThreadTeaser(Struct, frozen=True):
    """A thread as the index shows it."""

    link: Link
    lead: ClaimView | None
    score: Score
    story: str
    closed: PartialDate | None
    count: int
    first: dt.date | None
    latest: Step | None
    wake: Wake | None


class ThreadsView(View, frozen=True, kw_only=True):
    """The index of threads: open ones, the last to move first, then those that ended."""

    open: tuple[ThreadTeaser, ...]
    closed: tuple[ThreadTeaser, ...]


def thread_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> ThreadView:
    """Return the page of the thread of ``place``."""
    assert place.entry
    thread: Thread = place.entry
    members, text = catalogue.by_thread.get(thread.key, ()), thread.texts[code]
    claims = claim_views(catalogue, catalogue.claims_of.get(thread.key, ()), code)
    topics = dict.fromkeys(key for article in members for key in article.facts.topics)
    return ThreadView(
        **frame,
        title=text.title,
        description=text.summary,
        feeds=feed_links(text.title, place.urls[code]),
        structured=_structured(catalogue, thread, claims, code),
        claims=claims,
        score=score(catalogue, in_language(catalogue.claims_of.get(thread.key, ()), code)),
        wake=draw(claims, catalogue.settings.now.date(), _episodes(catalogue, members, code)),
        story=text.story,
        as_of=thread.facts.as_of,
        closed=thread.facts.closed,
        body=body(catalogue, text),
        teasers=teasers(catalogue, members, code),
        topics=tuple(entry_link(catalogue, catalogue.topic[key], code) for key in topics),
    )


def threads_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> ThreadsView:
    """Return the index of threads."""
    ordered = sorted(catalogue.threads, key=lambda thread: (-_moved(catalogue, thread), thread.key))
    return ThreadsView(
        **frame,
        open=tuple(thread_teaser(catalogue, thread, code) for thread in ordered if not thread.facts.closed),
        closed=tuple(thread_teaser(catalogue, thread, code) for thread in ordered if thread.facts.closed),
    )


def thread_teaser(catalogue: Catalogue, thread: Thread, code: str) -> ThreadTeaser:
    """Return the teaser of ``thread`` for a page in ``code``."""
    members = catalogue.by_thread.get(thread.key, ())
    claims = in_language(catalogue.claims_of.get(thread.key, ()), code)
    lead = claim_views(catalogue, claims[:1], code)
    return ThreadTeaser(
        entry_link(catalogue, thread, code),
        lead[0] if lead else None,
        score(catalogue, claims),
        text_in(catalogue, thread, code).story,
        thread.facts.closed,
        len(members),
        members[0].facts.date.date() if members else None,
        step(catalogue, members[-1], code) if members else None,
        draw(lead, catalogue.settings.now.date()),
    )


def _structured(
    catalogue: Catalogue, thread: Thread, claims: tuple[ClaimView, ...], code: str
) -> dict[str, Any] | None:
    """Return the claims with a verdict as https://schema.org/ClaimReview; an open one has not been reviewed yet."""
    places = catalogue.addresses
    publisher = organisation(catalogue.settings.site_name, places.absolute(places.home(code)))
    settled = [claim for claim in claims if claim.verdict.verdict != "open"]
    reviews = [review(claim, places.absolute(claim.url), publisher, code) for claim in settled]
    return graph(*reviews) if reviews else None


def _episodes(catalogue: Catalogue, members: Iterable[Article], code: str) -> list[Episode]:
    texts = [(article, text_in(catalogue, article, code)) for article in members]
    return [Episode(article.facts.date.date(), short(text), text.language) for article, text in texts]


def _moved(catalogue: Catalogue, thread: Thread) -> float:
    members = catalogue.by_thread.get(thread.key, ())
    return members[-1].facts.date.timestamp() if members else 0.0
