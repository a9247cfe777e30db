"""Which address each text was published under: ``content/published.txt``, one line each, the newest last.

An address is a promise to readers: when a title changes, the page stays where it is. ``make
publish`` adds to the file; it belongs in the repository.
"""

import re
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from newsroom.content.models import Entry, Text

NAME = "published.txt"
#: The folder and key of an entry, a language, a slug.
_LINE = re.compile(r"([a-z]+/[a-z0-9-]+) ([A-Za-z-]+) ([a-z0-9-]+)\Z")

#: The slugs of a text, oldest first, by the place and the language of it.
Published = dict[tuple[str, str], tuple[str, ...]]


def read_published(content: Path) -> Published:
    """Return what was published; other lines, such as remarks and merge conflict marks, are ignored."""
    path = content / NAME
    found: Published = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
        told = _LINE.match(line.strip())
        if told:
            place, language, slug = told.groups()
            known = found.get((place, language), ())
            found[place, language] = (*(other for other in known if other != slug), slug)
    return found


def keep_addresses(entry: Entry[Any], published: Published) -> Entry[Any]:
    """Return ``entry`` at the addresses it was published under.

    Without a ``slug`` of its own a text keeps the last one; all others redirect to it.
    """
    texts = {code: _kept(text, published.get((place_of(entry), code), ())) for code, text in entry.texts.items()}
    return replace(entry, texts=texts)


def place_of(entry: Entry[Any]) -> str:
    """Return the folder and the key of an entry, as in ``articles/cable``."""
    return f"{entry.kind}/{entry.key}"


def _kept(text: Text, slugs: tuple[str, ...]) -> Text:
    if not slugs:
        return text
    slug = text.slug if "slug" in text.lines else slugs[-1]
    earlier = [other for other in slugs if other != slug and other not in text.aliases]
    return replace(text, slug=slug, aliases=(*(alias for alias in text.aliases if alias != slug), *earlier))
