"""Headings that link to themselves, so that a reader can send somebody the address of a passage."""

import itertools

import lxml.html
from lxml.html import HtmlElement

from newsroom.text.slugs import slugify

#: The ids that the templates give to parts of the pages that show a body.
TAKEN = frozenset(
    (
        "articles",
        "claims",
        "corrected",
        "main",
        "players",
        "related",
        "since",
        "sources-of",
        "steps",
        "story",
        "updates",
    )
)


def name_headings(root: HtmlElement) -> None:
    """Give every heading an id to link to: its own, or one made of its words; each is unique in a page."""
    taken = set(TAKEN)
    for node in root.xpath(".//*[@id] | .//h2 | .//h3 | .//h4 | .//h5 | .//h6"):
        words = "".join(node.xpath(".//text()[not(ancestor::sup)]"))
        node.set("id", _free(node.get("id") or slugify(words) or "section", taken))


def _free(name: str, taken: set[str]) -> str:
    """Return ``name``, numbered where it is among ``taken``, which it joins."""
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(1)))
    free = next(other for other in names if other not in taken)
    taken.add(free)
    return free


def link_heading(heading: HtmlElement) -> None:
    """Make the words of a heading that has an id a link to it.

    Nothing is added for readers who listen to the page. A heading that holds a link stays as it is:
    links cannot be nested.
    """
    key = heading.get("id")
    if not key or next(heading.iter("a"), None) is not None:
        return
    link = lxml.html.Element("a", {"class": "anchor", "href": f"#{key}"})
    link.text, heading.text = heading.text, None
    link.extend(list(heading))
    heading.append(link)
