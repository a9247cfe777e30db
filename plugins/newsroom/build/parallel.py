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
import weakref
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from math import ceil
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from newsroom.processes import end_with

T = TypeVar("T")
#: Items handed to a process at a time: neighbours often share what is made once.
_BATCH = 16
#: A process is worth its start for so many items at least.
_FEWEST = 6


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
    if processors() > 1 and len(items) >= worth:
        yield from Workers(work, items, prepare=prepare, kin=kin).results(tell)
        return
    for number, item in enumerate(items, start=1):
        yield work(item)
        tell(number)


def processors() -> int:
    """Return how many processes can work side by side, 1 where the system does not fork soundly."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


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


class Workers:
    """Processes at work on ``items`` from now on, one a processor, fewer for few; see :func:`on_all_processors`."""

    def __init__(
        self,
        work: Callable[[T], bytes],
        items: Sequence[T],
        *,
        prepare: Callable[[], object] = lambda: None,
        kin: Callable[[T], object] = lambda _: None,
    ) -> None:
        self._work: Callable[[Any], bytes] = work
        self._items: Sequence[Any] = items
        self._batches = Batches(list(map(kin, items)))
        self._results: dict[Connection, Connection] = {}  # with what orders them
        self._processes: list[Any] = []
        self.end = weakref.finalize(self, _end, self._processes)
        context = multiprocessing.get_context("fork")
        for _ in range(min(processors(), ceil(len(items) / _FEWEST))):
            result, made = context.Pipe(duplex=False)
            asked, order = context.Pipe(duplex=False)
            arguments = (work, items, asked, made, prepare)
            process = context.Process(target=_work_through, args=arguments, daemon=True)
            process.start()
            made.close()
            asked.close()
            self._results[result] = order
            self._processes.append(process)
            _order(order, self._batches)

    def results(self, tell: Callable[[int], object] = lambda _: None) -> Iterator[bytes]:
        """Yield what is made of the items, in their order; what a process could not make is made here."""
        made: dict[int, bytes] = {}
        following = 0
        try:
            for done, (number, data) in enumerate(self._arriving(), start=1):
                made[number] = data
                tell(done)
                while following in made:
                    yield made.pop(following)
                    following += 1
        finally:
            self.end()
        for number in range(following, len(self._items)):
            yield made.pop(number) if number in made else self._work(self._items[number])

    def _arriving(self) -> Iterator[tuple[int, bytes]]:
        """Yield what is made, with the number of the item; nothing of processes that fail."""
        while self._results:
            for ready in wait(list(self._results)):
                assert isinstance(ready, Connection)
                try:
                    found = ready.recv()
                except EOFError:
                    del self._results[ready]
                    continue
                _order(self._results[ready], self._batches)
                yield from found


def _end(processes: Sequence[Any]) -> None:
    """End ``processes``; those that have no more to do end by themselves."""
    for process in processes:
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
