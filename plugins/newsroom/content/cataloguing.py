"""Making the catalogue, in order; from a catalogue of before, only of what changed since."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import structs

from newsroom.content.addresses import addresses_for
from newsroom.content.articles import ARTICLE, Article
from newsroom.content.catalogue import Catalogue, Cited, Reference, Shown, is_public
from newsroom.content.editions import EDITION, Edition
from newsroom.content.indexes import Changes, changes, indexed, patched
from newsroom.content.library import Library, entries_of
from newsroom.content.models import AnyEntry, Claim, Source
from newsroom.content.pages import PAGE
from newsroom.content.threads import THREAD
from newsroom.content.topics import TOPIC
from newsroom.settings import Settings
from newsroom.text.collation import collation_key

T = TypeVar("T")


def build_catalogue(
    library: Library,
    reference: Reference,
    settings: Settings,
    shown: Shown = is_public,
    before: Catalogue | None = None,
) -> Catalogue:
    """Put the entries in order, without those that are not ``shown``.

    ``before`` is an earlier catalogue of the same ``reference`` and settings, but for the moment: what did
    not change since is shared with it, so that only the rest has to be made.
    """
    before = before or _nothing(reference, settings)
    by_key = {article.key: article for article in entries_of(library, ARTICLE) if shown(article, settings.now)}
    changed = changes(before.by_key, by_key)
    gone, new = changed.gone, sorted(changed.new, key=_newest_first)
    threads_of_topic = _threads_of_topic(before, gone, new, by_key)
    by_publisher = _by_publisher(before.by_publisher, gone, new, by_key)
    catalogue = structs.replace(
        before,
        settings=settings,
        articles=patched(before.articles, gone, new, _newest_first),
        topics=tuple(sorted(entries_of(library, TOPIC), key=lambda topic: (topic.facts.order, topic.key))),
        threads=tuple(sorted(entries_of(library, THREAD), key=lambda thread: thread.key)),
        editions=_editions(library, settings, shown),
        pages=tuple(sorted(entries_of(library, PAGE), key=lambda page: (page.facts.order, page.key))),
        threads_of_topic=threads_of_topic,
        claims_of_topic=_claims_of_topic(before, threads_of_topic),
        by_key=by_key,
        topic=library.entries[TOPIC.folder],
        thread=library.entries[THREAD.folder],
        by_topic=indexed(before.by_topic, _topics(gone), _topics(new), _newest_first),
        by_thread=indexed(before.by_thread, _threads(gone), _threads(reversed(new)), _oldest_first),
        by_entity=indexed(before.by_entity, _players(gone), _players(new), _newest_first),
        by_year=_newest_year_first(indexed(before.by_year, _years(gone), _years(new), _newest_first)),
        by_day=indexed(before.by_day, _days(gone), sorted(_days(new)), lambda row: row),
        by_publisher=by_publisher,
        publishers=_publishers(before, by_publisher, gone, new),
    )
    return structs.replace(catalogue, untranslated=_untranslated(before, catalogue, gone, new))


def changes_between(before: Catalogue, now: Catalogue) -> Changes:
    """Return which entries differ in two catalogues."""
    found = changes(before.by_key, now.by_key)
    for name in ("topics", "threads", "editions", "pages"):
        states = ({entry.key: entry for entry in getattr(catalogue, name)} for catalogue in (before, now))
        gone, new = changes(*states)
        found.gone.extend(gone)
        found.new.extend(new)
    return found


def _nothing(reference: Reference, settings: Settings) -> Catalogue:
    """Return the catalogue of no entry."""
    return Catalogue(
        settings,
        addresses_for(settings),
        entities=reference.entities,
        terms=reference.terms,
        claims=reference.claims,
        claims_of=_group((claim.thread, claim) for claim in reference.claims.values()),
    )


def _newest_first(article: Article) -> tuple[float, str]:
    return -article.facts.date.timestamp(), article.key


def _oldest_first(article: Article) -> tuple[float, list[int]]:
    """Return where ``article`` stands in a list that is that of :func:`_newest_first` backwards."""
    return article.facts.date.timestamp(), [*(-ord(letter) for letter in article.key), 1]


def _editions(library: Library, settings: Settings, shown: Shown) -> tuple[Edition, ...]:
    """Return the editions that are shown, newest first."""
    found = (edition for edition in entries_of(library, EDITION) if shown(edition, settings.now))
    return tuple(sorted(found, key=lambda edition: (-edition.facts.number, edition.key)))


def _topics(articles: Iterable[Article]) -> Iterator[tuple[str, Article]]:
    return ((key, article) for article in articles for key in article.facts.topics)


def _threads(articles: Iterable[Article]) -> Iterator[tuple[str, Article]]:
    return ((key, article) for article in articles for key in article.facts.thread)


def _players(articles: Iterable[Article]) -> Iterator[tuple[str, Article]]:
    return ((key, article) for article in articles for key in article.facts.entities)


def _years(articles: Iterable[Article]) -> Iterator[tuple[int, Article]]:
    return ((article.facts.date.year, article) for article in articles)


def _days(articles: Iterable[Article]) -> Iterator[tuple[tuple[str, str, str], tuple[int, str]]]:
    for article in articles:
        row = (article.facts.date.toordinal(), article.key)
        for shared in ("thread", "entities", "topics"):
            for key in getattr(article.facts, shared):
                for code in article.texts:
                    yield (code, shared, key), row


def _newest_year_first(by_year: dict[int, tuple[Article, ...]]) -> dict[int, tuple[Article, ...]]:
    return dict(sorted(by_year.items(), reverse=True))


def _threads_of_topic(
    before: Catalogue, gone: list[Article], new: list[Article], by_key: dict[str, Article]
) -> dict[str, tuple[str, ...]]:
    """Return the threads of each topic: those that have an article whose main topic it is."""
    if Counter(_main_topics(gone)) == Counter(_main_topics(new)):
        return before.threads_of_topic
    return _group(sorted(set(_main_topics(by_key.values()))))


def _main_topics(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """Yield the main topic of each article with each of its threads."""
    return ((article.facts.topics[0], key) for article in articles for key in article.facts.thread)


def _claims_of_topic(before: Catalogue, threads_of: dict[str, tuple[str, ...]]) -> dict[str, tuple[Claim, ...]]:
    """Return the claims of the threads of each topic, in the order of their file."""
    if threads_of is before.threads_of_topic:
        return before.claims_of_topic
    topics = {topic: set(threads) for topic, threads in threads_of.items()}
    claims = before.claims.values()
    return _group((topic, claim) for claim in claims for topic, threads in topics.items() if claim.thread in threads)


def _by_publisher(
    before: dict[str, tuple[Cited, ...]], gone: list[Article], new: list[Article], by_key: dict[str, Article]
) -> dict[str, tuple[Cited, ...]]:
    """Return what is cited, by publisher; a source that is cited twice is listed once."""
    citing: dict[str, set[str]] = {
        name: {key for cited in before.get(name, ()) for key in cited.articles} for name in _cited((*gone, *new))
    }
    for articles, note in ((gone, set[str].discard), (new, set[str].add)):
        for article in articles:
            for name in _cited([article]):
                note(citing[name], article.key)
    found = dict(before)
    for name, keys in citing.items():
        sources: defaultdict[Source, list[str]] = defaultdict(list)
        for article in sorted((by_key[key] for key in keys), key=_newest_first):
            for source in article.facts.sources:
                if source.publisher == name:
                    sources[source].append(article.key)
        found.pop(name, None)
        if sources:
            found[name] = tuple(Cited(source, tuple(keys)) for source, keys in sources.items())
    return found


def _cited(articles: Iterable[Article]) -> set[str]:
    """Return the publishers of the sources of ``articles``."""
    return {source.publisher for article in articles for source in article.facts.sources}


def _publishers(
    before: Catalogue, by_publisher: dict[str, tuple[Cited, ...]], gone: list[Article], new: list[Article]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the publishers of sources in each language, the most cited first, each with how many sources."""
    cited, known = _cited((*gone, *new)), before.by_publisher
    if before.publishers and all(len(known.get(name, ())) == len(by_publisher.get(name, ())) for name in cited):
        return before.publishers
    counts = [(name, len(sources)) for name, sources in by_publisher.items()]
    return {
        language.code: tuple(
            sorted(counts, key=lambda counted: (-counted[1], collation_key(counted[0], language.alphabet)))
        )
        for language in before.settings.languages
    }


def _untranslated(
    before: Catalogue, catalogue: Catalogue, gone: list[Article], new: list[Article]
) -> dict[str, dict[str, tuple[int, AnyEntry]]]:
    """Return what has no text in each language: by anchor, its place among all of these, and the entry."""
    codes = catalogue.settings.codes
    others = [(found.topics, found.threads, found.editions, found.pages) for found in (before, catalogue)]
    if (
        before.untranslated
        and others[0] == others[1]
        and all(set(codes) <= entry.texts.keys() for entry in (*gone, *new))
    ):
        return before.untranslated
    return {code: _missing(catalogue, code) for code in codes}


def _missing(catalogue: Catalogue, code: str) -> dict[str, tuple[int, AnyEntry]]:
    entries = (entry for entry in catalogue.entries if code not in entry.texts)
    return {entry.anchor: (place, entry) for place, entry in enumerate(entries)}


def _group(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, member in pairs:
        groups[key].append(member)
    return {key: tuple(members) for key, members in groups.items()}
