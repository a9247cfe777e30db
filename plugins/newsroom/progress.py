"""A line that shows the progress of long work, for people at a terminal; silent everywhere else."""

import time
from typing import TextIO

#: Seconds of work before the first word, and between two.
_PATIENCE, _PAUSE = 1.0, 0.2


class Progress:
    """The progress of a build, written to ``out`` where that is a terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._seen = out, out.isatty()
        self._begun = self._said = time.monotonic()
        self._shown = False

    def tell(self, what: str, done: int, of: int = 0) -> None:
        """Show that ``done`` of ``of`` are done (0: nobody knows how many), and how long the rest will take."""
        now = time.monotonic()
        if done <= 1:
            self._begun = now
        if not self._seen or now - self._begun < _PATIENCE or now - self._said < _PAUSE:
            return
        self._said, self._shown = now, True
        left = f", {(now - self._begun) / done * (of - done):.0f} s left" if of else ""
        self._out.write(f"\r\033[K{what} {done}{f' of {of}' if of else ''}{left}")
        self._out.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            self._out.write("\r\033[K")
            self._out.flush()
            self._shown = False
