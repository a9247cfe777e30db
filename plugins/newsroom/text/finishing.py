"""The last steps of a fragment of HTML: completed, then sanitised and written, by nh3 and by nothing after it.

Every fragment that is published goes through :func:`publish` or :func:`publish_elsewhere`, whether for a page, a
feed, a mail or a program: addresses, pictures and links of headings depend on where it is shown.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape, unescape
from urllib.parse import quote, urljoin

from lxml import etree
from msgspec import Struct

from newsroom.text.html_tree import Element, new_element
from newsroom.text.sanitise import FINISHED, Policy, sanitise

#: Makes of an ``img`` the element that is shown in its place, or leaves it.
Illustrate = Callable[[Element], Element | None]
#: A tag whose attributes depend on the place, as nh3 writes it: what its attributes hold is no tag.
_PLACED = re.compile(r'<(a|img)((?: [^\s"=<>]+="[^"<>]*")+)>')
_ATTRIBUTE = re.compile(r' ([^\s"=<>]+)="([^"<>]*)"')
#: A heading that has an id, and no heading within it.
_HEADING = re.compile(r'<(h[23])((?: [^\s"=<>]+="[^"<>]*")* id="([^"<>]+)"[^<>]*)>((?:[^<]|<(?!/?h[1-6][ >]))*)</\1>')
#: What addresses may hold as they are, beside letters and digits; libxml2 has the same list.
_AS_IT_IS = "\"#$%&+,/:;<=>?@[\\]^`{|}!~*'()"
#: An address that is whole, and as short as it can be.
_WHOLE = re.compile(r"https?://[^\s/?#;\[\]][^\s?#;\[\]]*(?:\?[^\s?#;\[\]]+)?(?:#[^\s?#;\[\]]+)?")


class FragmentContext(Struct, frozen=True):
    """Where a fragment is shown.

    ``links`` maps keys of articles to their addresses, base path included; ``base_path`` is put before
    other root-relative addresses. ``illustrate`` makes the pictures of a page, ``anchors`` tells whether
    headings link to themselves.
    """

    links: Mapping[str, str] = {}
    base_path: str = ""
    illustrate: Illustrate | None = None
    anchors: bool = False


def publish(html: str, context: FragmentContext) -> str:
    """Return the sanitised fragment ``html`` as it is published in ``context``."""
    return sanitise(place(html, context), FINISHED)


def publish_elsewhere(html: str, page_url: str) -> str:
    """Return the fragment ``html`` of the page at ``page_url`` as it is published elsewhere, its addresses whole."""
    return sanitise(html, FINISHED, partial(_absolute, page_url))


def place(html: str, context: FragmentContext) -> str:
    """Return sanitised ``html`` with what depends on the place, to stand in what is still to be published."""
    placed = _PLACED.sub(partial(_placed, context), html)
    return _HEADING.sub(_anchored, placed) if context.anchors else placed


def write(root: Element, policy: Policy) -> str:
    """Return what ``root`` holds, written by ``policy``: the last thing that is done to any tree."""
    for pre in root.iter("pre"):
        # Parsers drop the first line break of ``pre`` (HTML, 13.2.6.4.7), every time they read it.
        pre.text = pre.text.lstrip("\n") if pre.text else pre.text
    return sanitise(_serialised(root).removeprefix("<div>").removesuffix("</div>"), policy)


def _serialised(node: Element) -> str:
    return str(etree.tostring(node, method="html", encoding="unicode", with_tail=False))


def _placed(context: FragmentContext, tag: re.Match[str]) -> str:
    """Return the tag of a link or a picture with what the place makes of its address."""
    name = "href" if tag[1] == "a" else "src"
    attributes = {found[1]: unescape(found[2]) for found in _ATTRIBUTE.finditer(tag[2])}
    if name in attributes:
        attributes[name] = _address(attributes[name], context)
    if tag[1] == "img" and context.illustrate:
        shown = context.illustrate(new_element("img", attributes))
        if shown is not None:
            return _serialised(shown)
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag[1]}{said}>"


def _address(address: str, context: FragmentContext) -> str:
    if address.startswith("article:"):
        key, hash_, part = address.removeprefix("article:").partition("#")
        return _quoted(f"{context.links[key]}{hash_}{part}")
    if address.startswith("/") and not address.startswith("//"):
        return _quoted(f"{context.base_path}{address}")
    return address


def _absolute(page_url: str, address: str) -> str:
    """Return the whole address that ``address`` is on the page at ``page_url``."""
    return _quoted(address if _WHOLE.fullmatch(address) else urljoin(page_url, address))


def _quoted(address: str) -> str:
    """Return ``address`` as serialisers of HTML write it: without spaces before it, what is no ASCII as bytes."""
    return quote(address.lstrip(" \t\n\r"), _AS_IT_IS)


def _anchored(heading: re.Match[str]) -> str:
    """Return a heading whose words are a link to it, so that a reader can send somebody the address of a passage.

    Nothing is added for readers who listen to the page. A heading that holds a link stays as it is:
    links cannot be nested.
    """
    tag, attributes, key, words = heading.groups()
    if "<a " in words or "<a>" in words:
        return heading[0]
    address = escape(_quoted(f"#{unescape(key)}"))
    return f'<{tag}{attributes}><a class="anchor" href="{address}">{words}</a></{tag}>'
