"""Steps of Python-Markdown that look for nothing which a text does not hold, and find what it holds by pattern.

Each makes what the step of the library makes whose place it takes; ``tests/test_commonmark.py`` compares them.
"""

import re
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.inlinepatterns import DelimiterProcessor, ReferenceInlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import ETX, STX, AtomicString

from newsroom.text.commonmark import BlockReader

_NAMES = "alt|class|colspan|datetime|dir|height|hreflang|id|lang|loading|rowspan|scope|start|title|value|width"
_ITEM = rf"""(?:[#.][A-Za-z][\w-]*|(?:{_NAMES})=(?:"[^"\n]*"|'[^'\n]*'|[^\s{{}}"']+))"""
#: Attributes in braces: ids, classes, names with values, and nothing else. Anything else in braces is text.
ATTRIBUTES = rf"\{{:?[ ]*({_ITEM}(?:[ ]+{_ITEM})*)[ ]*\}}"
#: What a text holds wherever a pattern matches in it, by the name of the pattern; the others are always tried.
_SIGNS = {
    **dict.fromkeys(("reference", "link", "short_reference"), "["),
    **dict.fromkeys(("image_link", "image_reference", "short_image_ref"), "!["),
    **dict.fromkeys(("autolink", "automail", "html"), "<"),
    **{"backtick": "`", "escape": "\\", "backslash_break": "\\\n", "linebreak": "  \n"},
    **{"footnote": "[^", "entity": "&", "strike": "~~"},
}
#: Whatever a pattern matches has one of these, or is the end of a line.
_SIGN = re.compile(r"[`\\\[<&~*_]")
_LINE_END = "  \n"
#: Emphasis whose two delimiters are equal and next to each other: they belong together whatever stands around them.
_ALONE = re.compile(r"(?<!\*)(\*\*?)(?![\s*])([^*_]+)(?<!\s)\1(?!\*)")


def _text(md: Markdown) -> str:
    """Return the text that is converted."""
    assert isinstance(md.parser, BlockReader)
    return md.parser.text


class Lines(NormalizeWhitespace):
    """The lines of a text without what marks the work of the library, tabs, and spaces that are alone in a line."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
        text = text.expandtabs(self.md.tab_length) if "\t" in text else text
        return re.sub(r"\n +(?=\n)", "\n", text).split("\n")


class AttributeLists(AttrListTreeprocessor):
    """Lists of attributes in braces, of those that this dialect has."""

    BASE_RE = ATTRIBUTES  # type: ignore[misc]
    # From the first of a row of spaces only: from each of them, a long row would be looked through as often.
    HEADER_RE = re.compile(rf"(?<! )[ ]+{ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(f"^{ATTRIBUTES}")  # type: ignore[misc]

    def run(self, root: ElementTree.Element) -> None:
        """Read the lists of attributes, where the text has a brace."""
        if "{" in _text(self.md):
            super().run(root)
            root.attrib.clear()  # after a block of HTML they are taken for those of the whole text, which has no tag


class Unescaping(UnescapeTreeprocessor):
    """Puts signs back that stood after a backslash, where the text has one."""

    def run(self, root: ElementTree.Element) -> None:
        if "\\" in _text(self.md):
            super().run(root)


class Emphasis(DelimiterProcessor):
    """Emphasis: what holds no other is read by pattern, and the delimiters of the rest are found by pattern."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        alone = None if self.regions else _ALONE.match(data, m.start())
        if not alone:
            return super().handleMatch(m, data)
        element = ElementTree.Element("em" if alone[1] == "*" else "strong")
        element.text = alone[2]
        return element, alone.start(), alone.end()

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """Return the next delimiter from ``start`` on that can open, or close what is open."""
        for sign in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[sign[0]]
            found = delimiter.boundary.match(data, sign.start())
            if found and (delimiter.stack or found.lastgroup != "end"):
                return found
        return None


class InlineMarkup(InlineProcessor):
    """Tries in each text the patterns whose signs it holds: few texts hold more than three or four of them.

    Takes the place of the one method in which the library goes through all patterns, which has no other way in;
    ``tests/test_commonmark.py`` compares the trees that both make.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        signs = {md.inlinePatterns[name]: sign for name, sign in _SIGNS.items()}
        tried = [(index, signs.get(pattern, ""), pattern) for index, pattern in enumerate(md.inlinePatterns)]
        direct = [each for each in tried if not isinstance(each[2], ReferenceInlineProcessor)]
        # By the number of the first pattern that is tried, with references and without.
        self._with, self._without = (
            [[each for each in patterns if each[0] >= first] for first in range(len(tried) + 1)]
            for patterns in (tried, direct)
        )

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString) or not (_SIGN.search(data) or _LINE_END in data):
            return data
        for index, sign, pattern in (self._with if self.md.references else self._without)[patternIndex]:
            matched, start = sign in data, 0
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, index, start)  # type: ignore[attr-defined]
        return data
