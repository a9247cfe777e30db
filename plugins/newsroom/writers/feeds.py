"""Feeds as bytes: RSS 2.0, Atom and JSON Feed from one model of feed and items.

The XML formats are feedgenerator's, completed where it falls short: RSS states
its language, holds the whole text (``content:encoded``, RSS Content Module)
besides the summary and says that ids are not permalinks; Atom (RFC 4287) marks
each item with its language. JSON Feed 1.1 (https://jsonfeed.org/version/1.1)
subclasses the same base, so the three say the same. A picture stands in the
content, which every reader shows; JSON Feed has a place for it besides.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from html import escape
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from feedgenerator.django.utils.feedgenerator import rfc3339_date
from msgspec import Struct

from newsroom.views.chrome import Chrome
from newsroom.views.feed_items import FeedItem, FeedView
from newsroom.writers.json_data import indented

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
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
    items: tuple[FeedEntry, ...]
    hub: str = ""


class _Dated(SyndicationFeed):  # type: ignore[misc]
    """A feed whose date is that of its newest item, or given: never that of the clock."""

    def latest_post_date(self) -> dt.datetime:
        dates = [item["updateddate"] for item in self.items]
        latest: dt.datetime = max(dates, default=self.feed["updated"])
        return latest

    @staticmethod
    def described(text: str) -> str:
        """Return the description of the channel as this format has it: plain text."""
        return text


class RssFeed(_Dated, Rss201rev2Feed):  # type: ignore[misc]
    """RSS 2.0 (https://www.rssboard.org/rss-specification) with ``content:encoded``."""

    @staticmethod
    def described(text: str) -> str:
        """Return HTML: readers take it for that, as they do the description of an item."""
        return escape(text, quote=False)

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": _CONTENT}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class AtomFeed(_Dated, Atom1Feed):  # type: ignore[misc]
    """Atom 1.0 (RFC 4287)."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Sillage")
        if self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:  # noqa: ARG002 - feedgenerator asks so
        return {"xml:lang": self.feed["language"]}


class JsonFeed(_Dated):
    """JSON Feed 1.1."""

    def write(self, outfile: Any, encoding: str) -> None:  # noqa: ARG002 - feedgenerator asks so
        feed = self.feed
        hubs = {"hubs": [{"type": "WebSub", "url": feed["hub"]}]} if feed["hub"] else {}
        outfile.write(
            indented(
                {
                    "version": "https://jsonfeed.org/version/1.1",
                    "title": feed["title"],
                    "home_page_url": feed["link"],
                    "feed_url": feed["feed_url"],
                    "description": feed["description"],
                    "language": feed["language"],
                    "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
                    **hubs,
                    "items": [self._item(item) for item in self.items],
                }
            ).decode()
        )

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["summary"],
            "content_html": item["content"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "language": self.feed["language"],
            "tags": list(item["categories"]),
            **({"image": item["image"]} if item["image"] else {}),
        }


_FORMATS: dict[str, type[_Dated]] = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}


def write_feed(feed: Feed, form: str, most: int = MOST_BYTES) -> bytes:
    """Return ``feed`` in a format, ``rss``, ``atom`` or ``json``, as UTF-8.

    Where it would be longer than ``most`` bytes, its oldest items are left out; the newest is always in it.
    """
    items = feed.items
    while len(data := _write(feed, items, form)) > most and len(items) > 1:
        items = items[: max(1, min(len(items) - 1, len(items) * most // len(data)))]
    return data


def _write(feed: Feed, items: Sequence[FeedEntry], form: str) -> bytes:
    writer = _FORMATS[form](
        title=feed.title,
        link=feed.url,
        description=_FORMATS[form].described(feed.description),
        language=feed.language,
        feed_url=feed.self_url,
        feed_guid=feed.id,
        author_name=feed.author,
        author_link=feed.url,
        updated=feed.updated,
        hub=feed.hub,
    )
    for item in items:
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
    out = StringIO()
    writer.write(out, "utf-8")
    return out.getvalue().encode()


def media_type(form: str) -> str:
    """Return the media type of a format."""
    return _TYPES[form]


def feed_title(site: str, title: str, language: str) -> str:
    """Return the name of a feed in a feed reader: the site, what it follows, in which language."""
    return f"{site} – {title} ({language})" if title else f"{site} ({language})"


class EntryWords(Struct, frozen=True):
    """An item in words: its title, and the HTML of its content."""

    title: str
    content: str


def feed_from(view: FeedView, title: str, chrome: Chrome, words: Callable[[FeedItem], EntryWords]) -> Feed:
    """Return the feed that ``view`` describes; ``words`` gives the title and the HTML of an item."""
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
        items=tuple(
            FeedEntry(
                item.id,
                item.url,
                said.title,
                item.summary,
                said.content,
                item.published,
                item.modified,
                item.categories,
                item.image.url if item.image else "",
            )
            for item in view.items
            for said in [words(item)]
        ),
    )
