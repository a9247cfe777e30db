"""What was published under which address and key: ``content/published.txt``, a line for each, the newest last.

An address is a promise to readers, and a permanent id to feed readers: a title
may change without one seeing a page move, a key without one seeing the item
again. ``make publish`` and ``make rename`` add to the file; it belongs in the
repository.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from newsroom.content.models import AnyEntry, Claim, Text
from newsroom.content.registers import Entity
from newsroom.text.glossary import Term

NAME = "published.txt"
_PLACE = r"[a-z]+/[a-z0-9-]+"
#: The folder and key of an entry, a language, a slug.
_LINE = re.compile(rf"({_PLACE}) ([A-Za-z-]+) ([a-z0-9-]+)\Z")
#: The folder and key of an entry as it was, and as it is from then on.
_RENAMED = re.compile(rf"({_PLACE}) became ({_PLACE})\Z")

Keyed = TypeVar("Keyed", Claim, Entity, Term)


class Published(Struct, frozen=True):
    """The slugs of a text, oldest first, by the place and the language of it; the former keys by place, oldest first.

    A place is the folder and the key that an entry has now, as in ``articles/cable``;
    ``taken`` are the places it had before, with the one it has now.
    """

    slugs: dict[tuple[str, str], tuple[str, ...]] = {}
    former: dict[str, tuple[str, ...]] = {}
    taken: dict[str, str] = {}

    @property
    def places(self) -> set[str]:
        """The place of everything that was published."""
        return {place for place, _ in self.slugs}


def read_published(content: Path) -> Published:
    """Return what was published; other lines, such as remarks and merge conflict marks, are ignored."""
    path = content / NAME
    found = Published({}, {}, {})
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
        published, renamed = _LINE.match(line.strip()), _RENAMED.match(line.strip())
        if published:
            place, language, slug = published.groups()
            _add(found.slugs, (found.taken.get(place, place), language), (slug,))
        elif renamed and renamed[1] != renamed[2]:
            _rename(found, renamed[1], renamed[2])
    return found


def _rename(found: Published, old: str, new: str) -> None:
    """Let all that is known of ``old`` be known of ``new``; a merge may have put lines of the old place below."""
    former = (*found.former.pop(old, ()), old.partition("/")[2])
    found.former[new] = tuple(dict.fromkeys((*found.former.get(new, ()), *former)))
    for place, now in [*found.taken.items(), (old, old)]:
        if now == old:
            found.taken[place] = new
    found.taken.pop(new, None)
    for place, language in [known for known in found.slugs if known[0] == old]:
        _add(found.slugs, (new, language), found.slugs.pop((place, language)))


def _add(slugs: dict[tuple[str, str], tuple[str, ...]], known: tuple[str, str], new: tuple[str, ...]) -> None:
    slugs[known] = (*(slug for slug in slugs.get(known, ()) if slug not in new), *new)


def keep_addresses(entry: AnyEntry, published: Published) -> AnyEntry:
    """Return ``entry`` at the addresses it was published under, and with the keys it had.

    Without a ``slug`` of its own a text keeps the last one; all others redirect to it.
    """
    place = place_of(entry)
    texts = {code: _kept(text, published.slugs.get((place, code), ())) for code, text in entry.texts.items()}
    return replace(entry, texts=texts, former=published.former.get(place, ()))


def keep_keys(register: str, things: Iterable[Keyed], published: Published) -> tuple[Keyed, ...]:
    """Return the entries of a register with the keys they had; its name stands where an entry has its folder."""
    return tuple(replace(thing, former=published.former.get(f"{register}/{thing.key}", ())) for thing in things)


def place_of(entry: AnyEntry) -> str:
    """Return the folder and the key of an entry, as in ``articles/cable``."""
    return f"{entry.kind}/{entry.key}"


def _kept(text: Text, slugs: tuple[str, ...]) -> Text:
    if not slugs:
        return text
    slug = text.slug if "slug" in text.lines else slugs[-1]
    earlier = [other for other in slugs if other != slug and other not in text.aliases]
    return replace(text, slug=slug, aliases=(*(alias for alias in text.aliases if alias != slug), *earlier))
