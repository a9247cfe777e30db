"""A lock that is never left behind: the kernel releases it when its process ends, however it ends (flock(2))."""

import fcntl
import os
import sys
from contextlib import suppress
from pathlib import Path


class Lock:
    """The file ``path``, which one process at a time holds and which names that process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> None:
        """Take the lock. Where another process holds it, say so at once, and wait until it lets go."""
        file = self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(file, 20, 0).decode("ascii", "replace").strip() or "of another build"
            # A silent wait would look like a program that hangs.
            print(f"Waiting for process {holder}, which holds {self._path}.", file=sys.stderr, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        with suppress(OSError):  # a full disk: the lock is held nevertheless
            os.ftruncate(file, 0)
            os.pwrite(file, f"{os.getpid()}\n".encode(), 0)

    def let_go(self) -> None:
        """Release the lock; do nothing where it is not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
