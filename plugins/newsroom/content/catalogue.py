"""The catalogue: everything that is published, in order, with what belongs together.

Immutable, made once per build. The order is total (date, then key), so that two builds of the same
files agree to the byte.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from msgspec import Struct, structs

from newsroom.content.addresses import Addresses, addresses_for
from newsroom.content.articles import ARTICLE, Article
from newsroom.content.editions import EDITION, Edition
from newsroom.content.figures import Figure
from newsroom.content.library import Library, entries_of
from newsroom.content.models import AnyEntry, Claim, Source
from newsroom.content.pages import PAGE, Page
from newsroom.content.registers import Entity
from newsroom.content.threads import THREAD, Thread
from newsroom.content.topics import TOPIC, Topic
from newsroom.pictures import Picture
from newsroom.settings import Settings
from newsroom.text.collation import collation_key
from newsroom.text.glossary import Term

T = TypeVar("T")


#: Tells whether an article or an edition is shown at a moment.
Shown = Callable[[Article | Edition, dt.datetime], bool]


class Reference(Struct, frozen=True):
    """What the registers say: terms by language, players and claims by key, in the order of their files."""

    terms: dict[str, tuple[Term, ...]]
    entities: dict[str, Entity]
    claims: dict[str, Claim]


class Cited(Struct, frozen=True):
    """One source and the keys of the articles that cite it, newest first."""

    source: Source
    articles: tuple[str, ...]


class Catalogue(Struct, frozen=True):
    """What is published. Articles and editions are newest first, threads' articles oldest first.

    ``claims_of`` holds the claims of a thread, beginning with the one that the thread is known by,
    ``claims_of_topic`` those of the threads that have an article whose main topic it is.
    ``untranslated`` holds, by language, what it lacks: place in the list and entry, by anchor.
    ``by_day`` holds, by language and by ``thread``, ``entities`` or ``topics`` and
    its key, the day (an ordinal) and key of each article, in order of both.
    ``publishers`` holds, by language, the publishers of sources, the most cited first.
    """

    settings: Settings
    addresses: Addresses
    articles: tuple[Article, ...]
    topics: tuple[Topic, ...]
    threads: tuple[Thread, ...]
    editions: tuple[Edition, ...]
    pages: tuple[Page, ...]
    entities: dict[str, Entity]
    terms: dict[str, tuple[Term, ...]]
    claims: dict[str, Claim]
    claims_of: dict[str, tuple[Claim, ...]]
    claims_of_topic: dict[str, tuple[Claim, ...]]
    by_key: dict[str, Article]
    topic: dict[str, Topic]
    thread: dict[str, Thread]
    by_topic: dict[str, tuple[Article, ...]]
    by_thread: dict[str, tuple[Article, ...]]
    by_entity: dict[str, tuple[Article, ...]]
    by_year: dict[int, tuple[Article, ...]]
    by_day: dict[tuple[str, str, str], tuple[tuple[int, str], ...]]
    by_publisher: dict[str, tuple[Cited, ...]]
    publishers: dict[str, tuple[str, ...]]
    untranslated: dict[str, dict[str, tuple[int, AnyEntry]]] = {}
    pictures: dict[str, Picture] = {}
    figures: dict[str, Figure] = {}

    @property
    def entries(self) -> Iterator[AnyEntry]:
        """Everything that is published and has a folder of its own, kind by kind, in order."""
        return chain(self.topics, self.threads, self.editions, self.articles, self.pages)


def is_public(entry: Article | Edition, now: dt.datetime) -> bool:
    """Tell whether ``entry`` is public at the moment of the build."""
    return not entry.facts.draft and entry.facts.public_from <= now


def every_one(entry: Article | Edition, now: dt.datetime) -> bool:  # noqa: ARG001
    """Show every ``entry``, for its editors: drafts and what is to come later, too."""
    return True


def build_catalogue(
    library: Library,
    reference: Reference,
    settings: Settings,
    shown: Shown = is_public,
) -> Catalogue:
    """Put the entries in order, without those that are not ``shown``."""
    articles = _articles(library, settings, shown)
    oldest_first = articles[::-1]
    by_publisher = _by_publisher(articles)
    catalogue = Catalogue(
        settings=settings,
        addresses=addresses_for(settings),
        articles=articles,
        topics=tuple(sorted(entries_of(library, TOPIC), key=lambda topic: (topic.facts.order, topic.key))),
        threads=tuple(sorted(entries_of(library, THREAD), key=lambda thread: thread.key)),
        editions=_editions(library, settings, shown),
        pages=tuple(sorted(entries_of(library, PAGE), key=lambda page: (page.facts.order, page.key))),
        entities=reference.entities,
        terms=reference.terms,
        claims=reference.claims,
        claims_of=_group((claim.thread, claim) for claim in reference.claims.values()),
        claims_of_topic=_claims_of_topic(articles, reference.claims.values()),
        by_key={article.key: article for article in articles},
        topic=library.entries[TOPIC.folder],
        thread=library.entries[THREAD.folder],
        by_topic=_group((key, article) for article in articles for key in article.facts.topics),
        by_thread=_group((key, article) for article in oldest_first for key in article.facts.thread),
        by_entity=_group((key, article) for article in articles for key in article.facts.entities),
        by_year=_years(articles),
        by_day=_by_day(articles),
        by_publisher=by_publisher,
        publishers={language.code: _most_cited(by_publisher, language.alphabet) for language in settings.languages},
    )
    return structs.replace(catalogue, untranslated={code: _missing(catalogue, code) for code in settings.codes})


def _articles(library: Library, settings: Settings, shown: Shown) -> tuple[Article, ...]:
    """Return the articles that are shown, newest first."""
    found = (article for article in entries_of(library, ARTICLE) if shown(article, settings.now))
    return tuple(sorted(found, key=lambda article: (-article.facts.date.timestamp(), article.key)))


def _editions(library: Library, settings: Settings, shown: Shown) -> tuple[Edition, ...]:
    """Return the editions that are shown, newest first."""
    found = (edition for edition in entries_of(library, EDITION) if shown(edition, settings.now))
    return tuple(sorted(found, key=lambda edition: (-edition.facts.number, edition.key)))


def _missing(catalogue: Catalogue, code: str) -> dict[str, tuple[int, AnyEntry]]:
    """Return what has no text in ``code``: by anchor, its place among all of these, and the entry."""
    entries = (entry for entry in catalogue.entries if code not in entry.texts)
    return {entry.anchor: (position, entry) for position, entry in enumerate(entries)}


def _by_day(articles: Iterable[Article]) -> dict[tuple[str, str, str], tuple[tuple[int, str], ...]]:
    found: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)
    for article in articles:
        row = (article.facts.date.toordinal(), article.key)
        for shared in ("thread", "entities", "topics"):
            for key in getattr(article.facts, shared):
                for code in article.texts:
                    found[code, shared, key].append(row)
    return {place: tuple(sorted(rows)) for place, rows in found.items()}


def _claims_of_topic(articles: Iterable[Article], claims: Iterable[Claim]) -> dict[str, tuple[Claim, ...]]:
    topics = _group((key, article.facts.topics[0]) for article in articles for key in article.facts.thread)
    return _group((topic, claim) for claim in claims for topic in sorted(set(topics.get(claim.thread, ()))))


def _by_publisher(articles: Iterable[Article]) -> dict[str, tuple[Cited, ...]]:
    """Return what is cited, by publisher; a source that is cited twice is listed once."""
    found: dict[str, dict[Source, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article in articles:
        for source in article.facts.sources:
            found[source.publisher][source].append(article.key)
    return {
        publisher: tuple(Cited(source, tuple(citing)) for source, citing in sources.items())
        for publisher, sources in found.items()
    }


def _most_cited(by_publisher: dict[str, tuple[Cited, ...]], alphabet: str) -> tuple[str, ...]:
    return tuple(sorted(by_publisher, key=lambda name: (-len(by_publisher[name]), collation_key(name, alphabet))))


def _group(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, member in pairs:
        groups[key].append(member)
    return {key: tuple(members) for key, members in groups.items()}


def _years(articles: Iterable[Article]) -> dict[int, tuple[Article, ...]]:
    years: dict[int, list[Article]] = defaultdict(list)
    for article in articles:
        years[article.facts.date.year].append(article)
    return {year: tuple(members) for year, members in years.items()}
