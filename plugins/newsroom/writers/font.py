"""Letters as pixels: how wide a text is in a font, and how it is drawn.

Pillow alone rounds every letter to whole pixels and kerns only with a shaping
library that not every machine has. Here the advances, the kerning and the
ligatures are read from the font, and letters are set at half pixels, so that
every machine draws the same.
"""

import re
from io import BytesIO
from itertools import pairwise
from unicodedata import normalize

from fontTools.ttLib import TTFont
from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont
from unidecode import unidecode

#: Letters are drawn this much larger and reduced, so that their places are right to half a pixel.
_FINER = 2
_LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}


class Letter(Struct, frozen=True, eq=False):
    """A letter as coverage (0 to 255), and its corner relative to where it begins on the baseline."""

    mask: Image.Image
    left: int
    top: int


class Face:
    """A static TrueType font, given as the bytes of its file. Widths are in em (1 is the size of the type)."""

    def __init__(self, data: bytes) -> None:
        font = TTFont(BytesIO(data), lazy=True)
        unit = font["head"].unitsPerEm
        names = font.getBestCmap()
        self._advances = {chr(code): font["hmtx"][name][0] / unit for code, name in names.items()}
        self._names = {chr(code): name for code, name in names.items()}
        self._kerning = {pair: value / unit for pair, value in font["kern"].kernTables[0].kernTable.items()}
        self._data = data
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._letters: dict[tuple[str, int, int], Letter] = {}

    def legible(self, text: str) -> str:
        """Return ``text`` in the letters of the font: with ligatures, and ASCII for what the font does not have."""
        text = normalize("NFC", text).replace("\u00ad", "")  # a soft hyphen is visible only at the end of a line
        for letters, ligature in _LIGATURES.items():
            if ligature in self._advances:
                text = text.replace(letters, ligature)
        text = "".join(char if char in self._advances else self._plain(char) for char in text)
        return re.sub(" +", " ", text).strip(" ")

    def _plain(self, char: str) -> str:
        if char.isspace():
            return " "
        return "".join(letter for letter in unidecode(char) if letter in self._advances)

    def places(self, text: str, tracking: float = 0.0) -> list[float]:
        """Return where each letter of a legible ``text`` starts, and where the last one ends."""
        places = [0.0]
        for char, following in pairwise([*text, ""]):
            kern = self._kerning.get((self._names[char], self._names.get(following, "")), 0.0)
            places.append(places[-1] + self._advances[char] + kern + tracking)
        places[-1] -= tracking if text else 0
        return places

    def width(self, text: str, tracking: float = 0.0) -> float:
        """Return how wide a legible ``text`` is."""
        return self.places(text, tracking)[-1]

    def letters(self, text: str, size: float, tracking: float = 0.0) -> list[tuple[Letter, int]]:
        """Return the letters of a legible ``text`` that can be seen, and where each begins, in whole pixels."""
        finer = max(1, round(size * _FINER))
        found = []
        for char, place in zip(text, self.places(text, tracking), strict=False):
            if not char.isspace():
                whole, part = divmod(round(place * size * _FINER), _FINER)
                found.append((self._letter(char, finer, part), whole))
        return found

    def _letter(self, char: str, size: int, shift: int) -> Letter:
        """Return a letter that begins ``shift`` parts of a pixel into the first one."""
        key = char, size, shift
        if key not in self._letters:
            if size not in self._sizes:
                basic = ImageFont.Layout.BASIC
                self._sizes[size] = ImageFont.truetype(BytesIO(self._data), size, layout_engine=basic)
            font = self._sizes[size]
            left, top, right, bottom = (round(edge) for edge in font.getbbox(char, anchor="ls"))
            drawn = Image.new("L", (max(1, right - left), max(1, bottom - top)))
            ImageDraw.Draw(drawn).text((-left, -top), char, fill=255, font=font, anchor="ls")
            seen = drawn.getbbox() or (0, 0, 1, 1)
            x, in_x = divmod(left + seen[0] + shift, _FINER)
            y, in_y = divmod(top + seen[1], _FINER)
            mask = Image.new("L", (in_x + seen[2] - seen[0], in_y + seen[3] - seen[1]))
            mask.paste(drawn.crop(seen), (in_x, in_y))
            self._letters[key] = Letter(mask.reduce(_FINER), x, y)
        return self._letters[key]
