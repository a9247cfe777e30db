"""The blocks of a text as CommonMark has them (0.31.2, sections 3 to 5): lists, quotations, code, tables.

An extension of Python-Markdown in place of its block parser, which recognises lists by four spaces
and blocks by the empty lines around them, as no other program still does. markdown-it-py reads the
blocks, by the specification; Python-Markdown reads what they hold.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from textwrap import dedent
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.util import STX, AtomicString, code_escape
from markdown_it import MarkdownIt
from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from newsroom.text.characters import LOST

#: An empty element before a block of HTML; sanitising removes it.
_MARK = "hypertext"
#: HTML that holds no Markdown: code, programs, comments and the like.
_VERBATIM = re.compile(
    r"<(pre|script|style|textarea|svg|math)\b.*?(?:</\1\s*>|\Z)"
    r"|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<![A-Za-z][^>]*>",
    re.DOTALL | re.IGNORECASE,
)
#: A line of a block of HTML that starts with a tag, or with what is put in the place of verbatim HTML.
_TAGGED = re.compile(rf"\s*(?:</?[A-Za-z]|{STX}|$)")
_PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]
#: A paragraph of one line: both of its tags, and the words between them.
_LINE = "line"
_ALIGNED = re.compile(r"text-align:(\w+)")
#: Deeper than anything that is published: what markdown-it would leave out silently is refused before.
_NESTING = 1_000
#: From how many spaces on a line is code (CommonMark, 4.4).
_CODE = 4


class BlockReader(BlockParser):
    """Reads a ``text`` into a tree without its inline markup; ``notes`` are the texts of its footnotes."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        reader = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table")
        reader.use(deflist_plugin).use(footnote_plugin, inline=False, move_to_end=False)
        reader.core.ruler.enableOnly(["block"])
        reader.block.ruler.before("table", _LINE, _line)
        self.reader = reader
        self.text = ""
        self.notes: list[tuple[str, ElementTree.Element]] = []
        self._env: dict[str, Any] = {}

    def parseDocument(self, lines: Iterable[str]) -> Any:  # noqa: N802 - the names are Python-Markdown's
        """Return the tree of a document; its references and notes are kept where extensions look for them."""
        self.notes, self._env = [], {}
        root = ElementTree.Element(self.md.doc_tag)
        self.text = "\n".join(lines).replace("\0", LOST)
        self._build(self.reader.parse(self.text, self._env), root)
        for label, found in self._env.get("references", {}).items():
            self.md.references[reference_key(label)] = (found["href"], found["title"])
        return ElementTree.ElementTree(root)

    def parseChunk(self, parent: ElementTree.Element, text: Any) -> None:  # noqa: N802
        """Put the text of a note, which was read with its document, into ``parent``."""
        parent.text = text.text
        parent.extend(text)

    def _build(self, tokens: Iterable[Token], root: ElementTree.Element) -> None:
        stack = [root]
        for token in tokens:
            top = stack[-1]
            if token.type == "inline":
                _add_text(top, token.content)
            elif token.type == _LINE:
                ElementTree.SubElement(top, token.tag).text = token.content
            elif token.type == "footnote_reference_open":
                self.notes.append((token.meta["label"], ElementTree.Element("div")))
                stack.append(self.notes[-1][1])
            elif token.nesting == 1:
                # The paragraphs of a tight list are hidden: the item itself holds their words.
                stack.append(top if token.hidden else _opened(top, token))
            elif token.nesting == -1:
                stack.pop()
            elif token.type in ("fence", "code_block"):
                code = ElementTree.SubElement(ElementTree.SubElement(top, "pre"), "code")
                code.text = AtomicString(code_escape(token.content))
            elif token.type == "html_block":
                self._build_html(token.content, top)
            else:
                ElementTree.SubElement(top, token.tag)

    def _build_html(self, html: str, parent: ElementTree.Element) -> None:
        """Add a block of HTML to ``parent``; what is written between its tags is read like any other text."""
        shown = _VERBATIM.sub(lambda found: self.md.htmlStash.store(found[0]), html)
        shown = HTML_TAG_RE.sub(lambda found: found[0].replace("\n", " "), shown)
        mark = None
        for is_tags, lines in groupby(shown.splitlines(keepends=True), lambda line: bool(_TAGGED.match(line))):
            text = "".join(lines)
            tokens = [] if is_tags else self.reader.parse(dedent(text), self._env)
            if not is_tags and [token.type for token in tokens] not in (_PARAGRAPH, [_LINE]):
                self._build(tokens, parent)
                mark = None
                continue
            # Words alone need no paragraph of their own.
            mark = ElementTree.SubElement(parent, _MARK) if mark is None else mark
            mark.tail = (mark.tail or "") + text


def _line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a paragraph that is one line of words between empty ones, as most are.

    It is neither a list nor a heading nor anything else that the other rules would have to be asked for, unless it
    is a term with a definition below.
    """
    sure = not silent and state.level == 0 and state.sCount[start] < _CODE
    begin = state.bMarks[start] + state.tShift[start]
    if not sure or not state.src[begin].isalpha():
        return False
    if start + 1 < end and not state.isEmpty(start + 1):
        return False
    if start + 2 < end and state.src[state.bMarks[start + 2] + state.tShift[start + 2]] in ":~":
        return False
    state.push(_LINE, "p", 0).content = state.src[begin : state.eMarks[start]].strip()
    state.line = start + 1
    return True


def _opened(parent: ElementTree.Element, token: Token) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, token.tag)
    start, aligned = token.attrGet("start"), _ALIGNED.match(str(token.attrGet("style")))
    if start is not None:
        element.set("start", str(start))
    if aligned:
        element.set("align", aligned[1])
    return element


def _add_text(parent: ElementTree.Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def reference_key(label: str) -> str:
    """Return what labels of references are compared by: the words in them, code among them."""
    return " ".join(label.replace("`", "").casefold().split())


class CommonMark(Extension):
    """Reads blocks as CommonMark has them."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Replace the parser, and what takes blocks of HTML out beforehand, by the reader."""
        md.parser = BlockReader(md)
        md.preprocessors.deregister("html_block")
