"""Adding to ``content/published.txt``, what :mod:`newsroom.content.published` reads."""

from collections.abc import Sequence
from pathlib import Path

from desk.saving import save
from newsroom.content.published import NAME

_HEAD = "# What was published: make publish and make rename add to this file. Keep it in the repository.\n"


def add_lines(content: Path, lines: Sequence[str]) -> None:
    """Add ``lines``, which end in a line feed, to what was published."""
    path = content / NAME
    if lines:
        before = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else _HEAD
        before += "" if before.endswith("\n") else "\n"
        save(path, before + "".join(lines))
