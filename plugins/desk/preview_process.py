"""The other end of :mod:`desk.preview`: starts its process, asks it, and replaces it when the code changes."""

import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from multiprocessing import Pipe
from multiprocessing.reduction import send_handle
from pathlib import Path
from typing import Any


class Failed(Exception):
    """The process ended; the message is its last words."""


class PreviewProcess:
    """One process with a site in memory; ``problems`` is what was wrong with the site when it started."""

    def __init__(self, root: Path, url: str) -> None:
        """Start it for a site served at ``url``, and wait until all is read; raise :class:`Failed` if that fails."""
        self._lock = threading.Lock()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._connection, far = Pipe()
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "desk.preview", str(far.fileno()), url],
            cwd=root,
            pass_fds=[far.fileno()],
            stderr=self._said,
        )
        far.close()
        self.problems: str = self._answer()

    def ask(self, question: str, about: str | Sequence[str]) -> Any:
        """Return the answer to a question of :mod:`desk.preview`, or what is wrong, as a text."""
        with self._lock:
            try:
                self._connection.send((question, about))
            except OSError as error:
                raise self._failed() from error
            return self._answer()

    def ask_aside(self, question: str, about: Any) -> Any:
        """Return the answer of a process that works on the question apart; None where it ends without one."""
        here, there = Pipe(duplex=False)
        with here:
            with there, self._lock:
                try:
                    self._connection.send((question, about))
                    send_handle(self._connection, there.fileno(), self._process.pid)
                except OSError as error:
                    raise self._failed() from error
                self._answer()
            try:
                return here.recv()
            except (EOFError, OSError):
                return None

    def close(self) -> None:
        """End the process; whoever waits for an answer hears that it ended."""
        self._process.kill()
        with self._lock:
            self._connection.close()
            self._process.wait()
            self._said.close()

    def _answer(self) -> Any:
        try:
            return self._connection.recv()
        except (EOFError, OSError) as error:
            raise self._failed() from error

    def _failed(self) -> Failed:
        self._process.kill()
        self._process.wait()
        if self._said.closed:  # it was replaced while it was asked
            return Failed("The preview ended.")
        self._said.seek(0)
        return Failed(self._said.read().decode(errors="replace").strip() or "The preview ended.")
