"""Work that is killed at a chosen request to the system: between any two of them a build can end."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

#: What the operating system is asked for by a build.
EVENTS = (
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.listdir",
    "os.scandir",
    "shutil.rmtree",
    "sqlite3.",
)


#: What changes what lies on disk, but for the content of files.
CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "sqlite3.")


def one_processor() -> None:
    """Keep this process to one processor: a build does all of its work itself then, and can be killed anywhere."""
    if hasattr(os, "sched_setaffinity"):
        processors = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {processors[os.getpid() % len(processors)]})


def run_to(work: Callable[[], object], folder: Path | None, last: int, events: tuple[str, ...] = EVENTS) -> int:
    """Do ``work`` in a process of its own, killed at its ``last`` request that concerns ``folder`` (None: any).

    Return how many requests it made, or -1 where it was killed.
    """
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)

    def child() -> None:
        one_processor()
        made = 0
        name = str(folder or "")

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal made
            if event.startswith(events) and any(name in str(argument) for argument in arguments[:2]):
                made += 1
                if made == last:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        work()
        theirs.send(made)

    process = fork.Process(target=child)
    process.start()
    theirs.close()
    process.join()
    return int(ours.recv()) if process.exitcode == 0 else -1
