"""The HTML of a letter as mail programs want it: styles on the elements, and no word that an engine would obey.

A mail is written once and sent by any engine. Where it says how to leave stands
``UNSUBSCRIBE``; :func:`for_engine` and :func:`leaving_by` put there what the engine,
or one reader, needs. What the engines' own languages would take for an instruction
is written so that a reader sees it as its author wrote it.
"""

from html import escape

from css_inline import CSSInliner
from msgspec import Struct

from newsroom.problems import Problem, Problems
from newsroom.sentences import say

#: Stands for the address by which a reader leaves; no mail goes out with it.
UNSUBSCRIBE = "https://unsubscribe.invalid/"
#: Gmail cuts what is longer than 102 kB, the way out at its end included.
MOST_BYTES = 102_000


class Engine(Struct, frozen=True):
    """What sends a mail: the signs that open an instruction in its language, and how its text says them."""

    instructions: dict[str, str] = {}


#: By name: Go templates, Django templates, merge tags. A text part of Buttondown is made by Buttondown.
ENGINES = {
    "smtp": Engine(),
    "listmonk": Engine({"{{": '{{ "{{" }}'}),
    "buttondown": Engine(
        {
            "{{": "{% templatetag openvariable %}",
            "{%": "{% templatetag openblock %}",
            "{#": "{% templatetag opencomment %}",
        }
    ),
    "mailchimp": Engine({"*|": "*\u2060|"}),
}


class Content(Struct, frozen=True):
    """A letter as it is sent: subject, HTML, text."""

    subject: str
    html: str
    text: str


def inline_styles(html: str) -> str:
    """Return a whole document whose style sheets stand on its elements, but for those marked to be kept.

    Raises :class:`Problems` where it is longer than mail programs show.
    """
    document: str = CSSInliner(load_remote_stylesheets=False).inline(html)
    size = len(document.encode())
    if size > MOST_BYTES:
        message = say("this mail has {size} bytes; Gmail cuts it at {most}.", size=size, most=MOST_BYTES)
        remedy = say("Shorten the editorial, or send one language at a time.")
        raise Problems([Problem("KEY", 0, "", message, remedy)])
    return document


def for_engine(content: Content, engine: str, way_out: str) -> Content:
    """Return ``content`` for ``engine``, whose words for the way out are ``way_out``."""
    subject, html, text = content.subject, content.html, content.text
    for sign in ENGINES[engine].instructions:
        html = html.replace(sign, "".join(f"&#{ord(char)};" for char in sign))
    return leaving_by(Content(_said(subject, engine), html, _said(text, engine)), way_out)


def leaving_by(content: Content, address: str) -> Content:
    """Return ``content`` with ``address`` where it says how to leave."""
    html = content.html.replace(UNSUBSCRIBE, escape(address))
    return Content(content.subject, html, content.text.replace(UNSUBSCRIBE, address))


def _said(text: str, engine: str) -> str:
    """Return plain ``text`` whose signs stand for themselves, each replaced once."""
    said, position = [], 0
    instructions = ENGINES[engine].instructions
    while position < len(text):
        sign = text[position : position + 2]
        said.append(instructions.get(sign, text[position]))
        position += 2 if sign in instructions else 1
    return "".join(said)
