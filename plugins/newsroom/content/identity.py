"""Names that stay: slugs made from titles, and ids of items that never move.

The id of an item is a tag URI (RFC 4151) made of the authority and the year
fixed in the settings, the key of its folder and its language. Slug, title,
date, domain and URL scheme may all change; the id does not.
"""

import re

from unidecode import unidecode

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LONGEST = 80


def slugify(title: str) -> str:
    """Return the last word of an address for ``title``: ASCII, at most 80 characters, "" if nothing is left.

    >>> slugify("L’Arcep ouvre la France : à l’œuvre")
    'l-arcep-ouvre-la-france-a-l-oeuvre'
    """
    words = _NOT_WORD.sub("-", unidecode(title).lower()).strip("-")
    if len(words) > _LONGEST:
        words = words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
    return words


def tag_uri(authority: str, year: int, path: str) -> str:
    """Return the tag URI of ``path`` (RFC 4151, 2.1), as in ``tag:example.org,2026:articles/x/fr``."""
    return f"tag:{authority},{year}:{path}"
