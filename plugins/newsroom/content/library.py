"""The library: all entries that could be read, and what is wrong with the rest."""

from collections.abc import Iterable
from itertools import chain

from msgspec import Struct

from newsroom.content.models import AnyEntry
from newsroom.content.pairing import Read
from newsroom.content.schema import Kind
from newsroom.problems import Problem

#: The folder and key of an entry, or of a claim, whose folder is ``claims``.
Place = tuple[str, str]


class Library(Struct, frozen=True):
    """All entries by folder of kind, then by key in order; and what is wrong with the rest.

    ``of_bundles`` are the problems of bundles, by folder of kind and key; ``stray`` are those of no bundle.
    ``unpaired`` are the files of folders that make no entry, by folder of kind and key: their references
    can still be wrong, and references to them are not.
    """

    entries: dict[str, dict[str, AnyEntry]]
    stray: tuple[Problem, ...] = ()
    of_bundles: dict[Place, tuple[Problem, ...]] = {}
    unpaired: dict[Place, tuple[Read, ...]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What prevents the content from being published."""
        return (*self.stray, *chain.from_iterable(self.of_bundles.values()))

    def keys(self, kind: Kind) -> set[str]:
        """Return all keys of one kind, sound or not."""
        return {*self.entries[kind.folder], *(key for folder, key in self.unpaired if folder == kind.folder)}


def entries_of(library: Library, kind: Kind) -> Iterable[AnyEntry]:
    """Return the entries of one kind, in order of their keys."""
    return library.entries[kind.folder].values()
