"""Spelling, by the dictionary of each language’s locale.

A word is right when the dictionary has it, when it is a name of the content or
a word of the project’s list, or when each of its parts is (“l’Arcep”,
“ground-station”). What a text quotes with its mistakes stands in ``<u>``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus
from newsroom.rules.passages import Passage
from newsroom.rules.vocabulary import Vocabulary, list_file, plain
from newsroom.sentences import Sentence, either, quoted, say

#: Each begins where nothing of its kind stands before it: a long row of them is not read again at every sign.
_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)\S+"
    r"|(?<![\w.+-])[\w.+-]++@[\w.-]+"
    r"|(?<![\w-])(?<!\w\.)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?"
)
_TOKEN = re.compile(r"\w+(?:['-]\w+)*'?")
_PART = re.compile(r"(?<=')|-")
#: Suggestions take hunspell a tenth of a second per word.
_SUGGESTED = 6


class NoDictionary(Exception):
    """A language cannot be checked; ``sentence`` says what to install."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


class Speller(Protocol):
    """A spelling program."""

    def misspelt(self, locale: str, words: Iterable[str]) -> frozenset[str]:
        """Return the ``words`` that the dictionary of ``locale`` does not have, or raise :class:`NoDictionary`."""

    def suggestions(self, locale: str, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return words of the dictionary that each of ``words`` may have been meant for."""


def spelling(corpus: Corpus, speller: Speller) -> Iterator[Problem]:
    """Yield the misspelt words of each language, once per file."""
    for language in corpus.catalogue.settings.languages:
        passages = [item for item in corpus.passages if item.language == language.code and not item.quoted]
        vocabulary = corpus.vocabularies[language.code]
        tokens = {token for passage in passages for token, _ in tokens_of(passage.text, vocabulary)}
        try:
            unknown = speller.misspelt(
                language.locale, {part for token in tokens for part in (token, *parts_of(token))}
            )
        except NoDictionary as error:
            place = f"LANGUAGES[{language.code!r}]"
            yield Problem("pelicanconf.py", 0, place, error.sentence, say("Then check again."))
            continue
        wrong = {token: found for token in tokens if (found := wrong_parts(token, unknown, vocabulary))}
        places = list(_places(passages, wrong, vocabulary))
        first = dict.fromkeys(word for word, _, _ in places)
        meant = speller.suggestions(language.locale, list(first)[:_SUGGESTED]) if places else {}
        words = list_file(corpus.catalogue.settings.content, language.code)
        name = f"{words.parent.name}/{words.name}"
        for word, passage, start in places:
            remedy = _remedy(meant.get(word, ()), name)
            here = passage.place_of(start, start + len(word))
            shown = word.replace("'", "’")
            message = say("“{word}” is not in the dictionary ({locale}).", word=shown, locale=language.locale)
            yield Problem(passage.file, here.line, passage.key, message, remedy, here.column)


def tokens_of(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    """Yield the words of ``text`` to look up, in plain form, and where they stand."""
    prose = _ADDRESS.sub(lambda found: " " * len(found[0]), vocabulary.blank_phrases(plain(text)))
    for found in _TOKEN.finditer(prose):
        yield found[0], found.start()


def parts_of(token: str) -> list[str]:
    """Return what ``token`` is made of: “l'” and “Arcep”."""
    return [part for part in _PART.split(token) if part]


def wrong_parts(token: str, unknown: frozenset[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what is misspelt in ``token``, given the ``unknown`` words of the dictionary."""

    def right(word: str) -> bool:
        if len(word) == 1 or any(char.isdigit() for char in word):
            return True
        return word not in unknown or vocabulary.knows(word) or vocabulary.knows(word.rstrip("'"))

    if right(token):
        return ()
    return tuple(part.rstrip("'") for part in parts_of(token) if not right(part))


def _places(
    passages: Iterable[Passage], wrong: dict[str, tuple[str, ...]], vocabulary: Vocabulary
) -> Iterator[tuple[str, Passage, int]]:
    """Yield the first place of every wrong word in every file."""
    seen: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        for token, start in tokens_of(passage.text, vocabulary):
            for word in wrong.get(token, ()):
                if word not in seen[passage.file]:
                    seen[passage.file].add(word)
                    yield word, passage, start + token.find(word)


def _remedy(meant: tuple[str, ...], words: str) -> Sentence:
    if not meant:
        return say("If it is right, add it to {file}.", file=words)
    return say("Did you mean {words}? If it is right, add it to {file}.", words=either(quoted(meant[:3])), file=words)
