"""What changed in published articles: corrections of what was wrong, and additions of what has happened since."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.articles import Article
from newsroom.content.catalogue import Catalogue
from newsroom.views.articles import Step, step
from newsroom.views.common import View, feed_links
from newsroom.views.items import Note, notes
from newsroom.views.places import Place


class Change(Struct, frozen=True):
    """An update or correction of the ``article`` of that key; ``path`` is what its permanent id is made of."""

    path: str
    article: str
    note: Note
    step: Step


class ChangesView(View, frozen=True, kw_only=True):
    """Corrections, or additions, newest first."""

    changes: tuple[Change, ...]


def corrections_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> ChangesView:
    """Return the page of corrections."""
    found = corrections(catalogue, code)
    return ChangesView(**frame, feeds=feed_links("", place.urls[code]), changes=tuple(found))


def additions_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> ChangesView:
    """Return the page of what came after the articles."""
    return ChangesView(**frame, feeds=feed_links("", place.urls[code]), changes=tuple(additions(catalogue, code)))


def corrections(catalogue: Catalogue, code: str) -> list[Change]:
    """Return every correction in ``code``, newest first."""
    return _of_kind(catalogue, code, "correction")


def additions(catalogue: Catalogue, code: str) -> list[Change]:
    """Return every addition in ``code``: the last one added first, then by the newest event."""
    return _of_kind(catalogue, code, "update")


def _of_kind(catalogue: Catalogue, code: str, kind: str) -> list[Change]:
    found = [
        change
        for article in catalogue.articles
        if code in article.texts
        for change in _changes(catalogue, article, code)
        if change.note.kind == kind
    ]
    return sorted(found, key=_newest)


def _newest(change: Change) -> tuple[int, int, str]:
    return (-change.note.added.first.toordinal(), -change.note.date.first.toordinal(), change.path)


def _changes(catalogue: Catalogue, article: Article, code: str) -> Iterator[Change]:
    seen: dict[str, int] = defaultdict(int)
    for note in notes(article, code):
        seen[note.date.iso] += 1
        path = f"{article.path}/updates/{note.date.iso}.{seen[note.date.iso]}"
        yield Change(path, article.key, note, step(catalogue, article, code))
