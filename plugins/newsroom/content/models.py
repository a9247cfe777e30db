"""What the content is made of, once read: immutable and typed.

``…Facts`` hold what does not depend on the language, ``…Text`` what does. An
:class:`Entry` puts the facts and the texts of one folder together. The key of
an entry is the name of its folder and never changes.
"""

import datetime as dt
from typing import Generic, TypeVar

from msgspec import Struct, field

from newsroom.dates import PartialDate
from newsroom.text.body import Body

#: The states of a claim, from hearsay to outcome; the last three settle it.
STATUSES = ("rumour", "announced", "confirmed", "denied", "cancelled")
SETTLED = frozenset(("confirmed", "denied", "cancelled"))
GIVEN_UP = frozenset(("denied", "cancelled"))


class Source(Struct, frozen=True):
    """Where a fact was read. ``via`` relayed it, ``copy`` is the site that holds a copy of it."""

    publisher: str
    date: PartialDate
    language: str
    title: str = ""
    author: str = ""
    via: str = ""
    copy: str = ""
    url: str = ""
    archive: str = ""


class Expected(Struct, frozen=True):
    """What an announcement promises, per language, and when; ``was`` are the dates it was promised for before."""

    label: dict[str, str]
    month: PartialDate | None = None
    date: PartialDate | None = None
    was: tuple[PartialDate, ...] = ()

    @property
    def when(self) -> PartialDate:
        """The date or month it was promised for."""
        return self.date or self.month or PartialDate(1)


class Update(Struct, frozen=True):
    """What was added to an article later; ``status`` when it settles the article's own claim."""

    date: PartialDate
    significant: bool
    text: dict[str, str]
    kind: str = "update"
    status: str = ""


class Image(Struct, frozen=True):
    """The picture of an article: a file of its folder, and whose it is."""

    file: str
    credit: str


class ArticleFacts(Struct, frozen=True):
    """The language-neutral facts of an article."""

    date: dt.datetime
    topics: tuple[str, ...]
    status: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    thread: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()
    settles: tuple[str, ...] = ()
    written: PartialDate | None = None
    updates: tuple[Update, ...] = ()
    image: Image | None = None
    draft: bool = False
    publish: dt.datetime | None = None

    @property
    def public_from(self) -> dt.datetime:
        """The moment from which it is public: nothing is told before its own day."""
        return max(self.date, self.publish or self.date)


class TopicFacts(Struct, frozen=True):
    """The language-neutral facts of a topic."""

    order: int = 0


class ThreadFacts(Struct, frozen=True):
    """The language-neutral facts of a thread; ``closed`` is the day its story ended."""

    as_of: PartialDate
    closed: PartialDate | None = None


class EditionFacts(Struct, frozen=True):
    """The language-neutral facts of an edition: its number, its day, its articles in order."""

    number: int
    date: dt.datetime
    articles: tuple[str, ...]
    draft: bool = False
    publish: dt.datetime | None = None

    @property
    def public_from(self) -> dt.datetime:
        """The moment from which it is public: nothing is told before its own day."""
        return max(self.date, self.publish or self.date)


class PageFacts(Struct, frozen=True):
    """The language-neutral facts of a page."""

    date: dt.datetime
    order: int = 0


class Text(Struct, frozen=True):
    """One language of an entry: the file it comes from, its words, its converted body, the line of each key."""

    file: str
    language: str
    title: str
    slug: str
    summary: str
    body: Body
    alt: str = ""
    claim: str = ""
    story: str = ""
    aliases: tuple[str, ...] = ()
    translated_from: str = ""
    lines: dict[str, int] = field(default_factory=dict)


Facts = TypeVar("Facts")


class Entry(Struct, Generic[Facts], frozen=True):
    """One folder of content: its key, its facts, its texts by language code, and the folder of its kind.

    ``lines`` tells where each key was written, as ``{key: (file, line)}``; items
    of a list are ``key.0``, ``key.1``….
    """

    key: str
    facts: Facts
    texts: dict[str, Text]
    lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    kind: str = ""

    @property
    def anchor(self) -> str:
        """Its id on a page that lists entries of several kinds."""
        return f"{self.kind}-{self.key}"


Article = Entry[ArticleFacts]
Topic = Entry[TopicFacts]
Thread = Entry[ThreadFacts]
Edition = Entry[EditionFacts]
Page = Entry[PageFacts]
