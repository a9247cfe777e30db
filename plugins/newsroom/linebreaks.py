"""Breaking a title into lines that look meant.

Lines break at spaces, never at a no-break one (U+00A0, U+202F), and after a
hyphen or dash inside a word where that is better. The fewest lines that fit
are taken, then of all ways to break into that many the most even one, as
``text-wrap: balance`` does (CSS Text 4, 6.4), but for what a typographer would
not do: leave a short word at the end of a line, or split a compound.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from msgspec import Struct

#: Where a line may end: at spaces that break, or after a hyphen or dash between letters.
_BREAK = re.compile(r"(?P<space>[ \t\r\n]+)|(?<=\w[-‐–—/])(?=\w)")
#: What a break costs, in squares of a line's distance from the even length; a sign of punctuation is a good place.
_AFTER_SHORT, _IN_WORD, _AFTER_SIGN = 0.03, 0.08, -0.02
_SHORT = 2


class Piece(Struct, frozen=True):
    """A part of a text that is not broken: its place, and what a break after it costs (0 is neutral)."""

    start: int
    end: int
    cost: float


def pieces(text: str) -> list[Piece]:
    """Cut ``text`` where it may break."""
    breaks = [(found.start(), found.end()) for found in _BREAK.finditer(text)]
    edges = [(0, 0), *breaks, (len(text), len(text))]
    return [
        Piece(before[1], after[0], _cost(text[before[1] : after[0]], after[0] == after[1]))
        for before, after in pairwise(edges)
        if before[1] < after[0]
    ]


def _cost(piece: str, in_word: bool) -> float:
    if in_word:
        return _IN_WORD
    if piece[-1] in ",;:.!?…»”)–—":
        return _AFTER_SIGN
    return _AFTER_SHORT if len(piece) <= _SHORT else 0.0


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str] | None:
    """Return ``text`` in the fewest lines of at most ``width`` as ``measure`` tells it, evenly.

    Returns None where a piece is wider than a line.
    """
    parts = pieces(text)
    reach = list(_reach(text, parts, width, measure))
    if any(end == start for start, end in enumerate(reach)):
        return None
    lines, start = 0, 0
    while start < len(parts):
        start, lines = reach[start], lines + 1
    ends = _most_even(text, parts, reach, lines, width, measure)
    return [text[parts[start].start : parts[end - 1].end] for start, end in pairwise([0, *ends])]


def _reach(text: str, parts: list[Piece], width: float, measure: Callable[[str], float]) -> Iterator[int]:
    """Yield for every piece the piece after the last that still fits on a line with it."""
    end = 0
    for start, part in enumerate(parts):
        end = max(end, start)
        while end < len(parts) and measure(text[part.start : parts[end].end]) <= width:
            end += 1
        yield end


def _most_even(
    text: str, parts: list[Piece], reach: list[int], lines: int, width: float, measure: Callable[[str], float]
) -> list[int]:
    """Return where each of ``lines`` lines ends, by least cost (Knuth and Plass, 1981, with lines for glue)."""
    even = measure(text) / lines
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for left in range(lines - 1, -1, -1):
        following: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, ends) in best.items():
            for end in range(start + 1, reach[start] + 1):
                if (end == len(parts)) != (left == 0):
                    continue
                distance = (measure(text[parts[start].start : parts[end - 1].end]) - even) / width
                total = cost + distance * distance + (parts[end - 1].cost if left else 0)
                if end not in following or total < following[end][0]:
                    following[end] = total, [*ends, end]
        best = following
    return best[len(parts)][1]


def cut_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return ``text`` in lines of at most ``width``, cut between any two letters where a word is wider."""
    lines = [""]
    for part in pieces(text):
        piece, space = text[part.start : part.end], " " if part.start and text[part.start - 1].isspace() else ""
        if lines[-1] and measure(lines[-1] + space + piece) <= width:
            lines[-1] += space + piece
            continue
        lines.append("")
        for letter in piece:
            if lines[-1] and measure(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return [line for line in lines if line]
