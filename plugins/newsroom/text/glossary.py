"""The glossary: terms the reader may not know, explained once per article.

The first occurrence of a term in the prose of an article becomes an ``<abbr>``
with the expansion in the language of the page, linked to its entry. Words are
looked up one by one in a table, so the cost grows with the text and not with
the number of terms.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from newsroom.keys import first_key

_WORD = re.compile(r"[^\W_]++")
#: So many words are sooner looked for one after another than by looking at each word of a text: few begin a term.
_FEW = 20


class Term(Struct, frozen=True):
    """One entry in one language; ``match`` are other forms it is recognised by, ``line`` is where it is written."""

    key: str
    term: str
    expansion: str
    definition: str
    match: tuple[str, ...] = ()
    line: int = 0
    former: tuple[str, ...] = ()

    @property
    def permanent(self) -> str:
        """Its id on the page of the glossary, for ever."""
        return first_key(self.key, self.former)

    @property
    def forms(self) -> tuple[str, ...]:
        """The surface forms it is recognised by in text."""
        return (self.term, *self.match)


class Occurrence(Struct, frozen=True):
    """Where a term stands in a run of text, as start and end offsets."""

    start: int
    end: int
    term: Term


class Finder:
    """Finds terms in runs of text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_word: dict[str, list[tuple[str, Term]]] = {}
        for term in terms:
            for form in term.forms:
                first = _WORD.search(form)
                if first and first.start() == 0:
                    self._by_word.setdefault(first[0].casefold(), []).append((form, term))
        for forms in self._by_word.values():
            forms.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: str) -> Iterator[Occurrence]:
        """Yield where terms stand in ``text``, in order and without overlap."""
        words = _words(text) if self._by_word else set()
        known = {word: folded for word in words if (folded := word.casefold()) in self._by_word}
        position = 0
        for start, word in _places(text, known):
            if start < position:
                continue
            for form, term in self._by_word[known[word]]:
                end = start + len(form)
                if _same(text[start:end], form) and not _inside_word(text, start, end):
                    position = end
                    yield Occurrence(start, end, term)
                    break


def _words(text: str) -> set[str]:
    """Return the words of ``text``, each once; signs stand at few of them."""
    found = set(text.split())
    alone = set(filter(str.isalnum, found))
    return alone.union(_WORD.findall(" ".join(found - alone)))


def _places(text: str, words: Collection[str]) -> Iterable[tuple[int, str]]:
    """Return where ``words`` stand in ``text``, in order."""
    if len(words) <= _FEW:
        return sorted((at, word) for word in words for at in _places_of(text, word))
    return ((found.start(), found[0]) for found in _WORD.finditer(text) if found[0] in words)


def _places_of(text: str, word: str) -> Iterator[int]:
    """Yield where ``word`` stands in ``text``, and not within a longer one."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not any(char.isalnum() for char in (text[at - 1 : at], text[end : end + 1])):
            yield at
        at = text.find(word, end)


def _same(found: str, form: str) -> bool:
    """Forms with a capital are matched exactly (names, acronyms); the others at any case."""
    return found == form if form != form.lower() else found.casefold() == form.casefold()


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return any(char.isalnum() or char in ("-", "_") for char in (before, after))
