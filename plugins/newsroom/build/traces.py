"""Which views are stale: told by what each of them read, without making it.

The trace of a view is what it was made for, what it read of the catalogue, each
with its digest, and the digest of the view that came of it. A view is a pure
function of what it reads: while those digests are what they were, its own is,
too (a verifying trace, https://doi.org/10.1145/3236774).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

import msgspec
from msgspec import Struct, structs

#: What of a field is read: a member by its key, or the whole field (None).
Key = str | int | tuple[str, ...] | None
Read = tuple[str, Key]
#: Returns the digest that what was read has now.
DigestOf = Callable[[Read], bytes]


class Trace(Struct, frozen=True, array_like=True):
    """One trace; ``subject`` is the digest of what the ``views``, of which it has the digests, were made for.

    ``reads`` are places in the table of all reads. ``files`` are those of the views, where only making them tells.
    """

    subject: bytes
    reads: tuple[int, ...]
    views: tuple[bytes, ...]
    files: tuple[str, ...] = ()


class Traces(Struct, frozen=True, array_like=True):
    """Traces by name, and what they all depend on besides: ``code``, ``settings`` and ``day``, as digests or words.

    ``reads`` has each read once, with its digest: many views read the same. ``around`` are the digests of
    what pages are rendered with, which views do not depend on.
    """

    code: bytes
    settings: bytes
    day: str
    by_name: dict[str, Trace] = {}
    around: dict[str, bytes] = {}
    reads: tuple[tuple[Read, bytes], ...] = ()


class Reads:
    """The table of reads while a build looks at it: that of the build before, and what is read for the first time."""

    def __init__(self, before: Traces, digest_of: DigestOf) -> None:
        self._before, self._digest_of = before.reads, digest_of
        self._moved: dict[int, Read] | None = None
        self._places = {read: place for place, (read, _) in enumerate(before.reads)}

    def moved(self) -> dict[int, Read]:
        """Return the reads whose digests are not what they were, by their places."""
        if self._moved is None:
            reads = enumerate(self._before)
            self._moved = {place: read for place, (read, digest) in reads if self._digest_of(read) != digest}
        return self._moved

    def places(self, reads: Iterable[Read]) -> tuple[int, ...]:
        """Return the places of ``reads``, new ones at the end."""
        return tuple(self._places.setdefault(read, len(self._places)) for read in reads)

    def current(self, traces: Traces) -> Traces:
        """Return ``traces`` with a table of what they read and nothing else, with the digests of now."""
        read = {place for trace in traces.by_name.values() for place in trace.reads}
        used = {place: number for number, place in enumerate(sorted(read))}
        table = tuple((read, self._digest_of(read)) for read, place in self._places.items() if place in used)
        if len(used) < len(self._places):
            renumbered = {
                name: structs.replace(trace, reads=tuple(used[place] for place in trace.reads))
                for name, trace in traces.by_name.items()
            }
            traces = structs.replace(traces, by_name=renumbered)
        return structs.replace(traces, reads=table)


_decoder = msgspec.msgpack.Decoder(Traces)


def traces_from(kept: bytes | None, now: Traces) -> Traces:
    """Return the traces that were ``kept``; as of ``now`` and none where there is nothing sound."""
    with suppress(msgspec.MsgspecError):
        if kept:
            return _decoder.decode(kept)
    return structs.replace(now, by_name={}, around={}, reads=())


def moved_for_all(before: Traces, now: Traces) -> Iterator[str]:
    """Yield the names of what every view depends on and is not what it was."""
    for name in ("code", "settings", "day"):
        if getattr(before, name) != getattr(now, name):
            yield name


def moved_around(before: Traces, now: Traces) -> Iterator[str]:
    """Yield the names of what pages are rendered with and is not what it was."""
    for name, digest in now.around.items():
        if before.around.get(name) != digest:
            yield name


def is_current(trace: Trace, subject: bytes, moved_reads: Mapping[int, Read]) -> bool:
    """Tell whether the views of ``trace`` are what would be made now for ``subject``."""
    return trace.subject == subject and (not moved_reads or moved_reads.keys().isdisjoint(trace.reads))


def moved(trace: Trace, subject: bytes, moved_reads: Mapping[int, Read]) -> Iterator[str]:
    """Yield the names of what ``trace`` was made from and is not what it was."""
    if trace.subject != subject:
        yield "what it is about"
    for place in trace.reads:
        if place in moved_reads:
            field, key = moved_reads[place]
            name = "/".join(key) if isinstance(key, tuple) else key
            yield field if name is None else f"{field}/{name}"
