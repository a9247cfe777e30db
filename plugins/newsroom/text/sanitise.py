"""What HTML an article may hold: a policy for nh3, the last step of every body.

No script, no style, no frame, no form, no event attribute, no address scheme
that runs code. Identifiers are allowed where the build makes them (headings,
footnotes), classes only those the theme knows.
"""

import re

import nh3

_INLINE = (
    "a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
)
_BLOCK = "blockquote dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre section summary ul"
_TABLE = "caption col colgroup table tbody td tfoot th thead tr"
TAGS = frozenset(f"{_INLINE} {_BLOCK} {_TABLE}".split())
#: Elements that show what another host serves, and the attributes that name it.
FOREIGN = frozenset(("audio", "embed", "frame", "iframe", "img", "object", "source", "track", "video"))
_NAMES = {"src", "data", "srcset"}
#: Elements whose content goes with them: their text is no prose.
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
#: Parsers drop the first line break of ``pre`` (HTML, 13.2.6.4.7), once every time they read it.
_PRE = re.compile(r'(<pre(?: [a-z]+="[^"]*")*>)\n+')

#: ``article:`` names another article by its key and is resolved when the page is made.
_SCHEMES = {"http", "https", "mailto", "tel", "article"}


def keeps(tag: str, attribute: str, value: str = "") -> bool:
    """Tell whether the policy keeps ``attribute`` on ``tag``, one of :data:`TAGS`."""
    if attribute == "class":
        return set(value.split()) <= _CLASSES.get(tag, set())
    return attribute in _ATTRIBUTES["*"] or attribute in _ATTRIBUTES.get(tag, ())


def sanitise(html: str, *, foreign: bool = False) -> str:
    """Return ``html`` (a fragment, any origin) with only what an article may hold.

    ``foreign`` leaves in the elements of :data:`FOREIGN` and the columns' ``align``,
    for who refuses the former by name and translates the latter.
    """
    attributes = {tag: set(names) for tag, names in _ATTRIBUTES.items()}
    if foreign:
        attributes |= {tag: attributes.get(tag, set()) | _NAMES for tag in FOREIGN}
        attributes |= {tag: attributes[tag] | {"align"} for tag in ("td", "th")}
    cleaned = nh3.clean(
        html,
        tags=set(TAGS | FOREIGN) if foreign else set(TAGS),
        clean_content_tags=set(_CONTENT_TOO - FOREIGN) if foreign else set(_CONTENT_TOO),
        attributes=attributes,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES | {"data", "file", "ftp"} if foreign else _SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    return _PRE.sub(r"\1", cleaned)
