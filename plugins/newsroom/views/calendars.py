"""Announced dates, one calendar per topic and language."""

import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.dates import PartialDate
from newsroom.views.articles import modified
from newsroom.views.claims import dates, given_up, label


class Appointment(Struct, frozen=True):
    """One announced date: ``uid`` is permanent, ``changed`` when the article last changed.

    ``sequence`` counts the times the date slipped.
    """

    uid: str
    due: PartialDate
    sequence: int
    summary: str
    description: str
    url: str
    changed: dt.datetime
    cancelled: bool = False


class AgendaView(Struct, frozen=True):
    """A calendar in one language: its output file, its name, its events."""

    file: str
    language: str
    name: str
    events: tuple[Appointment, ...]


def sorted_events(events: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Return ``events`` in order of date, then of UID."""
    return tuple(sorted(events, key=lambda event: (event.due.first, event.uid)))


def agenda_views(catalogue: Catalogue) -> Iterator[AgendaView]:
    """Yield a calendar per topic and language, beside the page of the calendar.

    A topic without an announced date has none: RFC 5545, 3.4 asks for at least one event.
    """
    settings, places = catalogue.settings, catalogue.addresses
    for code in settings.codes:
        root = places.section(code, "calendar")
        for topic in catalogue.topics:
            text = topic.texts.get(code)
            if text is None:
                continue
            events = [
                Appointment(
                    uid=f"articles/{article.key}/expected/{position}@{settings.tag_authority}",
                    due=expected.when,
                    sequence=len(expected.was),
                    summary=label(expected, article, code),
                    description=article.texts[code].title,
                    url=places.absolute(places.item(code, "articles", article.texts[code].slug)),
                    changed=modified(catalogue, article),
                    cancelled=bool(given_up(catalogue, article)),
                )
                for article, position, expected in dates(catalogue, code, topic.key)
            ]
            file = places.file(f"{root}{text.slug}.ics")
            if events:
                yield AgendaView(file, code, f"{settings.site_name} – {text.title}", sorted_events(events))
