"""Drawing a share card: 1200 × 630 pixels of PNG, from its text, the words of the interface, colours and a font.

The size is that of https://ogp.me and of what most sites show. The colours are those of the light
scheme. A pixel is paper or one of a few steps towards one of three inks: sixteen colours, so that
it takes half a byte and needs no quantisation.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from PIL import Image, ImageDraw

from newsroom.views.share_cards import VERDICT, Palette, ShareCard
from newsroom.writers.font import Face, Letter
from newsroom.writers.linebreaks import break_lines, stranded
from newsroom.writers.png import indexed_png

WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_MEASURE = WIDTH - 2 * _MARGIN
#: The inks, with the steps from the paper to each.
_INKS = {"ink": 8, "quiet": 4, "accent": 3}
_ACCENTED = ("denied", "cancelled", "kept-late", "dropped")
#: The lines of the wake: the vertical control points of each, in 1/40 of its height; see partials/wake.svg.html.
_WAKE = ((0, 0, 0), (1, 7, 17), (-1, -7, -17), (0.5, 3, 8), (-0.5, -3, -8))
_CRISP = 4  # lines and marks are drawn this much larger, then reduced


class _Sheet:
    """A card being drawn, on paper or on a copy of what is ``begun``."""

    def __init__(self, face: Face, begun: Image.Image | None = None) -> None:
        self.face = face
        self.image = begun.copy() if begun else Image.new("L", (WIDTH, HEIGHT))

    def stamp(self, mask: Image.Image, x: float, y: float, ink: str) -> None:
        """Lay as much ink as the mask says; 0 is paper."""
        self._lay(_inked(mask, ink), round(x), round(y))

    def _lay(self, inked: tuple[Image.Image, Image.Image], x: int, y: int) -> None:
        self.image.paste(inked[0], (x, y), inked[1])

    def write(self, text: str, x: float, baseline: float, size: float, ink: str, *, tracking: float = 0.0) -> float:
        """Write a line whose first letter visibly starts at ``x``; return where it ends."""
        letters = self.face.letters(text, size, tracking)
        left = min((place + letter.left for letter, place in letters), default=0)
        start, line = round(x) - left, round(baseline)
        for letter, place in letters:
            self._lay(_letter(letter, ink), start + place + letter.left, line + letter.top)
        return x - left + self.face.width(text, tracking) * size

    def png(self, palette: Palette) -> bytes:
        """Return the card in the colours of ``palette``."""
        self.image.putpalette(_colours(palette))
        return indexed_png((WIDTH, HEIGHT), self.image.tobytes("raw", "P;4"), _colours(palette))


def _inked(mask: Image.Image, ink: str) -> tuple[Image.Image, Image.Image]:
    """Return the numbers of the colours that ``mask`` gives ``ink``, and where there is any at all."""
    colours, anywhere = _levels(ink)
    return mask.point(colours), mask.point(anywhere)


@lru_cache(maxsize=4096)
def _letter(letter: Letter, ink: str) -> tuple[Image.Image, Image.Image]:
    return _inked(letter.mask, ink)


@cache
def _levels(ink: str) -> tuple[list[int], list[int]]:
    """Return, for each coverage from 0 to 255, the number of its colour, and 255 where there is any ink at all."""
    steps, first = _INKS[ink], 1 + sum(list(_INKS.values())[: list(_INKS).index(ink)])
    levels = [(value * steps + 127) // 255 for value in range(256)]
    return [level and first + level - 1 for level in levels], [level and 255 for level in levels]


@cache
def _colours(palette: Palette) -> list[int]:
    """Return the red, green and blue of the paper and of the steps to each ink."""
    paper = _channels(palette.paper)
    colours = [*paper]
    for name, steps in _INKS.items():
        ink = _channels(getattr(palette, name))
        for step in range(1, steps + 1):
            colours += [round(ground + (full - ground) * step / steps) for ground, full in zip(paper, ink, strict=True)]
    return colours


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def draw_card(card: ShareCard, date: str, words: Mapping[str, str], palette: Palette, face: Face) -> bytes:
    """Return ``card`` as PNG; ``date`` is its date, ``words`` the statuses and the verdicts, in its language."""
    if date:
        sheet = _Sheet(face, _empty_card(card.site, face))
        _draw_article(sheet, card, date, words)
    else:
        sheet = _Sheet(face)
        _draw_wordmark(sheet, card.site, 196, 312, 270)
        _draw_title(sheet, card.title, 424, 150, 72)
    return sheet.png(palette)


@lru_cache(maxsize=8)
def _empty_card(site: str, face: Face) -> Image.Image:
    """Return what all cards of articles show: the name of the site and its wake."""
    sheet = _Sheet(face)
    _draw_wordmark(sheet, site, 62, 574, 92)
    return sheet.image


def _draw_article(sheet: _Sheet, card: ShareCard, date: str, words: Mapping[str, str]) -> None:
    topic, date = sheet.face.legible(card.topic), sheet.face.legible(date)
    size = _fitting(sheet.face.width(topic) + sheet.face.width(date) + 1, 33)
    end = sheet.write(topic, _MARGIN, 90, size, "ink")
    sheet.write(date, end + size, 90, size, "quiet")
    below = _draw_title(sheet, card.title, 126, 284, 104) + 56
    named = [(status, sheet.face.legible(words[status])) for status in card.statuses]
    verdict = [sheet.face.legible(words[name]) for name in (VERDICT, card.verdict) if card.verdict]
    widths = [*(sheet.face.width(word) + 2 for _, word in named), *(sheet.face.width(word) + 0.9 for word in verdict)]
    size = _fitting(sum(widths) - 0.8, 42)
    x: float = _MARGIN
    for status, word in named:
        ink = "accent" if status in _ACCENTED else "ink"
        side = size * 0.8
        sheet.stamp(mark(status, side), x, below - size * 0.32 - side / 2, ink)
        x = sheet.write(word, x + size * 1.1, below, size, ink) + size * 0.9
    for word in verdict:
        ink = "quiet" if word != verdict[-1] else "accent" if card.verdict in _ACCENTED else "ink"
        x = sheet.write(word, x, below, size, ink) + size * 0.3


def _fitting(width: float, size: float, measure: float = _MEASURE) -> float:
    """Return ``size``, or the smaller one at which ``width`` (in em) is no wider than ``measure``.

    A text without width fits: it is empty when the font has none of its letters.
    """
    return min(size, measure / width) if width > 0 else size


def _draw_title(sheet: _Sheet, title: str, top: float, height: float, size: float) -> float:
    """Set ``title`` as large as fits between ``top`` and ``height`` below; return where its last line ends."""
    tracking, leading = -0.012, 1.1
    text = sheet.face.legible(title)
    places = sheet.face.places(text, tracking)
    largest, lines = 0.0, [text]
    while size > largest * 0.84:
        broken = break_lines(text, places, _MEASURE / size, cut=size < 40)
        fits = broken and len(broken) * leading * size <= height
        if fits and (not largest or stranded(broken) < stranded(lines)):
            largest, chosen, lines = largest or size, size, broken
        size *= 0.95
    for number, line in enumerate(lines):
        sheet.write(line, _MARGIN, top + (0.82 + number * leading) * chosen, chosen, "ink", tracking=tracking)
    return top + len(lines) * leading * chosen


def _draw_wordmark(sheet: _Sheet, name: str, size: float, baseline: float, spread: float) -> None:
    """Write the name of the site with the wake that leaves its last letter and runs to the edge."""
    text, tracking = sheet.face.legible(name), -0.025
    size = _fitting(sheet.face.width(text, tracking), size, _MEASURE * 0.7)
    end = sheet.write(text, _MARGIN, baseline, size, "ink", tracking=tracking)
    start = end + size * 0.12
    sheet.stamp(wake(WIDTH - start, spread, 2), start, baseline - size * 0.213 - spread / 2, "quiet")


@lru_cache(maxsize=8)
def wake(length: float, spread: float, stroke: float) -> Image.Image:
    """Return the wake as coverage: five lines that leave one point and diverge."""
    width, height = round(length), round(spread)
    image = Image.new("L", (width * _CRISP, height * _CRISP))
    pen = ImageDraw.Draw(image)
    for line in _WAKE:
        points = [(x * width * _CRISP, (0.5 + y / 40) * height * _CRISP) for x, y in _curve(*line)]
        pen.line(points, fill=255, width=round(stroke * _CRISP))
    return image.reduce(_CRISP)


def _curve(first: float, second: float, last: float) -> list[tuple[float, float]]:
    """Return points of the Bézier curve of a line of the wake, from (0, 0) to (1, ``last``)."""
    times = [step / 48 for step in range(49)]
    return [
        (time, 3 * time * (1 - time) ** 2 * first + 3 * time**2 * (1 - time) * second + time**3 * last)
        for time in times
    ]


@lru_cache(maxsize=64)
def mark(status: str, side: float) -> Image.Image:
    """Return the mark of a status as coverage: the shapes of macros/text.html, of 16 units."""
    scale = side * _CRISP / 16
    image = Image.new("L", (max(1, round(side)) * _CRISP,) * 2)
    pen, stroke = ImageDraw.Draw(image), round(1.75 * scale)

    def line(*points: tuple[float, float]) -> None:
        pen.line([(x * scale, y * scale) for x, y in points], fill=255, width=stroke)

    if status == "cancelled":
        line((3, 3), (13, 13))
        line((13, 3), (3, 13))
        return image.reduce(_CRISP)
    circle = (1.125 * scale, 1.125 * scale, 14.875 * scale, 14.875 * scale)
    pen.ellipse(circle, fill=255 if status == "confirmed" else 0, outline=255, width=stroke)
    if status == "announced":
        pen.chord(circle, 90, 270, fill=255)
        line((8, 2), (8, 14))
    elif status == "denied":
        line((3.8, 12.2), (12.2, 3.8))
    return image.reduce(_CRISP)
