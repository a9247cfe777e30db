"""The whole of what was published: one list in pages, and one page a year."""

from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.views.common import Card, Pagination, View, cards, frame, pagination, section_urls, slices


class Year(Struct, frozen=True):
    """How many articles a year has, and where they are listed ("" for a year without any)."""

    year: int
    count: int
    url: str


class ListView(View, frozen=True, kw_only=True):
    """One page of the list of all articles, newest first."""

    cards: tuple[Card, ...]
    pagination: Pagination


class YearView(View, frozen=True, kw_only=True):
    """The articles of one year, newest first, and the years around it."""

    year: int
    cards: tuple[Card, ...]
    years: tuple[Year, ...]


class ArchiveView(View, frozen=True, kw_only=True):
    """The index of the archive: the years, newest first."""

    years: tuple[Year, ...]


def list_pages(catalogue: Catalogue) -> Iterator[ListView]:
    """Yield the pages of the list of all articles."""
    parts = slices(catalogue.articles, catalogue.settings.page_size)
    first = section_urls(catalogue, "articles")
    for number, part in enumerate(parts, start=1):
        urls = {code: catalogue.addresses.numbered(code, url, number) for code, url in first.items()}
        for code in urls:
            yield ListView(
                **frame(catalogue, "articles", code, urls),
                cards=cards(catalogue, part, code),
                pagination=pagination(catalogue, code, first[code], number, len(catalogue.articles)),
            )


def archive_pages(catalogue: Catalogue) -> Iterator[ArchiveView | YearView]:
    """Yield the index of the archive, and a page for every year that has articles."""
    root = section_urls(catalogue, "archives")
    years = {code: _years(catalogue, url) for code, url in root.items()}
    for code in root:
        yield ArchiveView(**frame(catalogue, "archives", code, root), years=years[code])
    for year, members in catalogue.by_year.items():
        urls = {code: f"{url}{year}/" for code, url in root.items()}
        for code in urls:
            yield YearView(
                **frame(catalogue, "year", code, urls),
                year=year,
                cards=cards(catalogue, members, code),
                years=years[code],
            )


def _years(catalogue: Catalogue, url: str) -> tuple[Year, ...]:
    return tuple(
        Year(year, len(catalogue.by_year[year]), f"{url}{year}/") for year in sorted(catalogue.by_year, reverse=True)
    )
