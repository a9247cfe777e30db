"""Sitemaps: every page in every language."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.views.common import slices
from newsroom.views.kinds import PAGES

#: The protocol allows 50,000 addresses a file (https://www.sitemaps.org/protocol.html).
_LARGEST = 40_000


class Location(Struct, frozen=True):
    """One page: its absolute address in each language, where ``x-default`` leads, its last change where known."""

    url: str
    alternates: dict[str, str]
    default: str
    modified: dt.datetime | None = None


class SitemapView(Struct, frozen=True):
    """One file: the pages of one language, or the index of the other files."""

    file: str
    locations: tuple[Location, ...]
    sitemaps: tuple[str, ...] = ()


def _locations(catalogue: Catalogue, code: str) -> list[Location]:
    """Return every page of a language that may be indexed, in the order of the table of pages."""
    absolute, default = catalogue.addresses.absolute, catalogue.settings.default_language
    return [
        Location(
            absolute(place.urls[code]),
            {language: absolute(url) for language, url in place.alternates.items()},
            absolute(place.default_url(default)),
            kind.modified(catalogue, place.entry) if kind.modified else None,
        )
        for kind in PAGES
        for place in kind.places_in(catalogue)
        if place.indexed and code in place.urls
    ]


def sitemap_views(catalogue: Catalogue) -> Iterator[SitemapView]:
    """Yield the sitemaps of every language and ``sitemap.xml``, their index."""
    files: list[str] = []
    for code in catalogue.settings.codes:
        for number, part in enumerate(slices(_locations(catalogue, code), _LARGEST), start=1):
            url = f"{catalogue.addresses.home(code)}sitemap{'' if number == 1 else f'-{number}'}.xml"
            files.append(catalogue.addresses.absolute(url))
            yield SitemapView(catalogue.addresses.file(url), tuple(part))
    yield SitemapView("sitemap.xml", (), tuple(files))
