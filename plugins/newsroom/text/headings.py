"""The ids of headings, by which a passage has an address."""

import itertools

from newsroom.text.html_tree import Element, path, text_of
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
_NAMED = path(".//*[@id] | .//h2 | .//h3 | .//h4 | .//h5 | .//h6")
_NOT_RAISED = path(".//text()[not(ancestor::sup)]")


def name_headings(root: Element) -> None:
    """Give every heading an id to link to: its own, or one made of its words; each is unique in a page."""
    taken = set(TAKEN)
    for node in _NAMED(root):
        name = node.get("id") or slugify(_words(node)) or "section"
        node.set("id", _free(name, taken))


def _words(heading: Element) -> str:
    """Return the words of a heading, without the numbers of notes."""
    raised = next(heading.iter("sup"), None) is not None or next(heading.iterancestors("sup"), None) is not None
    return "".join(_NOT_RAISED(heading)) if raised else text_of(heading)


def _free(name: str, taken: set[str]) -> str:
    """Return ``name``, numbered where it is among ``taken``, which it joins."""
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(1)))
    free = next(other for other in names if other not in taken)
    taken.add(free)
    return free
