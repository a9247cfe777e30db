"""What is wrong with the content, said so that an editor can mend it.

A problem names the file, the line and the key, says what is wrong and what to
write instead. Problems are collected, never raised one by one: an editor who
made three mistakes reads three messages.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from msgspec import Struct


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
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.key, f"{self.message} {self.remedy}") if part)


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
