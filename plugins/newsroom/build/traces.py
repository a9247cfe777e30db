"""Which views are stale: told by what each of them read, without making it.

The trace of a view is what it was made for, what it read of the catalogue, each
with its digest, and the digest of the view that came of it. A view is a pure
function of what it reads: while those digests are what they were, its own is,
too (a verifying trace, https://doi.org/10.1145/3236774).
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

import msgspec
from msgspec import Struct, structs

#: What of a field is read: a member by its key, or the whole field (None).
Key = str | int | tuple[str, ...] | None
Read = tuple[str, Key]
#: Returns the digest that what was read has now.
DigestOf = Callable[[Read], bytes]


class Trace(Struct, frozen=True, array_like=True):
    """One trace; ``subject`` is the digest of what the ``views``, of which it has the digests, were made for."""

    subject: bytes
    reads: tuple[tuple[Read, bytes], ...]
    views: tuple[bytes, ...]


class Traces(Struct, frozen=True, array_like=True):
    """Traces by name, and what they all depend on besides: ``code``, ``settings`` and ``day``, as digests or words.

    ``around`` are the digests of what pages are rendered with, which views do not depend on.
    """

    code: bytes
    settings: bytes
    day: str
    by_name: dict[str, Trace] = {}
    around: dict[str, bytes] = {}


_decoder = msgspec.msgpack.Decoder(Traces)


def traces_from(kept: bytes | None, now: Traces) -> Traces:
    """Return the traces that were ``kept``; as of ``now`` and none where there is nothing sound."""
    with suppress(msgspec.MsgspecError):
        if kept:
            return _decoder.decode(kept)
    return structs.replace(now, by_name={}, around={})


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


def is_current(trace: Trace, subject: bytes, digest_of: DigestOf) -> bool:
    """Tell whether the views of ``trace`` are what would be made now for ``subject``."""
    return not any(moved(trace, subject, digest_of))


def moved(trace: Trace, subject: bytes, digest_of: DigestOf) -> Iterator[str]:
    """Yield the names of what ``trace`` was made from and is not what it was."""
    if trace.subject != subject:
        yield "what it is about"
    for (field, key), digest in trace.reads:
        if digest_of((field, key)) != digest:
            name = "/".join(key) if isinstance(key, tuple) else key
            yield field if name is None else f"{field}/{name}"
