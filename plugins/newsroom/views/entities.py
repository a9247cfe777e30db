"""Players: a page for every company, agency, organisation, programme and person that occurs."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.registers import ENTITY_KINDS
from newsroom.text.collation import collation_key
from newsroom.views.common import (
    Card,
    Link,
    Pagination,
    View,
    cards,
    feed_links,
    pagination,
    thread_links,
)
from newsroom.views.places import Place, numbered_places

_COMPANIONS = 8


class EntityView(View, frozen=True, kw_only=True):
    """One player: its articles newest first, its threads, the players it appears with most."""

    kind: str
    cards: tuple[Card, ...]
    pagination: Pagination
    threads: tuple[Link, ...]
    companions: tuple[tuple[Link, int], ...]


class EntityGroup(Struct, frozen=True):
    """The players of one kind, in the order of the alphabet, with their numbers of articles."""

    kind: str
    entities: tuple[tuple[Link, int], ...]


class EntitiesView(View, frozen=True, kw_only=True):
    """The index of players, by kind."""

    groups: tuple[EntityGroup, ...]


def entity_urls(catalogue: Catalogue, key: str) -> dict[str, str]:
    """Return the address of a player in every language."""
    return {code: catalogue.addresses.item(code, "entities", key) for code in catalogue.settings.codes}


def entity_link(catalogue: Catalogue, key: str, code: str) -> Link:
    """Return a link to the page of a player."""
    return Link(catalogue.addresses.item(code, "entities", key), catalogue.entities[key].name[code], code)


def entity_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the pages of every player that occurs in a published article, its articles in pages."""
    for key in sorted(catalogue.by_entity):
        first = Place(entity_urls(catalogue, key), key=key)
        yield from numbered_places(catalogue, first, len(catalogue.by_entity[key]))


def entity_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> EntityView:
    """Return one page of the player of ``place``."""
    key, size = place.key, catalogue.settings.page_size
    members, name = catalogue.by_entity[key], catalogue.entities[key].name[code]
    first = entity_urls(catalogue, key)[code]
    return EntityView(
        **frame,
        title=name,
        feeds=feed_links(name, first),
        kind=catalogue.entities[key].kind,
        cards=cards(catalogue, members[(place.number - 1) * size :][:size], code),
        pagination=pagination(catalogue, code, first, place.number, len(members)),
        threads=thread_links(catalogue, members, code),
        companions=_companions(catalogue, key, code),
    )


def _companions(catalogue: Catalogue, key: str, code: str) -> tuple[tuple[Link, int], ...]:
    """Return the players that appear with ``key`` most, with the number of articles they share."""
    others = Counter(name for article in catalogue.by_entity[key] for name in article.facts.entities if name != key)
    ranked = sorted(others, key=lambda name: (-others[name], name))[:_COMPANIONS]
    return tuple((entity_link(catalogue, other, code), others[other]) for other in ranked)


def entities_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> EntitiesView:
    """Return the index of players."""
    return EntitiesView(**frame, groups=_groups(catalogue, code))


def _groups(catalogue: Catalogue, code: str) -> tuple[EntityGroup, ...]:
    alphabet = catalogue.addresses.languages[code].alphabet
    groups = []
    for kind in ENTITY_KINDS:
        keys = [key for key in catalogue.by_entity if catalogue.entities[key].kind == kind]
        keys.sort(key=lambda key: collation_key(catalogue.entities[key].name[code], alphabet))
        rows = tuple((entity_link(catalogue, key, code), len(catalogue.by_entity[key])) for key in keys)
        if rows:
            groups.append(EntityGroup(kind, rows))
    return tuple(groups)
