"""Everything that was published: one list in pages, and one page per year."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from newsroom.content.catalogue import Catalogue
from newsroom.views.common import Link, Pagination, Teaser, View, event_link, page_of, pagination, teasers
from newsroom.views.places import Place, numbered_places, section_place, section_urls

#: How many events of a year the index names.
_TOLD = 12


class Year(Struct, frozen=True):
    """How many articles a year has, where they are listed, and in the index what its newest ones tell, oldest first."""

    year: int
    count: int
    url: str
    events: tuple[Link, ...] = ()


class ListView(View, frozen=True, kw_only=True):
    """One page of the list of all articles, newest first."""

    teasers: tuple[Teaser, ...]
    pagination: Pagination


class YearView(View, frozen=True, kw_only=True):
    """The articles of one year, newest first, and its neighbouring years."""

    year: int
    teasers: tuple[Teaser, ...]
    years: tuple[Year, ...]


class ArchiveView(View, frozen=True, kw_only=True):
    """The index of the archive: the years, newest first."""

    years: tuple[Year, ...]


def list_places(catalogue: Catalogue) -> Iterable[Place]:
    """Return the pages of the list of all articles."""
    return numbered_places(catalogue, section_place(catalogue, "articles"), len(catalogue.articles))


def list_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> ListView:
    """Return one page of the list of all articles."""
    size, url = catalogue.settings.page_size, catalogue.addresses.section(code, "articles")
    return ListView(
        **frame,
        teasers=teasers(catalogue, page_of(catalogue.articles, place.number, size), code),
        pagination=pagination(catalogue, code, url, place.number, len(catalogue.articles)),
    )


def archives_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> ArchiveView:
    """Return the index of the archive."""
    years = _years(catalogue, place.urls[code])
    return ArchiveView(
        **frame, years=tuple(replace(year, events=_events(catalogue, year.year, code)) for year in years)
    )


def _events(catalogue: Catalogue, year: int, code: str) -> tuple[Link, ...]:
    newest = catalogue.by_year[year][:_TOLD]
    return tuple(event_link(catalogue, article, code) for article in reversed(newest))


def year_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the place of every year that has articles."""
    for year in catalogue.by_year:
        yield Place({code: f"{url}{year}/" for code, url in section_urls(catalogue, "archives").items()}, key=str(year))


def year_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> YearView:
    """Return the page of the year of ``place``."""
    year = int(place.key)
    return YearView(
        **frame,
        year=year,
        teasers=teasers(catalogue, catalogue.by_year[year], code),
        years=_years(catalogue, catalogue.addresses.section(code, "archives")),
    )


def _years(catalogue: Catalogue, url: str) -> tuple[Year, ...]:
    return tuple(
        Year(year, len(catalogue.by_year[year]), f"{url}{year}/") for year in sorted(catalogue.by_year, reverse=True)
    )
