"""The Markdown of this house: CommonMark's blocks, and what Python-Markdown reads in them, brought closer to it.

The guide for editors says what is read and how; ``tests/test_commonmark.py`` lists the examples of
CommonMark's specification that are followed, and those that are not.
"""

import re
import string
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor, FootnoteTreeprocessor
from markdown.inlinepatterns import (
    BACKTICK_RE,
    ESCAPE_RE,
    IMAGE_REFERENCE_RE,
    REFERENCE_RE,
    AutolinkInlineProcessor,
    AutomailInlineProcessor,
    BacktickInlineProcessor,
    DelimiterProcessor,
    EscapeInlineProcessor,
    HtmlInlineProcessor,
    ImageReferenceInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import ETX, STX, AtomicString, code_escape
from markdown_it.common.html_re import HTML_TAG_RE

from newsroom.text.commonmark import BlockReader, CommonMark, reference_key

#: Addresses between angle brackets (CommonMark, 6.5).
_LINK = r"<((?:[A-Za-z][A-Za-z0-9+.-]*://|(?i:mailto):)[^<>]*)>"
_MAIL = r"<([\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*)>"
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


class _Lines(NormalizeWhitespace):
    """The lines of a text without what marks the work of the library, tabs, and spaces that are alone in a line."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
        text = text.expandtabs(self.md.tab_length) if "\t" in text else text
        return re.sub(r"\n +(?=\n)", "\n", text).split("\n")


class _AttributeLists(AttrListTreeprocessor):
    BASE_RE = ATTRIBUTES  # type: ignore[misc]
    # From the first of a row of spaces only: from each of them, a long row would be looked through as often.
    HEADER_RE = re.compile(rf"(?<! )[ ]+{ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(f"^{ATTRIBUTES}")  # type: ignore[misc]

    def run(self, root: ElementTree.Element) -> None:
        """Read the lists of attributes, where the text has a brace."""
        if "{" in _text(self.md):
            super().run(root)


class _Unescaping(UnescapeTreeprocessor):
    """Puts signs back that stood after a backslash, where the text has one."""

    def run(self, root: ElementTree.Element) -> None:
        if "\\" in _text(self.md):
            super().run(root)


class _Emphasis(DelimiterProcessor):
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


class Notes(FootnoteExtension):
    """Footnotes, whose texts come from the reader of blocks; references and texts are compared."""

    def reset(self) -> None:
        """Forget the notes of the last text."""
        super().reset()
        self.missing: list[str] = []
        self.repeated: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the names are Python-Markdown's
        """Replace the references and texts of the library by ones that are compared."""
        super().extendMarkdown(md)
        md.inlinePatterns.register(_Calls(r"\[\^([^\]]*)\]", self), "footnote", 175)
        md.treeprocessors.register(_Texts(self), "footnote", 50)

    @property
    def uncalled(self) -> list[str]:
        """The labels of notes that have a text and no reference."""
        return [label for label in self.footnotes if label not in self.footnote_order]


class _Calls(FootnoteInlineProcessor):
    footnotes: Notes

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        if m[1] not in self.footnotes.footnotes:
            self.footnotes.missing.append(m[1])
        return super().handleMatch(m, data)


class _Texts(FootnoteTreeprocessor):
    footnotes: Notes

    def run(self, root: ElementTree.Element) -> None:
        assert isinstance(self.footnotes.parser, BlockReader)
        for label, text in self.footnotes.parser.notes:
            if label in self.footnotes.footnotes:
                self.footnotes.repeated.append(label)
            elif len(text):
                self.footnotes.setFootnote(label, text)  # type: ignore[arg-type]  # parseChunk takes it
        super().run(root)


class _References(ReferenceInlineProcessor):
    """A reference to an address; its label is compared as those of the addresses are."""

    RE_LINK = re.compile(r"\[([^\]]*)\]")

    def evalId(self, data: str, index: int, text: str) -> tuple[str | None, int, bool]:  # noqa: N802
        label, end, handled = super().evalId(data, index, text)
        return reference_key(self.unescape(label)) if label else label, end, handled


class _ShortReferences(_References, ShortReferenceInlineProcessor):
    """A reference whose words are its label."""


class _Pictures(_References, ImageReferenceInlineProcessor):
    """A picture by reference."""


class _ShortPictures(_References, ShortImageReferenceInlineProcessor):
    """A picture by reference whose text is its label."""


class _Code(BacktickInlineProcessor):
    """Code in a line: it is closed by as many backquotes, and a space at both of its ends is taken off (6.1)."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        if m[1]:
            return super().handleMatch(m, data)
        start = m.start()
        opening = start + len(data[start:]) - len(data[start:].lstrip("`"))
        closing = re.compile(rf"(?<!`)`{{{opening - start}}}(?!`)").search(data, opening)
        if not closing:
            return None, start, opening
        text = data[opening : closing.start()].replace("\n", " ")
        if text.strip(" ") and text[0] == text[-1] == " ":
            text = text[1:-1]
        code = ElementTree.Element(self.tag)
        code.text = AtomicString(code_escape(text))
        return code, start, closing.end()


class _Escapes(EscapeInlineProcessor):
    """Signs after a backslash; an ampersand among them begins no entity (2.4)."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        escaped, start, end = super().handleMatch(m, data)
        return f"{escaped}amp;" if m[1] == "&" else escaped, start, end


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


class _Inlines(Extension):
    """What CommonMark reads in a line of text (section 6) and Python-Markdown does not."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.ESCAPED_CHARS = list(string.punctuation)
        md.block_level_elements = frozenset(md.block_level_elements)  # type: ignore[assignment]  # it is looked up only
        md.preprocessors.register(_Lines(md), "normalize_whitespace", 30)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
        md.inlinePatterns.register(_Code(BACKTICK_RE), "backtick", 190)
        md.inlinePatterns.register(_Escapes(ESCAPE_RE, md), "escape", 180)
        md.inlinePatterns.register(_References(REFERENCE_RE, md), "reference", 170)
        md.inlinePatterns.register(_ShortReferences(REFERENCE_RE, md), "short_reference", 130)
        md.inlinePatterns.register(_Pictures(IMAGE_REFERENCE_RE, md), "image_reference", 140)
        md.inlinePatterns.register(_ShortPictures(IMAGE_REFERENCE_RE, md), "short_image_ref", 125)
        # As GitHub has it: https://github.github.com/gfm/#strikethrough-extension-
        md.inlinePatterns.register(
            SimpleTagInlineProcessor(r"(?<!~)(~~)(?![\s~])(.+?)(?<![\s~])~~(?!~)", "del"), "strike", 65
        )
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 175.5)
        md.inlinePatterns.register(AutolinkInlineProcessor(_LINK, md), "autolink", 120)
        md.inlinePatterns.register(AutomailInlineProcessor(_MAIL, md), "automail", 110)
        md.inlinePatterns.register(HtmlInlineProcessor(f"({HTML_TAG_RE.pattern})", md), "html", 90)
        emphasis = _Emphasis("*", "strong,em", md)
        emphasis.add("_", "strong,em", smart=True)
        md.inlinePatterns.register(emphasis, "em_strong", 60)
        md.treeprocessors.register(_Unescaping(md), "unescape", 0)
        md.treeprocessors.register(InlineMarkup(md), "inline", 20)


def new_markdown(back: str) -> tuple[Markdown, Notes]:
    """Return a Markdown of the dialect, and its notes; ``back`` is the label of a note's way back."""
    notes = Notes(BACKLINK_TITLE=back, BACKLINK_TEXT="↩\ufe0e")
    return Markdown(extensions=[CommonMark(), notes, _Inlines()], output_format="html"), notes
