"""Drawing a social card: 1200 × 630 pixels of PNG, from what it says, its words, its colours and its letters.

The size is that of https://ogp.me and of what most sites show. The colours are
those of the pages by day. Every pixel is one of 15 steps from the paper to one
of three inks, so the picture needs no quantisation and weighs little.
"""

import re
from collections.abc import Mapping
from io import BytesIO

from msgspec import Struct
from PIL import Image, ImageDraw

from newsroom.lettering import Face
from newsroom.linebreaks import break_lines
from newsroom.problems import Problem, Problems
from newsroom.views.cards import CardView

WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_MEASURE = WIDTH - 2 * _MARGIN
_STEPS = 15
_COLOUR = re.compile(r"--(paper|ink|quiet|accent): (#[0-9a-f]{6});")
#: The vertical places of the control points of the lines of the wake, in its height; see partials/wake.svg.html.
_WAKE = tuple(
    tuple(side * place / 40 for place in line) for side in (-1, 1) for line in ((0, 0, 0), (0.5, 3, 8), (1, 7, 17))
)[1:]
_CRISP = 4  # lines and marks are drawn this much larger


class Palette(Struct, frozen=True):
    """The colours of a card, as ``#rrggbb``."""

    paper: str
    ink: str
    quiet: str
    accent: str


def palette_from(sheet: str) -> Palette:
    """Return the colours that a style sheet gives first, those of the day; raise :class:`Problems` for want of one."""
    found: dict[str, str] = {}
    for name, colour in _COLOUR.findall(sheet):
        found.setdefault(name, colour)
    for name in Palette.__struct_fields__:
        if name not in found:
            message = f"the cards find no --{name} as #rrggbb."
            raise Problems([Problem("theme/static/css/tokens.css", 0, "", message, f"Write --{name}: #123456;")])
    return Palette(**found)


