"""Corrections and updates: every change to a published article."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.identity import tag_uri
from newsroom.content.models import Article
from newsroom.views.articles import Note, Step, notes, step
from newsroom.views.common import View, feed_links
from newsroom.views.places import Place


class Change(Struct, frozen=True):
    """An update or correction of an article; ``id`` is the permanent id of its feed item."""

    id: str
    note: Note
    step: Step


class CorrectionsView(View, frozen=True, kw_only=True):
    """Every correction and update, newest first."""

    corrections: tuple[Change, ...]
    updates: tuple[Change, ...]


def corrections_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> CorrectionsView:
    """Return the page of corrections and updates."""
    found = changes(catalogue, code)
    return CorrectionsView(
        **frame,
        feeds=feed_links("", place.urls[code]),
        corrections=tuple(change for change in found if change.note.kind == "correction"),
        updates=tuple(change for change in found if change.note.kind != "correction"),
    )


def changes(catalogue: Catalogue, code: str) -> list[Change]:
    """Return every update and correction in ``code``, newest first."""
    found = [
        change
        for article in catalogue.articles
        if code in article.texts
        for change in _changes(catalogue, article, code)
    ]
    return sorted(found, key=lambda change: (-change.note.date.first.toordinal(), change.id))


def _changes(catalogue: Catalogue, article: Article, code: str) -> Iterator[Change]:
    settings = catalogue.settings
    seen: dict[str, int] = defaultdict(int)
    for note in notes(article, code):
        seen[note.date.iso] += 1
        path = f"articles/{article.key}/updates/{note.date.iso}.{seen[note.date.iso]}/{code}"
        yield Change(tag_uri(settings.tag_authority, settings.tag_year, path), note, step(catalogue, article, code))
