"""The formats of feeds, as feedgenerator writes them, completed where it falls short.

RSS states its language, holds the whole text (``content:encoded``, RSS Content Module) besides the
summary and says that ids are not permalinks; Atom (RFC 4287) marks each item with its language.
JSON Feed 1.1 (https://jsonfeed.org/version/1.1) subclasses the same base, so the three say the same.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable
from html import escape
from io import StringIO
from typing import Any, ClassVar

import msgspec
from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from feedgenerator.django.utils.feedgenerator import rfc3339_date
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from newsroom.writers.json_data import indented

_CONTENT = "http://purl.org/rss/1.0/modules/content/"


class DatedFeed(SyndicationFeed, ABC):  # type: ignore[misc]
    """A feed whose date is given, and never that of the clock.

    Its items are written one by one: one that is in many feeds is written once.
    """

    def latest_post_date(self) -> dt.datetime:
        updated: dt.datetime = self.feed["updated"]
        return updated

    @abstractmethod
    def written_items(self) -> bytes:
        """Return the items that were added, as they stand in a feed."""

    @abstractmethod
    def written(self, items: Iterable[bytes]) -> bytes:
        """Return the feed as UTF-8, with ``items`` that were written before."""

    @staticmethod
    def described(text: str) -> str:
        """Return the description of the channel as this format has it: plain text."""
        return text


class XmlFeed(DatedFeed):
    """A feed in XML; ``ending`` follows its items."""

    ending: ClassVar[bytes]

    def written_items(self) -> bytes:
        out = StringIO()
        self.write_items(SimplerXMLGenerator(out, "utf-8", short_empty_elements=True))
        return out.getvalue().encode()

    def written(self, items: Iterable[bytes]) -> bytes:
        out = StringIO()
        self.write(out, "utf-8")
        return b"".join([out.getvalue().encode().removesuffix(self.ending), *items, self.ending])


class RssFeed(XmlFeed, Rss201rev2Feed):  # type: ignore[misc]
    """RSS 2.0 (https://www.rssboard.org/rss-specification) with ``content:encoded``."""

    ending = b"</channel></rss>"

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


class AtomFeed(XmlFeed, Atom1Feed):  # type: ignore[misc]
    """Atom 1.0 (RFC 4287)."""

    ending = b"</feed>"

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Sillage")
        if self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:  # noqa: ARG002 - feedgenerator asks so
        return {"xml:lang": self.feed["language"]}


class JsonFeed(DatedFeed):
    """JSON Feed 1.1."""

    def written_items(self) -> bytes:
        return b",".join(msgspec.json.encode(self._item(item)) for item in self.items)

    def written(self, items: Iterable[bytes]) -> bytes:
        feed = self.feed
        hubs = {"hubs": [{"type": "WebSub", "url": feed["hub"]}]} if feed["hub"] else {}
        return indented(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": feed["title"],
                "home_page_url": feed["link"],
                "feed_url": feed["feed_url"],
                "description": feed["description"],
                "language": feed["language"],
                "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
                **hubs,
                "items": [msgspec.Raw(item) for item in items],
            }
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


#: By the name that addresses and templates give them.
FORMATS: dict[str, type[DatedFeed]] = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}
