"""Which references have to be looked at again after a save: those of what changed, and those to it."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

from newsroom.content.catalogue import Reference
from newsroom.content.indexes import Changes, changes, indexed
from newsroom.content.library import Library, Place
from newsroom.content.models import AnyEntry

#: What has an address: a folder, a language, a slug or an alias.
_Address = tuple[str, str, str]


class Sound:
    """A ``library`` and its claims, in which no reference is wrong; articles with the keys ``hidden`` are not shown.

    Its indexes are made when they are first asked for, and from then on patched: most builds end without them.
    """

    def __init__(self, library: Library, reference: Reference, hidden: frozenset[str]) -> None:
        self.library, self.reference, self.hidden = library, reference, hidden

    @cached_property
    def _referring(self) -> dict[Place, tuple[Place, ...]]:
        """What names each place: entries, and claims."""
        entries = chain.from_iterable(found.values() for found in self.library.entries.values())
        return indexed({}, (), sorted(chain(_named_by(entries), _named_by_claims(self.reference))), _itself)

    @cached_property
    def _owners(self) -> dict[_Address, tuple[Place, ...]]:
        """What has each address."""
        entries = chain.from_iterable(found.values() for found in self.library.entries.values())
        return indexed({}, (), sorted(_addresses(entries)), _itself)

    def doubtful(self, now: "Sound") -> set[Place]:
        """Return the places at which, in the state of ``now``, a reference or an address may be wrong."""
        changed = self._changes(now.library)
        hidden = {("articles", key) for key in self.hidden ^ now.hidden}
        moved = {(entry.kind, entry.key) for entry in chain(*changed)} | hidden
        same = {owner for address, _ in _addresses(changed.new) for owner in self._owners.get(address, ())}
        return moved.union(same, *(self._referring.get(place, ()) for place in moved))

    def become(self, now: "Sound") -> "Sound":
        """Return ``now``, a state of the same claims that was found sound, with the indexes of this one patched."""
        gone, new = self._changes(now.library)
        now._referring = indexed(self._referring, _named_by(gone), _named_by(new), _itself)
        now._owners = indexed(self._owners, _addresses(gone), _addresses(new), _itself)
        return now

    def _changes(self, library: Library) -> Changes:
        """Return what changed between this state and that of ``library``; folders in which nothing did are shared."""
        found = Changes([], [])
        for folder, entries in library.entries.items():
            before = self.library.entries[folder]
            if entries is not before:
                gone, new = changes(before, entries)
                found.gone.extend(gone)
                found.new.extend(new)
        return found


def _itself(place: Place) -> Place:
    return place


def _named_by(entries: Iterable[AnyEntry]) -> Iterator[tuple[Place, Place]]:
    """Yield what each of ``entries`` names, and the entry."""
    for entry in entries:
        place, facts = (entry.kind, entry.key), entry.facts
        named = [("articles", key) for text in entry.texts.values() for key in text.body.links]
        for folder, name in (("topics", "topics"), ("threads", "thread"), ("articles", "articles")):
            named += [(folder, key) for key in getattr(facts, name, ())]
        for other in dict.fromkeys(named):
            yield other, place


def _named_by_claims(reference: Reference) -> Iterator[tuple[Place, Place]]:
    """Yield what each claim names, and the claim."""
    for claim in reference.claims.values():
        proofs = [("articles", verdict.proof.article) for verdict in claim.verdicts if verdict.proof.article]
        for place in dict.fromkeys([("threads", claim.thread), *proofs]):
            yield place, ("claims", claim.key)


def _addresses(entries: Iterable[AnyEntry]) -> Iterator[tuple[_Address, Place]]:
    """Yield the addresses of ``entries``, present and earlier ones, each with its entry."""
    for entry in entries:
        for text in entry.texts.values():
            for slug in dict.fromkeys((text.slug, *text.aliases)):
                yield (entry.kind, text.language, slug), (entry.kind, entry.key)
