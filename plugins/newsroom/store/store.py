"""What is kept between builds: converted files, derived data, what was written where.

Every row of the database carries a digest of its content: a row that was damaged or
tampered with counts as missing. Nothing that runs code is stored.
"""

import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from itertools import chain, repeat
from pathlib import Path
from zlib import crc32

import msgspec

from newsroom.plain_files import Stat
from newsroom.store.database import connection, open_database, refusals_as_problems
from newsroom.store.digests import digest
from newsroom.store.lock import Lock
from newsroom.store.tidying import ROOM, tidy

_stat = msgspec.msgpack.Decoder(Stat | None)


def _sound(mark: object, *parts: object) -> bool:
    """Tell whether ``mark`` is the digest of ``parts``; damage may have changed their types too."""
    return all(isinstance(part, bytes) for part in parts) and mark == digest(*parts)  # type: ignore[arg-type]


class Kept(msgspec.Struct, frozen=True):
    """A converted file as it was kept: its state on disk (None: do not trust it), digest, encoded record."""

    stat: Stat | None
    digest: bytes
    record: bytes


class Written(msgspec.Struct, frozen=True, array_like=True):
    """An output as it was written: the fingerprint of its inputs, its size and time on disk."""

    fingerprint: bytes
    size: int
    mtime_ns: int


_outputs = msgspec.msgpack.Decoder(dict[str, Written])
#: Outputs are kept in so many parts: all are read at once, and a change writes those that it concerns.
_PARTS = 256


def _part_of(path: str) -> int:
    """Return the part in which the output at ``path`` is kept."""
    return crc32(path.encode()) % _PARTS


class Store:
    """The cache of one project, in ``folder``; a file that is not a sound database is replaced by a new one.

    Writing raises :class:`newsroom.problems.Problems` where the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock(folder / "lock")
        self._db = open_database(folder)

    def lock(self) -> None:
        """Take the lock of the project; wait, and say so, while another build holds it."""
        with refusals_as_problems(self._folder):
            self._lock.take()

    def unlock(self) -> None:
        """Let the next build in."""
        self._lock.let_go()

    def reopen(self) -> None:
        """Open the database again in a forked process: connections cannot be shared between processes."""
        self._inherited = self._db  # never closed here: it belongs to the process that opened it
        self._db = connection(self._folder)

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what is done inside happen completely or not at all."""
        with refusals_as_problems(self._folder, (sqlite3.OperationalError,)):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # a full disk has ended it already
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def files(self) -> dict[str, Kept]:
        """Return the files kept, by name."""
        found: dict[str, Kept] = {}
        for name, stat, key, record, mark in self._db.execute("SELECT name, stat, digest, record, mark FROM files"):
            if _sound(mark, str(name).encode(), stat, key, record):
                # A sound row that other code wrote may not fit today's models: it is read again, like a changed file.
                with suppress(msgspec.MsgspecError):
                    found[name] = Kept(_stat.decode(stat), key, record)
        return found

    def file(self, name: str) -> Kept | None:
        """Return the file kept under ``name``."""
        row = self._db.execute("SELECT stat, digest, record, mark FROM files WHERE name = ?", (name,)).fetchone()
        if row and _sound(row[3], name.encode(), *row[:3]):
            with suppress(msgspec.MsgspecError):
                return Kept(_stat.decode(row[0]), row[1], row[2])
        return None

    def keep_file(self, name: str, kept: Kept, html: str) -> None:
        """Keep a converted file."""
        stat, record = msgspec.msgpack.encode(kept.stat), kept.record
        mark = digest(name.encode(), stat, kept.digest, record)
        row = (name, stat, kept.digest, record, mark, html.encode())
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", row)

    def touch_file(self, name: str, kept: Kept) -> None:
        """Note that a kept file has another state on disk and the same content."""
        stat, record = msgspec.msgpack.encode(kept.stat), kept.record
        mark = digest(name.encode(), stat, kept.digest, record)
        self._db.execute("UPDATE files SET stat = ?, mark = ? WHERE name = ?", (stat, mark, name))

    def forget_files(self, names: Iterable[str]) -> None:
        """Forget files that are gone."""
        self._db.executemany("DELETE FROM files WHERE name = ?", [(name,) for name in names])

    def html(self, name: str, body_digest: str) -> str | None:
        """Return the HTML kept for a file, or None where it is not what ``body_digest`` says."""
        row = self._db.execute("SELECT html FROM files WHERE name = ?", (name,)).fetchone()
        html = row[0] if row else None
        if not isinstance(html, bytes) or blake2b(html, digest_size=16).hexdigest() != body_digest:
            return None
        return str(html, "utf-8")

    def note(self, key: bytes) -> bytes | None:
        """Return what :meth:`keep_note` kept under ``key``."""
        row = self._db.execute("SELECT value, mark FROM notes WHERE key = ?", (key,)).fetchone()
        return row[0] if row and _sound(row[1], key, row[0]) else None

    def keep_note(self, key: bytes, value: bytes) -> None:
        """Keep data that is a pure function of ``key``, a digest of what it was made from."""
        with refusals_as_problems(self._folder):
            row = (key, value, digest(key, value), int(time.time()))
            self._db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)", row)

    def outputs(self, root: str) -> dict[str, Written]:
        """Return what was written under the output folder ``root``, by path.

        Nothing at all where a part is damaged: a file that nobody remembers would stay for ever.
        """
        parts = self._db.execute("SELECT root, part, rows, mark FROM outputs").fetchall()
        found: dict[str, Written] = {}
        with suppress(msgspec.MsgspecError):
            if all(_sound(mark, str(place).encode(), str(part).encode(), rows) for place, part, rows, mark in parts):
                for place, _, rows, _ in parts:
                    found |= _outputs.decode(rows) if place == root else {}
                return found
        self._db.execute("DELETE FROM outputs")
        return {}

    def output(self, root: str, path: str) -> Written | None:
        """Return what was written to ``path`` under the output folder ``root``."""
        return self._part(root, _part_of(path)).get(path)

    def keep_outputs(self, root: str, written: Mapping[str, Written], gone: Iterable[str] = ()) -> None:
        """Note what was ``written`` under ``root``, and forget what is ``gone`` from there."""
        changes: defaultdict[int, dict[str, Written | None]] = defaultdict(dict)
        for path, item in chain(zip(gone, repeat(None)), written.items()):
            changes[_part_of(path)][path] = item
        for part, changed in changes.items():
            merged = {**self._part(root, part), **changed}
            rows = msgspec.msgpack.encode({path: item for path, item in merged.items() if item})
            row = (root, part, rows, digest(root.encode(), str(part).encode(), rows))
            self._db.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)", row)

    def _part(self, root: str, part: int) -> dict[str, Written]:
        query = "SELECT rows, mark FROM outputs WHERE root = ? AND part = ?"
        row = self._db.execute(query, (root, part)).fetchone()
        if row and _sound(row[1], root.encode(), str(part).encode(), row[0]):
            with suppress(msgspec.MsgspecError):
                return _outputs.decode(row[0])
        return {}

    def tidy(self, room: int = ROOM) -> None:
        """Forget the oldest notes beyond the limit, and what was written under folders that are gone."""
        with self.transaction():
            tidy(self._db, room)
