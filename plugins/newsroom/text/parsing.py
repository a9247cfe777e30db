"""From Markdown to a tree of what a browser would see, or a refusal with its line.

Markdown's HTML is read as browsers read it (nh3) before anything looks at it: a
picture cannot hide in what some other parser takes for a comment or for text.
"""

import re
import unicodedata
from itertools import accumulate

from newsroom.problems import Invalid, Position, position_in
from newsroom.sentences import say
from newsroom.text.characters import FORBIDDEN
from newsroom.text.dialect import Notes, new_markdown
from newsroom.text.faults import Faults, at
from newsroom.text.html_tree import Element, read_fragment
from newsroom.text.sanitise import RAW, sanitise

#: Markdown's inline patterns are quadratic in the marks of a paragraph (brackets cost most), its blocks in the lines
#: of a text, its lists in their depth: 50,000 of any take minutes, these limits a few seconds.
_COSTS = {**dict.fromkeys("*_`~\\&{", 1), **dict.fromkeys("[<", 4)}
_SIGNS_A_PARAGRAPH = 1_000
_SIGNS_A_TEXT = 10_000
_LINES = 2_500
_DEEP = re.compile(r"\n(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){20}")
_FENCE = re.compile(r"\n(?:~{3,}|`{3,}).{500}")
_CELLS = 10_000
_LONGEST = 131_072
#: HTML parsers silently lose what is nested deeper than a few hundred elements (libxml2: 256).
_DEPTH = 100
_TAG = re.compile(r"<(/?)(?!(?:br|col|embed|hr|img|source|track|wbr)\b)[a-z]")


class Parser:
    """Parses texts one after another; ``back`` is the label of a footnote's way back."""

    def __init__(self, back: str) -> None:
        self._back = back
        self._markdown, self._notes = new_markdown(back)

    def parse(self, faults: Faults) -> Element:
        """Return what the text of ``faults`` says, in a ``div``; add what is wrong with it.

        Raises :class:`Invalid` for what cannot be read at all.
        """
        text = faults.text
        _guard(text)
        html = sanitise(self._convert(faults), RAW)
        for char in dict.fromkeys(FORBIDDEN.findall(html)):
            _tell_forbidden(char, faults)
            html = html.replace(char, "")
        if _depth(html) > _DEPTH:
            raise _too_deep()
        root = read_fragment(html)
        if not unicodedata.is_normalized("NFC", html):
            _compose(root)
        return root

    def _convert(self, faults: Faults) -> str:
        try:
            html = self._markdown.reset().convert(faults.text)
        except RecursionError as error:
            self._markdown, self._notes = new_markdown(self._back)  # what this left unfinished must not reach the next
            raise _too_deep() from error
        _compare(self._notes, faults)
        return html


def _compose(root: Element) -> None:
    """Put accents that were written as entities with their letters; tags must not join with what follows them."""
    for node in root.iter():
        node.text, node.tail = (unicodedata.normalize("NFC", text) if text else text for text in (node.text, node.tail))


def _too_deep(place: Position = Position(1)) -> Invalid:  # noqa: B008 - a value that does not change
    return at(place, say("blocks are nested too deeply."), say("Check lists and quotations."))


def _tell_forbidden(char: str, faults: Faults) -> None:
    code = ord(char)
    written = rf"(?i)&#(?:0*{code}|x0*{code:x})(?![0-9a-f])|{re.escape(char)}"
    if re.search(written, faults.text):
        what = say("the character U+{code} cannot be published.", code=f"{code:04X}")
        faults.tell(written, what, say("Delete the escape."))
    else:  # what Markdown marks its work with, left in an attribute
        faults.tell(r"!\[", say("the text of a picture cannot hold markup."), say("Write it plainly."))


def _compare(notes: Notes, faults: Faults) -> None:
    """Refuse a note that is called without a text, told twice, or never called."""
    for label in dict.fromkeys(notes.missing):
        remedy = say("Write it on a line of its own: [^{label}]: …", label=label)
        faults.tell(_call(label), say("the note [^{label}] has no text.", label=label), remedy)
    for label in notes.repeated:
        faults.place_of(f"{_call(label)}:")  # the one that is read; those behind it are too many
        what = say("the note [^{label}] has two texts.", label=label)
        faults.tell(f"{_call(label)}:", what, say("Give one another name."))
    for label in notes.uncalled:
        remedy = say("Write [^{label}] in the text, where the note belongs, or delete the note.", label=label)
        faults.tell(f"{_call(label)}:", say("the note [^{label}] is never called.", label=label), remedy)


def _call(label: str) -> str:
    return re.escape(f"[^{label}]")


def _depth(html: str) -> int:
    """Return how deep sanitised, and so well-formed, HTML is nested."""
    return max(accumulate(-1 if end else 1 for end in _TAG.findall(html)), default=0)


def _guard(text: str) -> None:
    """Refuse what would take Markdown minutes."""
    split = say("Split the article.")
    if len(text) > _LONGEST:
        raise Invalid(1, say("{count} characters are too many.", count=len(text)), split)
    lines = text.count("\n") + 1
    if lines > _LINES:
        raise Invalid(1, say("{count} lines are too many.", count=lines), split)
    after_breaks = f"\n{text}"  # a line that starts with a line break is found at once
    deep = _DEEP.search(after_breaks)
    if deep:
        raise _too_deep(position_in(text, deep.start()))
    fence = _FENCE.search(after_breaks)
    if fence:
        what = say("the fence of a block of code is too long.")
        raise at(position_in(text, fence.start()), what, say("Write ``` and the language, no more."))
    if _marks(text) <= _SIGNS_A_PARAGRAPH and text.count("|") * lines <= _CELLS:
        return  # neither can the paragraphs have too many
    total = 0
    for paragraph in re.finditer(r"(?:[^\n]+\n?)+", text):
        count = _marks(paragraph[0])
        total += count
        if count > _SIGNS_A_PARAGRAPH or total > _SIGNS_A_TEXT:
            remedy = say("Split the paragraph, or the article.")
            raise at(
                position_in(text, paragraph.start()), say("there are too many brackets and signs to read."), remedy
            )
        if paragraph[0].partition("\n")[0].count("|") * paragraph[0].count("\n") > _CELLS:
            raise at(
                position_in(text, paragraph.start()), say("the table has too many cells."), say("Split the table.")
            )


def _marks(text: str) -> int:
    """Return how many signs of Markdown ``text`` holds, each as often as what it costs to read."""
    return sum(cost * text.count(sign) for sign, cost in _COSTS.items())
