"""What is wrong with the content, said so that an editor can mend it.

A problem names the file, the line and the key, says what is wrong and what to
write instead. Problems are collected, never raised one by one: an editor who
made three mistakes reads three messages. A message stands on one line of a
terminal, whatever was written in a file or is the name of one.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from msgspec import Struct

#: A value as messages quote it; a mistake is shown, not the whole of a text.
_VALUE = re.compile("“([^“”]*)”")
_LONGEST_VALUE, _LONGEST = 80, 500
#: Categories of characters that a terminal obeys (controls, directions), cannot be sent (lone surrogates:
#: the bytes of a file name that is not UTF-8) or would end the line.
_ESCAPED = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


class Problem(Struct, frozen=True, order=True):
    """One thing to mend.

    ``file`` is a path relative to the project, ``line`` counts from 1 (0: the
    file as a whole), ``key`` is the front-matter key or "" for the body.
    """

    file: str
    line: int
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """Return ``file:line: key: message remedy``, as compilers print it."""
        file, key = _escaped(self.file), _escaped(_shortened(self.key, _LONGEST_VALUE))
        place = f"{file}:{self.line}" if self.line else file
        return ": ".join(part for part in (place, key, f"{legible(self.message)} {legible(self.remedy)}") if part)


class Problems(Exception):
    """The content cannot be published; ``items`` says why, in file and line order."""

    def __init__(self, items: Iterable[Problem]) -> None:
        self.items = tuple(sorted(set(items)))
        super().__init__(report(self.items))


def report(problems: Iterable[Problem]) -> str:
    """Return the problems one a line, then a count."""
    lines = [str(problem) for problem in problems]
    count = f"{len(lines)} problem{'s' if len(lines) != 1 else ''}"
    return "\n".join([*lines, f"{count} in the content: nothing was published."])


def legible(text: str) -> str:
    """Return ``text`` as a terminal can show it: on one line, its long values shortened, its controls escaped."""
    quoted = _VALUE.sub(lambda found: f"“{_shortened(found[1], _LONGEST_VALUE)}”", text)
    # A value that holds quotation marks of its own is longer still: the middle goes, what is wrong stays.
    return _escaped(_shortened(quoted, _LONGEST))


def _shortened(text: str, longest: int) -> str:
    end = longest // 3
    return text if len(text) <= longest else f"{text[: longest - end - 1]}…{text[-end:]}"


def _escaped(text: str) -> str:
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in _ESCAPED else char for char in text
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """Return advice on an unknown ``word``: the nearest known one, or the whole list."""
    names = sorted(known)
    match = get_close_matches(word, names, n=1, cutoff=0.5)
    if match:
        return f"Did you mean “{match[0]}”?"
    if not names:
        return "There is none yet: create it first."
    shown = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
    return f"Write one of: {shown}."


class Invalid(Exception):
    """A value that cannot be read: the line, what is wrong, what to write instead."""

    def __init__(self, line: int, message: str, remedy: str, key: str = "") -> None:
        self.line, self.message, self.remedy, self.key = line, message, remedy, key
        super().__init__(message)
