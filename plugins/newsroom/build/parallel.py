"""The same pure work on many items, on all processors.

Processes are forked when the work is known, so that they have everything it
needs without a copy, and end with it. Where the system does not fork soundly,
and for work too small to pay for a process, it is done here.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

T = TypeVar("T")
#: Items handed to a process at a time: neighbours often share what is made once.
_BATCH = 16


def on_all_processors(
    work: Callable[[T], bytes],
    items: Sequence[T],
    *,
    worth: int,
    prepare: Callable[[], object] = lambda: None,
    kin: Callable[[T], object] = lambda _: None,
) -> Iterator[bytes]:
    """Yield what ``work`` makes of each of ``items``, in their order.

    Fewer than ``worth`` items are worked on in this process. ``prepare`` is called in every other one before
    it works. ``kin`` tells which items share what is made once: they go to as few processes as can be.
    What ``work`` raises in another process is raised here too, where the item is tried again.
    """
    count = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if count < 2 or len(items) < worth:
        yield from map(work, items)
        return
    made: dict[int, bytes] = {}
    following = 0
    for number, data in _shared(work, items, _batches(list(map(kin, items))), count, prepare):
        made[number] = data
        while following in made:
            yield made.pop(following)
            following += 1
    for number in range(following, len(items)):
        yield made.pop(number) if number in made else work(items[number])


def _batches(kins: Sequence[object]) -> list[list[int]]:
    """Return the numbers of items, of which the ``kins`` are known, in batches of one kin; the kins take turns."""
    numbers: dict[object, list[int]] = defaultdict(list)
    for number, kin in enumerate(kins):
        numbers[kin].append(number)
    cut = [[found[start : start + _BATCH] for start in range(0, len(found), _BATCH)] for found in numbers.values()]
    return [batch for turn in zip_longest(*cut) for batch in turn if batch]


def _shared(
    work: Callable[[T], bytes],
    items: Sequence[T],
    batches: Sequence[list[int]],
    count: int,
    prepare: Callable[[], object],
) -> Iterator[tuple[int, bytes]]:
    """Yield what ``count`` processes make, with the number of the item; nothing of those that fail."""
    context = multiprocessing.get_context("fork")
    open_ends: list[Connection] = []
    processes: list[Any] = []
    try:
        for share in range(count):
            here, there = context.Pipe(duplex=False)
            numbers = [number for batch in batches[share::count] for number in batch]
            process = context.Process(target=_work_through, args=(work, items, numbers, there, prepare), daemon=True)
            process.start()
            there.close()
            open_ends.append(here)
            processes.append(process)
        while open_ends:
            for end in wait(open_ends):
                assert isinstance(end, Connection)
                try:
                    yield end.recv()
                except EOFError:
                    open_ends.remove(end)
    finally:
        for process in processes:
            if open_ends:
                process.kill()
            process.join()


def _work_through(
    work: Callable[[T], bytes],
    items: Sequence[T],
    numbers: Sequence[int],
    result: Connection,
    prepare: Callable[[], object],
) -> None:
    """Send what ``work`` makes of the items of these numbers; end at the first that fails, silently."""
    _end_with_parent()
    gc.freeze()  # what came with the fork stays: it is not looked through again, nor copied for that
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the waiting process reports the failure
    try:
        prepare()
        for number in numbers:
            result.send((number, work(items[number])))
    except BaseException:  # noqa: BLE001 - it is met again where it can be told
        os._exit(1)


def _end_with_parent() -> None:
    """End this process when its parent ends, even when that is killed: by the fork it holds the locks of a build.

    PR_SET_PDEATHSIG of prctl(2), which only Linux has, as the processes that ask for it.
    """
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent and os.getppid() != parent.pid:  # it ended before this was asked for
        os._exit(1)
