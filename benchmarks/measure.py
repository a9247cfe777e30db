"""Running a command and measuring all of it: its time, its processors' time, the memory of its whole tree.

Memory is the proportional set size (PSS, proc(5)): what processes share counts once.
"""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_PAUSE = 0.05


class Cost(NamedTuple):
    """What a run took: seconds on the clock and of processors, MiB of the whole tree at most."""

    wall: float
    cpu: float
    pss: float


class Failed(RuntimeError):
    """A command that ended with another status than 0, with what it said."""


def _family(root: int) -> list[int]:
    """Return the process ``root`` and all its descendants."""
    found = [root]
    for pid in found:
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def tree_pss(root: int) -> float:
    """Return the PSS of a process and its descendants in MiB."""
    total = 0
    for pid in _family(root):
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1024


class Gauge:
    """Watches the memory of a process and its descendants in a thread of its own; ``peak`` is in MiB."""

    def __init__(self, pid: int) -> None:
        self.peak = 0.0
        self._pid, self._done = pid, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(_PAUSE):
            self.peak = max(self.peak, tree_pss(self._pid))

    def stop(self) -> float:
        """Stop watching; return the peak."""
        self._done.set()
        self._thread.join()
        return self.peak


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run ``command`` in ``folder``; raise :class:`Failed` with what it said where it fails."""
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        gauge = Gauge(process.pid)
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = gauge.stop()
    if process.returncode:
        raise Failed(f"{' '.join(command)}: {said.decode(errors='replace')[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak)
