"""Which outputs are current, which must be made, and which removed.

An output is current when it was made from the same inputs (its fingerprint)
and the file on disk is the one that was written (its size and time).
"""

import os
from pathlib import Path

from newsroom.problems import Problem, Problems
from newsroom.sentences import say
from newsroom.store.store import Written


def _is_inside(path: str) -> bool:
    """Tell whether ``path`` leads below a folder; called for every output, and therefore without a ``Path``."""
    if path.startswith("/") or "\\" in path or "\0" in path:
        return False
    parts = path.split("/")
    return ".." not in parts and any(part not in ("", ".") for part in parts)


def _require_inside(path: str) -> None:
    if not _is_inside(path):
        raise ValueError(f"{path!r} leaves the output folder")


class Manifest:
    """The outputs of one build against those of the last one, under the folder ``root``."""

    def __init__(self, root: Path, before: dict[str, Written]) -> None:
        self._root = root
        self._before = before
        self._declared: dict[str, bytes] = {}

    def declare(self, path: str, fingerprint: bytes) -> None:
        """Declare an output.

        Raises :class:`Problems` when two outputs want the same place and
        ``ValueError`` when the place is not inside the folder.
        """
        _require_inside(path)
        if path in self._declared:
            problem = Problem(path, 0, "", say("two pages want this address."), say("Change one of the two slugs."))
            raise Problems([problem])
        self._declared[path] = fingerprint

    def current(self, path: str, fingerprint: bytes) -> Written | None:
        """Return how the output at ``path`` was written, None where it must be made.

        Raises ``ValueError`` as :meth:`declare` does.
        """
        _require_inside(path)
        before = self._before.get(path)
        if before and before.fingerprint == fingerprint and self._on_disk(path) == (before.size, before.mtime_ns):
            return before
        return None

    def _on_disk(self, path: str) -> tuple[int, int]:
        try:
            found = os.lstat(f"{self._root}/{path}")
        except OSError:
            return -1, -1
        return found.st_size, found.st_mtime_ns

    def stale(self) -> list[str]:
        """Return the outputs of the last build that this one does not have."""
        return sorted(filter(_is_inside, self._before.keys() - self._declared.keys()))

    def __contains__(self, path: object) -> bool:
        return path in self._declared

    def __len__(self) -> int:
        return len(self._declared)
