"""Players: companies, agencies, organisations, programmes, people; what they announced, and what was written.

A player about whom there is nothing to say (no ``about``) has no page, and is only named where it occurs.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Source
from newsroom.content.registers import ENTITY_KINDS, Entity
from newsroom.text.collation import collation_key
from newsroom.views.claims import ClaimView, Score, by_verdict_date, claim_views, claims_of_player, in_language, score
from newsroom.views.common import (
    Link,
    Pagination,
    Teaser,
    View,
    feed_links,
    page_of,
    pagination,
    player_link,
    teasers,
    thread_links,
)
from newsroom.views.places import Place, numbered_places

_COMPANIONS = 8


class EntityView(View, frozen=True, kw_only=True):
    """One player: who it is, what it announced, its articles, newest first, and the players it appears with most."""

    kind: str
    about: Link
    source: Source | None
    claims: tuple[ClaimView, ...]
    score: Score
    teasers: tuple[Teaser, ...]
    pagination: Pagination
    threads: tuple[Link, ...]
    companions: tuple[tuple[Link, int], ...]


class EntityGroup(Struct, frozen=True):
    """The players of one kind in alphabetical order, with their numbers of articles."""

    kind: str
    entities: tuple[tuple[Link, int], ...]


class EntitiesView(View, frozen=True, kw_only=True):
    """The index of players, by kind."""

    groups: tuple[EntityGroup, ...]


def entity_urls(catalogue: Catalogue, key: str) -> dict[str, str]:
    """Return the address of a player in every language."""
    return {code: catalogue.addresses.item(code, "entities", key) for code in catalogue.settings.codes}


def players(catalogue: Catalogue) -> list[str]:
    """Return the keys of the players that have a page: those with an ``about`` and an article or a claim."""
    claimants = {key for claim in catalogue.claims.values() for key in claim.by}
    found = (key for key in catalogue.entities if key in catalogue.by_entity or key in claimants)
    return sorted(key for key in found if catalogue.entities[key].about)


def entity_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the pages of every player that has one, its articles in pages."""
    for key in players(catalogue):
        first = Place(entity_urls(catalogue, key), key=key)
        yield from numbered_places(catalogue, first, len(catalogue.by_entity.get(key, ())))


def entity_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> EntityView:
    """Return one page of the player of ``place``."""
    key, size = place.key, catalogue.settings.page_size
    player = catalogue.entities[key]
    members, name = catalogue.by_entity.get(key, ()), player.name[code]
    claims = in_language(claims_of_player(catalogue, key), code)
    first = entity_urls(catalogue, key)[code]
    return EntityView(
        **frame,
        title=name,
        feeds=feed_links(name, first),
        kind=player.kind,
        about=_about(player, code),
        source=player.source,
        claims=claim_views(catalogue, by_verdict_date(claims), code) if place.number == 1 else (),
        score=score(catalogue, claims),
        teasers=teasers(catalogue, page_of(members, place.number, size), code),
        pagination=pagination(catalogue, code, first, place.number, len(members)),
        threads=thread_links(catalogue, {each for member in members for each in member.facts.thread}, code),
        companions=_companions(catalogue, key, code),
    )


def _about(player: Entity, code: str) -> Link:
    """Return who a player is, in ``code`` or in the first language that says it."""
    language = code if code in player.about else next(iter(player.about))
    return Link("", player.about[language], language)


def _companions(catalogue: Catalogue, key: str, code: str) -> tuple[tuple[Link, int], ...]:
    """Return the players that appear most often with ``key``, with the number of articles they share."""
    members = catalogue.by_entity.get(key, ())
    others = Counter(name for article in members for name in article.facts.entities if name != key)
    ranked = sorted(others, key=lambda name: (-others[name], name))[:_COMPANIONS]
    return tuple((player_link(catalogue, other, code), others[other]) for other in ranked)


def entities_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> EntitiesView:
    """Return the index of players."""
    return EntitiesView(**frame, groups=_groups(catalogue, code))


def _groups(catalogue: Catalogue, code: str) -> tuple[EntityGroup, ...]:
    alphabet = catalogue.addresses.languages[code].alphabet
    groups = []
    for kind in ENTITY_KINDS:
        keys = [key for key in players(catalogue) if catalogue.entities[key].kind == kind]
        keys.sort(key=lambda key: collation_key(catalogue.entities[key].name[code], alphabet))
        rows = tuple((player_link(catalogue, key, code), len(catalogue.by_entity.get(key, ()))) for key in keys)
        if rows:
            groups.append(EntityGroup(kind, rows))
    return tuple(groups)
