"""Breaking a title into lines as a typographer would.

Lines break at spaces, never at a no-break one (U+00A0, U+202F), and after a
hyphen or dash inside a word where that is better. The fewest lines that fit are
taken, and of all ways to break into that many the most even one, as
``text-wrap: balance`` does (CSS Text 4, 6.4), but without leaving a short word
or a number at the end of a line, or splitting a compound.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

#: Where a line may end: at spaces that break, or after a hyphen or dash between letters.
_BREAK = re.compile(r"[ \t\r\n]+|(?<=[^\W\d_][-‐–—])(?=[^\W\d_])")
#: What a break costs, in squares of the share of a line by which it is uneven; after a punctuation mark is a good
#: place.
_AFTER_SHORT, _IN_WORD, _AFTER_SIGN = 0.03, 0.08, -0.02
_SHORT = re.compile(r"(^|[ ’])[^ ’]{1,3}$|\d$")


class Segment(Struct, frozen=True):
    """A part of a text that is not broken: where it starts and ends, and what a break after it costs."""

    start: int
    end: int
    cost: float = 0.0


def break_lines(text: str, places: Sequence[float], width: float, *, cut: bool = False) -> list[str]:
    """Return ``text`` in the fewest lines of at most ``width``, evenly.

    ``places`` are where each letter starts on one long line, and where the last one ends. A word that is
    wider than a line is cut between letters if ``cut`` allows; otherwise there are no lines.
    """
    parts = _pieces(text)
    if not parts:
        return [""]
    if cut:
        parts = [small for part in parts for small in _cut(part, places, width)]
    reach = list(_reach(parts, places, width))
    if any(end == start for start, end in enumerate(reach)):
        return []
    lines = start = 0
    while start < len(parts):
        start, lines = reach[start], lines + 1
    ends = _most_even(parts, places, reach, lines, width)
    return [text[parts[start].start : parts[end - 1].end] for start, end in pairwise([0, *ends])]


def stranded(lines: Sequence[str]) -> int:
    """Return how many of ``lines`` end in a short word or a number, which belong to what follows."""
    return sum(_cost(line, in_word=False) > 0 for line in lines[:-1])


def _pieces(text: str) -> list[Segment]:
    """Cut ``text`` where it may break."""
    breaks = [found.span() for found in _BREAK.finditer(text)]
    return [
        Segment(start, end, _cost(text[start:end], in_word=end == following))
        for (_, start), (end, following) in pairwise([(0, 0), *breaks, (len(text), len(text) + 1)])
        if start < end
    ]


def _cost(piece: str, *, in_word: bool) -> float:
    if in_word:
        return _IN_WORD
    if piece[-1] in ",;:.!?…»”)–—":
        return _AFTER_SIGN
    return _AFTER_SHORT if _SHORT.search(piece) else 0.0


def _cut(part: Segment, places: Sequence[float], width: float) -> Iterator[Segment]:
    """Yield ``part`` in as few pieces as fit on a line, with at least one letter in each."""
    start = part.start
    for end in range(part.start + 1, part.end):
        if places[end + 1] - places[start] > width:
            yield Segment(start, end)
            start = end
    yield Segment(start, part.end, part.cost)


def _reach(parts: Sequence[Segment], places: Sequence[float], width: float) -> Iterator[int]:
    """Yield for every piece the number of the piece after the last that fits on a line with it."""
    end = 0
    for part in parts:
        while end < len(parts) and places[parts[end].end] - places[part.start] <= width:
            end += 1
        yield end


def _most_even(
    parts: Sequence[Segment], places: Sequence[float], reach: Sequence[int], lines: int, width: float
) -> list[int]:
    """Return where each of ``lines`` lines ends, at least cost (dynamic programming, as in Knuth and Plass, 1981)."""
    even = places[parts[-1].end] / lines
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for left in range(lines - 1, -1, -1):
        following: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, ends) in best.items():
            for end in range(start + 1, reach[start] + 1):
                if (end == len(parts)) == (left > 0):
                    continue
                uneven = (places[parts[end - 1].end] - places[parts[start].start] - even) / width
                total = cost + uneven * uneven + (parts[end - 1].cost if left else 0)
                if end not in following or total < following[end][0]:
                    following[end] = total, [*ends, end]
        best = following
    return best[len(parts)][1]
