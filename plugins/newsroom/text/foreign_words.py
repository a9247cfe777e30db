"""Words of the interface that are not in the language of their page, and the ``lang`` that says so.

A language may lack some words while it is being added. What is shown in their place is
enclosed in two noncharacters (Unicode, 23.7), which no text of an editor can hold, when it is
looked up; once the page is rendered its tree says which language those words are in. Titles and
attributes beside text of the page's own language cannot say it (HTML, 3.2.6.2): they show the words.
"""

import re

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_ENCLOSED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_PLACEHOLDER = re.compile(r"(%\(\w+\)\w)")
_DOCTYPE = "<!doctype html>"
#: Elements whose text has no elements in it.
_TEXT_ONLY = frozenset(("title", "option", "textarea", "script", "style"))


def enclose(message: str) -> str:
    """Return ``message`` with its words enclosed, those that will stand in its placeholders aside."""
    return "".join(
        part if number % 2 or not part.strip() else f"{_OPEN}{part}{_CLOSE}"
        for number, part in enumerate(_PLACEHOLDER.split(message))
    )


def plain(text: str) -> str:
    """Return ``text`` without what encloses words."""
    return _ENCLOSED.sub(r"\1", text)


def say_language(html: str, language: str) -> str:
    """Return a page or a fragment in which the enclosed words are said to be in ``language``."""
    if _OPEN not in html:
        return html
    whole = html.lstrip().lower().startswith(_DOCTYPE)
    root = lxml.html.document_fromstring(html) if whole else lxml.html.fragment_fromstring(html, create_parent="div")
    for node in list(root.iter(etree.Element)):
        _say_of_element(node, language)
    written = lxml.html.tostring(root, encoding="unicode", doctype=_DOCTYPE if whole else None)
    return f"{written}\n" if whole else written.removeprefix("<div>").removesuffix("</div>")


def _say_of_element(node: HtmlElement, language: str) -> None:
    foreign = [name for name, value in node.attrib.items() if _OPEN in value]
    for name in foreign:
        node.set(name, plain(node.get(name, "")))
    text = node.text or ""
    if not len(node) and "lang" not in node.attrib and (_ENCLOSED.fullmatch(text.strip()) or (foreign and not text)):
        node.set("lang", language)
        node.text = plain(text) or None
    elif node.tag in _TEXT_ONLY:
        node.text = plain(text)
    else:
        node.text = _said(text, language, node, 0)
    for child in list(node):
        child.tail = _said(child.tail or "", language, node, node.index(child) + 1)


def _said(text: str, language: str, parent: HtmlElement, place: int) -> str:
    """Put the enclosed words of ``text`` into ``parent``, from ``place`` on; return what stands before them."""
    first, *rest = _ENCLOSED.split(text)
    for number in range(0, len(rest), 2):
        span = lxml.html.Element("span", lang=language)
        span.text, span.tail = rest[number], rest[number + 1]
        parent.insert(place + number // 2, span)
    return first
