"""Promised dates as iCalendar (RFC 5545), for calendar programs to subscribe to.

An event is a whole day, or all of the month or year where no more was promised.
Its UID comes from the key of the claim and never changes; its SEQUENCE (RFC
5545, 3.8.7.4) goes up whenever the date slips or the verdict changes. Where the
promise was dropped, its STATUS (3.8.1.11) says so.
"""

import datetime as dt

from icalendar import Calendar, Event, vText

from newsroom.views.calendars import AgendaView, Appointment


class _Text(vText):
    """Text escaped as RFC 5545, 3.3.11 says; the library would make a line break of a backslash before an N."""

    def to_ical(self) -> bytes:
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def write_calendar(view: AgendaView) -> bytes:
    """Return ``view`` as an iCalendar file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sillage//Sillage//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _Text(view.name))
    calendar.add("name", _Text(view.name))
    for appointment in view.events:
        calendar.add_component(_event(appointment, view.language))
    data: bytes = calendar.to_ical()
    return data


def _event(appointment: Appointment, language: str) -> Event:
    event = Event()
    changed = appointment.changed.astimezone(dt.UTC)
    event.add("uid", appointment.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", appointment.sequence)
    event.add("dtstart", appointment.due.first)
    event.add("dtend", appointment.due.last + dt.timedelta(days=1))
    event.add("summary", _Text(appointment.summary, params={"LANGUAGE": language}))
    event.add("description", _Text(appointment.description, params={"LANGUAGE": language}))
    event.add("url", appointment.url)
    event.add("transp", "TRANSPARENT")
    if appointment.cancelled:
        event.add("status", "CANCELLED")
    return event
