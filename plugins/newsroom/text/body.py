"""From the Markdown of one body to the HTML a page may hold.

Markdown → tree → figures, typography, ordinals, glossary, tables → sanitised HTML. The
result depends on the text, the language's typography and terms and nothing
else, so it is kept by content. Links to other articles (``article:<key>``) stay as
written until it is published (:mod:`newsroom.text.finishing`): they depend on other files.
"""

import re
from hashlib import blake2b
from urllib.parse import urlsplit

import lxml.html
from lxml.html import HtmlElement
from msgspec import Struct

from newsroom.keys import KEY
from newsroom.problems import Invalid
from newsroom.text.blocks import attribute_quotation, caption_picture, let_scroll
from newsroom.text.finishing import write
from newsroom.text.glossary import Finder, Term
from newsroom.text.headings import free_ids
from newsroom.text.parsing import Parser, line_of
from newsroom.text.picture_names import picture_name
from newsroom.text.sanitise import FOREIGN, STORED
from newsroom.text.text_nodes import replace_in_text
from newsroom.text.typography import RAISED, typeset

_VERBATIM = frozenset(("code", "pre", "kbd", "samp", "var", "script", "style"))
_NO_TERMS = frozenset(("a", "abbr", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "sup"))
_WORDS = re.compile(r"\w+(?:[’'-]\w+)*")


class Style(Struct, frozen=True):
    """What the conversion of a language depends on.

    ``glossary_url`` is the site-relative address of the glossary page,
    ``back`` the label of a footnote's way back, with ``{}`` for its number.
    """

    language: str
    typographies: dict[str, str]
    terms: tuple[Term, ...] = ()
    glossary_url: str = ""
    back: str = "{}"


class Body(Struct, frozen=True):
    """What is known of a converted body without loading its HTML.

    ``html`` is the digest its HTML is stored under, ``links`` the keys of the
    articles it links to, ``files`` the files of its folder it shows.
    """

    html: str
    words: int
    headings: tuple[tuple[int, str, str], ...] = ()
    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    text_hash: str = ""


class Converted(Struct, frozen=True):
    """A converted body: what is known of it, and its HTML."""

    body: Body
    html: str


class Converter:
    """Converts the bodies of one language; one Markdown instance serves them all."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._finder = Finder(style.terms)
        self._terms = {term.key: term for term in style.terms}
        self._parser = Parser(style.back)

    def convert(self, text: str, media: str) -> Converted:
        """Convert Markdown ``text``; pictures of its folder are served under ``media``.

        Raises :class:`Invalid`, its line counted from the first line of ``text``.
        """
        root = self._parser.parse(text)
        files = _check_pictures(root, text)
        links = _check_links(root, text)
        for picture in list(root.iter("img")):
            picture.set("src", f"{media}/{picture.get('src')}")
            caption_picture(picture)
        for quotation in list(root.iter("blockquote")):
            attribute_quotation(quotation)
        free_ids(root)
        self._set(root)
        headings = tuple(
            (int(str(node.tag)[1]), node.get("id", ""), " ".join(node.text_content().split()))
            for node in root.iter("h2", "h3")
        )
        words = len(_WORDS.findall(root.text_content()))
        html = write(root, STORED).strip()
        digest = blake2b(html.encode(), digest_size=16).hexdigest()
        source = blake2b(text.strip().encode(), digest_size=8).hexdigest()
        return Converted(Body(digest, words, headings, links, files, source), html)

    def _set(self, root: HtmlElement) -> None:
        """Set the text nodes: typography, raised ordinals, glossary."""
        style = self.style
        seen: set[str] = set()

        def set_run(text: str, language: str) -> str:
            return typeset(text, style.typographies.get(language, "plain"))

        def expand(text: str, language: str) -> list[str | HtmlElement]:
            return self._expand(text, seen) if language == style.language else [text]

        def raise_ordinals(text: str, language: str) -> list[str | HtmlElement]:
            return _raise(text, style.typographies.get(language, "plain"))

        replace_in_text(root, lambda text, language: [set_run(text, language)], style.language, _VERBATIM)
        replace_in_text(root, expand, style.language, _VERBATIM | _NO_TERMS)
        replace_in_text(root, raise_ordinals, style.language, _VERBATIM)
        for cell in root.iter("td", "th"):
            align = cell.attrib.pop("align", "")
            if align:
                cell.set("class", {"right": "end", "center": "centre"}.get(align, "start"))
        for table in list(root.iter("table")):
            let_scroll(table)

    def _expand(self, text: str, seen: set[str]) -> list[str | HtmlElement]:
        parts: list[str | HtmlElement] = []
        position = 0
        for found in self._finder.find(text, seen):
            link = lxml.html.Element("a", {"class": "term", "href": f"{self.style.glossary_url}#{found.term.key}"})
            abbr = lxml.html.Element("abbr", {"title": found.term.expansion})
            abbr.text = text[found.start : found.end]
            link.append(abbr)
            parts += [text[position : found.start], link]
            position = found.end
        return [*parts, text[position:]]


def _check_pictures(root: HtmlElement, text: str) -> tuple[str, ...]:
    """Return the files of the folder that are shown; refuse what other hosts would serve."""
    files: list[str] = []
    for node in root.iter(*FOREIGN):
        source = (node.get("src") or node.get("data") or node.get("srcset") or "").strip()
        line = line_of(text, re.escape(source) if source else r"!\[|<(?i:ima?ge?)\b")
        if node.tag != "img" and not source:
            continue
        if source.startswith("//") or ":" in source or node.tag != "img":
            raise Invalid(
                line,
                f"<{node.tag}> shows “{source[:80]}” from elsewhere.",
                "Put a picture in the folder of the article.",
            )
        picture_name(source, line)
        if not (node.get("alt") or "").strip():
            raise Invalid(line, f"the picture “{source}” has no text.", f"Say what it shows: ![…]({source}).")
        files.append(source)
    return tuple(dict.fromkeys(files))


def _check_links(root: HtmlElement, text: str) -> tuple[str, ...]:
    """Return the keys of the articles linked to."""
    keys = []
    for node in root.iter("a"):
        href = (node.get("href") or "").strip()
        if "href" in node.attrib:
            node.set("href", href)
        try:
            urlsplit(href)
        except ValueError as error:
            what = f"“{href[:80]}” is not an address."
            raise Invalid(line_of(text, re.escape(href)), what, "Check it in a browser.") from error
        if href.lower().startswith("article:"):
            key = href.removeprefix("article:").partition("#")[0]
            if not KEY.match(key):
                raise Invalid(
                    line_of(text, re.escape(href)), f"“{href[:80]}” is not an article.", "Write article:<folder name>."
                )
            keys.append(key)
    return tuple(dict.fromkeys(keys))


def _raise(text: str, typography: str) -> list[str | HtmlElement]:
    pattern = RAISED.get(typography)
    parts: list[str | HtmlElement] = []
    position = 0
    for match in re.finditer(pattern, text) if pattern else ():
        raised = lxml.html.Element("sup")
        raised.text = match[2]
        parts += [text[position : match.end(1)], raised]
        position = match.end()
    return [*parts, text[position:]]
