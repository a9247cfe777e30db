"""Single pages: those like “about”, and those for what is not translated, not found, or has moved."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.pages import Page
from newsroom.views.common import Html, Link, Pagination, View, body, entry_link, entry_urls, pagination
from newsroom.views.entities import entity_urls, players
from newsroom.views.places import Place, numbered_places, section_place

#: The sections that a reader who is lost is shown.
_WAYS_OUT = ("search", "claims", "threads", "archives")


class PageView(View, frozen=True, kw_only=True):
    """One page of ``content/pages`` in one language."""

    body: Html


class Missing(Struct, frozen=True):
    """Something that is missing in a language, and where it can be read; ``key`` is its place on the page."""

    key: str
    link: Link


class UntranslatedView(View, frozen=True, kw_only=True):
    """What exists in other languages but not in this one."""

    missing: tuple[Missing, ...]
    pagination: Pagination


class RedirectView(View, frozen=True, kw_only=True):
    """The page at an earlier address, which leads to the present one."""

    target: str


class WayOut(Struct, frozen=True):
    """Where a language begins, and its sections by their words."""

    home: Link
    sections: dict[str, str]


class NotFoundView(View, frozen=True, kw_only=True):
    """The page for an address that leads nowhere; the one at the root is for every language."""

    ways: tuple[WayOut, ...]


def date_of_page(_: Catalogue, page: Page) -> dt.datetime:
    """Return when ``page`` last changed."""
    return page.facts.date


def page_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> PageView:
    """Return the page of ``place``."""
    assert place.entry
    text = place.entry.texts[code]
    return PageView(**frame, title=text.title, description=text.summary, body=body(catalogue, text))


def untranslated_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the pages of what is not translated, where a language switch without a counterpart leads."""
    for code, missing in catalogue.untranslated.items():
        first = section_place(catalogue, "untranslated")
        for place in numbered_places(catalogue, first, len(missing)):
            counterparts = {**first.urls, code: place.urls[code]}
            yield Place({code: place.urls[code]}, number=place.number, counterparts=counterparts, indexed=False)


def untranslated_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> UntranslatedView:
    """Return one page of what a language lacks."""
    missing, size = catalogue.untranslated[code], catalogue.settings.page_size
    part = list(missing.values())[(place.number - 1) * size :][:size]
    url = catalogue.addresses.section(code, "untranslated")
    return UntranslatedView(
        **frame,
        missing=tuple(Missing(entry.anchor, entry_link(catalogue, entry, code)) for _, entry in part),
        pagination=pagination(catalogue, code, url, place.number, len(missing)),
    )


def not_found_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield ``404.html`` of every language, and that of the root, which is in all of them."""
    settings, places = catalogue.settings, catalogue.addresses
    urls = {code: f"{places.home(code)}404.html" for code in settings.codes}
    yield Place(urls, indexed=False)
    root = {settings.default_language: f"{settings.base_path}/404.html"}
    yield Place(root, key="root", counterparts=urls, indexed=False)


def not_found_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> NotFoundView:
    """Return the page of an address that leads nowhere; that of the root leads to every language."""
    settings, places = catalogue.settings, catalogue.addresses
    ways = tuple(
        WayOut(
            Link(places.home(language.code), language.name, language.code),
            {word: places.section(language.code, word) for word in _WAYS_OUT},
        )
        for language in settings.languages
        if place.key or language.code == code
    )
    return NotFoundView(**frame, ways=ways)


def redirect_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield every earlier address: the ``aliases`` of every published entry, the pages of renamed players."""
    for entry in catalogue.entries:
        urls = entry_urls(catalogue, entry)
        for code, text in entry.texts.items():
            for alias in text.aliases:
                old = catalogue.addresses.entry(code, entry.kind, alias)
                yield Place({code: old}, entry, counterparts=urls, indexed=False)
    for key in players(catalogue):
        for former in catalogue.entities[key].former:
            for code, old in entity_urls(catalogue, former).items() if former != key else ():
                yield Place({code: old}, key=key, counterparts=entity_urls(catalogue, key), indexed=False)


def redirect_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> RedirectView:
    """Return the page that leads from an earlier address to the present one."""
    title = place.entry.texts[code].title if place.entry else catalogue.entities[place.key].name[code]
    return RedirectView(**frame, title=title, target=place.alternates[code])
