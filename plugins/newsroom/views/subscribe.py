"""How to follow: every feed of a language, in its three formats."""

from collections.abc import Iterable
from typing import Any

from newsroom.content.addresses import FEED_FILES
from newsroom.content.catalogue import Catalogue
from newsroom.content.models import AnyEntry
from newsroom.views.common import FeedLinks, Link, View, feed_links
from newsroom.views.opml import RECOMMENDED, opml_url
from newsroom.views.places import Place

_SECTIONS = ("claims", "editions", "additions", "corrections")


class SubscribeView(View, frozen=True, kw_only=True):
    """The feeds of sections (verdicts, editions, corrections, additions), of topics and of threads.

    ``address`` is the absolute address of the recommended one, ``opml`` that of the file of all;
    ``signup`` is where to subscribe to editions by email, the language of the page first.
    """

    address: str
    opml: str
    signup: tuple[Link, ...]
    sections: dict[str, FeedLinks]
    topics: tuple[FeedLinks, ...]
    threads: tuple[FeedLinks, ...]


def subscribe_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> SubscribeView:
    """Return the page of a language."""
    places = catalogue.addresses
    return SubscribeView(
        **frame,
        address=places.absolute(f"{places.home(code)}{FEED_FILES[RECOMMENDED]}"),
        opml=opml_url(catalogue, code),
        signup=_signup(catalogue, code),
        sections={word: feed_links("", places.section(code, word)) for word in _SECTIONS},
        topics=_feeds(catalogue, catalogue.topics, code),
        threads=_feeds(catalogue, catalogue.threads, code),
    )


def _signup(catalogue: Catalogue, code: str) -> tuple[Link, ...]:
    links = [
        Link(language.signup, language.name, language.code)
        for language in catalogue.settings.languages
        if language.signup
    ]
    return tuple(sorted(links, key=lambda link: link.language != code))


def _feeds(catalogue: Catalogue, entries: Iterable[AnyEntry], code: str) -> tuple[FeedLinks, ...]:
    return tuple(
        feed_links(text.title, catalogue.addresses.entry(code, entry.kind, text.slug))
        for entry in entries
        if (text := entry.texts.get(code))
    )
