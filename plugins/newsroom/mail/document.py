"""The HTML of a letter as mail programs want it: styles on the elements, and nothing that an engine would interpret.

A mail is written once and sent by any engine. Where it says how to unsubscribe,
it has ``UNSUBSCRIBE``; :func:`for_engine` and :func:`leaving_by` replace that
by what the engine, or one reader, needs. What an engine's template language
would take for an instruction is escaped, so that readers see it as its author
wrote it.
"""

from html import escape

from css_inline import CSSInliner
from msgspec import Struct

from newsroom.problems import Problem, Problems
from newsroom.sentences import say

#: Stands for the address by which a reader unsubscribes; no mail goes out with it.
UNSUBSCRIBE = "https://unsubscribe.invalid/"
#: Gmail cuts what is longer than 102 kB, and with it the link to unsubscribe at the end.
MOST_BYTES = 102_000


class Engine(Struct, frozen=True):
    """What sends a mail: the characters that open an instruction in its language, and how a text escapes them."""

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
    """Return a whole document with its style sheets moved to the elements, except those marked to be kept.

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
    """Return ``content`` for ``engine``, in which ``way_out`` stands for the address to unsubscribe."""
    subject, html, text = content.subject, content.html, content.text
    for sign in ENGINES[engine].instructions:
        html = html.replace(sign, "".join(f"&#{ord(char)};" for char in sign))
    return leaving_by(Content(_said(subject, engine), html, _said(text, engine)), way_out)


def leaving_by(content: Content, address: str) -> Content:
    """Return ``content`` with ``address`` where it says how to unsubscribe."""
    html = content.html.replace(UNSUBSCRIBE, escape(address))
    return Content(content.subject, html, content.text.replace(UNSUBSCRIBE, address))


def _said(text: str, engine: str) -> str:
    """Return plain ``text`` with special characters escaped, each replaced once."""
    said, position = [], 0
    instructions = ENGINES[engine].instructions
    while position < len(text):
        sign = text[position : position + 2]
        said.append(instructions.get(sign, text[position]))
        position += 2 if sign in instructions else 1
    return "".join(said)
