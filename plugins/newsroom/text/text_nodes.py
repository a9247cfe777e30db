"""Changing the text of a tree without touching its markup.

A replacement sees one run of text and the language it is in, and returns runs
and elements that stand in its place. Attributes, comments and the elements
named in ``skip`` are never seen.
"""

from collections.abc import Callable, Iterator, Set

from lxml import etree
from lxml.html import HtmlElement

Replace = Callable[[str, str], list[str | HtmlElement]]


def replace_in_text(root: HtmlElement, replace: Replace, language: str, skip: Set[str]) -> None:
    """Replace every run of text under ``root`` that is not inside a ``skip`` element.

    Runs come in the order a reader meets them. ``language`` is the language of
    ``root``; ``lang`` attributes change it for what they hold.
    """
    for parent, after, inner in list(_runs(root, language, skip)):
        if after is None:
            text, parent.text = parent.text, None
        else:
            text, after.tail = after.tail, None
        _put(parent, after, replace(str(text), inner))


def _runs(root: HtmlElement, language: str, skip: Set[str]) -> Iterator[tuple[HtmlElement, HtmlElement | None, str]]:
    """Yield (parent, the child the run follows or None, language) in document order."""
    languages = [language]
    skipped = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        element = isinstance(node.tag, str)
        if event == "start":
            languages.append(node.get("lang") or languages[-1])
            skipped += node.tag in skip
            if node.text and not skipped:
                yield node, None, languages[-1]
            continue
        if element:
            languages.pop()
            skipped -= node.tag in skip
        if node.tail and not skipped and node is not root:
            yield node.getparent(), node, languages[-1]


def _put(parent: HtmlElement, after: HtmlElement | None, parts: list[str | HtmlElement]) -> None:
    """Put ``parts`` at the start of ``parent``, or after its child ``after``; there is no text there yet."""
    first = ""
    elements: list[HtmlElement] = []
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