class _Sheet:
    """A card being drawn: ``stamp`` puts a mask of coverage on it in one ink."""

    _INKS = ("ink", "quiet", "accent")

    def __init__(self, palette: Palette, face: Face) -> None:
        self.face = face
        self._image = Image.new("L", (WIDTH, HEIGHT))
        self._palette = palette

    def stamp(self, mask: Image.Image, x: float, y: float, ink: str) -> None:
        first = 1 + self._INKS.index(ink) * _STEPS
        steps = [(value * _STEPS + 127) // 255 for value in range(256)]
        colours = mask.point([step and first + step - 1 for step in steps])
        self._image.paste(colours, (round(x), round(y)), mask.point([step and 255 for step in steps]))

    def write(self, text: str, x: float, baseline: float, size: float, ink: str, tracking: float = 0.0) -> float:
        """Write a line; return where it ends."""
        mask, left, top = self.face.mask(text, size, tracking)
        self.stamp(mask, x + left, baseline + top, ink)
        return x + self.face.width(text, tracking) * size

    def png(self) -> bytes:
        """Return the card as it is."""
        paper, *inks = (
            [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
            for colour in (getattr(self._palette, name) for name in ("paper", *self._INKS))
        )
        blends = [
            round(ground + (channel - ground) * step / _STEPS)
            for ink in inks
            for step in range(1, _STEPS + 1)
            for ground, channel in zip(paper, ink, strict=True)
        ]
        self._image.putpalette([*paper, *blends])
        out = BytesIO()
        self._image.save(out, "PNG", optimize=True)
        return out.getvalue()


def draw_card(card: CardView, words: Mapping[str, str], palette: Palette, face: Face) -> bytes:
    """Return ``card`` as PNG; ``words`` are the statuses in its language."""
    sheet = _Sheet(palette, face)
    if card.date:
        _draw_article(sheet, card, words)
    else:
        _draw_site(sheet, card)
    return sheet.png()


def _draw_article(sheet: _Sheet, card: CardView, words: Mapping[str, str]) -> None:
    _draw_wordmark(sheet, card.site, 66, 566, 92)
    topic, date = sheet.face.legible(card.topic), sheet.face.legible(card.date)
    size = _fitting(sheet.face.width(topic) + sheet.face.width(date) + 1, 32)
    end = sheet.write(topic, _MARGIN, 96, size, "ink")
    sheet.write(date, end + size, 96, size, "quiet")
    bottom = _draw_title(sheet, card.title, 132, 288, 92)
    named = [(status, sheet.face.legible(words[status])) for status in card.statuses]
    size = _fitting(sum(sheet.face.width(word) + 2 for _, word in named) - 0.8, 40)
    x: float = _MARGIN
    for status, word in named:
        ink = "accent" if status in ("denied", "cancelled") else "ink"
        side = size * 0.8
        sheet.stamp(mark(status, side), x, bottom + 64 - size * 0.32 - side / 2, ink)
        x = sheet.write(word, x + size * 1.1, bottom + 64, size, ink) + size * 0.9


def _draw_site(sheet: _Sheet, card: CardView) -> None:
    _draw_wordmark(sheet, card.site, 190, 270, 250)
    _draw_title(sheet, card.title, 380, 180, 72)


def _fitting(width: float, size: float) -> float:
    """Return ``size``, or the smaller one at which ``width`` (in em) is no wider than the measure."""
    return min(size, _MEASURE / width)


def _draw_title(sheet: _Sheet, title: str, top: float, height: float, size: float) -> float:
    """Set ``title`` as large as it fits between ``top`` and ``height`` below; return its last baseline."""
    tracking, leading = -0.012, 1.1
    text = sheet.face.legible(title)
    places = sheet.face.places(text, tracking)
    while True:
        lines = break_lines(text, places, _MEASURE / size, cut=size < 40)
        if lines and len(lines) * leading * size <= height:
            break
        size *= 0.96
    for number, line in enumerate(lines):
        sheet.write(line, _MARGIN, top + (0.82 + number * leading) * size, size, "ink", tracking)
    return top + (0.82 + (len(lines) - 1) * leading) * size


def _draw_wordmark(sheet: _Sheet, name: str, size: float, baseline: float, spread: float) -> None:
    """Write the name of the site with the wake that leaves its last letter and runs to the edge."""
    text, tracking = sheet.face.legible(name), -0.025
    size = min(size, _MEASURE * 0.7 / sheet.face.width(text, tracking))
    end = sheet.write(text, _MARGIN, baseline, size, "ink", tracking)
    start = end + size * 0.12
    sheet.stamp(wake(WIDTH - start, spread, 2), start, baseline - size * 0.213 - spread / 2, "quiet")


def wake(length: float, spread: float, stroke: float) -> Image.Image:
    """Return the wake as coverage: five lines that leave one point and part."""
    width, height = round(length), round(spread)
    image = Image.new("L", (width * _CRISP, height * _CRISP))
    pen = ImageDraw.Draw(image)
    for line in _WAKE:
        points = [(x * width * _CRISP, (0.5 + y) * height * _CRISP) for x, y in _curve(*line)]
        pen.line(points, fill=255, width=round(stroke * _CRISP))
    return image.reduce(_CRISP)


def _curve(first: float, second: float, last: float) -> list[tuple[float, float]]:
    """Return points of the Bézier curve of a line of the wake, from (0, 0) to (1, ``last``)."""
    times = [step / 48 for step in range(49)]
    return [(time, 3 * time * (1 - time) ** 2 * first + 3 * time**2 * (1 - time) * second + time**3 * last) for time in times]


def mark(status: str, side: float) -> Image.Image:
    """Return the mark of a status as coverage: the shapes of macros/text.html, of 16 units."""
    scale = side * _CRISP / 16
    image = Image.new("L", (round(side) * _CRISP,) * 2)
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
    elif status == "denied":
        line((3.8, 12.2), (12.2, 3.8))
    return image.reduce(_CRISP)
