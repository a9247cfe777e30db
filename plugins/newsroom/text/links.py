"""Where the links of a body lead: to other articles, within the body, within the site, elsewhere, or nowhere."""

import posixpath
import re
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from newsroom.keys import KEY
from newsroom.problems import Invalid
from newsroom.sentences import say
from newsroom.text.faults import Faults, as_written
from newsroom.text.headings import TAKEN
from newsroom.text.html_tree import Element, text_of

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST = re.compile(r"(?:www\.|[a-z0-9-]+\.(?:com|org|net|fr|eu|io|gov|int|uk|us)(?:/|\Z))", re.IGNORECASE)
#: The path of a text of the content, or of its folder; the folder above that is its kind.
_TEXT = re.compile(r"(?:content/)?articles/([a-z0-9-]+)(?:/(?:index\.[A-Za-z-]+\.md)?)?\Z")

_OF_THE_WEB = ("/", "http://", "https://")
#: The machine of who reads: what the preview serves there is nowhere for readers.
_LOCAL = re.compile(r"(?:https?:)?//(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\])(?=[:/?#]|\Z)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\Z")
_ARTICLE = re.compile(r"articles?[:/\s]+([a-z0-9-]+)/?\Z", re.IGNORECASE)
_NO_COLON = re.compile(r"(https?)/{1,2}(?=\w)", re.IGNORECASE)
#: Quotation marks, which word processors put around addresses.
_MARKS = "“”„«»‘’\"' \u00a0\u202f"
#: Links between notes and their calls, which are made here and have been compared.
_NOTES = frozenset(("footnote-ref", "footnote-backref"))


class Links(Struct, frozen=True):
    """Where a body leads: to articles and parts of them (key, id or ""), to addresses that may be of the site.

    Among these are the parts that the page of a body may have around it.
    """

    articles: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()


def read_links(root: Element, faults: Faults, folder: str, ids: frozenset[str]) -> Links:
    """Return where the links under ``root`` lead; the paths of other texts become ``article:`` links.

    ``folder`` is the place in the content of what was converted, ``ids`` are those under ``root``. What
    leads nowhere, whatever else is published, is added to ``faults``.
    """
    articles: list[tuple[str, str]] = []
    addresses: list[str] = []
    for node in root.iter("a"):
        if "href" not in node.attrib or node.get("class") in _NOTES:
            continue
        written = (node.get("href") or "").strip()
        try:
            _check_words(node, written, faults)
            href = _resolved(written, faults, folder)
            if href.startswith("#") and unquote(href[1:]) not in {*ids, *TAKEN, "top"}:
                raise _leads_nowhere(href, faults)
        except Invalid as fault:
            faults.add(fault)
            continue
        node.set("href", href)
        if href.startswith("article:"):
            key, _, part = href.removeprefix("article:").partition("#")
            articles.append((key, unquote(part)))
        elif href.lower().startswith(_OF_THE_WEB) or unquote(href[1:]) in TAKEN - ids:
            addresses.append(href)
    return Links(tuple(dict.fromkeys(articles)), tuple(dict.fromkeys(addresses)))


def _check_words(link: Element, href: str, faults: Faults) -> None:
    """Refuse what browsers leave of a link around another, an empty one: links cannot be nested (HTML, 4.5.1)."""
    after = None if link.tail else link.getnext()
    if after is None or next(after.iter("a"), None) is None:
        return
    if not text_of(link).strip() and next(link.iter("img"), None) is None:
        what = say("the link “{href}” holds nothing but another link.", href=href[:80])
        raise faults.fault(as_written(href), what, say("Keep one of the two."))


def _resolved(href: str, faults: Faults, folder: str) -> str:
    """Return the address that ``href`` means; raise :class:`Invalid` where it means none."""
    try:
        path = urlsplit(href).path
    except ValueError as error:
        what = say("“{href}” is not an address.", href=href[:80])
        raise faults.fault(as_written(href), what, say("Check it in a browser.")) from error
    if href.lower().startswith("article:"):
        if not KEY.match(href.removeprefix("article:").partition("#")[0]):
            what = say("“{href}” is not an article.", href=href[:80])
            meant = _meant(href)
            remedy = say("Write {address}.", address=meant) if meant else say("Write article:<folder name>.")
            raise faults.fault(as_written(href), what, remedy)
        return href
    if _LOCAL.match(href):
        raise _leads_nowhere(href, faults)
    if _SCHEME.match(href) or href.startswith(("#", "//")):
        return href
    key = article_at(href, folder)
    if key:
        return f"article:{key}{href[len(path) :]}"
    if href.startswith("/"):
        return href
    raise _leads_nowhere(href, faults)


def article_at(href: str, folder: str) -> str:
    """Return the key of the article to whose file or folder the path ``href`` leads from ``folder``, or ""."""
    path = "" if _SCHEME.match(href) or href.startswith(("#", "//")) else urlsplit(href).path
    found = _TEXT.match(posixpath.normpath(posixpath.join(f"/{folder}", path)).lstrip("/")) if path else None
    return found[1] if found else ""


def _meant(href: str) -> str:
    """Return the address that ``href`` was meant to be, "" where that cannot be told."""
    plain = href.strip(_MARKS)
    article = _ARTICLE.match(plain)
    if article:
        return f"article:{article[1].lower()}"
    if _MAIL.match(plain):
        return f"mailto:{plain}"
    whole = _NO_COLON.sub(r"\1://", plain)
    return whole if whole != href and whole.lower().startswith(_OF_THE_WEB) and not _LOCAL.match(whole) else ""


def _leads_nowhere(href: str, faults: Faults) -> Invalid:
    meant = _meant(href)
    if meant:
        remedy = say("Write {address}.", address=meant)
    elif _HOST.match(href):
        remedy = say("Write https://{address}, if this is where it is.", address=href)
    elif href.startswith("#"):
        remedy = say("Write the id of a heading: its words in small letters, with hyphens.")
    else:
        remedy = say("Write https://…, an address of the site that starts with /, or article:<folder name>.")
    pattern = (
        rf"(?:\]\(\s*<?|\]:\s*<?|=\s*[\"']?|<)(?P<place>{as_written(href)})(?![\w/#-])"
        if href
        else r"\]\(\s*(?:<\s*>)?\s*\)"
    )
    return faults.fault(pattern, say("the link “{href}” leads nowhere.", href=href[:80]), remedy)
