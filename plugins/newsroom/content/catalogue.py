"""The catalogue: everything that is published, in order, with what belongs together.

Immutable, made once per build. The order is total (date, then key), so that two builds of the same
files agree to the byte.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from newsroom.content.addresses import Addresses
from newsroom.content.articles import Article
from newsroom.content.editions import Edition
from newsroom.content.figures import Figure
from newsroom.content.models import AnyEntry, Claim, Source
from newsroom.content.pages import Page
from newsroom.content.registers import Entity
from newsroom.content.threads import Thread
from newsroom.content.topics import Topic
from newsroom.pictures import Picture
from newsroom.settings import Settings
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
    ``threads_of_topic`` the threads that have an article whose main topic it is, ``claims_of_topic`` their claims.
    ``untranslated`` holds, by language, what it lacks: place in the list and entry, by anchor.
    ``by_day`` holds, by language and by ``thread``, ``entities`` or ``topics`` and
    its key, the day (an ordinal) and key of each article, in order of both.
    ``publishers`` holds, by language, the publishers of sources, the most cited first, each with how many sources.
    """

    settings: Settings
    addresses: Addresses
    articles: tuple[Article, ...] = ()
    topics: tuple[Topic, ...] = ()
    threads: tuple[Thread, ...] = ()
    editions: tuple[Edition, ...] = ()
    pages: tuple[Page, ...] = ()
    entities: dict[str, Entity] = {}
    terms: dict[str, tuple[Term, ...]] = {}
    claims: dict[str, Claim] = {}
    claims_of: dict[str, tuple[Claim, ...]] = {}
    claims_of_topic: dict[str, tuple[Claim, ...]] = {}
    threads_of_topic: dict[str, tuple[str, ...]] = {}
    by_key: dict[str, Article] = {}
    topic: dict[str, Topic] = {}
    thread: dict[str, Thread] = {}
    by_topic: dict[str, tuple[Article, ...]] = {}
    by_thread: dict[str, tuple[Article, ...]] = {}
    by_entity: dict[str, tuple[Article, ...]] = {}
    by_year: dict[int, tuple[Article, ...]] = {}
    by_day: dict[tuple[str, str, str], tuple[tuple[int, str], ...]] = {}
    by_publisher: dict[str, tuple[Cited, ...]] = {}
    publishers: dict[str, tuple[tuple[str, int], ...]] = {}
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
