"""What somebody may have meant by a date that is not ISO 8601: proposed to them, never assumed.

``03/04/2026`` is 3 April to one reader and 4 March to another: both are proposed.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from newsroom.content.meant_zones import offset, without_zone
from newsroom.problems import folded

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})?\Z", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](?:(\d{1,2})[-/. ])?(\d{4})\Z", re.ASCII)
_TIME = re.compile(
    r"(?<![T ,à])(?<!\bat\b)(?:[T ,à]|\bat\b)*"
    r"(?<!\d)(\d{1,2})(?: ?h ?|:|\.)(\d\d)?(?::\d\d)?(?: ?(?:h|hours|heures))?\Z",
    re.ASCII,
)
_HALF_DAY = re.compile(r"(?<!\d)(\d{1,2})(?::(\d\d))? ?([ap])\.?m\.?\Z", re.ASCII | re.IGNORECASE)
#: Signs that word processors put in the place of others.
_SIGNS = str.maketrans({**dict.fromkeys("–—−‐‑", "-"), **dict.fromkeys("“”«»\"'’‘", "")})
_WORDS = re.compile(r"[^\W\d_]+|\d+")


def not_a_day(text: str) -> bool:
    """Tell whether ``text`` looks like a day that its month does not have: 31 November."""
    found = _ISO.match(text)
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) == 0:
        return False
    return not 1 <= int(found[3]) <= calendar.monthrange(int(found[1]), int(found[2]))[1]


def meant_dates(text: str, codes: Sequence[str], *, whole: bool) -> list[str]:
    """Return the ISO 8601 dates that ``text`` may mean, in the languages ``codes``.

    A ``whole`` one has a day, and may have a time.
    """
    text, zone = without_zone(text.translate(_SIGNS).strip())
    text = _HALF_DAY.sub(_whole_day, text)
    time = _TIME.search(text) if whole else None
    if time and (int(time[1]) > 23 or int(time[2] or 0) > 59):
        return []
    day = (text[: time.start()] if time else text).strip(" ,T")
    hour = f"T{int(time[1]):02}:{time[2] or '00'}" if time else ""
    found = dict.fromkeys([*_in_figures(day), *_in_words(day, codes)])
    return [f"{date}{hour}{offset(zone, date, hour)}" for date in found if len(date) == 10 or not whole]


def _whole_day(time: re.Match[str]) -> str:
    """Return a time of twelve hours as one of twenty-four."""
    return f"{int(time[1]) % 12 + 12 * (time[3].lower() == 'p'):02}:{time[2] or '00'}"


def _in_figures(text: str) -> Iterator[str]:
    first, last = _YEAR_FIRST.match(text), _YEAR_LAST.match(text)
    if first:
        yield from _iso(first[1], first[2], first[3])
    elif last and not last[2]:
        yield from _iso(last[3], last[1], None)
    elif last:
        yield from _iso(last[3], last[2], last[1])
        yield from _iso(last[3], last[1], last[2])


def _in_words(text: str, codes: Sequence[str]) -> Iterator[str]:
    words = _WORDS.findall(text)
    months = {month for word in words for code in codes if (month := _months(code).get(folded(word)))}
    years = [word for word in words if word.isdecimal() and len(word) == 4]
    days = [word for word in words if word.isdecimal() and len(word) < 3]
    if len(months) == len(years) == 1 and len(days) < 2:
        yield from _iso(years[0], str(months.pop()), next(iter(days), None))


def _iso(year: str, month: str, day: str | None) -> Iterator[str]:
    try:
        date = dt.date(int(year), int(month), int(day or 1))
    except ValueError:
        return
    yield date.isoformat() if day else date.isoformat()[:7]


@lru_cache
def _months(code: str) -> dict[str, int]:
    """Return the months by their names, whole and short, in the language ``code`` (CLDR)."""
    try:
        forms = Locale.parse(code, sep="-").months["format"]
    except (UnknownLocaleError, ValueError):
        return {}
    return {folded(name.rstrip(".")): month for form in ("wide", "abbreviated") for month, name in forms[form].items()}
