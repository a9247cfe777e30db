"""The gateway and the home page of each language.

Home is the board of claims: what this is, one claim of every thread with what
became of it, then the newest articles, the topics and the current issue.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import outcome
from newsroom.text.typography import typeset
from newsroom.views.boards import board_url
from newsroom.views.claims import ClaimView, by_verdict_date, claim_views, in_language, score
from newsroom.views.common import Link, Teaser, View, feed_links, teasers
from newsroom.views.editions import EditionTeaser, edition_teaser
from newsroom.views.fan import Fan, fan
from newsroom.views.places import Place
from newsroom.views.structured_data import graph, organisation
from newsroom.views.topics import TopicTeaser, topic_teasers
from newsroom.views.wake import Wake, draw

#: How many articles the home page lists, and how many claims a door of the gateway shows.
_NEW, _SHOWN = 7, 3


class Lead(Struct, frozen=True):
    """The claim that a thread is known by, and its drawing."""

    claim: ClaimView
    wake: Wake | None


class HomeView(View, frozen=True, kw_only=True):
    """The home page of a language: the board, the longest gap on top."""

    board: tuple[Lead, ...]
    fan: Fan | None
    teasers: tuple[Teaser, ...]
    topics: tuple[TopicTeaser, ...]
    edition: EditionTeaser | None


class Door(Struct, frozen=True):
    """A language to enter by: its home, what the site is for, and the claims that its board begins with."""

    home: Link
    tagline: str
    purpose: str
    description: str
    claims: tuple[ClaimView, ...]


class GatewayView(View, frozen=True, kw_only=True):
    """The root of the site: a choice of language, without redirection."""

    doors: tuple[Door, ...]


def home_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the place of the home pages; readers who read none of the languages are sent to the gateway."""
    places = catalogue.addresses
    urls = {code: places.home(code) for code in catalogue.settings.codes}
    yield Place(urls, default=f"{catalogue.settings.base_path}/")


def home_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> HomeView:
    """Return the home page of a language."""
    newest = catalogue.editions[0] if catalogue.editions else None
    return HomeView(
        **frame,
        feeds=feed_links("", place.urls[code]),
        structured=_structured(catalogue, code),
        board=_board(catalogue, code),
        fan=fan(
            score(catalogue, in_language(catalogue.claims.values(), code)),
            partial(board_url, catalogue, code, ""),
        ),
        teasers=teasers(catalogue, catalogue.articles[:_NEW], code),
        topics=topic_teasers(catalogue, code),
        edition=edition_teaser(catalogue, newest, code) if newest else None,
    )


def _board(catalogue: Catalogue, code: str) -> tuple[Lead, ...]:
    """Return the first claim of every thread: the longest delay first, then the newest verdict."""
    today = catalogue.settings.now.date()
    leads = [
        claims[0] for thread in catalogue.threads if (claims := in_language(catalogue.claims_of[thread.key], code))
    ]
    ordered = sorted(by_verdict_date(leads), key=lambda claim: outcome(claim, today).delay, reverse=True)
    return tuple(Lead(view, draw([view], today)) for view in claim_views(catalogue, ordered, code))


def _structured(catalogue: Catalogue, code: str) -> dict[str, Any]:
    """Return the publication in ``code`` as https://schema.org/WebSite."""
    places, name = catalogue.addresses, catalogue.settings.site_name
    home, language = places.absolute(places.home(code)), places.languages[code]
    site = {"@type": "WebSite", "@id": home, "url": home, "name": name, "inLanguage": code}
    return graph({**site, "description": language.description, "publisher": organisation(name, home)})


def gateway_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the place of the root page; its own language is the default one."""
    settings, root = catalogue.settings, f"{catalogue.settings.base_path}/"
    homes = {code: catalogue.addresses.home(code) for code in settings.codes}
    yield Place({settings.default_language: root}, counterparts=homes, default=root)


def gateway_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> GatewayView:
    """Return the root page, in all languages at once."""
    return GatewayView(
        **frame,
        doors=tuple(
            Door(
                Link(place.alternates[language.code], language.name, language.code),
                typeset(language.tagline, language.typography),
                typeset(language.purpose, language.typography),
                typeset(language.description, language.typography),
                tuple(entry.claim for entry in _board(catalogue, language.code)[:_SHOWN]),
            )
            for language in catalogue.settings.languages
        ),
    )
