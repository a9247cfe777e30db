"""Words in drawings: their greatest width, their line breaks, the free places.

Lengths are in em of the labels. The widths are those of the theme's sans at its heaviest weight,
rounded up: a drawing is the same on every machine, and letters are never wider than was assumed.
"""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from msgspec import Struct

#: From line to line.
LEADING = 1.3
_AIR = 0.25
#: What sums of fractions are off by, and far more: what is no wider is an edge.
_EDGE = 0.001
_WIDTHS = {
    0.26: " ',.:;’‘\u00a0\u202f",
    0.33: "!()I[]`ijl|·",
    0.47: '/\\{}"*-Jfrt“”°',
    0.6: "^z«»+<=>?_acsvxy–1",
    0.66: "#$27FLbdeghknopqu~£€",
    0.7: "345689ESTZ",
    0.78: "0ABCDGHKNOPQRUVXY",
    1.0: "&@w—…œæ",
    1.13: "%MWmŒÆ",
}
_BY_CHARACTER = {char: width for width, chars in _WIDTHS.items() for char in chars}
_WIDEST = max(_WIDTHS)


def width(text: str) -> float:
    """Return how wide a line of text is at most."""
    return sum(_BY_CHARACTER.get(char) or _BY_CHARACTER.get(normalize("NFD", char)[0], _WIDEST) for char in text)


def wrap(text: str, room: float) -> tuple[str, ...]:
    """Return ``text`` in lines no wider than ``room``; wider words are cut."""
    lines: list[str] = []
    words = [part for word in text.split(" ") for part in _cut(word, room)]
    for word in words:
        if lines and width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _cut(word: str, room: float) -> list[str]:
    if width(word) <= room:
        return [word]
    end = next(end for end in range(len(word), 0, -1) if width(word[:end]) <= room or end == 1)
    return [word[:end], *_cut(word[end:], room)]


class Box(Struct, frozen=True):
    """A place in a drawing: from ``left`` to ``right``, from ``top`` down to ``bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two places share more than an edge."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > _EDGE and down > _EDGE


def block(x: float, top: float, lines: Sequence[str], anchor: str) -> Box:
    """Return the place of lines of text that are anchored at ``x`` as SVG anchors them."""
    wide = max(map(width, lines))
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return Box(left - _AIR, top, left + wide + _AIR, top + len(lines) * LEADING)


def spread(wanted: Sequence[tuple[float, float]]) -> list[float]:
    """Return where the things of a column start, each as near as possible to where it is wanted, none over another.

    ``wanted`` are middles and heights, in order of the middles.
    """
    tops: list[float] = []
    end = 0.0
    for middle, height in wanted:
        tops.append(max(end, middle - height / 2))
        end = tops[-1] + height
    return tops


def free_place(candidates: Iterable[tuple[str, Box]], taken: Sequence[Box], room: float) -> tuple[str, Box]:
    """Return the first of the endless ``candidates`` that overlaps nothing and lies between 0 and ``room``."""
    return next(
        (anchor, box)
        for anchor, box in candidates
        if box.left >= -_AIR and box.right <= room + _AIR and not any(box.meets(other) for other in taken)
    )


def around(x: float, y: float, lines: Sequence[str], room: float, gap: float) -> Iterator[tuple[str, Box]]:
    """Yield places for lines of text about a point: above it, below and beside, and then higher and higher."""
    tall = len(lines) * LEADING
    wide = max(map(width, lines))
    middle = min(max(x, wide / 2), room - wide / 2)
    for top in (y - tall - gap / 2, y + gap / 2):
        for anchor, at in (("end", x), ("middle", middle), ("start", x)):
            yield anchor, block(at, top, lines, anchor)
    for anchor, shift in (("start", gap), ("end", -gap)):
        yield anchor, block(x + shift, y - tall / 2, lines, anchor)
    top = y - tall - gap
    while True:
        top -= LEADING / 2
        for anchor, at in (("end", x - gap), ("start", x + gap), ("middle", middle)):
            yield anchor, block(at, top, lines, anchor)
