"""What a feed is made of: a channel, its items, and the feed as bytes are written from it.

An item stands in a feed once, newest first by the date of its last significant
change, so that an old article with a new verdict comes back to its readers;
items that changed on one day are in order of the days they tell of.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import Struct

from newsroom.content.addresses import FEED_FILES
from newsroom.content.catalogue import Catalogue
from newsroom.content.identity import tag_uri
from newsroom.content.models import Article, Source
from newsroom.dates import PartialDate
from newsroom.views.articles import Note, article_claims, modified, notes, published
from newsroom.views.claims import ClaimView, claim_views
from newsroom.views.common import Card, Html, body


class ItemView(Struct, frozen=True):
    """One item: what its page says, by reference, and when.

    It tells of the day ``told``. An archive piece says when it was ``written``, an article which ``statuses`` it had
    that day and what became of its ``claims``. The title of a ``verdict`` is made of it, in words of the interface.
    """

    id: str
    url: str
    title: str
    summary: str
    published: dt.datetime
    updated: dt.datetime
    told: dt.date
    categories: tuple[str, ...]
    written: PartialDate | None = None
    statuses: tuple[str, ...] = ()
    claims: tuple[ClaimView, ...] = ()
    verdict: ClaimView | None = None
    body: Html | None = None
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()
    cards: tuple[Card, ...] = ()


class FeedView(Struct, frozen=True):
    """One feed in one language and one format.

    ``title`` completes the name of the site; ``message`` is its title instead
    where it belongs to the interface. ``url`` is the page the feed stands beside.
    """

    id: str
    form: str
    language: str
    url: str
    self_url: str
    file: str
    title: str
    description: str
    items: tuple[ItemView, ...]
    updated: dt.datetime
    message: str = ""


class Channel(Struct, frozen=True):
    """What is followed: ``key`` names it in its permanent id, ``url`` is its page.

    ``message`` is its title where the title is a word of the interface; ``articles`` are what it follows.
    """

    language: str
    key: str
    url: str
    title: str = ""
    description: str = ""
    message: str = ""
    articles: tuple[Article, ...] = ()


def channel_files(catalogue: Catalogue, channel: Channel) -> dict[str, str]:
    """Return the output file of ``channel`` in every format."""
    return {form: catalogue.addresses.file(f"{channel.url}{name}") for form, name in FEED_FILES.items()}


def channel_views(catalogue: Catalogue, channel: Channel, items: Iterable[ItemView]) -> Iterator[FeedView]:
    """Yield the feed of ``channel`` in every format."""
    settings, places = catalogue.settings, catalogue.addresses
    newest = sorted(items, key=_newest)[: settings.feed_size]
    files = channel_files(catalogue, channel)
    for form, name in FEED_FILES.items():
        self_url = f"{channel.url}{name}"
        yield FeedView(
            id=tag_uri(settings.tag_authority, settings.tag_year, f"feeds/{channel.key}/{channel.language}"),
            form=form,
            language=channel.language,
            url=places.absolute(channel.url),
            self_url=places.absolute(self_url),
            file=files[form],
            title=channel.title,
            description=channel.description,
            items=tuple(newest),
            updated=dt.datetime(settings.tag_year, 1, 1, tzinfo=settings.zone),
            message=channel.message,
        )


def _newest(item: ItemView) -> tuple[float, int, str]:
    return (-item.updated.timestamp(), -item.told.toordinal(), item.id)


def article_items(catalogue: Catalogue, channel: Channel) -> list[ItemView]:
    """Return the items of the articles of ``channel`` that changed last, as many as a feed holds."""
    code = channel.language
    translated = [article for article in channel.articles if code in article.texts]
    translated.sort(key=lambda article: (-modified(catalogue, article).timestamp(), -article.facts.date.toordinal()))
    return [article_item(catalogue, article, code) for article in translated[: catalogue.settings.feed_size]]


def article_item(catalogue: Catalogue, article: Article, language: str) -> ItemView:
    """Return the item of ``article`` in ``language``."""
    text, facts, settings = article.texts[language], article.facts, catalogue.settings
    titles = [catalogue.topic[key].texts.get(language) for key in facts.topics]
    return ItemView(
        id=tag_uri(settings.tag_authority, settings.tag_year, f"articles/{article.key}/{language}"),
        url=catalogue.addresses.absolute(catalogue.addresses.item(language, "articles", text.slug)),
        title=text.title,
        summary=text.summary,
        published=published(article),
        updated=modified(catalogue, article),
        told=facts.date.date(),
        written=facts.written,
        statuses=facts.status,
        claims=claim_views(catalogue, article_claims(catalogue, article), language),
        categories=tuple(title.title for title in titles if title),
        body=body(catalogue, text),
        notes=notes(article, language),
        sources=facts.sources,
    )
