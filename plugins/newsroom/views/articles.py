"""Article pages: one article, where it stands in its threads, and what came of it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import day_of
from newsroom.content.identity import tag_uri
from newsroom.content.models import Article, Claim, Image, Source, Text, Thread, Update
from newsroom.dates import PartialDate
from newsroom.pictures import Picture
from newsroom.views.claims import ClaimView, claim_views
from newsroom.views.common import (
    Card,
    Html,
    Link,
    View,
    body,
    cards,
    entry_link,
    entry_urls,
    player_link,
    short,
)
from newsroom.views.places import Place
from newsroom.views.related import related
from newsroom.views.share_cards import article_card, card_url
from newsroom.views.structured_data import breadcrumbs, citation, graph, organisation
from newsroom.views.wake import Wake, draw

#: Words a minute of an adult reading silently, in French as in English (Brysbaert 2019: 238).
_READING_SPEED = 238


class Step(Struct, frozen=True):
    """An article as one step of a story."""

    url: str
    title: str
    language: str
    date: dt.date


class ThreadPlace(Struct, frozen=True):
    """Where an article stands in a thread: ``number`` of ``count``, what is around it, what is last."""

    thread: Link
    number: int
    count: int
    previous: Step | None
    next: Step | None
    latest: Step | None


class Note(Struct, frozen=True):
    """An update in the language of the page: the day of the event, and that on which it was added."""

    date: PartialDate
    added: PartialDate
    text: str
    kind: str
    significant: bool


class ArticleView(View, frozen=True, kw_only=True):
    """One article in one language."""

    id: str
    article: Card
    published: dt.datetime
    modified: dt.datetime
    body: Html
    minutes: int
    headings: tuple[tuple[int, str, str], ...]
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]
    claims: tuple[ClaimView, ...]
    wake: Wake | None
    threads: tuple[ThreadPlace, ...]
    entities: tuple[Link, ...]
    related: tuple[Card, ...]
    written: PartialDate | None
    image: Image | None
    picture: Picture | None
    alt: str


def article_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the place of every published article."""
    for article in catalogue.articles:
        yield Place(entry_urls(catalogue, article), article, modified=modified(catalogue, article))


def article_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> ArticleView:
    """Return the page of the article of ``place`` in a language."""
    assert place.entry
    article: Article = place.entry
    text, facts, settings = article.texts[code], article.facts, catalogue.settings
    claims = claim_views(catalogue, article_claims(catalogue, article), code)
    return ArticleView(
        **frame,
        title=text.title,
        description=text.summary,
        structured=_structured(catalogue, article, text),
        card=card_url(catalogue, article_card(catalogue, article, code)),
        id=tag_uri(settings.tag_authority, settings.tag_year, f"articles/{article.key}/{code}"),
        article=cards(catalogue, [article], code)[0],
        published=published(article),
        modified=modified(catalogue, article),
        body=body(catalogue, text),
        minutes=max(1, round(text.body.words / _READING_SPEED)),
        headings=text.body.headings,
        sources=facts.sources,
        notes=notes(article, code),
        claims=claims,
        wake=draw(claims[:1], settings.now.date(), (facts.date.date(), short(text))),
        threads=tuple(_place(catalogue, catalogue.thread[key], article, code) for key in facts.thread),
        entities=tuple(player_link(catalogue, key, code) for key in facts.entities),
        related=cards(catalogue, related(catalogue, article, code), code),
        written=facts.written,
        image=facts.image,
        picture=_picture(catalogue, article),
        alt=text.alt,
    )


def _picture(catalogue: Catalogue, article: Article) -> Picture | None:
    image = article.facts.image
    place = catalogue.addresses.media(article.kind, article.key, image.file) if image else ""
    return catalogue.pictures[place] if image else None


def _structured(catalogue: Catalogue, article: Article, text: Text) -> dict[str, Any]:
    """Return the article as https://schema.org/NewsArticle, and the way to it."""
    places, name, code = catalogue.addresses, catalogue.settings.site_name, text.language
    urls = {language: places.absolute(url) for language, url in entry_urls(catalogue, article).items()}
    home = places.absolute(places.home(code))
    topic = entry_link(catalogue, catalogue.topic[article.facts.topics[0]], code)
    facts = {
        "@type": "NewsArticle",
        "@id": urls[code],
        "url": urls[code],
        "headline": text.title,
        "description": text.summary,
        "image": [card_url(catalogue, article_card(catalogue, article, code))],
        "inLanguage": code,
        "datePublished": published(article).isoformat(),
        "temporalCoverage": article.facts.date.date().isoformat(),
        "dateModified": modified(catalogue, article).isoformat(),
        "author": organisation(name, home),
        "publisher": organisation(name, home),
        "articleSection": topic.title,
        "workTranslation": [{"@id": url} for language, url in urls.items() if language != code],
        "citation": [citation(source) for source in article.facts.sources],
        "correction": [note.text for note in notes(article, code) if note.kind == "correction"],
    }
    way = breadcrumbs([(name, home), (topic.title, places.absolute(topic.url)), (text.title, urls[code])])
    return graph({key: value for key, value in facts.items() if value}, way)


def article_claims(catalogue: Catalogue, article: Article) -> list[Claim]:
    """Return the claims that ``article`` is about, in the order in which it names them."""
    return [catalogue.claims[key] for key in article.facts.claims]


def notes(article: Article, code: str) -> tuple[Note, ...]:
    """Return the updates of ``article`` in ``code``, oldest first."""
    return tuple(
        Note(update.date, added(article, update), update.text[code], update.kind, update.significant)
        for update in sorted(article.facts.updates, key=lambda update: update.date.first)
    )


def published(article: Article) -> dt.datetime:
    """Return when ``article`` was published: on the day it tells of, where nothing else is said."""
    return article.facts.published or article.facts.date


def added(article: Article, update: Update) -> PartialDate:
    """Return the day on which ``update`` was added: where it does not say, its own, and never before publication."""
    if update.added:
        return update.added
    first = day_of(published(article).date())
    return update.date if update.date.last > first.first else first


def modified(catalogue: Catalogue, article: Article) -> dt.datetime:
    """Return when ``article`` last changed for its readers: its publication, a significant update or a new verdict.

    These have a day and no time. An update is later than the article, on the same
    day too, and the second of a day later than the first: by a minute each. What
    was known when the article was published is part of it.
    """
    start = published(article)
    days = [
        added(article, update).first
        for update in article.facts.updates
        if update.significant and (update.added or update.date.last >= start.date())
    ]
    judged = [claim.verdict.judged.first for claim in article_claims(catalogue, article)]
    days += [day for day in judged if day > start.date()]
    if not days:
        return start
    midnight = dt.datetime.combine(max(days), dt.time(), catalogue.settings.zone)
    return max(midnight, start) + dt.timedelta(minutes=days.count(max(days)) - (midnight > start))


def step(catalogue: Catalogue, article: Article, code: str) -> Step:
    """Return ``article`` as a step of a story told in ``code``."""
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
