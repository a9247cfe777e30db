"""What a build has done: in numbers, and as a line for people at a terminal while long work goes on."""

import time
from collections.abc import Callable
from typing import TextIO

from msgspec import Struct

#: Seconds of work before the first word, and between two.
_PATIENCE, _PAUSE = 1.0, 0.2


class Progress:
    """The progress of one work after the other, written to ``out`` where that is a terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._seen = out, out.isatty()
        self._what, self._of = "", 0
        self._begun = self._said = time.monotonic()
        self._shown = False

    def begin(self, what: str, of: Callable[[], int] = lambda: 0) -> None:
        """Begin work; ``of`` tells how much it is (0: nobody knows), and is asked only where somebody reads it."""
        self._what, self._of = what, of() if self._seen else 0
        self._begun = time.monotonic()

    def tell(self, done: int) -> None:
        """Show that so much is done, and how long the rest will take."""
        now = time.monotonic()
        if not self._seen or now - self._begun < _PATIENCE or now - self._said < _PAUSE:
            return
        self._said, self._shown = now, True
        left = f" of {self._of}, {(now - self._begun) / done * (self._of - done):.0f} s left" if self._of else ""
        self._out.write(f"\r\033[K{self._what} {done}{left}")
        self._out.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            self._out.write("\r\033[K")
            self._out.flush()
            self._shown = False


class Work(Struct):
    """What a build did: files read and converted; outputs rendered, written, removed, and their total.

    ``reasons`` say why the output that is to be explained was made again.
    """

    read: int = 0
    converted: int = 0
    rendered: int = 0
    written: int = 0
    removed: int = 0
    outputs: int = 0
    reasons: tuple[str, ...] = ()
