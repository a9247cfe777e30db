"""The dialect: every example of CommonMark's specification that it keeps, and why it does not keep the others."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import lxml.html
import nh3
from hypothesis import example, given
from hypothesis import strategies as st
from lxml.html import HtmlElement
from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.inlinepatterns import DelimiterProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from properties import examples
from site_builder import ROOT

from newsroom.text.commonmark import BlockReader
from newsroom.text.dialect import new_markdown
from newsroom.text.markdown_steps import AttributeLists

EXAMPLES: list[dict[str, str]] = json.loads(
    (Path(__file__).parent / "corpora" / "commonmark.json").read_text(encoding="utf-8")
)
#: Examples that this dialect reads otherwise, and how.
_REASONS: dict[str, tuple[int, ...]] = {
    "Markdown between the tags of a block of HTML is read: an editor who writes it means it": (
        150,
        151,
        155,
        159,
        161,
        162,
        163,
        164,
        165,
        166,
        177,
        178,
        186,
        189,
    ),
    "what looks like a tag and is none is shown, not lost": (156, 157, 158),
    "a line without words in a block of code loses its spaces": (112,),
    "inline code and links are found before tags and addresses in angle brackets": (344, 346, 524, 526, 536, 538),
    "what is not seen tells emphasis from signs only where words touch it": (352, 354, 368, 369, 380, 392),
    "strong and plain emphasis at the same place are nested the other way round; they look the same": (416, 467, 468),
    "a backslash before a sign in an address is taken for an escape": (20, 493, 603, 632),
    "an entity that is none, or in an address, is read as an entity": (28, 41),
    "a space in an address is part of it; the build then refuses the address": (
        488,
        490,
        491,
        568,
        602,
    ),
    "an address may hold an angle bracket, and end at a title without one": (494, 504, 507, 508),
    "a title in parentheses is part of the address": (505,),
    "a link in a link: the outer one is kept": (518, 519, 520, 532, 533),
    "of three brackets in a row the last two are read as a link, not the middle one": (569, 571),
    "labels of references are compared as they are written, their signs escaped or not": (194, 549, 550, 559),
    "the text of a picture is taken as it is written": (573, 574, 576, 577, 585, 589),
    "an address in angle brackets is one of mail or of the web": (598, 601),
    "an end of line in an attribute may be taken for a break": (642, 643),
}
OTHERWISE = {example: reason for reason, examples in _REASONS.items() for example in examples}
_MARKDOWN = new_markdown("{}")[0]
_BLOCKS = [
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "del",
    "details",
]


def converted(text: str) -> str:
    return str(_MARKDOWN.reset().convert(text))


def shown(html: str) -> str:
    """Return what of ``html`` a reader is shown: elements, where links lead, words; no space that nobody sees."""
    clean = nh3.clean(
        html.replace("<hypertext></hypertext>", ""),
        tags={*_BLOCKS, "a", "code", "em", "img", "ins", "i", "span", "strong"},
        attributes={"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}},
        clean_content_tags={"script", "style"},
        url_schemes={"http", "https", "mailto", "ftp", "irc", "a+b+c", "made-up-scheme", "localhost"},
        link_rel=None,
    )
    whole = "".join(_parts(lxml.html.fragment_fromstring(clean, create_parent="div")))
    whole = re.sub(r"<a[^>]*>\s*</a>", "", whole)  # of a tag that is never closed, what it runs into
    return re.sub(rf"\s*(</?(?:{'|'.join(_BLOCKS)})\b[^>]*>)\s*", r"\1", whole)


def _parts(node: HtmlElement) -> Iterator[str]:
    attributes = "".join(f" {name}={unquote(value)!r}" for name, value in sorted(node.attrib.items()))
    yield f"<{node.tag}{attributes}>{_words(node, node.text)}"
    for child in node:
        yield from _parts(child)
        yield _words(node, child.tail)
    yield f"</{node.tag}>"


def _words(node: HtmlElement, text: str | None) -> str:
    """Return words as they are seen: in code every space, the last ones aside; elsewhere one."""
    code = node.tag == "pre" or any(above.tag == "pre" for above in node.iterancestors())
    return (text or "").expandtabs(4).rstrip() if code else re.sub(r"\s+", " ", text or "")


def test_the_specification_is_all_here() -> None:
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))


def test_an_example_of_the_specification_is_read_as_it_says_or_is_listed() -> None:
    otherwise = [
        example["example"] for example in EXAMPLES if shown(converted(example["markdown"])) != shown(example["html"])
    ]
    assert otherwise == sorted(OTHERWISE)


def test_every_structure_of_blocks_is_kept() -> None:
    """What is left apart is inside a line, or inside HTML."""
    blocks = ("Tabs", "Thematic breaks", "ATX headings", "Setext headings", "Paragraphs", "Blank lines", "Block quotes")
    lists = ("List items", "Lists")
    assert not [
        example["example"]
        for example in EXAMPLES
        if example["section"] in (*blocks, *lists) and example["example"] in OTHERWISE
    ]


class _EveryList(AttributeLists):
    def run(self, root: Element) -> None:
        AttrListTreeprocessor.run(self, root)
        root.attrib.clear()


@cache
def readers() -> tuple[Markdown, Markdown]:
    """Return the Markdown of the dialect, and one in which the library takes all of its steps for every text."""
    ours, _ = new_markdown("{}")
    stock, _ = new_markdown("{}")
    emphasis = DelimiterProcessor("*", "strong,em", stock)
    emphasis.add("_", "strong,em", smart=True)
    stock.preprocessors.register(NormalizeWhitespace(stock), "normalize_whitespace", 30)
    stock.inlinePatterns.register(emphasis, "em_strong", 60)
    stock.treeprocessors.register(InlineProcessor(stock), "inline", 20)
    stock.treeprocessors.register(_EveryList(stock), "attr_list", 8)
    stock.treeprocessors.register(UnescapeTreeprocessor(stock), "unescape", 0)
    assert isinstance(stock.parser, BlockReader)
    stock.parser.reader.block.ruler.disable("line")
    return ours, stock


def assert_same(text: str) -> None:
    ours, stock = readers()
    assert ours.reset().convert(text) == stock.reset().convert(text)


def test_patterns_are_tried_where_they_can_match() -> None:
    """The steps that have nothing to do in a text are left out: it reads as if all of them were taken."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.md"))]
    beyond = "~~out~~, a note[^1], &copy;\n\n[^1]: Its text."
    for text in [*texts, *(each["markdown"] for each in EXAMPLES), beyond]:
        assert_same(text)


MARKS = (
    *("*", "**", "***", "_", "__", "~~", "`", "\\", "[a]", "[a]: /b\n", "[a][a]", "![a]", "[x](y)", "![x](y)"),
    *("[^1]", "[^1]: n\n", " {#x}", "{.term}", "\n{: lang=en}", "<b>", "</b>", "&amp;", "<div>\n", "</div>\n"),
    *("a", "é", "b c", " ", "  ", "\n", "\n\n", "  \n", "\t", "\n   \n", ".", "(", ")", "\u00a0", "\x02", "\x03"),
    *("\r\n", ": d", "~ d", "- ", "1. ", "> ", "## ", "===", "---", "| a | b |\n|---|---|\n", "    ", "a*b"),
    *("*a*", "**a**", "_a_", "<https://e.org>"),
)  # fmt: skip


@examples(500)
@given(st.lists(st.sampled_from(MARKS), max_size=12).map("".join))
@example("<div>a</div>\n{#x}")
def test_any_text_reads_as_if_every_step_were_taken(text: str) -> None:
    assert_same(text)
