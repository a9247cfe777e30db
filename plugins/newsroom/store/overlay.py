"""A cache that is only read: what a preview learns stays in memory.

Builds write the cache in another process. A preview that wrote it too would wait for them at every save.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from newsroom.store.store import Kept, Store


class Overlay(Store):
    """The cache in ``folder``, with what was learned since on top."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._files: dict[str, Kept] = {}
        self._bodies: dict[str, str] = {}
        self._notes: dict[bytes, bytes] = {}

    def lock(self) -> None:
        """Take no lock: nothing is written."""

    def unlock(self) -> None:
        """Hold no lock."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Begin none: nothing is written."""
        yield

    def files(self) -> dict[str, Kept]:
        return {**super().files(), **self._files}

    def file(self, name: str) -> Kept | None:
        return self._files.get(name) or super().file(name)

    def keep_file(self, name: str, kept: Kept, html: str) -> None:
        self._files[name], self._bodies[name] = kept, html

    def touch_file(self, name: str, kept: Kept) -> None:
        self._files[name] = kept

    def forget_files(self, names: Iterable[str]) -> None:
        for name in names:
            self._files.pop(name, None)
            self._bodies.pop(name, None)

    def html(self, name: str, body_digest: str) -> str | None:
        html = self._bodies.get(name)
        if html is not None and blake2b(html.encode(), digest_size=16).hexdigest() == body_digest:
            return html
        return super().html(name, body_digest)

    def note(self, key: bytes) -> bytes | None:
        return self._notes.get(key) or super().note(key)

    def keep_note(self, key: bytes, value: bytes) -> None:
        self._notes[key] = value
