"""Notes that the editors know about: ``content/acknowledged.txt``, one per line, ``#`` for remarks.

A note is identified by its file, its key and its English text, not by its line, which moves. One
that has been dealt with drops out of the file when notes are next acknowledged.
"""

from collections.abc import Iterable
from pathlib import Path

from desk.saving import save
from newsroom.problems import Problem, legible

NAME = "acknowledged.txt"
_HEAD = "# Notes of make check that the editors know of. make check ACKNOWLEDGE=1 writes this file.\n"


def unacknowledged(content: Path, notes: Iterable[Problem]) -> list[Problem]:
    """Return the notes that nobody has acknowledged."""
    path = content / NAME
    known = set(path.read_text(encoding="utf-8", errors="replace").splitlines()) if path.is_file() else set()
    return [note for note in notes if _line(note) not in known]


def acknowledge(content: Path, notes: Iterable[Problem]) -> None:
    """Write ``notes`` down as known."""
    lines = "".join(f"{line}\n" for line in sorted({_line(note) for note in notes}))
    save(content / NAME, _HEAD + lines)


def _line(note: Problem) -> str:
    return f"{note.file}: {note.key}: {legible(str(note.message))}"
