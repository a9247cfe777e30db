"""What is wrong with the content, said so that an editor can mend it.

A problem names the file, the line and the key, says what is wrong and what to write instead. Problems are
collected, never raised one by one: an editor who made three mistakes reads three messages. A message takes
one line of a terminal, whatever a file or its name holds.
"""

import gettext
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from msgspec import Struct
from unidecode import unidecode

from newsroom.sentences import SOURCE, Sentence, nsay, say

#: A value as messages quote it: the mistake is shown, not a whole text.
_VALUE = re.compile("“([^“”]*)”|«\u00a0([^«»]*)\u00a0»")
_LONGEST_VALUE, _LONGEST = 80, 500
#: Categories of characters that a terminal obeys (controls, directions), cannot be sent (lone surrogates:
#: the bytes of a file name that is not UTF-8) or would end the line.
_ESCAPED = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


class Position(Struct, frozen=True):
    """A place in a file: its line and its column, which count from 1; 0 where they are not known."""

    line: int
    column: int = 0


def position_in(text: str, offset: int, first: int = 1) -> Position:
    """Return the place of ``text[offset]``, where ``text`` begins on the line ``first`` of its file."""
    return Position(first + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset))


class Problem(Struct, frozen=True):
    """One thing to mend.

    ``file`` is a path relative to the project, ``line`` counts from 1 (0: the
    file as a whole), ``column`` too (0: not known), ``key`` is the front-matter key or "" for the body.
    What is wrong and what to write are sentences, in the catalogues of all languages;
    the word of a library is a value in one.
    """

    file: str
    line: int
    key: str
    message: Sentence
    remedy: Sentence
    column: int = 0

    def __str__(self) -> str:
        """Return the problem in the language of the source."""
        return self.text(SOURCE)

    def __lt__(self, other: "Problem") -> bool:
        """Order problems as an editor meets them: by file, then line."""
        return self._place < other._place

    @property
    def _place(self) -> tuple[str, int, int, str, str, str]:
        return (self.file, self.line, self.column, self.key, str(self.message), str(self.remedy))

    def text(self, words: gettext.NullTranslations) -> str:
        """Return ``file:line:column: key: message remedy``, as compilers print it, in the language of ``words``."""
        file, key = _escaped(self.file), _escaped(_shortened(self.key, _LONGEST_VALUE))
        place = ":".join([file, *(str(number) for number in (self.line, self.column if self.line else 0) if number)])
        said = f"{legible(self.message.text(words))} {legible(self.remedy.text(words))}"
        return ": ".join(part for part in (place, key, said) if part)


class Problems(Exception):
    """The content cannot be published; ``items`` says why, in file and line order."""

    def __init__(self, items: Iterable[Problem]) -> None:
        self.items = tuple(sorted(set(items)))
        super().__init__(report(self.items))

    def text(self, words: gettext.NullTranslations) -> str:
        """Return the report of all of them, in the language of ``words``."""
        return report(self.items, words)


def report(problems: Iterable[Problem], words: gettext.NullTranslations = SOURCE) -> str:
    """Return the problems one a line, then a count, in the language of ``words``."""
    lines = [problem.text(words) for problem in problems]
    count = nsay(
        "{count} problem: nothing was published.",
        "{count} problems: nothing was published.",
        len(lines),
    )
    return "\n".join([*lines, count.text(words)])


def legible(text: str) -> str:
    """Return ``text`` as a terminal can show it: on one line, its long values shortened, its controls escaped."""
    quoted = _VALUE.sub(_shown_value, text)
    # A value with quotation marks of its own is longer still: its middle is cut, what is wrong stays.
    return _escaped(_shortened(quoted, _LONGEST))


def _shown_value(found: re.Match[str]) -> str:
    value = found[found.lastindex or 0]
    return found[0].replace(value, _shortened(value, _LONGEST_VALUE)) if value else found[0]


def _shortened(text: str, longest: int) -> str:
    end = longest // 3
    return text if len(text) <= longest else f"{text[: longest - end - 1]}…{text[-end:]}"


def _escaped(text: str) -> str:
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in _ESCAPED else char for char in text
    )


def nearest(word: str, known: Iterable[str], names: Mapping[str, str] = MappingProxyType({})) -> Sentence:
    """Return advice on an unknown ``word``: the nearest known one, or the whole list.

    ``names`` are other names of the known ones, such as the title of what a key names.
    """
    keys = sorted(known)
    several = [part.strip() for part in re.split("[;,/+&]", word)]
    if len(several) > 1 and set(several) <= set(keys):
        return say("Write them one by one: {names}.", names=", ".join(several))
    own, others = {folded(key): key for key in keys}, {folded(name): key for name, key in names.items()}
    plain, asked = {**others, **own}, folded(word)
    match = [asked] if asked in plain else get_close_matches(asked, own, n=1, cutoff=0.5)
    match = match or get_close_matches(asked, others, n=1, cutoff=0.75)
    if match:
        return say("Did you mean “{word}”?", word=plain[match[0]])
    if not keys:
        return say("There is none yet: create it first.")
    listed = ", ".join(keys[:20]) + (", …" if len(keys) > 20 else "")
    return say("Write one of: {names}.", names=listed)


def closest(word: str, known: Iterable[str]) -> str:
    """Return the one of ``known`` that is nearest to ``word``, "" where none is."""
    plain = {folded(name): name for name in known}
    return plain.get(next(iter(get_close_matches(folded(word), plain, n=1, cutoff=0.5)), ""), "")


def folded(word: str) -> str:
    """Return ``word`` without capitals and accents, which do not make it another name."""
    return unidecode(word).casefold()


class Invalid(Exception):
    """A value that cannot be read: its line, what is wrong, what to write; ``others`` are further mistakes in it.

    ``column`` counts from 1, 0 where it is not known. ``meant`` is the YAML that the remedy writes in the place
    of the value, "" where it proposes none.
    """

    def __init__(
        self, line: int, message: Sentence, remedy: Sentence, key: str = "", *, column: int = 0, meant: str = ""
    ) -> None:
        self.column = column
        self.line, self.message, self.remedy, self.key, self.meant = line, message, remedy, key, meant
        self.others: list[Invalid] = []
        super().__init__(str(message))

    @property
    def each(self) -> Iterator["Invalid"]:
        """This one, and the others."""
        yield self
        for other in self.others:
            yield from other.each


def together(errors: Sequence[Invalid]) -> Invalid:
    """Return the first of ``errors``, at least one, with the rest as its ``others``."""
    first, *others = errors
    first.others += others
    return first
