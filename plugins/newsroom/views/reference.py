"""Reference pages: the glossary, and the sources by publisher."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue, Cited
from newsroom.content.models import Source
from newsroom.text.collation import collation_key
from newsroom.text.glossary import Term
from newsroom.views.articles import Step, step
from newsroom.views.common import Pagination, View, pagination
from newsroom.views.places import Place, places_of_pages, section_place

#: How many sources are as long as one article of a list of articles, which says more of each.
_SHORTER = 2


class GlossaryEntry(Struct, frozen=True):
    """A term, and what it is called in the other languages (code and term)."""

    term: Term
    others: tuple[tuple[str, str], ...]


class GlossaryView(View, frozen=True, kw_only=True):
    """The glossary, in alphabetical order."""

    entries: tuple[GlossaryEntry, ...]


class CitedView(Struct, frozen=True):
    """One source and the articles that cite it, newest first."""

    source: Source
    steps: tuple[Step, ...]


class Publisher(Struct, frozen=True):
    """A publisher and what is cited from it, newest first."""

    name: str
    cited: tuple[CitedView, ...]


class SourcesView(View, frozen=True, kw_only=True):
    """A page of the sources by publisher, the most cited first; ``count`` and ``all`` are of all of them."""

    publishers: tuple[Publisher, ...]
    count: int
    all: int
    pagination: Pagination


def glossary_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> GlossaryView:
    """Return the glossary of a language."""
    alphabet = catalogue.addresses.languages[code].alphabet
    others = {other: {term.key: term.term for term in catalogue.terms[other]} for other in place.urls if other != code}
    entries = [
        GlossaryEntry(term, tuple((other, terms[term.key]) for other, terms in others.items() if term.key in terms))
        for term in sorted(catalogue.terms[code], key=lambda term: collation_key(term.term, alphabet))
    ]
    return GlossaryView(**frame, entries=tuple(entries))


def source_places(catalogue: Catalogue) -> Iterable[Place]:
    """Return the pages of the sources."""
    pages = _pages(catalogue, catalogue.settings.codes[0])
    return places_of_pages(catalogue, section_place(catalogue, "sources"), len(pages))


def sources_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> SourcesView:
    """Return the page of sources."""
    url, publishers = catalogue.addresses.section(code, "sources"), catalogue.publishers[code]
    pages = _pages(catalogue, code)
    return SourcesView(
        **frame,
        publishers=tuple(
            Publisher(name, tuple(_cited(catalogue, cited, code) for cited in catalogue.by_publisher[name]))
            for name in pages[place.number - 1]
        ),
        count=sum(sources for _, sources in publishers),
        all=len(publishers),
        pagination=pagination(catalogue, code, url, place.number, len(publishers), pages=len(pages)),
    )


def _pages(catalogue: Catalogue, code: str) -> list[list[str]]:
    """Return the publishers of each page, the most cited first; a page is full when it holds so many sources.

    The number of sources goes down in the same steps in every language, so all have as many pages.
    """
    pages: list[list[str]] = [[]]
    room = size = catalogue.settings.page_size * _SHORTER
    for name, sources in catalogue.publishers[code]:
        if pages[-1] and sources > room:
            pages.append([])
            room = size
        pages[-1].append(name)
        room -= sources
    return pages


def _cited(catalogue: Catalogue, cited: Cited, code: str) -> CitedView:
    return CitedView(cited.source, tuple(step(catalogue, catalogue.by_key[key], code) for key in cited.articles))
