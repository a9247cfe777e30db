"""Editions: numbered issues, each an editorial and the articles its editor chose, in their order."""

import datetime as dt
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.editions import Edition
from newsroom.views.common import (
    Html,
    Link,
    Teaser,
    View,
    body,
    entry_link,
    feed_links,
    teasers,
    text_in,
)
from newsroom.views.places import Place


class EditionView(View, frozen=True, kw_only=True):
    """One edition, and the ones before and after it; ``label`` is what it is called if not by its number."""

    number: int
    label: str
    date: dt.date
    body: Html
    teasers: tuple[Teaser, ...]
    previous: Link | None
    next: Link | None


class EditionTeaser(Struct, frozen=True):
    """An edition as the index shows it."""

    link: Link
    number: int
    label: str
    date: dt.date
    summary: str
    count: int


class EditionsView(View, frozen=True, kw_only=True):
    """The index of editions, newest first."""

    editions: tuple[EditionTeaser, ...]


def edition_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> EditionView:
    """Return the page of the edition of ``place``, without unpublished articles."""
    assert place.entry
    edition: Edition = place.entry
    position = catalogue.editions.index(edition)
    older = catalogue.editions[position + 1] if position + 1 < len(catalogue.editions) else None
    newer = catalogue.editions[position - 1] if position else None
    members = [catalogue.by_key[key] for key in edition.facts.articles if key in catalogue.by_key]
    text = edition.texts[code]
    return EditionView(
        **frame,
        title=text.title,
        description=text.summary,
        feeds=feed_links("", catalogue.addresses.section(code, "editions")),
        number=edition.facts.number,
        label=text.label,
        date=edition.facts.date.date(),
        body=body(catalogue, text),
        teasers=teasers(catalogue, members, code),
        previous=entry_link(catalogue, older, code) if older else None,
        next=entry_link(catalogue, newer, code) if newer else None,
    )


def editions_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> EditionsView:
    """Return the index of editions."""
    return EditionsView(
        **frame,
        feeds=feed_links("", place.urls[code]),
        editions=tuple(edition_teaser(catalogue, edition, code) for edition in catalogue.editions),
    )


def edition_teaser(catalogue: Catalogue, edition: Edition, code: str) -> EditionTeaser:
    """Return the teaser of ``edition``."""
    facts = edition.facts
    count = sum(key in catalogue.by_key for key in facts.articles)
    link = entry_link(catalogue, edition, code)
    text = text_in(catalogue, edition, code)
    return EditionTeaser(link, facts.number, text.label, facts.date.date(), text.summary, count)
