"""From Markdown to a tree of what a browser would see, or a refusal with its line.

Markdown's HTML is read as browsers read it (nh3) before anything looks at it: a
picture cannot hide in what some other parser takes for a comment or for text.
"""

import re

import lxml.html
from lxml.html import HtmlElement

from newsroom.problems import Invalid
from newsroom.sentences import say
from newsroom.text.characters import FORBIDDEN
from newsroom.text.dialect import Notes, new_markdown
from newsroom.text.sanitise import RAW, sanitise

#: Markdown's inline patterns are quadratic in the marks of a paragraph (brackets cost most), its blocks in the lines
#: of a text, its lists in their depth: 50,000 of any take minutes, these limits a few seconds.
_SIGN, _BRACKET = re.compile(r"[*_`\\&{]"), re.compile(r"[\[<]")
_BRACKET_COST = 4
_SIGNS_A_PARAGRAPH = 1_000
_SIGNS_A_TEXT = 10_000
_LINES = 2_500
_DEEP = re.compile(r"^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){20}", re.MULTILINE)
_FENCE = re.compile(r"^(?:~{3,}|`{3,}).{500}", re.MULTILINE)
_CELLS = 10_000
_LONGEST = 131_072
#: HTML parsers silently lose what is nested deeper than a few hundred elements (libxml2: 256).
_DEPTH = 100
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_VOID = frozenset(("br", "col", "embed", "hr", "img", "source", "track", "wbr"))


class Parser:
    """Parses texts one after another; ``back`` is the label of a footnote's way back."""

    def __init__(self, back: str) -> None:
        self._back = back
        self._markdown, self._notes = new_markdown(back)

    def parse(self, text: str) -> HtmlElement:
        """Return what Markdown ``text`` says, in a ``div``; raise :class:`Invalid`, its line counted from 1."""
        _guard(text)
        html = sanitise(self._convert(text), RAW)
        found = FORBIDDEN.search(html)
        if found:
            code = ord(found[0])
            written = rf"(?i)&#(?:0*{code}|x0*{code:x})(?![0-9a-f])|{re.escape(found[0])}"
            if not re.search(written, text):  # a placeholder of Markdown, left in an attribute
                line = line_of(text, r"!\[")
                raise Invalid(line, "the text of a picture cannot hold markup.", "Write it plainly.")
            raise Invalid(
                line_of(text, written), f"the character U+{code:04X} cannot be published.", "Delete the escape."
            )
        if _depth(html) > _DEPTH:
            raise Invalid(1, "blocks are nested too deep.", "Check lists and quotations.")
        return lxml.html.fragment_fromstring(html, create_parent="div")

    def _convert(self, text: str) -> str:
        try:
            html = self._markdown.reset().convert(text)
        except RecursionError as error:
            self._markdown, self._notes = new_markdown(
                self._back
            )  # what this text left unfinished must not reach the next
            raise Invalid(1, "blocks are nested too deep.", "Check lists and quotations.") from error
        _compare(self._notes, text)
        return html


def _compare(notes: Notes, text: str) -> None:
    """Refuse a note without a text, with two texts, or without a reference."""
    for label in notes.missing:
        remedy = say("Write it on a line of its own: [^{label}]: …", label=label)
        raise Invalid(line_of(text, _call(label)), say("the note [^{label}] has no text.", label=label), remedy)
    for label in notes.repeated:
        # The second of the two is looked for after the first.
        first = re.search(f"{_call(label)}:", text)
        line = line_of(text, f"{_call(label)}:", first.end() if first else 0)
        raise Invalid(line, say("the note [^{label}] has two texts.", label=label), say("Give one another name."))
    for label in notes.uncalled:
        remedy = say("Write [^{label}] in the text, where the note belongs, or delete the note.", label=label)
        raise Invalid(
            line_of(text, f"{_call(label)}:"), say("the note [^{label}] is never called.", label=label), remedy
        )


def _call(label: str) -> str:
    return re.escape(f"[^{label}]")


def _depth(html: str) -> int:
    """Return how deep sanitised, and so well-formed, HTML is nested."""
    depth = most = 0
    for tag in _TAG.finditer(html):
        depth += -1 if tag[1] else tag[2] not in _VOID
        most = max(most, depth)
    return most


def line_of(text: str, pattern: str, start: int = 0) -> int:
    """Return the line where ``pattern`` first matches from ``start``, 1 where it does not."""
    found = re.compile(pattern).search(text, start)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _guard(text: str) -> None:
    """Refuse a text that would take Markdown minutes."""
    if len(text) > _LONGEST:
        raise Invalid(1, f"{len(text)} characters are too many.", "Split the article.")
    lines = text.count("\n") + 1
    if lines > _LINES:
        raise Invalid(1, f"{lines} lines are too many.", "Split the article.")
    deep = _DEEP.search(text)
    if deep:
        line = text.count("\n", 0, deep.end()) + 1
        raise Invalid(line, "blocks are nested too deep.", "Check lists and quotations.")
    fence = _FENCE.search(text)
    if fence:
        line = text.count("\n", 0, fence.start()) + 1
        raise Invalid(line, "the fence of a block of code is too long.", "Write ``` and the language, no more.")
    total = 0
    for paragraph in re.finditer(r"(?:[^\n]+\n?)+", text):
        count = len(_SIGN.findall(paragraph[0])) + _BRACKET_COST * len(_BRACKET.findall(paragraph[0]))
        total += count
        if count > _SIGNS_A_PARAGRAPH or total > _SIGNS_A_TEXT:
            line = text.count("\n", 0, paragraph.start()) + 1
            raise Invalid(line, "brackets and signs are too many to read.", "Split the paragraph, or the article.")
        if paragraph[0].partition("\n")[0].count("|") * paragraph[0].count("\n") > _CELLS:
            line = text.count("\n", 0, paragraph.start()) + 1
            raise Invalid(line, "the cells of a table are too many.", "Split the table.")
