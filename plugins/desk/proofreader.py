"""What the rules said last of each thing, and when they are asked again."""

import threading
import time
from collections.abc import Callable, Iterable

from desk.proofreading import Findings, Subject
from newsroom.reports import words_for
from newsroom.sentences import say

#: Seconds without a save or a request before the rules are asked of what was saved: pages come first.
_PAUSE = 0.5
#: More than an editor saves at once: a branch that was checked out, say, of which nobody wants to read everything.
_MANY = 4


class Proofreader:
    """Asks the rules, one subject after another and each once a save, and tells the terminal what is new.

    ``ask`` asks them, ``version`` tells how often something was saved, ``used`` when the site last was.
    """

    def __init__(
        self, ask: Callable[[Subject], Findings | None], version: Callable[[], int], used: Callable[[], float]
    ) -> None:
        self._ask, self._version, self._used = ask, version, used
        self._one_at_a_time = threading.Lock()
        self._known: dict[Subject, tuple[int, Findings | None]] = {}
        self._saved: set[Subject] = set()
        self._noting = threading.Lock()
        self._more = threading.Event()
        self._closed = False

    def found(self, subject: Subject) -> Findings | None:
        """Return what the rules find about ``subject`` as it is now; None where they cannot be asked."""
        with self._one_at_a_time:
            version, (asked, before) = self._version(), self._known.get(subject, (0, None))
            if asked != version:
                self._known[subject] = version, self._ask(subject)
                self._tell(subject, before or Findings(), self._known[subject][1])
            return self._known[subject][1]

    def _tell(self, subject: Subject, before: Findings, now: Findings | None) -> None:
        if now is None or now == before or not subject.key:
            return
        nothing = say("{subject}: nothing to mend.", subject=f"{subject.folder}/{subject.key}").text(words_for())
        print("\n".join([*now.problems, *now.notes]) or nothing, flush=True)

    def saved(self, subjects: Iterable[Subject]) -> None:
        """Take note that ``subjects`` were saved, to ask of them when nothing else is asked for."""
        with self._noting:
            self._saved |= set(subjects)
        self._more.set()

    def run(self) -> None:
        """Ask of what was saved, until :meth:`close`."""
        while self._more.wait() and not self._closed:
            time.sleep(max(0.0, self._used() + _PAUSE - time.monotonic()))
            if self._used() + _PAUSE <= time.monotonic():
                self._more.clear()
                with self._noting:
                    saved, self._saved = self._saved, set()
                for subject in saved if len(saved) < _MANY else ():
                    self.found(subject)

    def close(self) -> None:
        """Ask no more."""
        self._closed = True
        self._more.set()
