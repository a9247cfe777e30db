"""A content file as its editor sees it: numbered lines, and what is written on each.

The models hold what a file says; rules also need where it says it.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement
from msgspec import Struct

from newsroom.content import frontmatter
from newsroom.problems import Position, position_in

_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
#: Takes the place of what a passage leaves out: code, words in another language.
GAP = "\ufffc"
_WORD = re.compile(rf"\w+|{GAP}")
#: What stands between two words: signs, spaces, markup.
_BETWEEN = r"\W{1,20}"


class Manuscript(Struct, frozen=True):
    """The source of one text: the line of each front-matter key, the body and the line it starts on."""

    name: str
    keys: dict[str, int]
    body: str
    first: int

    def line_of(self, key: str) -> int:
        """Return the line of a front-matter key, 1 where it is not written."""
        return self.keys.get(key, 1)

    def place_at(self, offset: int) -> Position:
        """Return the place of an offset into the body."""
        return position_in(self.body, offset, self.first)

    def place_with(self, *fragments: str) -> Position:
        """Return where the first of ``fragments`` that the body has stands in it, else its first line."""
        offsets = (self.body.find(fragment) for fragment in fragments)
        found = next((offset for offset in offsets if offset >= 0), None)
        return Position(self.first) if found is None else self.place_at(found)

    def place_near(self, text: str, start: int, end: int) -> Position:
        """Return the place of ``text[start:end]``, a part of the set text of the body.

        It is found by the words around it, which markup and typography do not change.
        """
        words = list(_WORD.finditer(text))
        before = [word[0] for word in words if word.end() <= start]
        inside = [word[0] for word in words if word.end() > start and word.start() < end]
        after = [word[0] for word in words if word.start() >= end]
        for width in (3, 1, 0):
            left, right = before[max(0, len(before) - width) :], after[:width]
            here = _words(inside) if inside else _BETWEEN
            pattern = (r"\W+" if inside else "").join(filter(None, (_words(left), f"({here})", _words(right))))
            found = re.search(rf"(?<!\w){pattern}(?!\w)", self.body) if left or inside or right else None
            if found:
                signs = 0 if inside else max(0, found[1].find(text[start:end].strip()))
                return self.place_at(found.start(1) + signs)
        return Position(self.first)


def _words(words: list[str]) -> str:
    return r"\W+".join(r"[^\n]*?" if word == GAP else re.escape(word) for word in words)


def read_manuscript(raw: bytes, name: str, keys: dict[str, int]) -> Manuscript:
    """Read the bytes of a content file that has already been read without a problem; ``keys`` are its lines."""
    _, body, first = frontmatter.split(frontmatter.decode(raw))
    return Manuscript(name, keys, body, first)


def markup_of(manuscript: Manuscript, root: HtmlElement) -> str:
    """Return the body with code and comments blanked, and every other character in its place.

    ``root`` is the converted body: what it shows as code blocks decides what is one.
    """
    blank = _blank(_COMMENT, _blank(_INLINE_CODE, manuscript.body))
    code = {line.strip() for block in root.iter("pre") for line in block.text_content().splitlines()}
    lines = (" " * len(line) if line.strip() in code else line for line in manuscript.body.split("\n"))
    kept = "\n".join(lines)
    return "".join(char if shown != " " else shown for char, shown in zip(blank, kept, strict=True))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def numbered(text: str, manuscript: Manuscript) -> Iterator[tuple[int, str]]:
    """Yield the lines of ``text``, which is as long as the body, with their numbers in the file."""
    yield from enumerate(text.split("\n"), start=manuscript.first)
