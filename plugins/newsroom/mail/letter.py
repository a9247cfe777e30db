"""A letter: one edition in one language or several, with what its page and its feed say."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from newsroom.content.catalogue import Catalogue, is_public
from newsroom.content.editions import EDITION, Edition
from newsroom.content.library import Library
from newsroom.mail.document import ENGINES, harmless
from newsroom.problems import Problem, Problems, nearest
from newsroom.rules.editions import held_back, unpublished
from newsroom.sentences import say
from newsroom.views.feed_items import FeedItem
from newsroom.views.feeds import edition_item

_KEPT = (bytes, dt.date, dt.datetime)


class LetterPart(Struct, frozen=True):
    """One language of a letter: what the feed says about the edition, and where all editions are.

    ``missing`` are the articles of the edition that have no text in this language.
    """

    language: str
    item: FeedItem
    number: int
    label: str
    date: dt.date
    archive: str
    missing: tuple[str, ...] = ()


class Letter(Struct, frozen=True):
    """An edition to be sent: its permanent name and its parts, in the order in which they are read."""

    key: str
    parts: tuple[LetterPart, ...]

    @property
    def subject(self) -> str:
        """The title, in every language of the letter."""
        return " / ".join(part.item.title for part in self.parts)

    @property
    def name(self) -> str:
        """The permanent name and the languages, which tell letters apart."""
        return ".".join([self.key, *(part.language for part in self.parts)])


def letter_of(
    catalogue: Catalogue, library: Library, key: str, languages: Sequence[str], *, test: bool = False
) -> Letter:
    """Return the letter of the edition ``key`` in ``languages``; a ``test`` may be sent before the edition is public.

    Raises :class:`Problems` where there is no such edition, it is not public, or what it lists is not.
    """
    editions = library.entries[EDITION.folder]
    edition = editions.get(key)
    if edition is None:
        message = say("there is no edition “{key}”.", key=key) if key else say("it does not say which edition.")
        raise Problems([Problem("KEY", 0, "", message, nearest(key, editions))])
    problems = [*_untranslated(edition, languages), *unpublished(edition, catalogue, library)]
    if not test and not is_public(edition, catalogue.settings.now):
        file = next(iter(edition.texts.values())).file
        remedy = say("Publish it first; a test to one address may go out before.")
        problems.append(Problem(file, 0, "", held_back(edition), remedy))
    if problems:
        raise Problems(problems)
    return Letter(edition.permanent, tuple(_part(catalogue, edition, code) for code in languages))


def for_engine(letter: Letter, engine: str) -> Letter:
    """Return ``letter`` with no word that ``engine`` would take for an instruction; its bodies stand elsewhere."""
    if not ENGINES[engine]:
        return letter
    return msgspec.convert(_harmless(msgspec.to_builtins(letter, builtin_types=_KEPT), engine), Letter)


def _harmless(value: Any, engine: str) -> Any:
    """Return builtins whose texts are harmless, those that name something left as they are."""
    if isinstance(value, str):
        return harmless(value, engine)
    if isinstance(value, list | tuple):
        return [_harmless(item, engine) for item in value]
    if isinstance(value, dict):
        return {name: _harmless(item, engine) for name, item in value.items()}
    return value


def _untranslated(edition: Edition, languages: Iterable[str]) -> Iterator[Problem]:
    for code in languages:
        if code not in edition.texts:
            message = say("the edition “{key}” has no text in “{code}”.", key=edition.key, code=code)
            yield Problem("IN", 0, "", message, nearest(code, edition.texts))


def _part(catalogue: Catalogue, edition: Edition, code: str) -> LetterPart:
    places = catalogue.addresses
    archive = places.absolute(places.section(code, "editions"))
    facts, label = edition.facts, edition.texts[code].label
    missing = tuple(key for key in facts.articles if code not in catalogue.by_key[key].texts)
    return LetterPart(
        code, edition_item(catalogue, edition, code), facts.number, label, facts.date.date(), archive, missing
    )
