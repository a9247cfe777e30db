"""The database of the store: one SQLite file, so that a kill at any moment leaves the old state or the new one."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsroom.problems import Problem, Problems
from newsroom.sentences import say

_TABLES = (
    "CREATE TABLE files (name TEXT PRIMARY KEY, stat BLOB, digest BLOB, record BLOB, mark BLOB, html BLOB)",
    "CREATE TABLE outputs (root TEXT, part INTEGER, rows BLOB, mark BLOB, PRIMARY KEY (root, part))",
    "CREATE TABLE notes (key BLOB PRIMARY KEY, value BLOB, mark BLOB, made INTEGER)",
)
_VERSION = 4
#: Two versions of the program may share a cache folder: each has a file of its own.
FILE = f"build-{_VERSION}.sqlite3"
#: Errors that SQLite reports of a sound file: another build is writing, or the disk is full.
_PASSING = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL))
_Refusals = tuple[type[Exception], ...]


@contextmanager
def refusals_as_problems(folder: Path, refusals: _Refusals = (OSError, sqlite3.OperationalError)) -> Iterator[None]:
    """Raise :class:`Problems` where the cache in ``folder`` cannot be written."""
    try:
        yield
    except refusals as error:
        reason = getattr(error, "strerror", None) or error
        remedy = say("Make room for it, or set CACHE_PATH to a folder that can be written to.")
        what = say("cannot be written: {reason}.", reason=str(reason))
        raise Problems([Problem(folder.name, 0, "", what, remedy)]) from error


def open_database(folder: Path) -> sqlite3.Connection:
    """Open the database in ``folder``; a file that is not a sound one is replaced by a new one.

    Raises :class:`Problems` where the folder cannot be written.
    """
    with refusals_as_problems(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "opening").open("w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)  # a process must not replace the file while another uses it
            return _open_or_begin(folder)


def connection(folder: Path) -> sqlite3.Connection:
    """Return one more connection to the database in ``folder``."""
    return sqlite3.connect(folder / FILE, isolation_level=None, timeout=60)


def _open_or_begin(folder: Path) -> sqlite3.Connection:
    try:
        return _open(folder)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING:  # the rest of the code is detail
            raise
        for suffix in ("", "-journal", "-wal", "-shm"):
            (folder / f"{FILE}{suffix}").unlink(missing_ok=True)
        return _open(folder)


def _open(folder: Path) -> sqlite3.Connection:
    path = folder / FILE
    new = not path.exists() or path.stat().st_size == 0
    db = connection(folder)
    try:
        _prepare(db, new=new)
    except BaseException:
        db.close()  # now, while the journal of that name is its own
        raise
    return db


def _prepare(db: sqlite3.Connection, *, new: bool) -> None:
    """Make the tables of a new database; raise ``sqlite3.DatabaseError`` where an old one is not sound."""
    db.text_factory = lambda raw: str(raw, "utf-8", "replace")  # a damaged name fails its mark
    db.execute("BEGIN IMMEDIATE")
    found = tuple(sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
    if new and not found:
        for table in _TABLES:
            db.execute(table)
    elif (
        found != _TABLES
        or db.execute("PRAGMA user_version").fetchone()[0] != _VERSION
        or db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok"
    ):
        raise sqlite3.DatabaseError("another version, or damaged")
    db.execute(
        f"PRAGMA user_version={_VERSION}"
    )  # written every time: a cache that cannot be written is reported now, not in the middle of a build
    db.execute("COMMIT")
    db.execute("PRAGMA synchronous=NORMAL")
