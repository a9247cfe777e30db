"""All feeds of a language in one file, which feed readers import: OPML."""

from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.addresses import FEED_FILES
from newsroom.content.catalogue import Catalogue
from newsroom.messages import N_
from newsroom.views.feed_items import Channel
from newsroom.views.feeds import FEEDS

#: The recommended format: its items say when they changed, and ids and dates have one form.
RECOMMENDED = "atom"
#: The name of a group of feeds, by kind; feeds of other kinds are in no group.
GROUPS = {"topics": N_("Topics"), "threads": N_("Stories"), "players": N_("Players")}


class Outline(Struct, frozen=True):
    """One feed: its title, or the message of the interface that is its title; its address, its page."""

    title: str
    message: str
    url: str
    page: str


class OpmlView(Struct, frozen=True):
    """The feeds of a language: those of the whole site, then the others by group, whose names are messages."""

    file: str
    language: str
    name: str
    language_name: str
    feeds: tuple[Outline, ...]
    groups: tuple[tuple[str, tuple[Outline, ...]], ...]


def opml_url(catalogue: Catalogue, code: str) -> str:
    """Return the address of the file of a language."""
    return f"{catalogue.addresses.home(code)}feeds.opml"


def opml_views(catalogue: Catalogue) -> Iterator[OpmlView]:
    """Yield the file of every language."""
    channels = {kind.name: list(kind.channels(catalogue)) for kind in FEEDS}
    for language in catalogue.settings.languages:
        found = {
            name: tuple(_outline(catalogue, channel) for channel in all_of_it if channel.language == language.code)
            for name, all_of_it in channels.items()
        }
        yield OpmlView(
            file=catalogue.addresses.file(opml_url(catalogue, language.code)),
            language=language.code,
            name=catalogue.settings.site_name,
            language_name=language.name,
            feeds=tuple(outline for name, outlines in found.items() if name not in GROUPS for outline in outlines),
            groups=tuple((GROUPS[name], outlines) for name, outlines in found.items() if name in GROUPS and outlines),
        )


def _outline(catalogue: Catalogue, channel: Channel) -> Outline:
    places = catalogue.addresses
    url = places.absolute(f"{channel.url}{FEED_FILES[RECOMMENDED]}")
    return Outline(channel.title, channel.message, url, places.absolute(channel.url))
