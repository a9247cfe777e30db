"""The last steps of a fragment of HTML: one tree, completed, sanitised and written last.

Every fragment that is published goes through :func:`publish`, whether for a page, a feed,
a mail or a program: addresses, pictures and links of headings depend on where it is shown.
"""

from collections.abc import Callable, Mapping
from urllib.parse import urljoin

from lxml import etree
from msgspec import Struct

from newsroom.text.headings import link_heading
from newsroom.text.html_tree import Element, path, read_fragment
from newsroom.text.sanitise import FINISHED, Policy, sanitise

_NONE: frozenset[str] = frozenset()
_WITH_CLASS = path(".//*[@class]")
#: Makes of an ``img`` the element that is shown in its place, or leaves it.
Illustrate = Callable[[Element], Element | None]


class FragmentContext(Struct, frozen=True):
    """Where a fragment is shown.

    ``links`` maps keys of articles to their addresses, base path included; ``base_path`` is put before
    other root-relative addresses. ``page_url`` is the absolute address of the page that a fragment for
    elsewhere comes from: every address in it is made absolute. ``illustrate`` makes the pictures of a
    page, ``anchors`` tells whether headings link to themselves, ``finish`` changes the tree last of all.
    """

    links: Mapping[str, str] = {}
    base_path: str = ""
    page_url: str = ""
    illustrate: Illustrate | None = None
    anchors: bool = False
    finish: Callable[[Element], None] | None = None


def publish(html: str, context: FragmentContext) -> str:
    """Return the sanitised fragment ``html`` as it is published in ``context``."""
    return write(resolve(html, context), FINISHED) if html.strip() else ""


def part(html: str, context: FragmentContext) -> str:
    """Return the sanitised fragment ``html`` in ``context``, to stand in another that is still to be published."""
    return _written(resolve(html, context)) if html.strip() else ""


def resolve(html: str, context: FragmentContext) -> Element:
    """Return the tree of the fragment ``html`` as it is in ``context``."""
    root = read_fragment(html)
    for node in list(root.iter("a", "img", "h2", "h3")):
        name = "src" if node.tag == "img" else "href"
        if name in node.attrib:
            node.set(name, _address(str(node.get(name)), context))
        if node.tag == "img":
            _illustrate(node, context)
        elif node.tag != "a" and context.anchors:
            link_heading(node)
    if context.finish:
        context.finish(root)
    return root


def write(root: Element, policy: Policy) -> str:
    """Return what ``root`` holds, written by ``policy``: the last thing that is done to any HTML."""
    for pre in root.iter("pre"):
        # Parsers drop the first line break of ``pre`` (HTML, 13.2.6.4.7), every time they read it.
        pre.text = pre.text.lstrip("\n") if pre.text else pre.text
    for node in _WITH_CLASS(root):
        if policy.classes.get(node.tag, _NONE).isdisjoint(node.get("class").split()):
            node.attrib.pop("class")  # of which nh3 would leave an empty one
    return sanitise(_written(root), policy)


def _written(root: Element) -> str:
    whole = etree.tostring(root, method="html", encoding="unicode", with_tail=False)
    return str(whole).removeprefix("<div>").removesuffix("</div>")


def _address(address: str, context: FragmentContext) -> str:
    if address.startswith("article:"):
        key, hash_, part = address.removeprefix("article:").partition("#")
        address = f"{context.links[key]}{hash_}{part}"
    elif address.startswith("/") and not address.startswith("//"):
        address = f"{context.base_path}{address}"
    return urljoin(context.page_url, address) if context.page_url else address


def _illustrate(image: Element, context: FragmentContext) -> None:
    shown = context.illustrate(image) if context.illustrate else None
    parent = image.getparent()
    if shown is not None and parent is not None:
        shown.tail, image.tail = image.tail, None
        parent.replace(image, shown)
