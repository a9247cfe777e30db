"""What other content may be named: by its key, which is what editors write, and what else they may call it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from newsroom.content.library import Library
from newsroom.content.schema import Kind
from newsroom.problems import nearest
from newsroom.sentences import Sentence


class Named:
    """Things of one kind: their ``keys``, and what yields their other names, each with a key; the first holds."""

    def __init__(self, keys: Collection[str], names: Callable[[], Iterable[tuple[str, str]]]) -> None:
        self._keys, self._names = keys, names

    def __contains__(self, key: object) -> bool:
        """Tell whether there is something with this key, sound or not."""
        return key in self._keys

    def nearest(self, word: str) -> Sentence:
        """Return advice on ``word``, which is no key."""
        names = {key: key for key in self._keys}
        for name, key in self._names():
            names.setdefault(name, key)
        return nearest(word, self._keys, names)


#: What the keys of each name may hold, None where that could not be read.
Things = Mapping[str, Named | None]


def named_of(library: Library, kind: Kind) -> Named:
    """Return the entries of one kind: editors may call them by their titles and slugs."""
    entries = library.entries[kind.folder]

    def names() -> Iterator[tuple[str, str]]:
        for key, entry in entries.items():
            for text in entry.texts.values():
                yield text.title, key
                yield text.slug, key

    return Named(library.keys(kind), names)
