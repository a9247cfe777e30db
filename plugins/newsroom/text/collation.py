"""The order of the alphabet: letters before accents, capitals with small letters."""

from functools import lru_cache

from unidecode import unidecode


@lru_cache(maxsize=65_536)
def collation_key(text: str, alphabet: str = "") -> tuple[tuple[int, ...], str]:
    """Return a sort key that orders ``text`` as a dictionary does: by letters first, then by accents.

    A letter with an accent is sorted with the plain one, unless ``alphabet`` (small letters, in
    order) has it as a letter of its own, as Swedish has å after z.
    """
    places = {letter: place for place, letter in enumerate(alphabet, start=ord("a"))}
    folded = "".join(
        char if char in places else unidecode(char).casefold() for char in text.casefold().strip("«»“”‘’ ")
    )
    return tuple(places.get(char, ord(char)) for char in folded), text
