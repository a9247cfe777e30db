"""Sitemaps: every page in every language."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import AnyEntry
from newsroom.views.chapters import Chapter, Row, Rows, rows_in
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


def sitemap_chapters(catalogue: Catalogue) -> Iterator[Chapter]:
    """Yield the pages of each kind in each language, and those of articles year by year."""
    for code in catalogue.settings.codes:
        for number, kind in enumerate(PAGES):
            for year in catalogue.by_year if kind.yearly else (0,):
                locations = partial(_locations, code=code, number=number, year=year)
                yield Chapter(code, f"{kind.name} in {code}{f' of {year}' if year else ''}", locations)


def _locations(catalogue: Catalogue, *, code: str, number: int, year: int) -> list[Row]:
    """Return the pages of the ``number``-th kind that may be indexed; ``year`` is 0 where it is not told by years."""
    absolute, default, kind = catalogue.addresses.absolute, catalogue.settings.default_language, PAGES[number]
    return [
        (
            (number, *(_newest_first(place.entry) if year and place.entry else (position,))),
            Location(
                absolute(place.urls[code]),
                {language: absolute(url) for language, url in place.alternates.items()},
                absolute(place.default_url(default)),
                kind.modified(catalogue, place.entry) if kind.modified else None,
            ),
        )
        for position, place in enumerate(kind.places_in(catalogue, year))
        if place.indexed and code in place.urls
    ]


def _newest_first(entry: AnyEntry) -> tuple[float, str]:
    return -entry.facts.date.timestamp(), entry.key


def sitemap_views(catalogue: Catalogue, rows: Rows | None = None) -> Iterator[SitemapView]:
    """Yield the sitemaps of every language and ``sitemap.xml``, their index.

    ``rows`` are those of the chapters, where they are known.
    """
    rows = rows or rows_in(sitemap_chapters(catalogue), lambda chapter: chapter.rows(catalogue))
    files: list[str] = []
    for code in catalogue.settings.codes:
        for number, part in enumerate(slices(list(rows(code)), _LARGEST), start=1):
            url = f"{catalogue.addresses.home(code)}sitemap{'' if number == 1 else f'-{number}'}.xml"
            files.append(catalogue.addresses.absolute(url))
            yield SitemapView(catalogue.addresses.file(url), tuple(part))
    yield SitemapView("sitemap.xml", (), tuple(files))
