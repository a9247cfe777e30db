"""A catalogue that notes what is read from it, and the digests of all that can be read."""

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from functools import partial
from hashlib import blake2b
from typing import Any, TypeVar

from msgspec import structs

from newsroom.build.traces import Key, Read
from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Entry
from newsroom.store.digests import digest, of_view

T = TypeVar("T")
Note = Callable[[Key], object]
#: How long a digest of a trace is: there are many, and they stand against accidents.
_SIZE = 8
_ABSENT = object()


class _Row(Sequence[Any]):
    """A sequence that notes what of it is read: ``start:stop``, its ``length``, None for all of it."""

    def __init__(self, members: tuple[Any, ...], note: Note) -> None:
        self._members, self._note = members, note

    def __getitem__(self, place: Any) -> Any:
        start, stop, _ = place.indices(len(self._members)) if isinstance(place, slice) else (place, place + 1, 1)
        forward = not isinstance(place, slice) or place.step in (None, 1)
        self._note(f"{start}:{stop}" if forward and start >= 0 else None)
        if isinstance(place, slice) and forward and (place.stop is None or place.stop > stop):
            self._note("length")  # a longer row would have more of it
        return self._members[place]

    def __iter__(self) -> Iterator[Any]:
        self._note(None)
        return iter(self._members)

    def __len__(self) -> int:
        self._note("length")
        return len(self._members)


class _Members(Mapping[Any, Any]):
    """A mapping that notes which of its members are read, None for all of them.

    Of a row of entries, it notes what is read of the row (``rows`` does, for each key): a page of a
    list reads a part of it.
    """

    def __init__(self, members: Mapping[Any, Any], note: Note, rows: Callable[[str], Note]) -> None:
        self._members, self._note, self._rows = members, note, rows

    def __getitem__(self, key: Any) -> Any:
        found = self._members.get(key, _ABSENT)
        if isinstance(key, str) and _is_row(found):
            return _Row(found, self._rows(key))
        self._note(key)
        return self._members[key]

    def __contains__(self, key: object) -> bool:
        if isinstance(key, str) and _is_row(self._members.get(key)):
            self._rows(key)("length")
        else:
            self._note(key)  # type: ignore[arg-type]
        return key in self._members

    def __iter__(self) -> Iterator[Any]:
        self._note(None)
        return iter(self._members)

    def __len__(self) -> int:
        self._note(None)
        return len(self._members)

    def values(self) -> ValuesView[Any]:
        self._note(None)
        return self._members.values()

    def items(self) -> ItemsView[Any, Any]:
        self._note(None)
        return self._members.items()


def _is_row(value: Any) -> bool:
    return isinstance(value, tuple) and isinstance(value[0] if value else None, Entry)


def _holds_entries(value: Any) -> bool:
    """Tell whether ``value`` is an entry, or a row of what holds one, as the first of its members tells."""
    return isinstance(value, Entry) or (isinstance(value, tuple) and any(map(_holds_entries, value[:2])))


class Watched:
    """A watched ``catalogue``; its settings and addresses are not watched: they are the same for every page."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._reads: dict[Read, None] = {}
        self._digests: dict[Read, bytes] = {}
        self._of_entries: dict[int, bytes] = {}
        self._open = structs.replace(catalogue, **dict(self._watched()))

    def _watched(self) -> Iterator[tuple[str, Any]]:
        for field in Catalogue.__struct_fields__:
            value = getattr(self.catalogue, field)
            if isinstance(value, dict):
                yield (
                    field,
                    _Members(value, self._noting(field), partial(self._noting, field)),
                )
            elif isinstance(value, tuple):
                yield field, _Row(value, self._noting(field))

    def _noting(self, field: str, row: str = "") -> Note:
        """Return what notes the reads of ``field``, or of the ``row`` with a key in it."""
        place = f"{field}/{row}" if row else field
        return lambda key: self._reads.setdefault((place, key))

    def watch(self, make: Callable[[Catalogue], T]) -> tuple[T, tuple[Read, ...]]:
        """Return what ``make`` makes of the catalogue, and everything it read from it."""
        self._reads.clear()
        made = make(self._open)
        return made, tuple(self._reads)

    def digest_of(self, read: Read) -> bytes:
        """Return the digest of what is read with ``read``."""
        found = self._digests.get(read)
        if found is None:
            found = self._digests[read] = self.of(self._value(*read))[:_SIZE]
        return found

    def _value(self, field: str, key: Key) -> Any:
        name, _, row = field.partition("/")
        value = getattr(self.catalogue, name, _ABSENT)
        if row and isinstance(value, dict):
            value = value.get(row, ())
        if isinstance(value, dict):
            return value.get(key, _ABSENT) if key is not None else tuple(value.items())
        if not isinstance(value, tuple) or key is None:
            return value
        if key == "length":
            return len(value)
        start, _, stop = str(key).partition(":")
        return value[int(start) : int(stop)]

    def of(self, value: Any) -> bytes:
        """Return the digest of ``value``; the entries in it, which many share, are looked at once."""
        if value is _ABSENT:
            return b""
        if isinstance(value, Entry):
            found = self._of_entries.get(id(value))
            if found is None:
                found = self._of_entries[id(value)] = of_view(value)
            return found
        if _is_row(value):
            return blake2b(b"".join(map(self.of, value)), digest_size=16).digest()
        if isinstance(value, tuple) and _holds_entries(value):
            return digest(*map(self.of, value))
        return of_view(value)
