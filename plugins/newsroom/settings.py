"""The settings of a build: one frozen object made once from ``pelicanconf.py``.

Nothing below reads Pelican's own settings dictionary, so what a page can depend
on is what stands here.
"""

import datetime as dt
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from newsroom.languages import Language, languages_from

_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\.[a-z]{2,})\Z")


class Settings(Struct, frozen=True):
    """Every fact of configuration that a build may use.

    ``site_url`` has no final slash; ``base_path`` is its path ("" at the root
    of a host); ``tag_authority`` and ``tag_year`` make the permanent ids of
    items (RFC 4151); ``default_language`` is where a reader of none of the
    languages is sent (``x-default``); ``precompress`` adds compressed copies of
    texts; ``now`` is the moment of the build, an input like any other.
    """

    site_name: str
    site_url: str
    base_path: str
    tag_authority: str
    tag_year: int
    timezone: str
    languages: tuple[Language, ...]
    default_language: str
    content: Path
    theme: Path
    output: Path
    cache: Path
    page_size: int
    feed_size: int
    precompress: bool
    now: dt.datetime

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of dates without an offset."""
        return ZoneInfo(self.timezone)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the languages, in order of the settings."""
        return tuple(language.code for language in self.languages)


def build_moment(environ: Mapping[str, str], zone: ZoneInfo) -> dt.datetime:
    """Return the moment of the build: ``SOURCE_DATE_EPOCH`` where it is set, else now.

    https://reproducible-builds.org/specs/source-date-epoch/ . Raises
    ``ValueError`` when the variable is not a whole number of seconds.
    """
    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now(zone)
    if not re.fullmatch(r"\d{1,11}", epoch):
        raise ValueError("SOURCE_DATE_EPOCH: give whole seconds since 1970-01-01T00:00Z")
    return dt.datetime.fromtimestamp(int(epoch), zone)


def settings_from(pelican: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> Settings:
    """Build and validate the settings from Pelican's.

    Raises ``ValueError`` naming the setting at fault and what to write.
    """
    url = str(pelican["SITEURL"]).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(f"SITEURL: {url!r} is not an http(s) address. Write it whole, as in 'https://example.org'")
    if pelican.get("RELATIVE_URLS"):
        raise ValueError("RELATIVE_URLS: not supported, addresses start at the root. Remove it")
    authority = str(pelican["TAG_AUTHORITY"])
    if not _AUTHORITY.match(authority):
        raise ValueError(f"TAG_AUTHORITY: {authority!r} is not a domain name (RFC 4151)")
    try:
        zone = ZoneInfo(str(pelican["TIMEZONE"]))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"TIMEZONE: {pelican['TIMEZONE']!r} is not in the time zone database") from error
    languages = languages_from(pelican["LANGUAGES"])
    default = str(pelican["DEFAULT_LANG"])
    if default not in (language.code for language in languages):
        raise ValueError(f"DEFAULT_LANG: {default!r} is not one of LANGUAGES")
    return Settings(
        site_name=str(pelican["SITENAME"]),
        site_url=url,
        base_path=parts.path,
        tag_authority=authority,
        tag_year=_positive(pelican, "TAG_YEAR"),
        timezone=zone.key,
        languages=languages,
        default_language=default,
        content=Path(pelican["PATH"]),
        theme=Path(pelican["THEME"]),
        output=Path(pelican["OUTPUT_PATH"]),
        cache=Path(pelican["CACHE_PATH"]),
        page_size=_positive(pelican, "DEFAULT_PAGINATION"),
        feed_size=_positive(pelican, "FEED_MAX_ITEMS"),
        precompress=bool(pelican.get("PRECOMPRESS", False)),
        now=build_moment(environ, zone),
    )


def _positive(pelican: Mapping[str, Any], name: str) -> int:
    value = pelican.get(name)
    if not isinstance(value, int) or value < 1:
        raise ValueError(f"{name}: {value!r} is not a whole number above zero")
    return value
