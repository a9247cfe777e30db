"""Links from the content into the site: each must lead to something that is published, and to a part that it has."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

import lxml.html

from newsroom.content import frontmatter
from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Entry, Text
from newsroom.problems import Problem, nearest
from newsroom.sentences import say
from newsroom.settings import Settings
from newsroom.text.faults import as_written
from newsroom.text.headings import TAKEN
from newsroom.views.common import text_in

#: The top of every page (HTML, 7.4.6.4), and what is read by browsers alone (https://wicg.github.io/scroll-to-text-fragment/).
_TOP, _WORDS = ("", "top"), ":~:"


class Site(Protocol):
    """The outputs of a site by path."""

    def __contains__(self, path: object) -> bool:
        """Tell whether there is an output at ``path``."""

    def read(self, path: str) -> bytes | None:
        """Return what stands at ``path``."""


def dead_ends(catalogue: Catalogue, site: Site, settings: Settings) -> Iterator[Problem]:
    """Yield the links of bodies that lead to nothing in ``site``, or to a part that the page does not have."""
    places = catalogue.addresses
    texts = _texts(catalogue)
    pages = [url.removeprefix(settings.base_path) for url in texts]
    ids_in = cache(lambda path: ids_of(site.read(path) or b""))
    for page, text in texts.items():
        for written, address in _links(catalogue, page, text):
            inside = _inside(address, settings)
            if inside is None:
                continue
            parts = urlsplit(inside)
            url, part = f"{settings.base_path}{unquote(parts.path)}", unquote(parts.fragment.partition(_WORDS)[0])
            own = texts[url].body.ids if url in texts else ()
            if places.file(url) not in site:
                name, known = parts.path, pages
            elif part.lower() in _TOP or part in own or part in ids_in(places.file(url)):
                continue
            else:
                name, known = part, sorted({*own, *ids_in(places.file(url))})
            what = say("the link “{href}” leads nowhere.", href=written[:80])
            yield Problem(text.file, _line(settings, text.file, written), "", what, nearest(name, known))


def ids_of(page: bytes) -> frozenset[str]:
    """Return the parts of a page that a link can lead to."""
    if not page.strip():
        return frozenset()
    root = lxml.html.fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))
    return frozenset(str(node.get("id")) for node in root.iter() if node.get("id"))


def _texts(catalogue: Catalogue) -> dict[str, Text]:
    """Return the texts that have a page, by its address."""
    kinds: dict[str, Sequence[Entry[Any]]] = {
        "articles": catalogue.articles,
        "topics": catalogue.topics,
        "threads": catalogue.threads,
        "editions": catalogue.editions,
        "pages": catalogue.pages,
    }
    return {
        catalogue.addresses.entry(text.language, kind, text.slug): text
        for kind, entries in kinds.items()
        for entry in entries
        for text in entry.texts.values()
    }


def _links(catalogue: Catalogue, page: str, text: Text) -> Iterator[tuple[str, str]]:
    """Yield the links of ``text`` as they are written, and where they lead."""
    base_path = catalogue.settings.base_path
    for address in text.body.addresses:
        yield address, f"{page.removeprefix(base_path)}{address}" if address.startswith("#") else address
    for key, part in text.body.passages:
        if part in TAKEN:  # what the page adds to a body; the rest has been compared with the ids of the body
            article = catalogue.by_key[key]
            target = text_in(catalogue, article, text.language)
            url = catalogue.addresses.entry(target.language, article.kind, target.slug)
            yield f"article:{key}#{part}", f"{url.removeprefix(base_path)}#{part}"


def _inside(address: str, settings: Settings) -> str | None:
    """Return ``address`` from the root of the site, None where it leads elsewhere."""
    parts, own = urlsplit(address), urlsplit(settings.site_url)
    if not parts.netloc:
        return address
    base = f"{settings.base_path}/"
    if parts.netloc.lower() != own.netloc.lower() or not f"{parts.path}/".startswith(base):
        return None
    return urlunsplit(("", "", parts.path.removeprefix(settings.base_path) or "/", parts.query, parts.fragment))


def _line(settings: Settings, file: str, address: str) -> int:
    """Return the line of the file on which an address is first written, else 1."""
    source = frontmatter.decode((settings.content.parent / file).read_bytes())
    found = re.search(rf"{as_written(address)}(?![\w/#-])", source)
    return source.count("\n", 0, found.start()) + 1 if found else 1
