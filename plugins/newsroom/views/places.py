"""Where pages are: their addresses in each language, before any of them is made.

Places are cheap: whoever needs only addresses (sitemaps, the preview of one page) asks for them and makes no view.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import AnyEntry
from newsroom.views.common import View, alternates, entry_urls, page_count


class Place(Struct, frozen=True):
    """One page in each language it exists in, ``urls`` by language code.

    ``entry`` or ``key`` is what it shows, ``number`` the page of a list. ``counterparts`` is
    where the language switch leads if not to ``urls``, ``default`` where
    readers of other languages are sent (``x-default``) if not to the default
    language. Search engines are not told of a page that is not ``indexed``.
    """

    urls: dict[str, str]
    entry: AnyEntry | None = None
    key: str = ""
    number: int = 1
    counterparts: dict[str, str] | None = None
    default: str | None = None
    indexed: bool = True

    @property
    def alternates(self) -> dict[str, str]:
        """The same thing in every language, by code."""
        return self.urls if self.counterparts is None else self.counterparts

    def default_url(self, code: str) -> str:
        """Return where ``x-default`` leads, ``code`` being the default language; "" where it leads nowhere."""
        if self.default is not None or not self.indexed:
            return self.default or ""
        return self.alternates.get(code) or next(iter(self.alternates.values()), "")


class PageKind(Struct, frozen=True):
    """One kind of page: its name, which is also that of its template, where its pages are, and what they show.

    ``view`` takes the catalogue, a place, a language code and, by name, what every
    :class:`View` has. A kind without ``places`` has one page per language, the index of the
    section ``word``, a path word that every language must give. A kind with ``entries`` has a page for
    each of them; those of a ``yearly`` one are the articles. ``modified`` tells when the entry of a
    place last changed, where that is known.
    """

    name: str
    view: Callable[..., View]
    places: Callable[[Catalogue], Iterable[Place]] | None = None
    word: str = ""
    modified: Callable[[Catalogue, Any], dt.datetime] | None = None
    entries: Callable[[Catalogue], Iterable[AnyEntry]] | None = None
    yearly: bool = False

    def places_in(self, catalogue: Catalogue, year: int = 0) -> Iterable[Place]:
        """Return the places of this kind, in order; of a ``yearly`` one, those of a ``year`` where it is given."""
        if self.entries:
            entries = catalogue.by_year[year] if year else self.entries(catalogue)
            return (Place(entry_urls(catalogue, entry), entry) for entry in entries)
        return self.places(catalogue) if self.places else [section_place(catalogue, self.word)]

    def places_at(self, catalogue: Catalogue, url: str) -> Iterable[Place]:
        """Return the places of this kind among which that at ``url`` is, if there is one: as few as can be told."""
        if not self.entries:
            return self.places_in(catalogue)
        slug = url.rstrip("/").rpartition("/")[2]
        entries = self.entries(catalogue)
        found = (entry for entry in entries if any(text.slug == slug for text in entry.texts.values()))
        return [Place(entry_urls(catalogue, entry), entry) for entry in found]

    def view_of(self, catalogue: Catalogue, place: Place, code: str) -> View:
        """Return the page at ``place`` in the language ``code``."""
        return self.view(catalogue, place, code, **self._frame(catalogue, place, code))

    def _frame(self, catalogue: Catalogue, place: Place, code: str) -> dict[str, Any]:
        """Return what every :class:`View` has. Title and description are the view's own."""
        return {
            "template": self.name,
            "language": code,
            "url": place.urls[code],
            "file": catalogue.addresses.file(place.urls[code]),
            "alternates": alternates(catalogue, place.alternates, place.entry.anchor if place.entry else ""),
            "default_url": place.default_url(catalogue.settings.default_language),
            "indexed": place.indexed,
        }


def section_urls(catalogue: Catalogue, word: str) -> dict[str, str]:
    """Return the address of the index of a section in every language."""
    return {code: catalogue.addresses.section(code, word) for code in catalogue.settings.codes}


def section_place(catalogue: Catalogue, word: str) -> Place:
    """Return the place of the index of a section."""
    return Place(section_urls(catalogue, word))


def numbered_places(catalogue: Catalogue, first: Place, count: int) -> Iterator[Place]:
    """Yield the pages of a list of ``count`` articles whose first page is ``first``."""
    return places_of_pages(catalogue, first, page_count(catalogue, count))


def places_of_pages(catalogue: Catalogue, first: Place, pages: int) -> Iterator[Place]:
    """Yield the ``pages`` of a list whose first page is ``first``."""
    for number in range(1, pages + 1):
        urls = {code: catalogue.addresses.numbered(code, url, number) for code, url in first.urls.items()}
        yield Place(urls, first.entry, first.key, number)
