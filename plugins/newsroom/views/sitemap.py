"""What search engines are told: every page in every language, and where old addresses went."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Entry
from newsroom.views.articles import modified
from newsroom.views.common import View, default_url, entry_urls, frame, section_urls, slices
from newsroom.views.entities import entity_urls

#: The protocol allows 50,000 addresses a file (https://www.sitemaps.org/protocol.html).
_LARGEST = 40_000
_SECTIONS = (
    "articles", "topics", "threads", "editions", "entities", "archives", "glossary", "corrections", "sources",
    "open_claims", "calendar", "search", "subscribe",
)  # fmt: skip


class Place(Struct, frozen=True):
    """One thing and where it stands in each language; ``modified`` where its last change is known."""

    urls: dict[str, str]
    default: str
    modified: dt.datetime | None = None


class SitemapView(Struct, frozen=True):
    """One file: places of one language, or (without a language) the index of the other files."""

    file: str
    language: str
    places: tuple[Place, ...]
    sitemaps: tuple[str, ...] = ()


class RedirectView(View, frozen=True, kw_only=True):
    """The page that stands at an earlier address and leads to the present one."""

    target: str


def places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield every page that may be indexed, once for all its languages."""

    def place(urls: dict[str, str], changed: dt.datetime | None = None) -> Place:
        absolute = {code: catalogue.addresses.absolute(url) for code, url in urls.items()}
        return Place(absolute, default_url(catalogue, absolute), changed)

    addresses, codes = catalogue.addresses, catalogue.settings.codes
    home = place({code: addresses.home(code) for code in codes})
    yield Place(home.urls, addresses.absolute(f"{catalogue.settings.base_path}/"))
    for section in _SECTIONS:
        yield place(section_urls(catalogue, section))
    for article in catalogue.articles:
        yield place(entry_urls(catalogue, article, "articles"), modified(catalogue, article))
    for section, entries in _entries(catalogue):
        for entry in entries:
            yield place(entry_urls(catalogue, entry, section))
    for key in sorted(catalogue.by_entity):
        yield place(entity_urls(catalogue, key))
    for page in catalogue.pages:
        yield place(_urls(catalogue, page, ""), page.facts.date)
    for year in sorted(catalogue.by_year):
        yield place({code: f"{url}{year}/" for code, url in section_urls(catalogue, "archives").items()})
    yield from (place(urls) for urls in _further_pages(catalogue))


def _entries(catalogue: Catalogue) -> tuple[tuple[str, tuple[Entry[Any], ...]], ...]:
    return (("topics", catalogue.topics), ("threads", catalogue.threads), ("editions", catalogue.editions))


def _further_pages(catalogue: Catalogue) -> Iterator[dict[str, str]]:
    """Yield pages 2, 3… of the lists."""
    lists = [(section_urls(catalogue, "articles"), len(catalogue.articles))]
    lists += [
        (entry_urls(catalogue, topic, "topics"), len(catalogue.by_topic.get(topic.key, ())))
        for topic in catalogue.topics
    ]
    lists += [(entity_urls(catalogue, key), len(members)) for key, members in sorted(catalogue.by_entity.items())]
    for first, count in lists:
        for number in range(2, -(-count // catalogue.settings.page_size) + 1):
            yield {code: catalogue.addresses.numbered(code, url, number) for code, url in first.items()}


def sitemap_views(catalogue: Catalogue) -> Iterator[SitemapView]:
    """Yield the sitemaps of every language and ``sitemap.xml``, their index."""
    everything = list(places(catalogue))
    files: list[str] = []
    for code in catalogue.settings.codes:
        mine = [place for place in everything if code in place.urls]
        for number, part in enumerate(slices(mine, _LARGEST), start=1):
            url = f"{catalogue.addresses.home(code)}sitemap{'' if number == 1 else f'-{number}'}.xml"
            files.append(catalogue.addresses.absolute(url))
            yield SitemapView(catalogue.addresses.file(url), code, tuple(part))
    yield SitemapView("sitemap.xml", "", (), tuple(files))


def redirect_pages(catalogue: Catalogue) -> Iterator[RedirectView]:
    """Yield a page at every earlier address (``aliases``) of every published entry."""
    for section, entries in (("articles", catalogue.articles), *_entries(catalogue), ("", catalogue.pages)):
        for entry in entries:
            urls = _urls(catalogue, entry, section)
            for code, text in entry.texts.items():
                for alias in text.aliases:
                    old = _url(catalogue, code, section, alias)
                    base = frame(catalogue, "redirect", code, urls, entry.key)
                    place = {"url": old, "file": catalogue.addresses.file(old)}
                    yield RedirectView(**{**base, **place}, title=text.title, target=urls[code], indexed=False)


def _urls(catalogue: Catalogue, entry: Entry[Any], section: str) -> dict[str, str]:
    return {code: _url(catalogue, code, section, text.slug) for code, text in entry.texts.items()}


def _url(catalogue: Catalogue, code: str, section: str, slug: str) -> str:
    """Return the address of a slug in a section, or at the root of the language where there is none."""
    return catalogue.addresses.item(code, section, slug) if section else catalogue.addresses.page(code, slug)
