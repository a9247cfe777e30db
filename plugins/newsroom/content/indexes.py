"""Indexes that share with those of before what did not change: a save costs what it changes, whatever the archive."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from newsroom.content.models import AnyEntry

K = TypeVar("K")
M = TypeVar("M")
Order = Callable[[M], Any]


class Changes(NamedTuple):
    """What is no longer there, and what is there instead or for the first time: entries as they were, as they are."""

    gone: list[AnyEntry]
    new: list[AnyEntry]


def changes(before: Mapping[str, AnyEntry], now: Mapping[str, AnyEntry]) -> Changes:
    """Return what differs between two states of a folder, by key; what was not read again is the same object."""
    gone = [entry for key, entry in before.items() if now.get(key) is not entry]
    return Changes(gone, [entry for key, entry in now.items() if before.get(key) is not entry])


def patched(before: tuple[M, ...], gone: Iterable[M], new: Iterable[M], order: Order[M]) -> tuple[M, ...]:
    """Return ``before`` without the members ``gone`` and with the ``new`` ones.

    Both rows are in ``order``, in which no two are equal.
    """
    if not before:
        return tuple(new)
    row = list(before)
    for member in gone:
        del row[bisect_left(row, order(member), key=order)]
    for member in new:
        insort(row, member, key=order)
    return tuple(row)


def indexed(
    before: Mapping[K, tuple[M, ...]], gone: Iterable[tuple[K, M]], new: Iterable[tuple[K, M]], order: Order[M]
) -> dict[K, tuple[M, ...]]:
    """Return the index ``before`` without the members ``gone`` and with the ``new`` ones; rows are in ``order``.

    Both come with the key of their row. A row without members has no key.
    """
    changed: defaultdict[K, tuple[list[M], list[M]]] = defaultdict(lambda: ([], []))
    for key, member in gone:
        changed[key][0].append(member)
    for key, member in new:
        changed[key][1].append(member)
    found = dict(before)
    for key, (less, more) in changed.items():
        row = patched(found.pop(key, ()), less, more, order)
        if row:
            found[key] = row
    return found
