"""The words of a project that no dictionary has: names, and a list that the editors keep.

Names come from the content itself: players, glossary terms, publishers. The list
of a language is ``content/words.<language>.txt``, one word or phrase per line, ``#`` for remarks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from newsroom.content import frontmatter
from newsroom.content.articles import ARTICLE
from newsroom.content.library import Library, entries_of
from newsroom.content.registers import Entity
from newsroom.plain_files import read_plain
from newsroom.problems import Invalid, Problem, Problems
from newsroom.text.glossary import Term

_SPACES = re.compile(r"[ \u00a0\u202f]+")


def plain(text: str) -> str:
    """Return ``text`` with ordinary spaces and straight apostrophes, as dictionaries write them.

    Every character stays in its place.
    """
    return text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


class Vocabulary(Struct, frozen=True):
    """Words and phrases that are spelled as they should be, in :func:`plain` form."""

    words: frozenset[str]
    phrases: re.Pattern[str]

    def knows(self, word: str) -> bool:
        """Tell whether ``word`` is known; a word of lower case may open a sentence."""
        return word in self.words or word[:1].lower() + word[1:] in self.words

    def blank_phrases(self, text: str) -> str:
        """Return ``text``, in plain form, with the known phrases blanked."""
        return self.phrases.sub(lambda found: " " * len(found[0]), text)


def list_file(content: Path, code: str) -> Path:
    """Return where the words of a language are listed."""
    return content / f"words.{code}.txt"


def read_vocabulary(
    content: Path, code: str, library: Library, entities: Mapping[str, Entity], terms: Iterable[Term]
) -> Vocabulary:
    """Return the vocabulary of one language; without a list, the names of the content.

    Raises :class:`Problems` where the list cannot be read.
    """
    listed = (line.partition("#")[0].strip() for line in _lines(list_file(content, code), content.name))
    return vocabulary([*listed, *_names(library, entities), *(form for term in terms for form in term.forms)])


def _lines(path: Path, folder: str) -> list[str]:
    name = f"{folder}/{path.name}"
    raw = read_plain(path, name)
    if isinstance(raw, Problem):
        raise Problems([raw])
    try:
        return frontmatter.decode(raw).split("\n")
    except Invalid as error:
        raise Problems([frontmatter.problem(name, error)]) from error


def vocabulary(names: Iterable[str]) -> Vocabulary:
    """Return the vocabulary that ``names`` make: words, and phrases known only as a whole."""
    known = {_SPACES.sub(" ", plain(name)) for name in names if name}
    phrases = sorted(
        (name for name in known if not name.replace("-", "").isalnum()), key=lambda name: (-len(name), name)
    )
    pattern = "|".join(map(re.escape, phrases))
    return Vocabulary(frozenset(known), re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if phrases else r"(?!)"))


def _names(library: Library, entities: Mapping[str, Entity]) -> Iterator[str]:
    for entity in entities.values():
        for name in entity.name.values():
            yield name
            if entity.kind == "person":
                # A person who was named in full is then named by the surname.
                yield from name.split()
    for article in entries_of(library, ARTICLE):
        for source in article.facts.sources:
            for name in (source.publisher, source.via, source.copy):
                yield name
                yield from name.split(" / ")
            yield from source.author.replace(",", "").split()
