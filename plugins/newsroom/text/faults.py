"""What is wrong with one text: gathered while it is read, each with the line where it is written, told together."""

import re
from html import escape

from newsroom.problems import Invalid, together
from newsroom.sentences import Sentence


class Faults:
    """The faults of ``text``, the Markdown of a body; lines are counted from its first one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: list[Invalid] = []
        self._next: dict[str, int] = {}

    def tell(self, pattern: str, message: Sentence, remedy: Sentence) -> None:
        """Add a fault at the place that ``pattern`` matches; the same fault again is at the next such place."""
        self.add(Invalid(self.line_of(pattern), message, remedy))

    def add(self, fault: Invalid) -> None:
        """Add a fault whose line is known."""
        self._found.append(fault)

    def line_of(self, pattern: str) -> int:
        """Return the line where ``pattern`` matches, from where it did last; 1 where it does nowhere."""
        found = re.compile(pattern).search(self.text, self._next.get(pattern, 0)) or re.search(pattern, self.text)
        self._next[pattern] = found.end() if found else 0
        return self.text.count("\n", 0, found.start()) + 1 if found else 1

    def check(self) -> None:
        """Raise :class:`Invalid` where there are any."""
        if self._found:
            raise together(self._found)


def as_written(address: str) -> str:
    """Return the pattern of ``address`` as Markdown or HTML write it: its signs escaped, its entities as such."""
    signs = (rf"\\?(?:{re.escape(escape(char))}|{re.escape(char)})" for char in address)
    return "".join(char if char.isalnum() else sign for char, sign in zip(address, signs, strict=True))
