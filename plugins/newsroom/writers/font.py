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
from PIL import Image, ImageDraw, ImageFont
from unidecode import unidecode

#: Letters are drawn this much larger and reduced, so that their places are right to half a pixel.
_FINER = 2
_LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}


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
        self._letters: dict[tuple[str, int], tuple[Image.Image, int, int]] = {}

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

    def mask(self, text: str, size: float, tracking: float = 0.0) -> tuple[Image.Image, int, int]:
        """Return ``text`` as coverage (0 to 255), and its corner relative to the start of its baseline."""
        finer = max(1, round(size * _FINER))
        letters = [
            (self._letter(char, finer), round(place * size * _FINER))
            for char, place in zip(text, self.places(text, tracking), strict=False)
            if not char.isspace()
        ]
        boxes = [(x + left, top, x + left + mask.width, top + mask.height) for (mask, left, top), x in letters]
        left, top, right, bottom = (
            min((box[0] for box in boxes), default=0),
            min((box[1] for box in boxes), default=0),
            max((box[2] for box in boxes), default=1),
            max((box[3] for box in boxes), default=1),
        )
        left, top = left - left % _FINER, top - top % _FINER
        canvas = Image.new("L", (right - left, bottom - top))
        for ((mask, *_), _), (x, y, *_) in zip(letters, boxes, strict=True):
            canvas.paste(255, (x - left, y - top), mask)
        return canvas.reduce(_FINER), left // _FINER, top // _FINER

    def _letter(self, char: str, size: int) -> tuple[Image.Image, int, int]:
        if (char, size) not in self._letters:
            if size not in self._sizes:
                basic = ImageFont.Layout.BASIC
                self._sizes[size] = ImageFont.truetype(BytesIO(self._data), size, layout_engine=basic)
            font = self._sizes[size]
            left, top, right, bottom = (round(edge) for edge in font.getbbox(char, anchor="ls"))
            mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
            ImageDraw.Draw(mask).text((-left, -top), char, fill=255, font=font, anchor="ls")
            seen = mask.getbbox() or (0, 0, 1, 1)
            self._letters[char, size] = mask.crop(seen), left + seen[0], top + seen[1]
        return self._letters[char, size]
