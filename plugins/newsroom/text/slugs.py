"""The words of addresses, made from titles and headings."""

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
