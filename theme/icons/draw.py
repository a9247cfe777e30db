"""Draw the icons of the site: the S of the headlines, and the wake that leaves it.

Run by hand, when the mark, the letters or the colours have to change, with
pillow and fonttools installed:

    python theme/icons/draw.py

It writes ``icon.svg`` (which follows the colours of the system) and two sizes
for those who ask for bitmaps into ``theme/static/icons``, and the two files that
browsers look for by name into ``theme/static/webroot``. The letter comes from
``theme/fonts``, the colours from ``tokens.css``: the same bytes from the same
files and the same Pillow (last run: pillow 13.0.0).
"""

import re
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

THEME = Path(__file__).resolve().parents[1]
FONT = THEME / "fonts" / "headlines.ttf"
TOKENS = THEME / "static" / "css" / "tokens.css"
ICONS, WEBROOT = THEME / "static" / "icons", THEME / "static" / "webroot"

GRID = 64
FINER = 8  # bitmaps are drawn this much larger, and reduced
#: Lines of the wake: the vertical control points of each, in parts of its spread; see partials/wake.svg.html.
AXIS, OUTER, INNER = (0.0, 0.0, 0.0), (0.06, 0.41, 1.0), (0.03, 0.18, 0.47)


@dataclass(frozen=True)
class Mark:
    """The mark on a grid of 64: the letter (``bold`` is added to its strokes), and the wake from under it."""

    size: float
    left: float
    baseline: float
    bold: float
    start: float
    axis: float
    spread: float
    stroke: float
    lines: tuple[tuple[float, ...], ...]

    def curves(self) -> list[list[tuple[float, float]]]:
        """Return the Bézier points of every line, and of its reflection."""
        length = GRID + 2 - self.start
        places = [line for half in self.lines for line in {half, tuple(-place for place in half)}]
        return [
            [
                (self.start + length * part, self.axis + self.spread * place)
                for part, place in zip((0, 1 / 3, 2 / 3, 1), (0, *line), strict=True)
            ]
            for line in sorted(places)
        ]


#: Three strong lines where the mark is small, on whole pixels at 16 and 32; five fine ones where there is room.
SMALL = Mark(74, 2, 58, 1.2, 26, 34, 19, 4, (AXIS, OUTER))
LARGE = Mark(58, 9, 51, 0, 26, 32, 17, 1.1, (AXIS, INNER, OUTER))


def colours(sheet: str) -> list[dict[str, str]]:
    """Return paper, ink and accent by day and by night."""
    found = re.findall(r"--(paper|ink|accent): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", sheet)
    return [{name: day for name, day, _ in found}, {name: night for name, _, night in found}]


def rounded(number: float) -> str:
    """Write a length as SVG needs it."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def svg(mark: Mark, day: dict[str, str], night: dict[str, str]) -> str:
    """Return the mark as SVG. Colours are attributes; only those of the night need a style."""
    font = TTFont(FONT)
    scale = mark.size / font["head"].unitsPerEm
    pen = SVGPathPen(None, rounded)
    left = mark.left - font["glyf"]["S"].xMin * scale
    font.getGlyphSet()["S"].draw(TransformPen(pen, (scale, 0, 0, -scale, left, mark.baseline)))
    lines = ""
    for start, *controls in mark.curves():
        lines += f"M{' '.join(map(rounded, start))}C{' '.join(rounded(place) for point in controls for place in point)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}"><style>@media (prefers-color-scheme:dark)'
        f"{{.wake{{stroke:{night['accent']}}}.letter{{fill:{night['ink']};stroke:{night['ink']}}}}}</style>"
        f'<path class="wake" fill="none" stroke="{day["accent"]}" stroke-width="{mark.stroke}" d="{lines}"/>'
        f'<path class="letter" fill="{day["ink"]}" stroke="{day["ink"]}" stroke-width="{mark.bold}" '
        f'd="{pen.getCommands()}"/>'
        "</svg>\n"
    )


def bitmap(mark: Mark, size: int, day: dict[str, str], corner: float = 0) -> Image.Image:
    """Return the mark on a tile of paper; ``corner`` is the radius of its corners on the grid."""
    side = size * FINER
    scale = side / GRID
    tile = Image.new("RGB", (side, side), day["paper"])
    pen = ImageDraw.Draw(tile)
    for curve in mark.curves():
        radius = mark.stroke * scale / 2
        for step in range(side + 1):
            t = step / side
            parts = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            x, y = (
                sum(part * point[axis] for part, point in zip(parts, curve, strict=True)) * scale for axis in (0, 1)
            )
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=day["accent"])
    font = ImageFont.truetype(FONT, round(mark.size * scale), layout_engine=ImageFont.Layout.BASIC)
    letter = Image.new("L", (side, side))
    place = (side // 4, round(mark.baseline * scale))
    ImageDraw.Draw(letter).text(place, "S", font=font, fill=255, anchor="ls", stroke_width=round(mark.bold * scale / 2))
    seen = letter.getbbox()
    assert seen is not None
    tile.paste(day["ink"], (round((mark.left - mark.bold / 2) * scale) - seen[0], 0), letter)
    tile = tile.reduce(FINER)
    if corner:
        shape = Image.new("L", (side, side))
        ImageDraw.Draw(shape).rounded_rectangle((0, 0, side - 1, side - 1), corner * scale, fill=255)
        tile.putalpha(shape.reduce(FINER))
    return tile


def main() -> None:
    """Write the icons."""
    day, night = colours(TOKENS.read_text("utf-8"))
    for folder in (ICONS, WEBROOT):
        folder.mkdir(exist_ok=True)
    (ICONS / "icon.svg").write_text(svg(SMALL, day, night), "utf-8")
    for size in (192, 512):
        bitmap(LARGE, size, day).save(ICONS / f"icon-{size}.png", optimize=True)
    bitmap(LARGE, 180, day).save(WEBROOT / "apple-touch-icon.png", optimize=True)
    bitmap(SMALL, 32, day, corner=10).save(WEBROOT / "favicon.ico", sizes=[(32, 32)])


if __name__ == "__main__":
    main()
