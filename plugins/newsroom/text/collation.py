"""The order of the alphabet: letters before accents, capitals with small letters."""

from unidecode import unidecode


def collation_key(text: str) -> tuple[str, str]:
    """Return what sorts ``text`` as a dictionary does: without accents first, then with them."""
    return unidecode(text).casefold().strip("«»“”‘’ "), text
