"""Trees of HTML: read, made, and what they say.

They are of plain elements. Those of :mod:`lxml.html` ask a function in Python for their class, each time one of them
is met: half of the time that reading a body takes.
"""

from collections.abc import Callable
from typing import Any

from lxml import etree

Element = etree._Element
_parser = etree.HTMLParser()


def path(expression: str) -> Callable[[Element], Any]:
    """Return what finds an XPath 1.0 ``expression``, which is read here and now, from an element on."""
    return etree.XPath(expression, smart_strings=False)


#: The ids in an element, and all of the text in it: in a large one this is found sooner than by :func:`text_of`.
IDS = path(".//@id")
TEXT = path("string()")


def read_fragment(html: str) -> Element:
    """Return the tree of sanitised HTML, in a ``div``; spaces before its first element are left out."""
    body = etree.fromstring(f"<html><body>{html}</body></html>", _parser)[0]
    root = new_element("div")
    if body.text and body.text.strip():
        root.text = body.text
    root.extend(list(body))
    return root


def new_element(tag: str, attributes: dict[str, str] | None = None) -> Element:
    """Return an empty element."""
    return _parser.makeelement(tag, attributes)


def attributes_of(node: Element) -> dict[str, str]:
    """Return the attributes of ``node``."""
    return {str(name): str(value) for name, value in node.items()}


def text_of(node: Element) -> str:
    """Return all the text in ``node``."""
    return "".join(map(str, node.itertext()))
