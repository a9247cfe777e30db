"""How to follow: every feed of a language, in its three formats."""

from collections.abc import Iterator

from newsroom.content.catalogue import Catalogue
from newsroom.views.common import FeedLinks, View, feed_links, frame, section_urls


class SubscribeView(View, frozen=True, kw_only=True):
    """The feeds of the site, of editions and corrections, of topics and of threads."""

    editions: FeedLinks
    corrections: FeedLinks
    topics: tuple[FeedLinks, ...]
    threads: tuple[FeedLinks, ...]


def subscribe_pages(catalogue: Catalogue) -> Iterator[SubscribeView]:
    """Yield the page of every language."""
    urls = section_urls(catalogue, "subscribe")
    places = catalogue.addresses
    for code in urls:
        yield SubscribeView(
            **frame(catalogue, "subscribe", code, urls),
            editions=feed_links("", places.section(code, "editions")),
            corrections=feed_links("", places.section(code, "corrections")),
            topics=tuple(
                feed_links(text.title, places.item(code, "topics", text.slug))
                for topic in catalogue.topics
                if (text := topic.texts.get(code))
            ),
            threads=tuple(
                feed_links(text.title, places.item(code, "threads", text.slug))
                for thread in catalogue.threads
                if (text := thread.texts.get(code))
            ),
        )
