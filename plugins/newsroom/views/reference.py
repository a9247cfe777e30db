"""Pages of reference: the glossary, the sources by publisher, the corrections."""

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.identity import tag_uri
from newsroom.content.models import Article, Source
from newsroom.text.collation import collation_key
from newsroom.text.glossary import Term
from newsroom.views.articles import Note, Step, notes, step
from newsroom.views.common import View, feed_links, frame, section_urls


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
    """Every source by publisher, the most cited first; ``count`` is the number of sources."""

    publishers: tuple[Publisher, ...]
    count: int


class Change(Struct, frozen=True):
    """An update or correction of an article; ``id`` is the permanent id of its feed item."""

    id: str
    note: Note
    step: Step


class CorrectionsView(View, frozen=True, kw_only=True):
    """Every correction and update, newest first."""

    corrections: tuple[Change, ...]
    updates: tuple[Change, ...]


def glossary_pages(catalogue: Catalogue) -> Iterator[GlossaryView]:
    """Yield the glossary of every language."""
    urls = section_urls(catalogue, "glossary")
    by_language = {code: {term.key: term.term for term in terms} for code, terms in catalogue.terms.items()}
    for code in urls:
        entries = [
            GlossaryEntry(
                term,
                tuple(
                    (other, by_language[other][term.key])
                    for other in urls
                    if other != code and term.key in by_language[other]
                ),
            )
            for term in sorted(catalogue.terms[code], key=lambda term: collation_key(term.term))
        ]
        yield GlossaryView(**frame(catalogue, "glossary", code, urls), entries=tuple(entries))


def sources_pages(catalogue: Catalogue) -> Iterator[SourcesView]:
    """Yield the page of sources in every language; a source cited twice stands there once."""
    found: dict[str, dict[Source, list[Article]]] = defaultdict(lambda: defaultdict(list))
    for article in catalogue.articles:
        for source in article.facts.sources:
            found[source.publisher][source].append(article)
    names = sorted(found, key=lambda name: (-len(found[name]), collation_key(name)))
    urls = section_urls(catalogue, "sources")
    for code in urls:
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
        yield SourcesView(
            **frame(catalogue, "sources", code, urls),
            publishers=publishers,
            count=sum(len(cited) for cited in found.values()),
        )


def correction_pages(catalogue: Catalogue) -> Iterator[CorrectionsView]:
    """Yield the page of corrections and updates in every language."""
    urls = section_urls(catalogue, "corrections")
    for code, url in urls.items():
        found = changes(catalogue, code)
        yield CorrectionsView(
            **frame(catalogue, "corrections", code, urls),
            feeds=feed_links("", url),
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
