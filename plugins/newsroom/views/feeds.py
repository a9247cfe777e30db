"""The feeds of the site: everything, topics, threads, players, editions, corrections.

A feed holds one language: what is not translated is not in it.
"""

import datetime as dt
from collections.abc import Iterator

from newsroom.content.catalogue import Catalogue
from newsroom.content.identity import tag_uri
from newsroom.content.models import Article, Edition
from newsroom.messages import N_
from newsroom.views.common import body, cards
from newsroom.views.feed_items import Channel, FeedView, ItemView, article_items, feed_views
from newsroom.views.reference import Change, changes


def site_feeds(catalogue: Catalogue) -> Iterator[FeedView]:
    """Yield the feeds of the whole site, per language."""
    for language in catalogue.settings.languages:
        items = article_items(catalogue, catalogue.articles, language.code)
        home = catalogue.addresses.home(language.code)
        yield from feed_views(catalogue, Channel(language.code, "site", home, description=language.tagline), items)


def topic_feeds(catalogue: Catalogue) -> Iterator[FeedView]:
    """Yield the feeds of every topic, per language."""
    for topic in catalogue.topics:
        for code, text in topic.texts.items():
            items = article_items(catalogue, catalogue.by_topic.get(topic.key, ()), code)
            url = catalogue.addresses.item(code, "topics", text.slug)
            yield from feed_views(catalogue, Channel(code, f"topics/{topic.key}", url, text.title, text.summary), items)


def thread_feeds(catalogue: Catalogue) -> Iterator[FeedView]:
    """Yield the feeds of every thread, per language."""
    for thread in catalogue.threads:
        for code, text in thread.texts.items():
            items = article_items(catalogue, catalogue.by_thread.get(thread.key, ()), code)
            url = catalogue.addresses.item(code, "threads", text.slug)
            yield from feed_views(catalogue, Channel(code, f"threads/{thread.key}", url, text.title, text.claim), items)


def entity_feeds(catalogue: Catalogue) -> Iterator[FeedView]:
    """Yield the feeds of every player, per language."""
    for key, members in sorted(catalogue.by_entity.items()):
        for code in catalogue.settings.codes:
            items = article_items(catalogue, members, code)
            url = catalogue.addresses.item(code, "entities", key)
            yield from feed_views(
                catalogue, Channel(code, f"entities/{key}", url, catalogue.entities[key].name[code]), items
            )


def edition_feeds(catalogue: Catalogue) -> Iterator[FeedView]:
    """Yield the feeds of editions, per language: an item is the editorial and its list of articles."""
    settings = catalogue.settings
    for code in settings.codes:
        items = [
            ItemView(
                id=tag_uri(settings.tag_authority, settings.tag_year, f"editions/{edition.key}/{code}"),
                url=catalogue.addresses.absolute(catalogue.addresses.item(code, "editions", text.slug)),
                title=text.title,
                summary=text.summary,
                published=edition.facts.date,
                updated=edition.facts.date,
                categories=(),
                body=body(catalogue, text),
                cards=cards(catalogue, _chosen(catalogue, edition, code), code),
            )
            for edition in catalogue.editions
            if (text := edition.texts.get(code))
        ]
        url = catalogue.addresses.section(code, "editions")
        yield from feed_views(catalogue, Channel(code, "editions", url, message=N_("Editions")), items)


def _chosen(catalogue: Catalogue, edition: Edition, code: str) -> list[Article]:
    found = (catalogue.by_key.get(key) for key in edition.facts.articles)
    return [article for article in found if article and code in article.texts]


def correction_feeds(catalogue: Catalogue) -> Iterator[FeedView]:
    """Yield the feeds of corrections and updates, per language."""
    for code in catalogue.settings.codes:
        url = catalogue.addresses.section(code, "corrections")
        items = [_change_item(catalogue, change) for change in changes(catalogue, code)]
        yield from feed_views(catalogue, Channel(code, "corrections", url, message=N_("Corrections")), items)


def _change_item(catalogue: Catalogue, change: Change) -> ItemView:
    moment = dt.datetime.combine(change.note.date.first, dt.time(), catalogue.settings.zone)
    return ItemView(
        id=change.id,
        url=catalogue.addresses.absolute(f"{change.step.url}#updates"),
        title=change.step.title,
        summary=change.note.text,
        published=moment,
        updated=moment,
        categories=(),
        notes=(change.note,),
    )
