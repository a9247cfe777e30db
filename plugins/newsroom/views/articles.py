"""Article pages: one article, its place in its threads, and what came of it."""

import datetime as dt
from typing import Any

from msgspec import Struct

from newsroom.content.articles import Article
from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Text
from newsroom.content.threads import Thread
from newsroom.views.common import Html, Link, Teaser, View, body, entry_link, teasers
from newsroom.views.items import Item, article_item
from newsroom.views.places import Place
from newsroom.views.related import related
from newsroom.views.share_cards import article_card, card_url
from newsroom.views.structured_data import breadcrumbs, graph, organisation, sources_of
from newsroom.views.wake import Episode, Wake, draw

#: Words a minute of an adult reading silently, in French as in English (Brysbaert 2019: 238).
_READING_SPEED = 238


class Step(Struct, frozen=True):
    """An article as one step of a story."""

    url: str
    title: str
    language: str
    date: dt.date


class ThreadPlace(Struct, frozen=True):
    """The place of an article in a thread: ``number`` of ``count``, its neighbours, and the latest one."""

    thread: Link
    number: int
    count: int
    previous: Step | None
    next: Step | None
    latest: Step | None


class ArticleView(View, frozen=True, kw_only=True):
    """One article in one language: the item, its text, and its place among the others.

    ``changed_original`` is what the text was translated from, where readers are to know that it has changed since.
    """

    item: Item
    body: Html
    minutes: int
    headings: tuple[tuple[int, str, str], ...]
    wake: Wake | None
    threads: tuple[ThreadPlace, ...]
    related: tuple[Teaser, ...]
    changed_original: Link | None


def article_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> ArticleView:
    """Return the page of the article of ``place`` in a language."""
    assert place.entry
    article: Article = place.entry
    item, text = article_item(catalogue, article, code), article.texts[code]
    return ArticleView(
        **frame,
        title=item.title,
        description=item.summary,
        structured=_structured(catalogue, item),
        share_card=card_url(catalogue, article_card(catalogue, article, code)),
        item=item,
        body=body(catalogue, text),
        minutes=max(1, round(text.body.words / _READING_SPEED)),
        headings=text.body.headings,
        wake=draw(item.claims[:1], catalogue.settings.now.date(), [Episode(item.date, item.short, item.language)]),
        threads=tuple(_place(catalogue, catalogue.thread[key], article, code) for key in item.threads),
        related=teasers(catalogue, related(catalogue, article, code), code),
        changed_original=_changed_original(catalogue, article, text),
    )


def _changed_original(catalogue: Catalogue, article: Article, text: Text) -> Link | None:
    if not catalogue.settings.tell_stale or not article.is_behind(text):
        return None
    return entry_link(catalogue, article, article.originals_of(text)[0].language)


def _structured(catalogue: Catalogue, item: Item) -> dict[str, Any]:
    """Return the article as https://schema.org/NewsArticle, and its breadcrumbs."""
    places, name, code = catalogue.addresses, catalogue.settings.site_name, item.language
    home = places.absolute(places.home(code))
    topic = next(iter(item.topics.values()))
    facts = {
        "@type": "NewsArticle",
        "@id": item.url,
        "url": item.url,
        "headline": item.title,
        "description": item.summary,
        "image": [card_url(catalogue, article_card(catalogue, catalogue.by_key[item.key], code))],
        "inLanguage": code,
        "datePublished": item.published.isoformat(),
        "temporalCoverage": item.date.isoformat(),
        "dateModified": item.modified.isoformat(),
        "author": organisation(name, home),
        "publisher": organisation(name, home),
        "articleSection": topic.title,
        "workTranslation": [{"@id": other.url} for other in item.counterparts],
        "citation": sources_of(item.url) if item.sources else None,
        "correction": [note.text for note in item.updates if note.kind == "correction"],
    }
    way = breadcrumbs([(name, home), (topic.title, places.absolute(topic.url)), (item.title, item.url)])
    return graph({key: value for key, value in facts.items() if value}, way)


def step(catalogue: Catalogue, article: Article, code: str) -> Step:
    """Return ``article`` as a step of a story in ``code``."""
    link = entry_link(catalogue, article, code)
    return Step(link.url, link.title, link.language, article.facts.date.date())


def _place(catalogue: Catalogue, thread: Thread, article: Article, code: str) -> ThreadPlace:
    members = catalogue.by_thread[thread.key]
    position = next(place for place, member in enumerate(members) if member.key == article.key)
    after = members[position + 1 :]
    return ThreadPlace(
        thread=entry_link(catalogue, thread, code),
        number=position + 1,
        count=len(members),
        previous=step(catalogue, members[position - 1], code) if position else None,
        next=step(catalogue, after[0], code) if after else None,
        latest=step(catalogue, after[-1], code) if len(after) > 1 else None,
    )
