"""The text of a tree as it is read: runs of one language across all markup, set and put back in one walk.

A run is everything that a body says in one language. Markup does not interrupt it, but the ends of
blocks do; code, pictures and words in other languages are one :data:`OBJECT` each in it. What is
found in a run (a term, an ordinal) becomes an element where it is within one piece of text.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate

from msgspec import Struct

from newsroom.text.html_tree import Element
from newsroom.text.language_tags import nearest_tag
from newsroom.text.typography import Cut, typeset_run
from newsroom.text.written_addresses import OBJECT, hide, show

_INLINE = """
    a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr
"""
PHRASING = frozenset(_INLINE.split())
_VERBATIM = frozenset(("code", "pre", "kbd", "samp", "var", "script", "style", "img"))
#: Between blocks, and between lines of one; no published text holds them.
_BLOCK, _LINE = "\u2029", "\u2028"
_NOWHERE = 1 << 30


class Piece(Struct):
    """A text of the tree, at the start of ``parent`` or after its child ``after``, at a ``depth``.

    One without a parent is not a text of the tree: an :data:`OBJECT`, or the end of a block.
    """

    text: str
    depth: int = _NOWHERE
    parent: Element | None = None
    after: Element | None = None


class Find(Struct):
    """Something that becomes an element: from where to where in a run, and the element, without its text."""

    start: int
    end: int
    element: Element
    #: Where the text goes: ``element``, or what it holds.
    inner: Element


#: Returns the element that holds a place of a run, given as two offsets; None where it is not in one piece.
Holder = Callable[[int, int], Element | None]
#: Finds things in a run.
Search = Callable[[str, Holder], Iterable[Find]]


def set_runs(root: Element, language: str, typographies: Mapping[str, str], searches: Mapping[str, Search]) -> None:
    """Set every text under ``root``, which is in ``language`` unless it says otherwise, by the rules of its language.

    ``typographies`` names the rules by language, ``searches`` what is looked for in the run of one.
    """
    for code, pieces in _runs(root, language, typographies).items():
        hidden, kept = hide("".join(piece.text for piece in pieces))
        ends = accumulate(len(piece.text) for piece in pieces)
        # What is inserted between two pieces belongs to the outer one.
        outer = [piece.depth <= after.depth for piece, after in zip(pieces, [*pieces[1:], Piece("")], strict=True)]
        cuts = [Cut(end, left) for end, left in zip(ends, outer, strict=True)]
        text = typeset_run(hidden, cuts, typographies[code])
        finds = sorted(searches[code](text, _holder(pieces, cuts)), key=lambda find: find.start)
        _put_back(pieces, cuts, show(text, kept), finds)


def _runs(root: Element, language: str, known: Mapping[str, str]) -> dict[str, list[Piece]]:
    """Return the pieces of every run, by language."""
    runs: dict[str, list[Piece]] = {}
    last = _BLOCK  # what is before a run that begins here
    texts: list[_Text] = []
    _add_texts(texts, root, language, 1, hidden=False)
    for text, depth, parent, after, tag in texts:
        code = tag if tag in known or not tag else nearest_tag(tag, known)
        # Ends of blocks end every run; anything else is an object in the runs of other languages.
        sign = text if parent is None else OBJECT
        for other, pieces in runs.items():
            if other != code and pieces[-1].text != sign:
                pieces.append(Piece(sign))
        if parent is not None and code in known:
            runs.setdefault(code, [Piece(last)]).append(Piece(text, depth, parent, after))
        last = sign
    return runs


#: A text, its depth, its parent, the child of that which it follows or None, its language; what is no text of the tree
#: comes without a parent.
_Text = tuple[str, int, Element | None, Element | None, str]
_END_OF_BLOCK, _END_OF_LINE, _NO_PROSE = ((sign, _NOWHERE, None, None, "") for sign in (_BLOCK, _LINE, OBJECT))


def _add_texts(texts: list[_Text], node: Element, language: str, depth: int, *, hidden: bool) -> None:
    """Add the texts in ``node``, with the ends of blocks and of lines, in order; none of what is ``hidden``."""
    tag = node.tag
    is_block = tag not in PHRASING
    if is_block:
        texts.append(_END_OF_BLOCK)
    elif tag == "br":
        texts.append(_END_OF_LINE)
    language = node.get("lang") or language
    if not hidden and _is_object(node):
        hidden = True
        texts.append(_NO_PROSE)
    if not hidden and (text := node.text):
        texts.append((text, depth, node, None, language))
    for child in node:
        _add_texts(texts, child, language, depth + 1, hidden=hidden)
        if not hidden and (tail := child.tail):
            texts.append((tail, depth, node, child, language))
    if is_block:
        texts.append(_END_OF_BLOCK)


def _is_object(node: Element) -> bool:
    """Tell whether ``node`` is not prose: code, a picture, a reference to a note, a link that shows its address."""
    if node.tag == "a":
        address = (node.get("href") or "").removeprefix("mailto:").removeprefix("tel:")
        return node.get("class") == "footnote-backref" or (
            bool(address) and not len(node) and (node.text or "").strip() in (address, address.partition("//")[2])
        )
    return node.tag in _VERBATIM or (node.tag == "sup" and (node.get("id") or "").startswith("fnref"))


def _holder(pieces: list[Piece], cuts: list[Cut]) -> Holder:
    ends = [cut.place for cut in cuts]

    def holder(start: int, end: int) -> Element | None:
        number = bisect_right(ends, start)
        if number == len(ends) or end > ends[number]:
            return None
        piece = pieces[number]
        return piece.parent if piece.after is None else piece.after.getparent()

    return holder


def _put_back(pieces: list[Piece], cuts: list[Cut], text: str, finds: list[Find]) -> None:
    """Give every piece what ``text`` has between its cuts; what was found in it becomes elements."""
    start = number = 0
    for piece, cut in zip(pieces, cuts, strict=True):
        parts: list[str | Element] = []
        place = start
        while number < len(finds) and finds[number].start < cut.place:
            find = finds[number]
            find.inner.text = text[find.start : find.end]
            parts += [text[place : find.start], find.element]
            place, number = find.end, number + 1
        if piece.parent is not None and (parts or text[start : cut.place] != piece.text):
            _put(piece.parent, piece.after, [*parts, text[place : cut.place]])
        start = cut.place


def _put(parent: Element, after: Element | None, parts: list[str | Element]) -> None:
    """Put ``parts`` at the start of ``parent``, or after its child ``after``, in place of the text there."""
    if after is None:
        parent.text = None
    else:
        after.tail = None
    first = ""
    elements: list[Element] = []
    for part in parts:
        if not isinstance(part, str):
            elements.append(part)
        elif elements:
            elements[-1].tail = (elements[-1].tail or "") + part
        else:
            first += part
    # From last to first: a place found by counting siblings would make many elements quadratic.
    for element in reversed(elements):
        if after is None:
            parent.insert(0, element)
        else:
            after.addnext(element)
    if after is None:
        parent.text = first
    else:
        after.tail = first
