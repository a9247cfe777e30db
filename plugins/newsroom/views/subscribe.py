"""How to follow: every feed of a language, in its three formats."""

from collections.abc import Iterable
from typing import Any

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Entry
from newsroom.views.common import FeedLinks, View, feed_links
from newsroom.views.places import Place

_SECTIONS = ("claims", "editions", "additions", "corrections")


class SubscribeView(View, frozen=True, kw_only=True):
    """The feeds of sections (verdicts, editions, corrections, additions), of topics and of threads."""

    sections: dict[str, FeedLinks]
    topics: tuple[FeedLinks, ...]
    threads: tuple[FeedLinks, ...]


def subscribe_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> SubscribeView:
    """Return the page of a language."""
    places = catalogue.addresses
    return SubscribeView(
        **frame,
        sections={word: feed_links("", places.section(code, word)) for word in _SECTIONS},
        topics=_feeds(catalogue, catalogue.topics, code),
        threads=_feeds(catalogue, catalogue.threads, code),
    )


def _feeds(catalogue: Catalogue, entries: Iterable[Entry[Any]], code: str) -> tuple[FeedLinks, ...]:
    return tuple(
        feed_links(text.title, catalogue.addresses.entry(code, entry.kind, text.slug))
        for entry in entries
        if (text := entry.texts.get(code))
    )
