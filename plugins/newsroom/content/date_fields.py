"""Readers of front-matter values that are dates, whole or partial; see :mod:`newsroom.content.fields`."""

import calendar
from zoneinfo import ZoneInfo

from newsroom.content.frontmatter import Value
from newsroom.content.meant_dates import meant_dates, not_a_day
from newsroom.content.readers import Context, Reader
from newsroom.dates import FIRST_YEAR, LAST_YEAR, parse_moment, parse_partial_date
from newsroom.problems import Invalid
from newsroom.sentences import Sentence, either, say

#: The parts of a date, for the regular expressions of JSON Schema (ECMA-262), which know no calendar.
_YEAR, _MONTH, _DAY = "[0-9]{4}", "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_TIME, _OFFSET = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", "Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9]"


def moment() -> Reader:
    """Read a whole date, with or without a time, into an ISO 8601 string with offset."""

    def read(value: Value, context: Context) -> str:
        shown = value.data if isinstance(value.data, str) else ""
        try:
            moment = parse_moment(shown, ZoneInfo(context.timezone))
        except ValueError as error:
            raise _refused(value, context, whole=True) from error
        _reachable(value, moment.year, FIRST_YEAR)
        return moment.isoformat()

    pattern = f"^{_YEAR}-{_MONTH}-{_DAY}([T ]{_TIME}({_OFFSET})?)?$"
    return Reader(read, {"type": "string", "pattern": pattern, "examples": ["2026-04-01", "2026-04-01T08:00"]})


def partial_date(first: int = 1) -> Reader:
    """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, from the year ``first`` on."""

    def read(value: Value, context: Context) -> dict[str, int]:
        shown = value.data if isinstance(value.data, str) else ""
        try:
            date = parse_partial_date(shown)
        except ValueError as error:
            raise _refused(value, context, whole=False) from error
        _reachable(value, date.year, first)
        return {"year": date.year, "month": date.month, "day": date.day}

    pattern, examples = f"^{_YEAR}(-{_MONTH}(-{_DAY})?)?$", ["2026-04-01", "2026-04", "2026"]
    year = {"minimum": 1000, "maximum": 9999}  # a year alone is a number to YAML
    return Reader(read, {"type": ["string", "integer"], "pattern": pattern, "examples": examples, **year})


def _reachable(value: Value, year: int, first: int) -> None:
    if not first <= year <= LAST_YEAR:
        what = say("“{shown}” is out of range.", shown=str(value.data))
        raise Invalid(value.line, what, say("Write a year from {first} to {last}.", first=first, last=LAST_YEAR))


def _refused(value: Value, context: Context, *, whole: bool) -> Invalid:
    """Return why ``value`` is not a date, and the date that may be meant."""
    shown = value.data if isinstance(value.data, str) else "…"
    if not_a_day(shown):
        year, month = int(shown[:4]), int(shown[5:7])
        what = say("“{shown}” is not a day of the calendar.", shown=shown)
        last = calendar.monthrange(year, month)[1]
        return Invalid(
            value.line, what, say("The month ends on {date}: write a day up to it.", date=f"{shown[:8]}{last}")
        )
    meant = meant_dates(shown, context.codes, whole=whole)
    remedy = say("Write {date}.", date=either(meant)) if meant else _form(whole=whole)
    if whole:
        return Invalid(value.line, say("“{shown}” is not a whole ISO 8601 date.", shown=shown), remedy)
    return Invalid(value.line, say("“{shown}” is not an ISO 8601 date.", shown=shown), remedy)


def _form(*, whole: bool) -> Sentence:
    if whole:
        return say("Write YYYY-MM-DD, for instance 2018-10-15, or with a time, 2018-10-15T08:30.")
    return say("Write YYYY, YYYY-MM or YYYY-MM-DD.")
