"""Headings that lead to themselves, so that a reader can send the address of a passage."""

import re

from lxml.html import HtmlElement

#: The ids that the templates give to parts of the pages that show a body.
TAKEN = frozenset(("articles", "main", "players", "related", "sources-of", "steps", "story", "updates"))

_HEADING = re.compile(r'<(h[23]) id="([^"<>]+)">(.*?)</\1>', re.DOTALL)


def free_ids(root: HtmlElement) -> None:
    """Give another id to what has one of :data:`TAKEN` in a body: an id stands once in a page."""
    for node in root.xpath(".//*[@id]"):
        if node.get("id") in TAKEN:
            node.set("id", f"{node.get('id')}-1")


def link_headings(html: str) -> str:
    """Return sanitised ``html`` with each heading that has an id made a link to itself.

    The words of the heading are the link, so nothing is added for who hears the
    page. A heading that holds a link stays as it is: links cannot be nested.
    """
    return _HEADING.sub(_linked, html)


def _linked(found: re.Match[str]) -> str:
    tag, key, words = found.groups()
    if "<a " in words:
        return found[0]
    return f'<{tag} id="{key}"><a class="anchor" href="#{key}">{words}</a></{tag}>'
