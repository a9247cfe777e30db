"""Links from the content into the site: each must lead to something that is published, and to a part that it has.

They stand in bodies, and where sources say their address.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

import lxml.html
from msgspec import Struct

from newsroom.content import frontmatter
from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Source, Text
from newsroom.content.registers import CLAIMS, ENTITIES
from newsroom.problems import Position, Problem, nearest, position_in
from newsroom.sentences import say
from newsroom.settings import Settings
from newsroom.text.faults import as_written
from newsroom.text.headings import TAKEN
from newsroom.views.common import text_in

#: The top of every page (HTML, 7.4.6.4), and what is read by browsers alone (https://wicg.github.io/scroll-to-text-fragment/).
_TOP, _WORDS = ("", "top"), ":~:"
_WEB = re.compile("https?://")


class OutputPaths(Protocol):
    """The outputs of a site by path."""

    def __contains__(self, path: object) -> bool:
        """Tell whether there is an output at ``path``."""

    def read(self, path: str) -> bytes | None:
        """Return what stands at ``path``."""


class InternalLink(Struct, frozen=True):
    """A link: the file and key where it is written, as it is written, and where it leads."""

    file: str
    key: str
    written: str
    address: str


def dead_ends(catalogue: Catalogue, site: OutputPaths, settings: Settings) -> Iterator[Problem]:
    """Yield the links of the content that lead to nothing in ``site``, or to a part that the page does not have."""
    places = catalogue.addresses
    texts = _texts(catalogue)
    pages = [url.removeprefix(settings.base_path) for url in texts]
    ids_in = cache(lambda path: ids_of(site.read(path) or b""))
    host = urlsplit(settings.site_url).netloc.lower()
    for link in chain(_links(catalogue, texts), _cited(catalogue)):
        if _WEB.match(link.address) and host not in link.address.lower():  # nearly all, and quick to tell
            continue
        inside = _inside(link.address, settings)
        if inside is None:
            continue
        parts = urlsplit(inside)
        url, part = f"{settings.base_path}{unquote(parts.path)}", unquote(parts.fragment.partition(_WORDS)[0])
        own = texts[url].body.ids if url in texts else ()
        if places.file(url) not in site:
            start = settings.site_url if link.key else ""  # a source has a whole address
            name, known = f"{start}{parts.path}", [f"{start}{page}" for page in pages]
        elif part.lower() in _TOP or part in own or part in ids_in(places.file(url)):
            continue
        else:
            name, known = part, sorted({*own, *ids_in(places.file(url))})
        what = say("the link “{href}” leads nowhere.", href=link.written[:80])
        place = _place(settings, link)
        yield Problem(link.file, place.line, link.key, what, nearest(name, known), place.column)


def ids_of(page: bytes) -> frozenset[str]:
    """Return the parts of a page that a link can lead to."""
    if not page.strip():
        return frozenset()
    root = lxml.html.fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))
    return frozenset(str(node.get("id")) for node in root.iter() if node.get("id"))


def _texts(catalogue: Catalogue) -> dict[str, Text]:
    """Return the texts that have a page, by its address."""
    return {
        catalogue.addresses.entry(text.language, entry.kind, text.slug): text
        for entry in catalogue.entries
        for text in entry.texts.values()
    }


def _links(catalogue: Catalogue, texts: dict[str, Text]) -> Iterator[InternalLink]:
    """Yield the links of bodies."""
    base_path = catalogue.settings.base_path
    for page, text in texts.items():
        for address in text.body.addresses:
            target = f"{page.removeprefix(base_path)}{address}" if address.startswith("#") else address
            yield InternalLink(text.file, "", address, target)
        for key, part in text.body.passages:
            if part in TAKEN:  # what the page adds to a body; the rest has been compared with the ids of the body
                article = catalogue.by_key[key]
                there = text_in(catalogue, article, text.language)
                url = catalogue.addresses.entry(there.language, article.kind, there.slug)
                yield InternalLink(text.file, "", f"article:{key}#{part}", f"{url.removeprefix(base_path)}#{part}")


def _cited(catalogue: Catalogue) -> Iterator[InternalLink]:
    """Yield the addresses of the sources of articles, verdicts and players."""
    claims, players = map(catalogue.settings.in_content, (CLAIMS, ENTITIES))
    sources: list[tuple[str, str, Source | None]] = [
        (article.lines["sources"][0], "sources", source)
        for article in catalogue.articles
        for source in article.facts.sources
    ]
    for claim in catalogue.claims.values():
        sources += [(claims, claim.key, verdict.proof.source) for verdict in claim.verdicts]
    sources += [(players, player.key, player.source) for player in catalogue.entities.values()]
    for file, key, source in sources:
        for address in (source.url, source.archive) if source else ():
            if address:
                yield InternalLink(file, key, address, address)


def _inside(address: str, settings: Settings) -> str | None:
    """Return ``address`` from the root of the site, None where it leads elsewhere."""
    parts, own = urlsplit(address), urlsplit(settings.site_url)
    if not parts.netloc:
        return address
    base = f"{settings.base_path}/"
    if parts.netloc.lower() != own.netloc.lower() or not f"{parts.path}/".startswith(base):
        return None
    return urlunsplit(("", "", parts.path.removeprefix(settings.base_path) or "/", parts.query, parts.fragment))


def _place(settings: Settings, link: InternalLink) -> Position:
    """Return where the address is first written in the file, else its first line."""
    source = frontmatter.decode((settings.content.parent / link.file).read_bytes())
    found = re.search(rf"{as_written(link.written)}(?![\w/#-])", source)
    return position_in(source, found.start()) if found else Position(1)
