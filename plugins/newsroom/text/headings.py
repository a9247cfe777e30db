"""Headings that lead to themselves, so that a reader can send the address of a passage."""

import lxml.html
from lxml.html import HtmlElement

#: The ids that the templates give to parts of the pages that show a body.
TAKEN = frozenset(("articles", "main", "players", "related", "sources-of", "steps", "story", "updates"))


def free_ids(root: HtmlElement) -> None:
    """Give another id to what has one of :data:`TAKEN` in a body: an id stands once in a page."""
    for node in root.xpath(".//*[@id]"):
        if node.get("id") in TAKEN:
            node.set("id", f"{node.get('id')}-1")


def link_heading(heading: HtmlElement) -> None:
    """Make the words of a heading that has an id a link to it.

    Nothing is added for readers who hear the page. A heading that holds a link stays
    as it is: links cannot be nested.
    """
    key = heading.get("id")
    if not key or next(heading.iter("a"), None) is not None:
        return
    link = lxml.html.Element("a", {"class": "anchor", "href": f"#{key}"})
    link.text, heading.text = heading.text, None
    link.extend(list(heading))
    heading.append(link)
