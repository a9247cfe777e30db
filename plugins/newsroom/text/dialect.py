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
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor, FootnoteTreeprocessor
from markdown.inlinepatterns import (
    BACKTICK_RE,
    ESCAPE_RE,
    IMAGE_REFERENCE_RE,
    REFERENCE_RE,
    AutolinkInlineProcessor,
    AutomailInlineProcessor,
    BacktickInlineProcessor,
    EscapeInlineProcessor,
    HtmlInlineProcessor,
    ImageReferenceInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import AtomicString, code_escape
from markdown_it.common.html_re import HTML_TAG_RE

from newsroom.text.commonmark import BlockReader, CommonMark, reference_key
from newsroom.text.markdown_steps import AttributeLists, Emphasis, InlineMarkup, Lines, Unescaping

#: Addresses between angle brackets (CommonMark, 6.5).
_LINK = r"<((?:[A-Za-z][A-Za-z0-9+.-]*://|(?i:mailto):)[^<>]*)>"
_MAIL = r"<([\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*)>"


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


class _Inlines(Extension):
    """What CommonMark reads in a line of text (section 6) and Python-Markdown does not."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.ESCAPED_CHARS = list(string.punctuation)
        md.block_level_elements = frozenset(md.block_level_elements)  # type: ignore[assignment]  # it is looked up only
        md.preprocessors.register(Lines(md), "normalize_whitespace", 30)
        md.treeprocessors.register(AttributeLists(md), "attr_list", 8)
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
        emphasis = Emphasis("*", "strong,em", md)
        emphasis.add("_", "strong,em", smart=True)
        md.inlinePatterns.register(emphasis, "em_strong", 60)
        md.treeprocessors.register(Unescaping(md), "unescape", 0)
        md.treeprocessors.register(InlineMarkup(md), "inline", 20)


def new_markdown(back: str) -> tuple[Markdown, Notes]:
    """Return a Markdown of the dialect, and its notes; ``back`` is the label of a note's way back."""
    notes = Notes(BACKLINK_TITLE=back, BACKLINK_TEXT="↩\ufe0e")
    return Markdown(extensions=[CommonMark(), notes, _Inlines()], output_format="html"), notes
