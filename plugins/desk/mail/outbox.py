"""The outbox: letters as files, and the records of what was sent to whom.

``outbox/`` holds addresses of readers: keep it out of repositories and of backups
that others can read. Unlike ``output/`` and ``cache/`` it must not be deleted while
a list is being sent: it prevents readers from getting a letter twice.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from newsroom.mail.delivery import DeliveryRecord
from newsroom.problems import Problem, Problems
from newsroom.sentences import say

FOLDER = "outbox"
_decoder = msgspec.json.Decoder(DeliveryRecord)


class Journal:
    """The records of one letter: one line each, on the disk before anything else happens."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("ab+")

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
        """Keep ``record``, even if the machine fails right afterwards."""
        self._file.write(msgspec.json.encode(record) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file and let others send."""
        self._file.close()


@contextmanager
def journal(root: Path, letter: str) -> Iterator[Journal]:
    """Open the records of ``letter`` for one command."""
    path = root / FOLDER / f"{letter}.sent.jsonl"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    opened = Journal(path)
    try:
        opened.lock()
        yield opened
    finally:
        opened.close()


def write_files(root: Path, letter: str, files: dict[str, bytes]) -> list[Path]:
    """Write the forms of ``letter``, by suffix, into the outbox; return where they are."""
    folder = root / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    paths = []
    for suffix, data in files.items():
        path = folder / f"{letter}.{suffix}"
        path.write_bytes(data)
        paths.append(path)
    return paths
