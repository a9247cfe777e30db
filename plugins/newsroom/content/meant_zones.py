"""What somebody may have meant by a zone after a time, where ISO 8601 has an offset: ``CEST``, ``Europe/Paris``."""

import datetime as dt
import re
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

#: Hours from UTC, by the usual short names; one that several zones share is that of Europe or North America.
_HOURS = MappingProxyType(
    {"Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3}
    | {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
)
_ZONE = re.compile(
    rf"(?<=[\d\sh(])\(?(?:(?P<place>[A-Z]\w+/[\w/-]+)|(?P<short>{'|'.join(_HOURS)})(?P<more>[+-]\d\d?)?(?::?00)?)\)?\Z"
)


def without_zone(text: str) -> tuple[str, re.Match[str] | None]:
    """Return ``text`` without the zone at its end, and that zone."""
    zone = _ZONE.search(text)
    return (text[: zone.start()].strip(), zone) if zone else (text, None)


def offset(zone: re.Match[str] | None, date: str, hour: str) -> str:
    """Return the offset of ``zone`` on a day at a time, as ISO 8601 writes it; "" where there is none or no time."""
    if not zone or not hour:
        return ""
    if zone["place"] in available_timezones():
        return dt.datetime.fromisoformat(date + hour).replace(tzinfo=ZoneInfo(zone["place"])).isoformat()[-6:]
    hours = _HOURS[zone["short"]] + int(zone["more"] or 0) if zone["short"] else None
    return "" if hours is None or abs(hours) > 14 else f"{hours:+03}:00"
