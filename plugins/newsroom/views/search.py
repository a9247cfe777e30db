"""Search: the page, and what the index of each language holds.

Articles are searched in the indexes of the languages they exist in: title, summary, body, updates
and date. A result shows date, statuses, topics and the verdict of the first claim that it is about.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.articles import STATUSES, Article
from newsroom.content.catalogue import Catalogue
from newsroom.content.models import VERDICTS, Text
from newsroom.search.text import LETTERS
from newsroom.views.common import Html, View, body
from newsroom.views.items import notes
from newsroom.views.places import Place


class SearchView(View, frozen=True, kw_only=True):
    """The page: where its index is, what results can be filtered by, which letters are folded to others."""

    index: str
    topics: tuple[tuple[str, str], ...]
    statuses: tuple[str, ...]
    verdicts: tuple[str, ...]
    letters: dict[str, str]


class SearchRecord(Struct, frozen=True):
    """An article in an index; ``topics``, ``statuses`` and ``verdicts``, of which there is one at most, are keys."""

    url: str
    title: str
    date: dt.date
    topics: tuple[str, ...]
    statuses: tuple[str, ...]
    verdicts: tuple[str, ...]
    summary: str
    notes: tuple[str, ...]
    body: Html


class IndexView(Struct, frozen=True):
    """The index of one language: its output folder, how its dates are written, its articles newest first."""

    folder: str
    language: str
    locale: str
    typography: str
    records: tuple[SearchRecord, ...]


def search_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> SearchView:
    """Return the page of search."""
    return SearchView(
        **frame,
        index=_index_url(place.urls[code]),
        topics=tuple((topic.key, text.title) for topic in catalogue.topics if (text := topic.texts.get(code))),
        statuses=STATUSES,
        verdicts=VERDICTS,
        letters=LETTERS,
    )


def index_views(catalogue: Catalogue) -> Iterator[IndexView]:
    """Yield the index of every language that has articles."""
    for language in catalogue.settings.languages:
        records = tuple(
            _record(catalogue, article, text)
            for article in catalogue.articles
            if (text := article.texts.get(language.code))
        )
        if records:
            yield IndexView(
                index_folder(catalogue, language.code), language.code, language.locale, language.typography, records
            )


def index_folder(catalogue: Catalogue, code: str) -> str:
    """Return the folder of the index of a language in the output, with its last slash."""
    url = _index_url(catalogue.addresses.section(code, "search"))
    return catalogue.addresses.file(url).removesuffix("index.html")


def _index_url(url: str) -> str:
    return f"{url}pagefind/"


def _record(catalogue: Catalogue, article: Article, text: Text) -> SearchRecord:
    facts = article.facts
    return SearchRecord(
        url=catalogue.addresses.item(text.language, "articles", text.slug),
        title=text.title,
        date=facts.date.date(),
        topics=facts.topics,
        statuses=facts.status,
        verdicts=tuple(catalogue.claims[key].verdict.verdict for key in facts.claims[:1]),
        summary=text.summary,
        notes=tuple(note.text for note in notes(article, text.language)),
        body=body(catalogue, text, drawn=False),
    )
