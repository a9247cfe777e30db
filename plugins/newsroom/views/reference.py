"""Pages of reference: the glossary, and the sources by publisher."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Article, Source
from newsroom.text.collation import collation_key
from newsroom.text.glossary import Term
from newsroom.views.articles import Step, step
from newsroom.views.common import Pagination, View, pagination
from newsroom.views.places import Place, numbered_places, section_place


class GlossaryEntry(Struct, frozen=True):
    """A term, and what it is called in the other languages (code and term)."""

    term: Term
    others: tuple[tuple[str, str], ...]


class GlossaryView(View, frozen=True, kw_only=True):
    """The glossary, in the order of the alphabet."""

    entries: tuple[GlossaryEntry, ...]


class Cited(Struct, frozen=True):
    """One source and the articles that cite it, newest first."""

    source: Source
    steps: tuple[Step, ...]


class Publisher(Struct, frozen=True):
    """A publisher and what of it is cited, newest first."""

    name: str
    cited: tuple[Cited, ...]


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
    """Return the pages of the sources, so many publishers on each."""
    publishers = {source.publisher for article in catalogue.articles for source in article.facts.sources}
    return numbered_places(catalogue, section_place(catalogue, "sources"), len(publishers))


def sources_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> SourcesView:
    """Return the page of sources; a source cited twice stands there once."""
    found: dict[str, dict[Source, list[Article]]] = defaultdict(lambda: defaultdict(list))
    for article in catalogue.articles:
        for source in article.facts.sources:
            found[source.publisher][source].append(article)
    alphabet = catalogue.addresses.languages[code].alphabet
    names = sorted(found, key=lambda name: (-len(found[name]), collation_key(name, alphabet)))
    publishers = tuple(
        Publisher(
            name,
            tuple(
                Cited(source, tuple(step(catalogue, article, code) for article in articles))
                for source, articles in found[name].items()
            ),
        )
        for name in names
    )
    size, url = catalogue.settings.page_size, catalogue.addresses.section(code, "sources")
    return SourcesView(
        **frame,
        publishers=publishers[(place.number - 1) * size :][:size],
        count=sum(len(cited) for cited in found.values()),
        all=len(publishers),
        pagination=pagination(catalogue, code, url, place.number, len(publishers)),
    )
