"""Readers of single settings: a value and the name of its setting in, checked data out.

Each raises :class:`Invalid`, with what is wrong and what to write; where the setting stands is
found by :mod:`newsroom.setting_places`.
"""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from jinja2 import StrictUndefined

from newsroom.problems import Invalid, closest, nearest, together
from newsroom.sentences import Sentence, say
from newsroom.setting_places import setting
from newsroom.text.characters import FORBIDDEN

_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\.[a-z]{2,})\Z")
#: What would leave its attribute, or a query or a fragment, which no page can follow.
_NO_ADDRESS = re.compile(r"[\s\"<>\\?#]")
#: The year of the first domain name, and the last one that has four digits.
_FIRST_YEAR, _LAST_YEAR = 1985, 9999
_MOST_RELEASES = 999


def wrong(name: str, message: Sentence, remedy: Sentence) -> Invalid:
    """Return the mistake that the setting called ``name`` is."""
    return Invalid(0, message, remedy, name)


def missing(name: str, remedy: Sentence) -> Invalid:
    """Return the mistake that there is no setting called ``name``."""
    return wrong(name, say("this setting is missing."), remedy)


def shown(value: object) -> str:
    """Return a value as messages quote it."""
    return value if isinstance(value, str) else repr(value)


def one_line(value: object, name: str) -> str:
    """Read a text that readers see: a line that pages, feeds and calendars can carry."""
    remedy = say("Write one line of plain text.")
    if value is None:
        raise missing(name, remedy)
    if not isinstance(value, str) or not any(char.isprintable() and not char.isspace() for char in value):
        raise wrong(name, say("“{value}” is not a text.", value=shown(value)), remedy)
    if "\t" in value or value.splitlines() != [value] or FORBIDDEN.search(value):
        what = say("“{value}” holds a line break or a control character.", value=value)
        raise wrong(name, what, remedy)
    return value


def address(value: object, name: str) -> str:
    """Read an address of the web; return it without its final slash."""
    whole = say("Write it whole, as in “https://example.org”.")
    if value is None:
        raise missing(name, whole)
    url = value.rstrip("/") if isinstance(value, str) else ""
    if _is_address(url):
        return url
    meant = f"https://{url.lstrip('/')}"
    short = "." in url and "://" not in url and _is_address(meant)
    remedy = say("Write “{value}”.", value=meant) if short else whole
    raise wrong(name, say("“{value}” is not an http(s) address.", value=shown(value)), remedy)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    # urlsplit silently removes line breaks from an address; pages and feeds would keep them.
    return bool(sound) and not _NO_ADDRESS.search(url) and not FORBIDDEN.search(url)


def address_or_none(value: object, name: str) -> str:
    """Read an address that may be absent, which is ""."""
    return address(value, name) if value else ""


def authority(value: object, name: str) -> str:
    """Read the domain name that permanent ids are made of."""
    if isinstance(value, str) and _AUTHORITY.match(value):
        return value
    remedy = say("Write a domain that is yours, as in “example.org”.")
    if value is None:
        raise missing(name, remedy)
    found = re.match(r"(?:[a-z]+://)?([^/:]+)", str(value).strip().lower())
    if found and _AUTHORITY.match(found[1]):
        remedy = say("Write “{value}”.", value=found[1])
    raise wrong(name, say("“{value}” is not a domain name (RFC 4151).", value=shown(value)), remedy)


def tag_year(value: object, name: str) -> int:
    """Read the year that permanent ids are made of."""
    remedy = say("Write a whole year from {first} on, as in 2026.", first=_FIRST_YEAR)
    if value is None:
        raise missing(name, remedy)
    if type(value) is not int or not _FIRST_YEAR <= value <= _LAST_YEAR:
        what = say("“{value}” is no year of domain names (RFC 4151).", value=shown(value))
        raise wrong(name, what, _without_quotes(value) or remedy)
    return value


def zone(value: object, name: str) -> ZoneInfo:
    """Read a time zone."""
    remedy = say("Write one, as in “Europe/Paris”.")
    if value is None:
        raise missing(name, remedy)
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # a folder of the database, such as “Europe”
        near = closest(str(value), available_timezones())
        remedy = say("Did you mean “{word}”?", word=near) if near else remedy
        what = say("“{value}” is not in the time zone database.", value=shown(value))
        raise wrong(name, what, remedy) from error


def folder(value: object, name: str) -> Path:
    """Read the path of a folder."""
    if not isinstance(value, str | os.PathLike) or not str(value) or "\0" in str(value):
        raise wrong(name, say("“{value}” is not a folder.", value=shown(value)), say("Write its path."))
    return Path(value)


def releases(value: object, name: str) -> int:
    """Read how many publications are kept."""
    if type(value) is not int or value not in (0, *range(2, _MOST_RELEASES + 1)):
        remedy = say("Write 2 to {most}, or 0 to publish in place.", most=_MOST_RELEASES)
        raise wrong(name, say("“{value}” leaves nothing to go back to.", value=shown(value)), remedy)
    return value


def positive(value: object, name: str) -> int:
    """Read a whole number above zero."""
    if type(value) is not int or value < 1:
        remedy = _without_quotes(value) or say("Write one, as in 20.")
        raise wrong(name, say("“{value}” is not a whole number above zero.", value=shown(value)), remedy)
    return value


def switch(value: object, name: str) -> bool:
    """Read what is on or off; off where it is not set."""
    if value is None or isinstance(value, bool):
        return bool(value)
    remedy = say("Write True or False, without quotation marks.")
    raise wrong(name, say("“{value}” is neither True nor False.", value=shown(value)), remedy)


def _without_quotes(value: object) -> Sentence | None:
    digits = value.strip() if isinstance(value, str) else ""
    return say("Write {value}, without quotation marks.", value=digits) if re.fullmatch(r"[1-9]\d*", digits) else None


def one_of(codes: Sequence[str], value: object, name: str) -> str:
    """Read one of the codes of LANGUAGES."""
    if value in codes:
        return str(value)
    raise wrong(name, say("“{value}” is not one of LANGUAGES.", value=shown(value)), nearest(shown(value), codes))


def unsupported(value: object, name: str) -> None:
    """Refuse relative addresses."""
    if value:
        what = say("this is not supported: addresses start at the root.")
        raise wrong(name, what, say("Remove this setting."))


def destructive(value: object, name: str) -> None:
    """Refuse to delete the site before it is built."""
    if value:
        raise wrong(name, say("the site would be gone while it is built."), say("Remove this setting."))


def templates(value: object, name: str) -> None:
    """Refuse an environment whose templates would let content run in a page, or leave a hole in one."""
    options = value if isinstance(value, Mapping) else {}
    undefined = options.get("undefined")
    found: list[Invalid] = []
    if options.get("autoescape") is not True:
        what = say("this is what keeps content from running in pages.")
        found.append(wrong(setting(name, "autoescape"), what, say("Set it to {value}.", value="True")))
    if not (isinstance(undefined, type) and issubclass(undefined, StrictUndefined)):
        what = say("without it, pages have holes.")
        found.append(wrong(setting(name, "undefined"), what, say("Set it to {value}.", value="jinja2.StrictUndefined")))
    if "jinja2.ext.i18n" not in (options.get("extensions") or ()):
        what, lacking = say("templates are written in it."), "jinja2.ext.i18n"
        found.append(wrong(setting(name, "extensions"), what, say("Add “{value}” to it.", value=lacking)))
    if found:
        raise together(found)
