"""What is saved: files and folders that change, also where a whole folder is replaced by another.

The system watches what stands at a path when the watch begins. A folder that is
moved away and another put in its place, as by a checkout or a copy that is
brought back, would be watched no more: the watch begins anew where that happens.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import watch
from watchfiles._rust_notify import WatchfilesRustInternalError

#: Milliseconds without a change after which what was saved together is told.
_STEP = 10
#: Milliseconds after which it is told that nothing was saved.
_PULSE = 100

_Identity = tuple[int, int] | None


def saves(paths: Sequence[Path]) -> Iterator[set[Path]]:
    """Yield what was saved under ``paths``, or nothing ten times a second; from the first time on, all of it."""
    known = _identities(paths)
    replaced: set[Path] = set()
    while True:
        try:
            for found in _watch([path for path in paths if known[path]]):
                yield {Path(path) for _, path in found} | replaced
                now = _identities(paths)
                replaced = {path for path in paths if now[path] != known[path]}
                if replaced:
                    known = now
                    break
        except (OSError, WatchfilesRustInternalError):
            # One of them went away before it was watched, or a name is no text: all may have changed.
            time.sleep(_PULSE / 1000)
            known, replaced = _identities(paths), set(paths)


def _watch(paths: Sequence[Path]) -> Iterator[set[tuple[object, str]]]:
    found = watch(*paths, step=_STEP, debounce=20 * _STEP, rust_timeout=_PULSE, yield_on_timeout=True)
    yield from found  # type: ignore[misc]


def _identities(paths: Sequence[Path]) -> dict[Path, _Identity]:
    return {path: _identity(path) for path in paths}


def _identity(path: Path) -> _Identity:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
