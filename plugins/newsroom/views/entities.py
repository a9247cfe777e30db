"""Players: a page for every company, agency, organisation, programme and person that occurs."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from newsroom.catalogue import Catalogue
from newsroom.collation import collation_key
from newsroom.reference import ENTITY_KINDS
from newsroom.views.common import Card, Link, View, cards, entry_link, feed_links, frame, section_urls

_COMPANIONS = 8


class EntityView(View, frozen=True, kw_only=True):
    """One player: its articles newest first, its threads, the players it appears with most."""

    kind: str
    cards: tuple[Card, ...]
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


def entity_pages(catalogue: Catalogue) -> Iterator[EntityView]:
    """Yield the page of every player that occurs in a published article."""
    for key in sorted(catalogue.by_entity):
        members = catalogue.by_entity[key]
        urls = entity_urls(catalogue, key)
        threads = {name for article in members for name in article.facts.thread}
        others = Counter(name for article in members for name in article.facts.entities if name != key)
        ranked = sorted(others, key=lambda name: (-others[name], name))[:_COMPANIONS]
        for code in urls:
            name = catalogue.entities[key].name[code]
            yield EntityView(
                **frame(catalogue, "entity", code, urls, key),
                title=name,
                feeds=feed_links(name, urls[code]),
                kind=catalogue.entities[key].kind,
                cards=cards(catalogue, members, code),
                threads=tuple(
                    entry_link(catalogue, thread, "threads", code)
                    for thread in catalogue.threads
                    if thread.key in threads
                ),
                companions=tuple((entity_link(catalogue, other, code), others[other]) for other in ranked),
            )


def entities_page(catalogue: Catalogue) -> Iterator[EntitiesView]:
    """Yield the index of players."""
    urls = section_urls(catalogue, "entities")
    for code in urls:
        yield EntitiesView(**frame(catalogue, "entities", code, urls), groups=_groups(catalogue, code))


def _groups(catalogue: Catalogue, code: str) -> tuple[EntityGroup, ...]:
    groups = []
    for kind in ENTITY_KINDS:
        keys = [key for key in catalogue.by_entity if catalogue.entities[key].kind == kind]
        keys.sort(key=lambda key: collation_key(catalogue.entities[key].name[code]))
        rows = tuple((entity_link(catalogue, key, code), len(catalogue.by_entity[key])) for key in keys)
        if rows:
            groups.append(EntityGroup(kind, rows))
    return tuple(groups)
