"""What HTML may hold: policies for nh3, the last step of every fragment.

No script, no style, no frame, no form, no event attribute, no address scheme
that runs code. Identifiers are allowed where the build makes them (headings,
footnotes), classes only those the theme knows.

What nh3 writes has one form (HTML, 13.3): each ``<`` begins a tag and each ``>`` ends one, and every
attribute has a value between double quotes, in which none of these signs stands.
"""

from collections.abc import Callable, Mapping
from typing import Any

import nh3
from msgspec import Struct

#: Elements within a line.
INLINE = (
    "a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
)
_BLOCK = "blockquote dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre section summary ul"
_TABLE = "caption col colgroup table tbody td tfoot th thead tr"
TAGS = frozenset(f"{INLINE} {_BLOCK} {_TABLE}".split())
#: Elements that show what another host serves, and the attributes that name it.
FOREIGN = frozenset(("audio", "embed", "frame", "iframe", "img", "object", "source", "track", "video"))
_NAMES = {"src", "data", "srcset"}
#: Elements that are removed with their content: their text is not prose.
_CONTENT_TOO = frozenset(
    [
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "plaintext",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "xmp",
    ]
)

_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "id", "hreflang"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"datetime"},
    "details": {"open"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ins": {"datetime"},
    "li": {"id", "value"},
    "ol": {"start", "reversed"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_CLASSES = {
    "a": {"footnote-ref", "footnote-backref", "term"},
    "div": {"footnote", "scroll"},
    "figure": {"quotation"},
    "td": {"start", "centre", "end"},
    "th": {"start", "centre", "end"},
}
#: What figures are drawn with in pages; a body in the store holds none of it, whatever its author wrote.
_DRAWING = {
    "svg": {"width", "height", "x", "y", "viewBox", "aria-hidden"},
    "line": {"x1", "y1", "x2", "y2"},
    "circle": {"cx", "cy", "r"},
    "rect": {"x", "y", "width", "height"},
    "text": {"x", "y", "dx", "text-anchor"},
    "tspan": {"x", "dx", "dy"},
}
_LOOKS = {"accent", "axis", "built", "curve", "limit", "open", "planned", "quiet", "refused", "stem", "whole"}
#: The classes of figures.
_DRAWN = {
    **dict.fromkeys(_DRAWING, _LOOKS | {"beam", "drawing", "strong"}),
    "figure": _CLASSES["figure"] | {"figure"},
    "p": {"origin"},
    "table": {"bars", "numbers"},
    "td": _CLASSES["td"] | {"accent"},
    "tr": {"accent", "promised"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


_NONE: frozenset[str] = frozenset()
#: What nh3 leaves of a class that is not allowed.
_EMPTY = ' class=""'
#: The attributes that hold one address; of links and pictures, which alone may have them.
_ADDRESSES = ("href", "src")


class Policy(Struct, frozen=True):
    """What HTML may hold: options of nh3, and what cleans by them."""

    options: Mapping[str, Any]
    cleaner: nh3.Cleaner


def _policy(**changes: Any) -> Policy:
    """Return the policy of a stored body, with ``changes``."""
    options: dict[str, Any] = {
        "tags": set(TAGS),
        "clean_content_tags": set(_CONTENT_TOO),
        "attributes": _ATTRIBUTES,
        "allowed_classes": _CLASSES,
        "url_schemes": _SCHEMES | {"article"},
        "link_rel": None,
        "strip_comments": True,
        **changes,
    }
    return Policy(options, nh3.Cleaner(**options))


#: What Markdown made, with foreign elements and ``align`` of columns, which are refused by name or translated later.
RAW = _policy(
    tags=set(TAGS | FOREIGN),
    clean_content_tags=set(_CONTENT_TOO - FOREIGN),
    attributes={
        **_ATTRIBUTES,
        **{tag: _ATTRIBUTES.get(tag, set()) | _NAMES for tag in FOREIGN},
        **{tag: _ATTRIBUTES[tag] | {"align"} for tag in ("td", "th")},
    },
    url_schemes=_SCHEMES | {"article", "data", "file", "ftp"},
)
#: What a body may hold in the store. ``article:`` names another article by its key until the body is published.
STORED = _policy()
#: What is published: links of headings, pictures in several sizes, and no addresses still to be resolved.
FINISHED = _policy(
    tags={*TAGS, "picture", "source", *_DRAWING},
    clean_content_tags=set(_CONTENT_TOO - _DRAWING.keys()),
    attributes={**_ATTRIBUTES, "source": {"type", "sizes", "srcset"}, **_DRAWING},
    allowed_classes={**_CLASSES, **_DRAWN, "a": _CLASSES["a"] | {"anchor"}},
    url_schemes=_SCHEMES,
)


def keeps(tag: str, attribute: str, value: str = "") -> bool:
    """Tell whether the policy keeps ``attribute`` on ``tag``, one of :data:`TAGS`."""
    if attribute == "class":
        return set(value.split()) <= _CLASSES.get(tag, set())
    return attribute in _ATTRIBUTES["*"] or attribute in _ATTRIBUTES.get(tag, ())


def sanitise(html: str, policy: Policy, written: Callable[[str], str] | None = None) -> str:
    """Return ``html`` (a fragment, any origin) with only what ``policy`` allows, and no empty class.

    ``written`` makes of an address that is allowed the one that is written in its place.
    """
    if written is None:
        clean = policy.cleaner.clean(html)
        if _EMPTY not in clean:
            return clean
    classes = policy.options["allowed_classes"]

    def kept(tag: str, name: str, value: str) -> str | None:
        if name in _ADDRESSES:
            return written(value) if written else value
        if name == "class":
            return value if not classes.get(tag, _NONE).isdisjoint(value.split()) else None
        return value

    return nh3.Cleaner(**policy.options, attribute_filter=kept).clean(html)
