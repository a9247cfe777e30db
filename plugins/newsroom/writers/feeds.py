"""Feeds as bytes: RSS 2.0, Atom and JSON Feed from one model of feed and items.

A picture stands in the content, which every reader shows; JSON Feed has a place for it besides.
"""

import datetime as dt
from collections.abc import Sequence
from html import escape

from msgspec import Struct

from newsroom.views.chrome import Chrome
from newsroom.views.feed_items import FeedItem, FeedView
from newsroom.writers.feed_formats import FORMATS

#: Feed readers give up on longer feeds (the first of them stop at 512 kB).
MOST_BYTES = 512_000
_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


class FeedEntry(Struct, frozen=True):
    """One item: ``id`` never changes, ``content`` is HTML with absolute addresses."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    published: dt.datetime
    updated: dt.datetime
    categories: tuple[str, ...] = ()
    image: str = ""


class WrittenEntry(Struct, frozen=True):
    """An item as it stands in feeds of each format, and when it was changed."""

    updated: dt.datetime
    forms: dict[str, bytes]


class Feed(Struct, frozen=True):
    """A list that can be followed. ``url`` is its page, ``self_url`` the feed itself; both are absolute.

    ``updated`` is used where there is no item yet; ``hub`` tells readers of changes (WebSub), where there is one.
    """

    id: str
    title: str
    description: str
    language: str
    url: str
    self_url: str
    author: str
    updated: dt.datetime
    items: tuple[WrittenEntry, ...]
    hub: str = ""


def write_feed(feed: Feed, form: str, most: int = MOST_BYTES) -> bytes:
    """Return ``feed`` in a format, ``rss``, ``atom`` or ``json``, as UTF-8.

    Where it would be longer than ``most`` bytes, its oldest items are left out; the newest is always in it.
    """
    items = feed.items
    while len(data := _write(feed, items, form)) > most and len(items) > 1:
        items = items[: max(1, min(len(items) - 1, len(items) * most // len(data)))]
    return data


def _write(feed: Feed, items: Sequence[WrittenEntry], form: str) -> bytes:
    writer = FORMATS[form](
        title=feed.title,
        link=feed.url,
        description=FORMATS[form].described(feed.description),
        language=feed.language,
        feed_url=feed.self_url,
        feed_guid=feed.id,
        author_name=feed.author,
        author_link=feed.url,
        updated=max((item.updated for item in items), default=feed.updated),
        hub=feed.hub,
    )
    return writer.written(item.forms[form] for item in items)


def written_in_all(item: FeedEntry, language: str) -> WrittenEntry:
    """Return ``item`` as all feeds of a language hold it, in every format: several hold the same."""
    return WrittenEntry(item.updated, {form: _written(item, form, language) for form in FORMATS})


def _written(item: FeedEntry, form: str, language: str) -> bytes:
    writer = FORMATS[form]("", "", "", language)
    writer.add_item(
        title=item.title,
        link=item.url,
        description=escape(item.summary, quote=False),
        summary=item.summary,
        content=item.content,
        pubdate=item.published,
        updateddate=item.updated,
        unique_id=item.id,
        unique_id_is_permalink=False,
        categories=item.categories,
        image=item.image,
    )
    return writer.written_items()


def media_type(form: str) -> str:
    """Return the media type of a format."""
    return _TYPES[form]


def feed_title(site: str, title: str, language: str) -> str:
    """Return the name of a feed in a feed reader: the site, what it follows, in which language."""
    return f"{site} – {title} ({language})" if title else f"{site} ({language})"


def entry_from(item: FeedItem, title: str, content: str) -> WrittenEntry:
    """Return what feeds hold of ``item``, with its title and the HTML of its content."""
    entry = FeedEntry(
        item.id,
        item.url,
        title,
        item.summary,
        content,
        item.published,
        item.modified,
        item.categories,
        item.image.url if item.image else "",
    )
    return written_in_all(entry, item.language)


def feed_from(view: FeedView, title: str, chrome: Chrome, entries: tuple[WrittenEntry, ...]) -> Feed:
    """Return the feed that ``view`` describes, with the ``entries`` of its items."""
    return Feed(
        id=view.id,
        title=feed_title(chrome.name, title, chrome.language_name),
        description=view.description or chrome.tagline,
        language=view.language,
        url=view.url,
        self_url=view.self_url,
        author=chrome.name,
        updated=view.updated,
        hub=chrome.hub,
        items=entries,
    )
