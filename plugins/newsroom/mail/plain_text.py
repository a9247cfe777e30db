"""HTML of a body as text that reads well: paragraphs, lists, quotations and tables laid out, links at the end.

Made from the tree of the sanitised HTML, block by block: the layout shows the structure (a heading,
an item of a list, who is quoted).
"""

import re
import textwrap
from collections.abc import Callable, Iterator

from newsroom.text.html_tree import Element, read_fragment, text_of
from newsroom.text.sanitise import INLINE

#: The width of a line that mail programs show without breaking it (RFC 5322, 2.1.1, recommends 78 at most).
WIDTH = 72
#: Spaces that HTML collapses; no-break spaces stay.
_SPACES = re.compile(r"[ \t\n\f\r]+")
_INLINE = frozenset(INLINE.split()) | {"img"}
#: Links that explain a word or lead within the page: in a mail, the word is enough.
_QUIET = frozenset(("term", "anchor", "footnote-ref", "footnote-backref"))


class TextWriter:
    """Writes bodies as text; ``links`` are the addresses found on the way, each numbered once."""

    def __init__(self, width: int = WIDTH) -> None:
        self.links: list[str] = []
        self._width = width

    def write(self, html: str) -> str:
        """Return sanitised ``html``, its addresses whole, as paragraphs of text."""
        return "\n\n".join(self._blocks(read_fragment(html), self._width)) if html.strip() else ""

    def _blocks(self, node: Element, width: int) -> Iterator[str]:
        """Yield the blocks of ``node``; text between them is a paragraph of its own."""
        loose = [node.text or ""]
        for child in node:
            if child.tag in _INLINE:
                loose.append(self._inline(child))
                continue
            yield from fill("".join(loose), width)
            yield from self._block(child, width)
            loose = [child.tail or ""]
        yield from fill("".join(loose), width)

    def _block(self, node: Element, width: int) -> Iterator[str]:
        writers: dict[str, Callable[[Element, int], Iterator[str]]] = {
            "ul": self._list,
            "ol": self._list,
            "blockquote": self._quotation,
            "pre": self._verbatim,
            "table": self._table,
            "hr": self._rule,
            "dd": self._indented,
            "figcaption": self._caption,
            **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), self._heading),
        }
        yield from writers.get(str(node.tag), self._blocks)(node, width)

    def _heading(self, node: Element, width: int) -> Iterator[str]:
        for text in fill(self._inside(node), width):
            yield underlined(text, "-")

    def _list(self, node: Element, width: int) -> Iterator[str]:
        number = int(node.get("start") or 1) if node.tag == "ol" else 0
        items = []
        for item in node:
            mark = f"{number}. " if number else "- "
            number += bool(number)
            items.append(hanging(mark, "\n".join(self._blocks(item, width - len(mark)))))
        yield "\n".join(items)

    def _quotation(self, node: Element, width: int) -> Iterator[str]:
        text = "\n\n".join(self._blocks(node, width - 2))
        yield "\n".join(f"> {line}".rstrip() for line in text.splitlines())

    def _caption(self, node: Element, width: int) -> Iterator[str]:
        """Yield who is quoted after a dash, and what a figure or a picture shows as a paragraph."""
        parent = node.getparent()
        if parent is None or "quotation" not in parent.get("class", ""):
            yield from self._blocks(node, width)
            return
        yield hanging("– ", "\n".join(self._blocks(node, width - 2)))

    def _indented(self, node: Element, width: int) -> Iterator[str]:
        yield textwrap.indent("\n\n".join(self._blocks(node, width - 4)), "    ")

    def _verbatim(self, node: Element, _: int) -> Iterator[str]:
        yield textwrap.indent(text_of(node).rstrip("\n"), "    ", lambda _: True)

    def _table(self, node: Element, width: int) -> Iterator[str]:
        """Yield a table as columns where it fits in ``width``, else as a line per cell."""
        yield from (block for caption in node.iter("caption") for block in fill(self._inside(caption), width))
        rows = [[_one_line(self._inside(cell)) for cell in row.iter("td", "th")] for row in node.iter("tr")]
        columns = max((len(row) for row in rows), default=0)
        widths = [max((len(row[place]) for row in rows if place < len(row)), default=0) for place in range(columns)]
        if sum(widths) + 2 * columns <= width:
            lines = ["  ".join(cell.ljust(widths[place]) for place, cell in enumerate(row)).rstrip() for row in rows]
        else:
            lines = [line for row in rows for line in hanging("- ", "\n".join(filter(None, row))).splitlines()]
        yield "\n".join(lines)

    def _rule(self, _node: Element, _width: int) -> Iterator[str]:
        yield "* * *"

    def _inside(self, node: Element) -> str:
        return (node.text or "") + "".join(self._inline(child) for child in node)

    def _inline(self, node: Element) -> str:
        """Return an inline element and the text after it, its line breaks kept."""
        text = {"br": "\0", "img": f"[{node.get('alt', '')}]"}.get(str(node.tag)) or self._inside(node)
        kinds = set(node.get("class", "").split())
        if node.tag == "q":
            text = f"“{text}”"
        elif "footnote-ref" in kinds:
            text = f" ({text})"
        elif "footnote-backref" in kinds:
            text = ""
        elif node.tag == "a" and node.get("href") and not kinds & _QUIET:
            text = self._linked(text, str(node.get("href")))
        return text + (node.tail or "")

    def _linked(self, text: str, address: str) -> str:
        if text.strip() in (address, address.removeprefix("mailto:")):
            return text
        if address not in self.links:
            self.links.append(address)
        return f"{text} [{self.links.index(address) + 1}]"


def fill(text: str, width: int = WIDTH) -> Iterator[str]:
    """Yield ``text``, its spaces collapsed, as a paragraph of lines, or nothing where there is none."""
    lines = [
        line
        for part in text.split("\0")
        for line in textwrap.wrap(
            _one_line(part), width, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
        )
    ]
    if lines:
        yield "\n".join(lines)


def hanging(mark: str, text: str) -> str:
    """Return ``text`` after ``mark``, its other lines indented by as much."""
    return mark + textwrap.indent(text, " " * len(mark))[len(mark) :]


def underlined(text: str, sign: str) -> str:
    """Return a heading with a line of ``sign`` under it."""
    return f"{text}\n{sign * max(len(line) for line in text.splitlines())}"


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
