"""The HTML of a letter as mail programs want it: styles on the elements, and nothing that an engine would interpret.

A mail is rendered for each engine, and for each reader of a list that is sent from here: the address to unsubscribe
is a value of the template like any other. Characters that an engine would take for an instruction get an invisible
one between them.
"""

import re

from css_inline import CSSInliner
from msgspec import Struct

from newsroom.problems import Problem, Problems
from newsroom.sentences import say
from newsroom.text.html_tree import Element, attributes_of

#: Gmail cuts what is longer than 102 kB, and with it the link to unsubscribe at the end.
MOST_BYTES = 102_000
#: The pairs of characters that open an instruction, by engine: Go templates, Django templates, merge tags.
ENGINES: dict[str, tuple[tuple[str, str], ...]] = {
    "smtp": (),
    "listmonk": (("{", "{"),),
    "buttondown": (("{", "{"), ("{", "%"), ("{", "#")),
    "mailchimp": (("*", "|"),),
}
#: Separates two characters: it is no letter, no space and allows no break (Unicode, 23.2).
_WORD_JOINER = "\u2060"
_inliner = CSSInliner(load_remote_stylesheets=False)


class Content(Struct, frozen=True):
    """A letter as it is sent: subject, HTML, text."""

    subject: str
    html: str
    text: str


def inline_styles(html: str) -> str:
    """Return a whole document with its style sheets moved to the elements, except those marked to be kept."""
    document: str = _inliner.inline(html)
    return document


def check_size(content: Content) -> None:
    """Raise :class:`Problems` for a mail that is longer than mail programs show."""
    size = len(content.html.encode())
    if size > MOST_BYTES:
        message = say("this mail has {size} bytes; Gmail cuts it at {most}.", size=size, most=MOST_BYTES)
        remedy = say("Shorten the editorial, or send one language at a time.")
        raise Problems([Problem("KEY", 0, "", message, remedy)])


def harmless(text: str, engine: str) -> str:
    """Return plain ``text`` without instructions for ``engine``: it reads the same."""
    for first, second in ENGINES[engine]:
        text = re.sub(f"(?<={re.escape(first)})(?={re.escape(second)})", _WORD_JOINER, text)
    return text


def disarm(root: Element, engine: str) -> None:
    """Remove instructions for ``engine`` from the texts and addresses of a tree."""
    for node in root.iter():
        node.text, node.tail = (harmless(text, engine) if text else text for text in (node.text, node.tail))
        for name, value in attributes_of(node).items():
            node.set(name, _address(value, engine) if name in ("href", "src") else harmless(value, engine))


def _address(address: str, engine: str) -> str:
    for first, second in ENGINES[engine]:
        address = re.sub(f"{re.escape(first)}(?={re.escape(second)})", f"%{ord(first):02X}", address)
    return address
