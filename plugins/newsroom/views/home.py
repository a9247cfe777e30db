"""The gateway and the home page of each language.

Home answers four questions in this order: what is new, what moved, what is
still awaited, what the topics look like.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import Outcome, outcome_of
from newsroom.content.models import Article
from newsroom.dates import PartialDate
from newsroom.views.articles import Step, step
from newsroom.views.claims import Claim, open_claims
from newsroom.views.common import Card, Link, View, cards, feed_links
from newsroom.views.editions import EditionCard, edition_card
from newsroom.views.places import Place
from newsroom.views.structured_data import graph, organisation
from newsroom.views.threads import Wake, wake
from newsroom.views.topics import TopicCard, topic_cards

_NEW, _MOVED, _AWAITED = 7, 4, 5


class Move(Struct, frozen=True):
    """An old claim and what became of it, side by side."""

    claim: Step
    status: str
    date: PartialDate
    text: str
    step: Step | None


class HomeView(View, frozen=True, kw_only=True):
    """The home page of a language."""

    lead: Card | None
    wake: Wake | None
    cards: tuple[Card, ...]
    more: str
    moves: tuple[Move, ...]
    awaited: tuple[Claim, ...]
    topics: tuple[TopicCard, ...]
    edition: EditionCard | None


class GatewayView(View, frozen=True, kw_only=True):
    """The root of the site: a choice of language, without redirection."""

    homes: tuple[tuple[Link, str, str], ...]


def home_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the place of the home pages; readers of none of the languages are sent to the gateway."""
    places = catalogue.addresses
    urls = {code: places.home(code) for code in catalogue.settings.codes}
    yield Place(urls, default=f"{catalogue.settings.base_path}/")


def home_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> HomeView:
    """Return the home page of a language."""
    shown = cards(catalogue, catalogue.articles[:_NEW], code)
    newest = catalogue.editions[0] if catalogue.editions else None
    return HomeView(
        **frame,
        feeds=feed_links("", place.urls[code]),
        structured=_structured(catalogue, code),
        lead=shown[0] if shown else None,
        wake=wake(catalogue, catalogue.articles[0], code) if shown else None,
        cards=shown[1:],
        more=catalogue.addresses.section(code, "articles"),
        moves=_moves(catalogue, code),
        awaited=open_claims(catalogue, code)[:_AWAITED],
        topics=topic_cards(catalogue, code),
        edition=edition_card(catalogue, newest, code) if newest else None,
    )


def _structured(catalogue: Catalogue, code: str) -> dict[str, Any]:
    """Return the publication in ``code`` as https://schema.org/WebSite."""
    places, name = catalogue.addresses, catalogue.settings.site_name
    home, language = places.absolute(places.home(code)), places.languages[code]
    site = {"@type": "WebSite", "@id": home, "url": home, "name": name, "inLanguage": code}
    return graph({**site, "description": language.description, "publisher": organisation(name, home)})


def _moves(catalogue: Catalogue, code: str) -> tuple[Move, ...]:
    found: list[tuple[Outcome, Article]] = []
    for article in catalogue.articles:
        outcome = outcome_of(article, catalogue.settled_by.get(article.key, ()))
        if outcome:
            found.append((outcome, article))
    found.sort(key=lambda pair: (-pair[0].date.first.toordinal(), pair[1].key))
    return tuple(
        Move(
            step(catalogue, article, code),
            outcome.status,
            outcome.date,
            outcome.text.get(code, ""),
            step(catalogue, catalogue.by_key[outcome.article], code) if outcome.article else None,
        )
        for outcome, article in found[:_MOVED]
    )


def gateway_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the place of the root page; its own language is the default one."""
    settings, root = catalogue.settings, f"{catalogue.settings.base_path}/"
    homes = {code: catalogue.addresses.home(code) for code in settings.codes}
    yield Place({settings.default_language: root}, counterparts=homes, default=root)


def gateway_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> GatewayView:
    """Return the root page, in all languages at once."""
    return GatewayView(
        **frame,
        homes=tuple(
            (
                Link(place.alternates[language.code], language.name, language.code),
                language.tagline,
                language.description,
            )
            for language in catalogue.settings.languages
        ),
    )
