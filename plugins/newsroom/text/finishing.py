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
#: As nh3 writes them: a link up to its address, if that depends on the place, and a picture. What attributes hold is
#: no tag, and they are read from the name of the tag on: what looks like an attribute in another is none.
_LINK = re.compile(r'(<a(?: [^\s"=<>]+="[^"<>]*")*? href=")(article:|/(?!/))([^"<>]*)')
_IMAGE = re.compile(r'<img((?: [^\s"=<>]+="[^"<>]*")*)>')
_ATTRIBUTE = re.compile(r' ([^\s"=<>]+)="([^"<>]*)"')
#: A heading that has an id, and no heading within it.
_HEADING = re.compile(r'<(h[23])((?: [^\s"=<>]+="[^"<>]*")* id="([^"<>]+)"[^<>]*)>((?:[^<]|<(?!/?h[1-6][ >]))*)</\1>')
#: What addresses may hold as they are, beside letters and digits; libxml2 has the same list.
_AS_IT_IS = "\"#$%&+,/:;<=>?@[\\]^`{|}!~*'()"
#: An address that is whole, and as short as it can be.
_WHOLE = re.compile(r"https?://[^\s/?#;\[\]][^\s?#;\[\]]*(?:\?[^\s?#;\[\]]+)?(?:#[^\s?#;\[\]]+)?")
#: An address of the site that is as short as it can be.
_PATH = re.compile(r"/(?:[A-Za-z0-9_~-]+/)*(?:[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)*)?(?:#[A-Za-z0-9_-]+)?")


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
    return sanitise(html, FINISHED, partial(_absolute, page_url, urljoin(page_url, "/").removesuffix("/")))


def place(html: str, context: FragmentContext) -> str:
    """Return sanitised ``html`` with what depends on the place, to stand in what is still to be published."""
    placed = _LINK.sub(partial(_link, context), html)
    if "<img" in placed:
        placed = _IMAGE.sub(partial(_image, context), placed)
    return _HEADING.sub(_anchored, placed) if context.anchors else placed


def write(root: Element, policy: Policy) -> str:
    """Return what ``root`` holds, written by ``policy``: the last thing that is done to any tree."""
    for pre in root.iter("pre"):
        # Parsers drop the first line break of ``pre`` (HTML, 13.2.6.4.7), every time they read it.
        pre.text = pre.text.lstrip("\n") if pre.text else pre.text
    return sanitise(_serialised(root).removeprefix("<div>").removesuffix("</div>"), policy)


def _serialised(node: Element) -> str:
    return str(etree.tostring(node, method="html", encoding="unicode", with_tail=False))


def _link(context: FragmentContext, link: re.Match[str]) -> str:
    """Return a link up to its address with what the place makes of that."""
    return link[1] + escape(_address(unescape(link[2] + link[3]), context))


def _image(context: FragmentContext, tag: re.Match[str]) -> str:
    """Return a picture as it is shown in its place."""
    attributes = {found[1]: unescape(found[2]) for found in _ATTRIBUTE.finditer(tag[1])}
    if "src" in attributes:
        attributes["src"] = _address(attributes["src"], context)
    image = new_element("img", attributes)
    shown = context.illustrate(image) if context.illustrate else None
    return _serialised(image if shown is None else shown)


def _address(address: str, context: FragmentContext) -> str:
    if address.startswith("article:"):
        key, hash_, part = address.removeprefix("article:").partition("#")
        return _quoted(f"{context.links[key]}{hash_}{part}")
    if address.startswith("/") and not address.startswith("//"):
        return _quoted(f"{context.base_path}{address}")
    return address


def _absolute(page_url: str, site: str, address: str) -> str:
    """Return the whole address that ``address`` is on the page at ``page_url`` of the ``site``."""
    if _PATH.fullmatch(address):
        return f"{site}{address}"
    if _WHOLE.fullmatch(address) and address.isascii() and address.isprintable():
        return address
    return _quoted(urljoin(page_url, address))


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
