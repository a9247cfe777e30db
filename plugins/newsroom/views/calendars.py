"""Promised dates, as a page and as one calendar per topic."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import is_late
from newsroom.content.models import Claim
from newsroom.dates import PartialDate
from newsroom.views.claims import ClaimView, claim_url, claim_views, in_language
from newsroom.views.common import View
from newsroom.views.places import Place

#: The verdict that cancels an appointment.
_DROPPED = "dropped"


class CalendarView(View, frozen=True, kw_only=True):
    """Promised dates: those to come, soonest first, and those that have passed, latest first.

    ``calendars`` are the title and the address of each calendar that can be subscribed to: of topics with a date.
    """

    coming: tuple[ClaimView, ...]
    past: tuple[ClaimView, ...]
    calendars: tuple[tuple[str, str], ...]


class Appointment(Struct, frozen=True):
    """One promised date: ``uid`` is permanent, ``changed`` when the verdict in force was given.

    ``sequence`` counts the times that the date slipped and that the verdict changed, and one more from when
    the promise was first dropped: it never goes down.
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


def _appointment(catalogue: Catalogue, claim: Claim, code: str) -> Appointment:
    verdict, places, settings = claim.verdict, catalogue.addresses, catalogue.settings
    ever_dropped = any(former.verdict == _DROPPED for former in claim.verdicts)
    assert claim.expected
    return Appointment(
        uid=f"claims/{claim.permanent}@{settings.tag_authority}",
        due=claim.expected,
        sequence=len(claim.was) + len(claim.verdicts) - 1 + ever_dropped,
        summary=claim.label[code],
        description=f"{claim.claim[code]} {verdict.text[code]}",
        url=places.absolute(claim_url(catalogue, claim, code)),
        changed=dt.datetime.combine(verdict.judged.first, dt.time(), settings.zone),
        cancelled=verdict.verdict == _DROPPED,
    )


def agenda_views(catalogue: Catalogue) -> Iterator[AgendaView]:
    """Yield a calendar per topic and language, beside the page of the calendar.

    A topic without a promised date has none: RFC 5545, 3.4 requires at least one event.
    """
    settings, places = catalogue.settings, catalogue.addresses
    for code in settings.codes:
        root = places.section(code, "calendar")
        for topic in catalogue.topics:
            text = topic.texts.get(code)
            if text is None:
                continue
            claims = promised(catalogue.claims_of_topic.get(topic.key, ()), code)
            events = [_appointment(catalogue, claim, code) for claim in claims]
            for slug in (text.slug, *text.aliases) if events else ():  # programs go on asking for the earlier ones
                file = places.file(f"{root}{slug}.ics")
                yield AgendaView(file, code, f"{settings.site_name} – {text.title}", sorted_events(events))


def calendar_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> CalendarView:
    """Return the page of promised dates. A settled claim is past, whatever its date."""
    today, url = catalogue.settings.now.date(), place.urls[code]
    claims = promised(catalogue.claims.values(), code)
    coming = [claim for claim in claims if claim.verdict.verdict == "open" and not is_late(claim, today)]
    calendars = [
        (text.title, f"{url}{text.slug}.ics")
        for topic in catalogue.topics
        if (text := topic.texts.get(code)) and promised(catalogue.claims_of_topic.get(topic.key, ()), code)
    ]
    return CalendarView(
        **frame,
        coming=claim_views(catalogue, coming, code),
        past=claim_views(catalogue, [claim for claim in reversed(claims) if claim not in coming], code),
        calendars=tuple(calendars),
    )


def promised(claims: Iterable[Claim], code: str) -> list[Claim]:
    """Return those of ``claims`` that have a text in ``code`` and a promised date, in order of that date."""
    dated = [(claim.expected.last, claim.key, claim) for claim in in_language(claims, code) if claim.expected]
    return [claim for _, _, claim in sorted(dated, key=lambda row: row[:2])]
