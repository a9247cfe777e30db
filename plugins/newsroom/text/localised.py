"""Dates, numbers and lists as each language writes them, from CLDR through Babel."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import DateTimePattern, format_skeleton, get_date_format
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from newsroom.dates import PartialDate
from newsroom.text.typography import typeset


@lru_cache(maxsize=4096)
def date_text(date: dt.date | PartialDate, locale: str, typography: str, *, weekday: bool = False) -> str:
    """Return a date in words, with the precision that is known: “12 October 2016”, “octobre 2016”, “2016”.

    ``locale`` is a CLDR locale such as ``fr_FR``; the result is set in ``typography``.
    """
    if isinstance(date, PartialDate):
        if not date.month:
            return f"{date.year}"
        if not date.day:
            return typeset(format_skeleton("yMMMM", date.first, locale=locale), typography)
        return date_text(date.first, locale, typography, weekday=weekday)
    pattern, known = _pattern("full" if weekday else "long", locale)
    return typeset(pattern.apply(date, known), typography)


@lru_cache(maxsize=64)
def _pattern(length: Literal["full", "long"], locale: str) -> tuple[DateTimePattern, Locale]:
    """Return how CLDR writes a date, and the locale: looking them up takes longer than writing one."""
    known = Locale.parse(locale)
    return get_date_format(length, locale=known), known


@lru_cache(maxsize=4096)
def number_text(number: float, locale: str) -> str:
    """Return a number with the separators of ``locale``."""
    return str(format_decimal(number, locale=locale))


def list_text(items: Iterable[str], locale: str) -> str:
    """Return ``items`` joined as ``locale`` joins them: “a, b and c”, « a, b et c »."""
    return format_list(list(items), locale=locale)


@lru_cache(maxsize=4096)
def duration_text(months: int, days: int, locale: str, *, short: bool) -> str:
    """Return a length of time in words: days up to a month, months up to two years, then years and months.

    ``short`` leaves out months after years. “12 days”, “19 months”, “1 year”, “2 years and 7 months”.
    """
    if not months:
        return str(format_unit(days, "day", locale=locale))
    years, rest = divmod(months, 12)
    if rest and years < 2:
        return str(format_unit(months, "month", locale=locale))
    parts = [format_unit(years, "year", locale=locale)]
    if rest and not short:
        parts.append(format_unit(rest, "month", locale=locale))
    return list_text(parts, locale)


@lru_cache(maxsize=256)
def language_name(code: str, locale: str) -> str:
    """Return the name of a language in the language of ``locale``: « anglais », “French”."""
    name = Locale.parse(locale).languages.get(code.replace("-", "_").split("_")[0].lower())
    return str(name) if name else code


@lru_cache(maxsize=64)
def direction(code: str) -> str:
    """Return ``ltr`` or ``rtl``, the direction a language is written in (CLDR)."""
    try:
        return Locale.parse(code.replace("-", "_")).text_direction
    except ValueError:
        return "ltr"
