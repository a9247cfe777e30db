"""The same pure work on many items, on all processors.

Processes are forked when the work is known, so that they have everything it
needs without a copy, and end with it. Where the system does not fork soundly,
and for work too small to pay for a process, it is done here.
"""

import gc
import multiprocessing
import os
import signal
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from newsroom.processes import end_with

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
    tell: Callable[[int], object] = lambda _: None,
) -> Iterator[bytes]:
    """Yield what ``work`` makes of each of ``items``, in their order.

    Fewer than ``worth`` items are worked on in this process. ``prepare`` is called in every other one before it
    works. ``kin`` tells which items share what is made once: they go to as few processes as can be. ``tell`` is
    told how many are done: the first may take longest. What ``work`` raises in another process is raised here too,
    where the item is tried again.
    """
    count = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if count < 2 or len(items) < worth:
        for number, item in enumerate(items, start=1):
            yield work(item)
            tell(number)
        return
    made: dict[int, bytes] = {}
    following = 0
    arriving = _shared(work, items, Batches(list(map(kin, items))), count, prepare)
    for done, (number, data) in enumerate(arriving, start=1):
        made[number] = data
        tell(done)
        while following in made:
            yield made.pop(following)
            following += 1
    for number in range(following, len(items)):
        yield made.pop(number) if number in made else work(items[number])


class Batches:
    """What is left to do: numbers of items, of which the ``kins`` are known, in batches of one kin."""

    def __init__(self, kins: Sequence[object]) -> None:
        numbers: dict[object, list[int]] = defaultdict(list)
        for number, kin in enumerate(kins):
            numbers[kin].append(number)
        self._left = {
            kin: deque(found[start : start + _BATCH] for start in range(0, len(found), _BATCH))
            for kin, found in numbers.items()
        }
        self._kin_of: dict[object, object] = {}

    def take(self, taker: object) -> list[int]:
        """Return the next batch for ``taker``, empty when nothing is left.

        It is of the kin of the one before, then of the first kin that nobody else has, then of the largest.
        """
        kin = self._kin_of.get(taker)
        if not self._left.get(kin):
            left = [other for other, batches in self._left.items() if batches]
            free = [other for other in left if other not in self._kin_of.values()]
            kin = free[0] if free else max(left, key=lambda other: len(self._left[other]), default=None)
            self._kin_of[taker] = kin
        return self._left[kin].popleft() if self._left.get(kin) else []


def _shared(
    work: Callable[[T], bytes],
    items: Sequence[T],
    batches: Batches,
    count: int,
    prepare: Callable[[], object],
) -> Iterator[tuple[int, bytes]]:
    """Yield what ``count`` processes make, with the number of the item; nothing of those that fail."""
    context = multiprocessing.get_context("fork")
    results: dict[Connection, Connection] = {}  # with what orders them
    processes: list[Any] = []
    try:
        for _ in range(count):
            result, made = context.Pipe(duplex=False)
            asked, order = context.Pipe(duplex=False)
            arguments = (work, items, asked, made, prepare)
            process = context.Process(target=_work_through, args=arguments, daemon=True)
            process.start()
            made.close()
            asked.close()
            results[result] = order
            processes.append(process)
        for order in results.values():
            _order(order, batches)
        while results:
            for ready in wait(list(results)):
                assert isinstance(ready, Connection)
                try:
                    found = ready.recv()
                except EOFError:
                    del results[ready]
                    continue
                _order(results[ready], batches)
                yield from found
    finally:
        for process in processes:
            if results:
                process.kill()
            process.join()


def _order(order: Connection, batches: Batches) -> None:
    with suppress(OSError):  # a process that has ended
        order.send(batches.take(order))


def _work_through(
    work: Callable[[T], bytes],
    items: Sequence[T],
    orders: Connection,
    results: Connection,
    prepare: Callable[[], object],
) -> None:
    """Send what ``work`` makes of the items that are asked for; end at the first that fails, silently."""
    parent = multiprocessing.parent_process()
    assert parent
    assert parent.pid
    end_with(parent.pid)  # by the fork this process holds the locks of a build
    gc.freeze()  # what came with the fork stays: it is not looked through again, nor copied for that
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the waiting process reports the failure
    try:
        prepare()
        while numbers := orders.recv():
            results.send([(number, work(items[number])) for number in numbers])
    except BaseException:  # noqa: BLE001 - it is met again where it can be told
        os._exit(1)
