"""Editions: numbered issues, each an editorial and the articles its editor chose, in their order."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Edition
from newsroom.views.common import (
    Card,
    Html,
    Link,
    View,
    body,
    cards,
    entry_link,
    entry_urls,
    feed_links,
    frame,
    section_urls,
    text_in,
)


class EditionView(View, frozen=True, kw_only=True):
    """One edition, and the ones before and after it."""

    number: int
    date: dt.date
    body: Html
    cards: tuple[Card, ...]
    previous: Link | None
    next: Link | None


class EditionCard(Struct, frozen=True):
    """An edition as the index shows it."""

    link: Link
    number: int
    date: dt.date
    summary: str
    count: int


class EditionsView(View, frozen=True, kw_only=True):
    """The index of editions, newest first."""

    editions: tuple[EditionCard, ...]


def edition_pages(catalogue: Catalogue) -> Iterator[EditionView]:
    """Yield the page of every edition in every language it has a text in; unpublished articles are left out."""
    for position, edition in enumerate(catalogue.editions):
        urls = entry_urls(catalogue, edition, "editions")
        older = catalogue.editions[position + 1] if position + 1 < len(catalogue.editions) else None
        newer = catalogue.editions[position - 1] if position else None
        members = [catalogue.by_key[key] for key in edition.facts.articles if key in catalogue.by_key]
        for code, text in edition.texts.items():
            yield EditionView(
                **frame(catalogue, "edition", code, urls, f"editions-{edition.key}"),
                title=text.title,
                description=text.summary,
                feeds=feed_links("", catalogue.addresses.section(code, "editions")),
                number=edition.facts.number,
                date=edition.facts.date.date(),
                body=body(catalogue, text),
                cards=cards(catalogue, members, code),
                previous=entry_link(catalogue, older, "editions", code) if older else None,
                next=entry_link(catalogue, newer, "editions", code) if newer else None,
            )


def editions_page(catalogue: Catalogue) -> Iterator[EditionsView]:
    """Yield the index of editions."""
    urls = section_urls(catalogue, "editions")
    for code, url in urls.items():
        yield EditionsView(
            **frame(catalogue, "editions", code, urls),
            feeds=feed_links("", url),
            editions=tuple(edition_card(catalogue, edition, code) for edition in catalogue.editions),
        )


def edition_card(catalogue: Catalogue, edition: Edition, code: str) -> EditionCard:
    """Return the card of ``edition``."""
    facts = edition.facts
    count = sum(key in catalogue.by_key for key in facts.articles)
    link = entry_link(catalogue, edition, "editions", code)
    return EditionCard(link, facts.number, facts.date.date(), text_in(edition, code).summary, count)
