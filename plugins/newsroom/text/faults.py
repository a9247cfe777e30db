"""What is wrong with one text: gathered while it is read, each with the line where it is written, told together."""

import re
from html import escape
from itertools import groupby

from newsroom.problems import Invalid, Position, position_in, together
from newsroom.sentences import Sentence


class Faults:
    """The faults of ``text``, the Markdown of a body; lines are counted from its first one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: list[Invalid] = []
        self._next: dict[str, int] = {}

    def tell(self, pattern: str, message: Sentence, remedy: Sentence) -> None:
        """Add a fault at the place that ``pattern`` matches; the same fault again is at the next such place."""
        self.add(self.fault(pattern, message, remedy))

    def fault(self, pattern: str, message: Sentence, remedy: Sentence) -> Invalid:
        """Return a fault at the place that ``pattern`` matches."""
        return at(self.place_of(pattern), message, remedy)

    def add(self, fault: Invalid) -> None:
        """Add a fault whose place is known."""
        self._found.append(fault)

    def place_of(self, pattern: str) -> Position:
        """Return where ``pattern`` matches, or its group ``place``, from where it did last; line 1 if nowhere."""
        found = re.compile(pattern).search(self.text, self._next.get(pattern, 0)) or re.search(pattern, self.text)
        self._next[pattern] = found.end() if found else 0
        if not found:
            return Position(1)
        return position_in(self.text, found.start("place" if "place" in found.re.groupindex else 0))

    def told(self) -> Invalid | None:
        """Return all of them together, None where there are none."""
        return together(self._found) if self._found else None


def at(place: Position, message: Sentence, remedy: Sentence) -> Invalid:
    """Return the fault that stands at ``place``."""
    return Invalid(place.line, message, remedy, column=place.column)


def as_written(address: str) -> str:
    """Return the pattern of ``address`` as Markdown or HTML write it: its signs escaped, its entities as such.

    What it took it does not give back: a row of signs that can each be read in two ways has as many
    readings as two to the number of them.
    """
    runs = ((char, len(list(run))) for char, run in groupby(address))
    return "".join(
        re.escape(char) * count
        if char.isalnum()
        else rf"\\{{{count},{2 * count}}}+"
        if char == "\\"
        else _sign(char) * count
        for char, count in runs
    )


def _sign(char: str) -> str:
    """Return the pattern of one sign that is no letter, digit or backslash."""
    return rf"(?>\\{re.escape(char)}|{re.escape(escape(char))}|{re.escape(char)})"
