"""What a feed is made of: a channel, its items, and the view that its bytes are written from.

An item is in a feed once. The one with the latest significant change comes first, so that an old
article with a new verdict comes back to its readers; items that changed on one day are in order of
the days they are about, whatever the moments at which readers are told of them.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from newsroom.content.addresses import FEED_FILES
from newsroom.content.articles import Article
from newsroom.content.catalogue import Catalogue
from newsroom.content.identity import tag_uri
from newsroom.store.digests import of_view
from newsroom.views.claims import ClaimView
from newsroom.views.common import Html, body
from newsroom.views.items import Item, article_facts
from newsroom.views.moments import changed_on


class FeedItem(Item, frozen=True, kw_only=True, dict=True):
    """An item with its text: the ``body``, the ``articles`` of an edition.

    The title of a ``verdict`` is made from it, in words of the interface.
    """

    body: Html | None = None
    articles: tuple[Item, ...] = ()
    verdict: ClaimView | None = None
    categories: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> bytes:
        """The digest of the item, which the formats of a feed share."""
        return of_view(self)


class FeedView(Struct, frozen=True):
    """One feed in one language and one format.

    ``title`` completes the name of the site; ``message`` takes its place where the title is a word
    of the interface. ``url`` is the page the feed stands beside.
    """

    id: str
    form: str
    language: str
    url: str
    self_url: str
    file: str
    title: str
    description: str
    items: tuple[FeedItem, ...]
    updated: dt.datetime
    message: str = ""


class Channel(Struct, frozen=True):
    """What can be followed: ``key`` names it in its permanent id, ``url`` is its page.

    ``message`` is its title where the title is a word of the interface; ``articles`` are those that it covers.
    Feeds are written at ``former`` addresses of the page too, for those who subscribed there.
    """

    language: str
    key: str
    url: str
    title: str = ""
    description: str = ""
    message: str = ""
    articles: tuple[Article, ...] = ()
    former: tuple[str, ...] = ()


def channel_files(catalogue: Catalogue, channel: Channel) -> Iterator[tuple[str, str]]:
    """Yield the format and the output file of ``channel`` in every format, and again at earlier addresses."""
    for url in (channel.url, *channel.former):
        for form, name in FEED_FILES.items():
            yield form, catalogue.addresses.file(f"{url}{name}")


def channel_views(catalogue: Catalogue, channel: Channel, items: Sequence[FeedItem]) -> Iterator[FeedView]:
    """Yield the feed of ``channel`` in every format, with the first of its ``items``, as many as a feed holds.

    It tells its present address at the earlier ones too.
    """
    settings, places = catalogue.settings, catalogue.addresses
    for form, file in channel_files(catalogue, channel):
        yield FeedView(
            id=tag_uri(settings.tag_authority, settings.tag_year, f"feeds/{channel.key}/{channel.language}"),
            form=form,
            language=channel.language,
            url=places.absolute(channel.url),
            self_url=places.absolute(f"{channel.url}{FEED_FILES[form]}"),
            file=file,
            title=channel.title,
            description=channel.description,
            items=tuple(items[: settings.feed_size]),
            updated=dt.datetime(settings.tag_year, 1, 1, tzinfo=settings.zone),
            message=channel.message,
        )


def article_items(catalogue: Catalogue, channel: Channel) -> list[FeedItem]:
    """Return the items of the latest articles of ``channel`` to change, as many as a feed holds."""
    code = channel.language
    translated = [article for article in channel.articles if code in article.texts]
    translated.sort(key=lambda article: (-changed_on(catalogue, article), -article.facts.date.toordinal()))
    return [article_feed_item(catalogue, article, code) for article in translated[: catalogue.settings.feed_size]]


def article_feed_item(catalogue: Catalogue, article: Article, code: str) -> FeedItem:
    """Return the item of ``article`` in ``code``, with its text."""
    facts = article_facts(catalogue, article, code)
    categories = tuple(topic.title for topic in facts["topics"].values() if topic.language == code)
    return FeedItem(**facts, categories=categories, body=body(catalogue, article.texts[code], drawn=False))
