"""The wake of all claims: a line for each, which leaves one point and parts by verdict; a scoreboard to be looked at.

Pure geometry: across in hundredths of the width, down in pixels. A verdict has a row of its own, as high as its
lines need and its words can be read and touched.
"""

from collections.abc import Callable

from msgspec import Struct

from newsroom.views.claims import Score

#: From line to line, the air above and below the lines of a row, the least height of a row, that of a second line
#: of words, which says how many are overdue.
_STEP, _AIR, _ROW, _SECOND = 2.4, 8.0, 28.0, 18.0
#: More claims than these share lines.
_MOST_LINES = 120


class FanRow(Struct, frozen=True):
    """A verdict: how many claims have it, its page, the heights of its lines and of its words.

    The first ``late`` of its lines are those of claims that are overdue.
    """

    verdict: str
    count: int
    url: str
    lines: tuple[float, ...]
    late: int
    middle: float


class Fan(Struct, frozen=True):
    """The drawing: its rows from the top, and the scoreboard that it draws."""

    height: float
    rows: tuple[FanRow, ...]
    score: Score


def fan(score: Score, url_of: Callable[[str], str]) -> Fan | None:
    """Return the drawing of ``score``, whose verdicts have the pages ``url_of``; None where there are no claims."""
    if not score.total:
        return None
    share = min(1.0, _MOST_LINES / score.total)
    rows: list[FanRow] = []
    top = 0.0
    for verdict, count in score.verdicts:
        number = max(1, round(count * share))
        overdue = score.overdue if verdict == "open" else 0
        height = max(_ROW + (_SECOND if overdue else 0), (number - 1) * _STEP + 2 * _AIR)
        first = top + (height - (number - 1) * _STEP) / 2
        lines = tuple(round(first + place * _STEP, 1) for place in range(number))
        rows.append(FanRow(verdict, count, url_of(verdict), lines, round(overdue * share), round(top + height / 2, 1)))
        top += height
    return Fan(round(top, 1), tuple(rows), score)
