"""The outbox: letters as files, and the records of what was sent to whom.

``outbox/`` holds addresses of readers: keep it out of repositories and of backups
that others can read. Unlike ``output/`` and ``cache/`` it must not be deleted while
a list is being sent: it prevents readers from getting a letter twice.
"""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from newsroom.mail.delivery import DeliveryRecord
from newsroom.plain_files import regular
from newsroom.problems import Problem, Problems
from newsroom.sentences import say

FOLDER = "outbox"
_decoder = msgspec.json.Decoder(DeliveryRecord)


class NotRecordedError(Exception):
    """What happened to a letter cannot be recorded; ``reason`` says why, to a person."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.reason = say("{file} cannot be written: {reason}", file=path.as_posix(), reason=_words(error))
        super().__init__(self.reason)


class Journal:
    """The records of one letter: one line each, on the disk before anything else happens."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("ab+", buffering=0)  # what was not written now must not be at the end

    def lock(self) -> None:
        """Lock the letter while it is being sent; raise :class:`Problems` where somebody else is sending it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            what = say("this letter is being sent by another command.")
            raise Problems([Problem(self._path.as_posix(), 0, "", what, say("Wait until it has ended."))]) from error

    def read(self) -> list[DeliveryRecord]:
        """Return the records, oldest first; a last line left unfinished by a crash is cut off."""
        self._file.seek(0)
        data = self._file.read()
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            self._file.truncate(len(whole))
        try:
            return [_decoder.decode(line) for line in whole.splitlines()]
        except msgspec.MsgspecError as error:
            what = say("this is no record of what was sent: {error}.", error=str(error))
            remedy = say("Put back the file as it was; without it, nobody knows who has the letter.")
            raise Problems([Problem(self._path.as_posix(), 0, "", what, remedy)]) from error

    def add(self, record: DeliveryRecord) -> None:
        """Keep ``record``, even if the machine fails right afterwards; raise :class:`NotRecordedError`."""
        line = msgspec.json.encode(record) + b"\n"
        try:
            while line:
                line = line[self._file.write(line) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            raise NotRecordedError(self._path, error) from error

    def close(self) -> None:
        """Close the file and let others send."""
        self._file.close()


@contextmanager
def journal(root: Path, letter: str) -> Iterator[Journal]:
    """Open the records of ``letter`` for one command."""
    path = root / FOLDER / f"{letter}.sent.jsonl"
    with _place(path):
        opened = Journal(path)
    try:
        opened.lock()
        yield opened
    finally:
        opened.close()


def write_files(root: Path, letter: str, files: dict[str, bytes]) -> list[Path]:
    """Write the forms of ``letter``, by suffix, into the outbox; return where they are."""
    paths = {suffix: root / FOLDER / f"{letter}.{suffix}" for suffix in files}
    for suffix, path in paths.items():
        with _place(path):
            path.write_bytes(files[suffix])
    return list(paths.values())


@contextmanager
def _place(path: Path) -> Iterator[None]:
    """Make the outbox for the file ``path`` to be opened in; raise :class:`Problems` where that cannot be.

    What lies there must be a plain file: a link leads out of the outbox, a pipe never answers.
    """
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        found = regular(path, path.as_posix(), largest=sys.maxsize) if os.path.lexists(path) else None
        if isinstance(found, Problem):
            raise Problems([found])
        yield
    except OSError as error:
        what = say("cannot be written: {reason}.", reason=_words(error))
        remedy = say("Make room for it, and let it be written.")
        raise Problems([Problem(str(error.filename or path), 0, "", what, remedy)]) from error


def _words(error: OSError) -> str:
    return error.strerror or str(error)
