"""Links from the content into the site: each must lead to something that is published, and to a part that it has.

They stand in bodies, and where sources say their address.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

import lxml.html
from msgspec import Struct

from newsroom.content import frontmatter
from newsroom.content.catalogue import Catalogue
from newsroom.content.library import Place
from newsroom.content.models import AnyEntry, Source, Text
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
    """A link that may lead into the site: the file and key where it is written, as it is written, and where it leads.

    The address of a ``passage`` (an article, a part of its page, the language) is that of the article in a catalogue.
    """

    file: str
    key: str
    written: str
    address: str = ""
    passage: tuple[str, str, str] | None = None


#: The links of each entry; those of an entry that is still the same object are the same.
Links = Mapping[Place, tuple[AnyEntry, tuple[InternalLink, ...]]]


def links_of(catalogue: Catalogue, before: Links = MappingProxyType({})) -> Links:
    """Return the links of all entries of ``catalogue``; ``before`` are those of an earlier one of the same site."""
    found: dict[Place, tuple[AnyEntry, tuple[InternalLink, ...]]] = {}
    host = _host(catalogue.settings)
    for entry in catalogue.entries:
        place = entry.kind, entry.key
        known = before.get(place)
        same = known and known[0] is entry
        found[place] = known if known and same else (entry, tuple(_links(catalogue, entry, host)))
    return found


def dead_ends(
    catalogue: Catalogue, site: OutputPaths, settings: Settings, links: Links | None = None
) -> Iterator[Problem]:
    """Yield the links of the content that lead to nothing in ``site``, or to a part that the page does not have.

    ``links`` are those of the entries of ``catalogue``, where they are known.
    """
    places = catalogue.addresses
    texts = cache(lambda: _texts(catalogue))
    ids_in = cache(lambda path: ids_of(site.read(path) or b""))
    written = chain.from_iterable(found for _, found in (links or links_of(catalogue)).values())
    for link in chain(written, _cited(catalogue, _host(settings))):
        inside = _inside(_address(catalogue, link), settings)
        if inside is None:
            continue
        parts = urlsplit(inside)
        url, part = f"{settings.base_path}{unquote(parts.path)}", unquote(parts.fragment.partition(_WORDS)[0])
        if places.file(url) not in site:
            start = settings.site_url if link.key else ""  # a source has a whole address
            name, known = (
                f"{start}{parts.path}",
                [f"{start}{page.removeprefix(settings.base_path)}" for page in texts()],
            )
        elif part.lower() in _TOP:
            continue
        else:
            own = texts()[url].body.ids if url in texts() else ()
            if part in own or part in ids_in(places.file(url)):
                continue
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


def _host(settings: Settings) -> str:
    return urlsplit(settings.site_url).netloc.lower()


def _may_be_inside(address: str, host: str) -> bool:
    """Tell whether ``address`` can lead into the site on ``host``; nearly none does, and this is quick to tell."""
    return not _WEB.match(address) or host in address.lower()


def _links(catalogue: Catalogue, entry: AnyEntry, host: str) -> Iterator[InternalLink]:
    """Yield the links of the bodies of ``entry``, and the addresses of its sources, that may lead into the site."""
    base_path = catalogue.settings.base_path
    for text in entry.texts.values():
        for address in text.body.addresses:
            if address.startswith("#"):
                page = catalogue.addresses.entry(text.language, entry.kind, text.slug)
                yield InternalLink(text.file, "", address, f"{page.removeprefix(base_path)}{address}")
            elif _may_be_inside(address, host):
                yield InternalLink(text.file, "", address, address)
        for key, part in text.body.passages:
            if part in TAKEN:  # what the page adds to a body; the rest has been compared with the ids of the body
                passage = (key, part, text.language)
                yield InternalLink(text.file, "", f"article:{key}#{part}", passage=passage)
    for source in getattr(entry.facts, "sources", ()):
        yield from _of_source(entry.lines["sources"][0], "sources", source, host)


def _address(catalogue: Catalogue, link: InternalLink) -> str:
    """Return where ``link`` leads in ``catalogue``."""
    if link.passage is None:
        return link.address
    key, part, language = link.passage
    article = catalogue.by_key[key]
    there = text_in(catalogue, article, language)
    url = catalogue.addresses.entry(there.language, article.kind, there.slug)
    return f"{url.removeprefix(catalogue.settings.base_path)}#{part}"


def _cited(catalogue: Catalogue, host: str) -> Iterator[InternalLink]:
    """Yield the addresses of the sources of verdicts and players that may lead into the site."""
    claims, players = map(catalogue.settings.in_content, (CLAIMS, ENTITIES))
    for claim in catalogue.claims.values():
        for verdict in claim.verdicts:
            yield from _of_source(claims, claim.key, verdict.proof.source, host)
    for player in catalogue.entities.values():
        yield from _of_source(players, player.key, player.source, host)


def _of_source(file: str, key: str, source: Source | None, host: str) -> Iterator[InternalLink]:
    for address in (source.url, source.archive) if source else ():
        if address and _may_be_inside(address, host):
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
