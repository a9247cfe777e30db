"""Dates as editors write them: ISO 8601, whole or partial, never guessed.

``03/04/2026`` is 3 April to one reader and 4 March to another, so only ISO
8601 calendar dates are read (ISO 8601-1:2019, 5.2.2): ``2016``, ``2016-10``,
``2016-10-25`` and, for moments, ``2016-10-25T08:30`` with an optional offset.
"""

import calendar
import datetime as dt
import re
from zoneinfo import ZoneInfo

from msgspec import Struct

#: The years of news: earlier time zones had offsets with seconds, which RFC 3339 cannot express; calendars end.
FIRST_YEAR, LAST_YEAR = 1970, 2200
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?\Z", re.ASCII)


class PartialDate(Struct, frozen=True, order=True):
    """A year, a month or a day; 0 stands for the part that is not known."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """The ISO 8601 form with the precision that is known, as in ``<time datetime>``."""
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def first(self) -> dt.date:
        """The first day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day it can mean: an announcement for October is not late on the 30th."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def parse_partial_date(text: str) -> PartialDate:
    """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raise ``ValueError`` for anything else."""
    match = _PARTIAL.match(text)
    if not match:
        raise ValueError(text)
    parts = [int(part) for part in match.groups() if part]
    if 0 in parts:  # in a PartialDate, 0 is a part that is not known
        raise ValueError(text)
    date = PartialDate(*parts)
    _ = date.first
    return date


def parse_moment(text: str, zone: ZoneInfo) -> dt.datetime:
    """Read a whole date, with or without a time, as an aware datetime.

    A date alone is its midnight and a time without offset is local, both in
    ``zone``; a time with another offset is converted to ``zone``, where it may be
    another day. Raises ``ValueError`` for anything else, partial dates included.
    """
    if not _MOMENT.match(text):
        raise ValueError(text)
    moment = dt.datetime.fromisoformat(text)
    if not moment.tzinfo:
        return moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(zone)
    except OverflowError as error:  # the first and the last day there is
        raise ValueError(text) from error
