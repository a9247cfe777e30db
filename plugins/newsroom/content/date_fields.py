"""Readers of front-matter values that are dates, whole or partial; see :mod:`newsroom.content.fields`."""

from zoneinfo import ZoneInfo

from newsroom.content.frontmatter import Value
from newsroom.content.readers import Context, Reader
from newsroom.dates import FIRST_YEAR, LAST_YEAR, parse_moment, parse_partial_date
from newsroom.problems import Invalid


def moment() -> Reader:
    """Read a whole date, with or without a time, into an ISO 8601 string with offset."""

    def read(value: Value, context: Context) -> str:
        shown = value.data if isinstance(value.data, str) else "this"
        try:
            moment = parse_moment(str(shown), ZoneInfo(context.timezone))
        except ValueError as error:
            raise Invalid(
                value.line, f"“{shown}” is not a whole ISO 8601 date.", "Write YYYY-MM-DD, for instance 2018-10-15."
            ) from error
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise Invalid(value.line, f"“{shown}” is out of reach.", f"Write a year from {FIRST_YEAR} to {LAST_YEAR}.")
        return moment.isoformat()

    return Reader(read, {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d(T.*)?$"})


def partial_date(first: int = 1) -> Reader:
    """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, from the year ``first`` on."""

    def read(value: Value, _: Context) -> dict[str, int]:
        shown = value.data if isinstance(value.data, str) else "this"
        try:
            date = parse_partial_date(str(shown))
        except ValueError as error:
            raise Invalid(
                value.line, f"“{shown}” is not an ISO 8601 date.", "Write YYYY, YYYY-MM or YYYY-MM-DD."
            ) from error
        if not first <= date.year <= LAST_YEAR:
            raise Invalid(value.line, f"“{shown}” is out of reach.", f"Write a year from {first} to {LAST_YEAR}.")
        return {"year": date.year, "month": date.month, "day": date.day}

    return Reader(read, {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"})
