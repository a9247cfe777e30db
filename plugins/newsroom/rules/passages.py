"""The prose of a text, cut into passages: one stretch of one language, as a reader reads it.

A paragraph is one passage, across emphasis and links; code is not prose, and words in another
language are a passage of their own.
"""

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from newsroom.problems import Position
from newsroom.rules.manuscript import GAP, Manuscript

_VERBATIM = frozenset(("code", "pre", "kbd", "samp", "var"))
#: Numbers of footnotes are neither words nor gaps.
_NOTES = frozenset(("footnote-ref", "footnote-backref"))
_PHRASING = """
    a abbr b bdi bdo cite code data del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr
"""
_INLINE = frozenset(_PHRASING.split())


class Passage(Struct, frozen=True):
    """Prose in one language: where it begins, under which key ("" for the body), its set text.

    ``quoted`` marks the words of others, which are kept as they were written.
    """

    file: str
    place: Position
    key: str
    text: str
    language: str
    quoted: bool = False
    source: Manuscript | None = None

    def place_of(self, start: int, end: int) -> Position:
        """Return where ``text[start:end]`` stands in the file."""
        return self.source.place_near(self.text, start, end) if self.source else self.place


class _Block:
    """The runs of one block, gathered by language."""

    def __init__(self) -> None:
        self._parts: dict[str, list[str]] = {}
        self._gap = False

    def add(self, text: str, language: str) -> None:
        for other, parts in self._parts.items():
            if other != language and parts[-1] != GAP:
                parts.append(GAP)
        if language not in self._parts:
            self._parts[language] = [GAP] if self._gap else []
        self._parts[language].append(text)
        self._gap = True

    def leave_out(self) -> None:
        for parts in self._parts.values():
            if parts[-1] != GAP:
                parts.append(GAP)
        self._gap = True

    def passages(self) -> Iterator[tuple[str, str]]:
        for language, parts in self._parts.items():
            text = "".join(parts).strip("\n")
            if text.strip(GAP).strip():
                yield language, text


def passages_of(root: HtmlElement, language: str, skip: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Yield (language, text) for every passage under ``root``, whose own language is ``language``.

    ``skip`` names further elements to leave out.
    """
    left_out = _VERBATIM | skip
    block = _Block()
    languages = [language]
    hidden = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if node.tag not in _INLINE:
            yield from block.passages()
            block = _Block()
        if event == "start":
            languages.append(node.get("lang") or languages[-1])
            hidden += _is_hidden(node, left_out)
            if hidden and node.get("class") not in _NOTES:
                block.leave_out()
            text = node.text
        else:
            languages.pop()
            hidden -= _is_hidden(node, left_out)
            text = node.tail if node is not root else None
        if text and not hidden:
            block.add(text, languages[-1])
    yield from block.passages()


def _is_hidden(node: HtmlElement, left_out: frozenset[str]) -> bool:
    return node.tag in left_out or node.get("class") in _NOTES
