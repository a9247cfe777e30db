"""What the content is made of, once read: immutable and typed.

An :class:`Entry` puts the facts and the texts of one folder together: the facts do not depend on
the language, the texts do. The key of an entry is the name of its folder: what editors write. Its
permanent name, in ids and addresses of files, is the first key it had. The module of each kind of
content says what its facts and texts are beside what all have.
"""

import datetime as dt
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from newsroom.dates import PartialDate
from newsroom.keys import first_key
from newsroom.text.bodies import Body

#: What became of a claim, in the order of scoreboards.
VERDICTS = ("kept", "kept-late", "kept-otherwise", "dropped", "unanswered", "open")


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


class Evidence(Struct, frozen=True):
    """What a verdict rests on: the key of an article of ours, or a source."""

    article: str = ""
    source: Source | None = None


class Verdict(Struct, frozen=True):
    """What became of a claim, written by hand: a word of ``VERDICTS``, a sentence and its proof.

    ``date`` is the day of the fact on which it rests, or the last day about which anything is
    known of a claim that is open or unanswered; ``judged`` the day on which it was given.
    ``label`` names the fact in a few words, on drawings.
    """

    verdict: str
    date: PartialDate
    judged: PartialDate
    proof: Evidence
    label: dict[str, str]
    text: dict[str, str]
    line: int = 0


class Claim(Struct, frozen=True):
    """What somebody said would happen, or was the case; ``claim`` and ``label`` put it in words, per language.

    ``by`` are the players who announced it, none for a rumour. It was promised for ``expected``, where a date
    was given, and for the dates of ``was`` before that. The last of ``verdicts`` is in force.
    """

    key: str
    thread: str
    announced: PartialDate
    claim: dict[str, str]
    label: dict[str, str]
    verdicts: tuple[Verdict, ...]
    by: tuple[str, ...] = ()
    expected: PartialDate | None = None
    was: tuple[PartialDate, ...] = ()
    line: int = 0
    former: tuple[str, ...] = ()

    @property
    def permanent(self) -> str:
        """The key in its ids and in addresses of its files, for ever."""
        return first_key(self.key, self.former)

    @property
    def verdict(self) -> Verdict:
        """The verdict in force."""
        return self.verdicts[-1]

    @property
    def promises(self) -> tuple[PartialDate, ...]:
        """The dates it was promised for, the first one first."""
        return (*self.was, self.expected) if self.expected else ()


class Scheduled(Struct, frozen=True, kw_only=True):
    """What has a day, may be a draft, and may wait for the moment ``publish``."""

    date: dt.datetime
    draft: bool = False
    publish: dt.datetime | None = None

    @property
    def public_from(self) -> dt.datetime:
        """The moment from which it is public: nothing is published before its own day."""
        return max(self.date, self.publish or self.date)


class Text(Struct, frozen=True):
    """One language of an entry: the file it comes from, its words, its converted body, the line of each key."""

    file: str
    language: str
    title: str
    slug: str
    summary: str
    body: Body
    aliases: tuple[str, ...] = ()
    translated_from: str = ""
    lines: dict[str, int] = field(default_factory=dict)


Facts = TypeVar("Facts")
OwnText = TypeVar("OwnText", bound=Text)


class Entry(Struct, Generic[Facts, OwnText], frozen=True):
    """One folder of content: its key, its facts, its texts by language code, and the folder of its kind.

    ``lines`` tells where each key was written, as ``{key: (file, line)}``; items
    of a list are ``key.0``, ``key.1``…. ``former`` are the keys it had before, the oldest first.
    """

    key: str
    facts: Facts
    texts: dict[str, OwnText]
    lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    kind: str = ""
    former: tuple[str, ...] = ()

    @property
    def permanent(self) -> str:
        """The key in its ids and in addresses of its files, for ever."""
        return first_key(self.key, self.former)

    @property
    def path(self) -> str:
        """Its folder in the content as it was first: what its permanent id is made of."""
        return f"{self.kind}/{self.permanent}"

    def originals_of(self, text: Text) -> list[OwnText]:
        """Return what ``text`` may be a translation of: the other texts, without those that follow another."""
        others = [other for other in self.texts.values() if other is not text]
        return [other for other in others if not other.translated_from] or others

    def is_behind(self, text: Text) -> bool:
        """Tell whether ``text`` was translated from another of these texts, whose wording has changed since."""
        others = [other.body.text_hash for other in self.texts.values() if other is not text]
        return bool(text.translated_from and others) and text.translated_from not in others

    @property
    def anchor(self) -> str:
        """Its id on a page that lists entries of several kinds."""
        return f"{self.kind}-{self.permanent}"


AnyEntry = Entry[Any, Any]
