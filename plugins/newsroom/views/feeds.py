"""Feeds as views: which items, in which order, with what content.

An item stands in a feed once, newest first by the date of its last significant
change, so that an old article with a correction comes back to its readers. A
feed holds one language: what is not translated is not in it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from newsroom.addresses import FEED_FILES
from newsroom.catalogue import Catalogue
from newsroom.identity import tag_uri
from newsroom.models import Article, Source
from newsroom.syndication import Feed, Item
from newsroom.views.articles import Note, modified, notes
from newsroom.views.chrome import Chrome
from newsroom.views.common import Card, Html, body


class ItemView(Struct, frozen=True):
    """One item: what its page says, by reference, and when."""

    id: str
    url: str
    title: str
    summary: str
    published: dt.datetime
    updated: dt.datetime
    categories: tuple[str, ...]
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


def feed_views(
    catalogue: Catalogue, language: str, key: str, url: str, title: str, description: str, items: Iterable[ItemView]
) -> Iterator[FeedView]:
    """Yield one feed in every format. ``key`` names it in its permanent id, ``url`` is its page."""
    settings = catalogue.settings
    newest = sorted(items, key=lambda item: (-item.updated.timestamp(), item.id))[: settings.feed_size]
    for form, name in FEED_FILES.items():
        self_url = f"{url}{name}"
        yield FeedView(
            id=tag_uri(settings.tag_authority, settings.tag_year, f"feeds/{key}/{language}"),
            form=form,
            language=language,
            url=catalogue.addresses.absolute(url),
            self_url=catalogue.addresses.absolute(self_url),
            file=catalogue.addresses.file(self_url),
            title=title,
            description=description,
            items=tuple(newest),
            updated=dt.datetime(settings.tag_year, 1, 1, tzinfo=settings.zone),
        )


def article_items(catalogue: Catalogue, articles: Iterable[Article], language: str) -> list[ItemView]:
    """Return the items of the ``articles`` in ``language`` that changed last, as many as a feed holds."""
    translated = [article for article in articles if language in article.texts]
    translated.sort(key=lambda article: (-modified(catalogue, article).timestamp(), article.key))
    return [article_item(catalogue, article, language) for article in translated[: catalogue.settings.feed_size]]


def article_item(catalogue: Catalogue, article: Article, language: str) -> ItemView:
    """Return the item of ``article`` in ``language``."""
    text, facts, settings = article.texts[language], article.facts, catalogue.settings
    titles = [catalogue.topic[key].texts.get(language) for key in facts.topics]
    return ItemView(
        id=tag_uri(settings.tag_authority, settings.tag_year, f"articles/{article.key}/{language}"),
        url=catalogue.addresses.absolute(catalogue.addresses.item(language, "articles", text.slug)),
        title=text.title,
        summary=text.summary,
        published=facts.date,
        updated=modified(catalogue, article),
        categories=tuple(title.title for title in titles if title),
        body=body(catalogue, text),
        notes=notes(article, language),
        sources=facts.sources,
    )


def site_feeds(catalogue: Catalogue) -> Iterator[FeedView]:
    """Yield the feeds of the whole site, per language."""
    for language in catalogue.settings.languages:
        items = article_items(catalogue, catalogue.articles, language.code)
        home = catalogue.addresses.home(language.code)
        yield from feed_views(catalogue, language.code, "site", home, "", language.tagline, items)


def topic_feeds(catalogue: Catalogue) -> Iterator[FeedView]:
    """Yield the feeds of every topic, per language."""
    for topic in catalogue.topics:
        for code, text in topic.texts.items():
            items = article_items(catalogue, catalogue.by_topic.get(topic.key, ()), code)
            url = catalogue.addresses.item(code, "topics", text.slug)
            yield from feed_views(catalogue, code, f"topics/{topic.key}", url, text.title, text.summary, items)


def feed_from(view: FeedView, title: str, chrome: Chrome, content: Callable[[ItemView], str]) -> Feed:
    """Return the feed that ``view`` describes; ``content`` gives the HTML of an item."""
    return Feed(
        id=view.id,
        title=f"{chrome.name} – {title}" if title else chrome.name,
        description=view.description or chrome.tagline,
        language=view.language,
        url=view.url,
        self_url=view.self_url,
        author=chrome.name,
        updated=view.updated,
        items=tuple(
            Item(
                item.id,
                item.url,
                item.title,
                item.summary,
                content(item),
                item.published,
                item.updated,
                item.categories,
            )
            for item in view.items
        ),
    )
