"""The settings of a build: one frozen object made once from ``pelicanconf.py``.

No other code reads Pelican's own settings dictionary, so a page can depend on nothing but this.
"""

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import StrictUndefined
from msgspec import Struct

from newsroom.languages import Language, languages_from, one_line
from newsroom.mail_settings import MailSettings, mail_settings_from
from newsroom.text.characters import FORBIDDEN

_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\.[a-z]{2,})\Z")
#: What would leave its attribute, or a query or a fragment, which no page can follow.
_NO_ADDRESS = re.compile(r"[\s\"<>\\?#]")
#: The year of the first domain name, and the last one that has four digits.
_FIRST_YEAR, _LAST_YEAR = 1985, 9999


class Settings(Struct, frozen=True):
    """Every fact of configuration that a build may use.

    ``site_url`` has no final slash; ``base_path`` is its path ("" at the root of a host);
    ``tag_authority`` and ``tag_year`` make the permanent ids of items (RFC 4151); ``default_language``
    is for readers who read none of the languages (``x-default``); ``precompress`` adds compressed copies
    of texts; ``releases`` is how many publications are kept for going back (0: files are replaced in
    place); ``now`` is the moment of the build, an input like any other; ``hub`` is the WebSub hub that
    feeds name, "" for none.
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
    releases: int
    now: dt.datetime
    mail: MailSettings = MailSettings()
    hub: str = ""
    explain: str = ""

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


def settings_from(
    pelican: Mapping[str, Any], path_words: Iterable[str], environ: Mapping[str, str] = os.environ
) -> Settings:
    """Build and validate the settings from Pelican's; ``path_words`` are those that every language must give.

    Raises ``ValueError`` naming the setting at fault and what to write.
    """
    url = _address(pelican.get("SITEURL"), "SITEURL")
    if pelican.get("RELATIVE_URLS"):
        raise ValueError("RELATIVE_URLS: not supported, addresses start at the root. Remove it")
    if pelican.get("DELETE_OUTPUT_DIRECTORY"):
        raise ValueError("DELETE_OUTPUT_DIRECTORY: the site would be gone while it is built. Remove it")
    _check_templates(pelican.get("JINJA_ENVIRONMENT"))
    zone = _zone(pelican.get("TIMEZONE"))
    languages = languages_from(pelican.get("LANGUAGES"), path_words)
    default = pelican.get("DEFAULT_LANG")
    if default not in [language.code for language in languages]:
        raise ValueError(f"DEFAULT_LANG: {default!r} is not one of LANGUAGES")
    return Settings(
        site_name=one_line(pelican.get("SITENAME"), "SITENAME"),
        site_url=url,
        base_path=urlsplit(url).path,
        tag_authority=_authority(pelican.get("TAG_AUTHORITY")),
        tag_year=_tag_year(pelican.get("TAG_YEAR")),
        timezone=zone.key,
        languages=languages,
        default_language=str(default),
        content=_folder(pelican, "PATH"),
        theme=_folder(pelican, "THEME"),
        output=_folder(pelican, "OUTPUT_PATH"),
        cache=_folder(pelican, "CACHE_PATH"),
        page_size=_positive(pelican, "DEFAULT_PAGINATION"),
        feed_size=_positive(pelican, "FEED_MAX_ITEMS"),
        precompress=bool(pelican.get("PRECOMPRESS", False)),
        releases=_releases(pelican),
        now=build_moment(environ, zone),
        mail=mail_settings_from(pelican.get("MAIL_FROM"), pelican.get("MAIL_UNSUBSCRIBE")),
        hub=_address(pelican.get("FEED_HUB"), "FEED_HUB") if pelican.get("FEED_HUB") else "",
        explain=_output_file(pelican.get("EXPLAIN", "")),
    )


def _output_file(value: object) -> str:
    """Return the output file of an address of the site, written as readers or as folders have it."""
    path = urlsplit(str(value)).path.lstrip("/")
    return f"{path}index.html" if path.endswith("/") else path


def _address(value: object, name: str) -> str:
    wrong = f"{name}: {value!r} is not an http(s) address. Write it whole, as in 'https://example.org'"
    url = value.rstrip("/") if isinstance(value, str) else ""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise ValueError(wrong) from error
    # urlsplit silently removes line breaks from an address; pages and feeds would keep them.
    if not sound or _NO_ADDRESS.search(url) or FORBIDDEN.search(url):
        raise ValueError(wrong)
    return url


def _authority(value: object) -> str:
    if not isinstance(value, str) or not _AUTHORITY.match(value):
        raise ValueError(f"TAG_AUTHORITY: {value!r} is not a domain name (RFC 4151). Write one that is yours")
    return value


def _tag_year(value: object) -> int:
    if type(value) is not int or not _FIRST_YEAR <= value <= _LAST_YEAR:
        raise ValueError(f"TAG_YEAR: {value!r} is no year of domain names (RFC 4151). Write one, as in 2026")
    return value


def _zone(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # a folder of the database, such as “Europe”
        raise ValueError(f"TIMEZONE: {value!r} is not in the time zone database") from error


def _check_templates(environment: object) -> None:
    """Refuse an environment whose templates would let content run in a page, or leave a hole in one."""
    options = environment if isinstance(environment, Mapping) else {}
    undefined = options.get("undefined")
    strict = isinstance(undefined, type) and issubclass(undefined, StrictUndefined)
    if options.get("autoescape") is not True:
        raise ValueError("JINJA_ENVIRONMENT: 'autoescape' is what keeps content from running. Set it to True")
    if not strict:
        raise ValueError("JINJA_ENVIRONMENT: 'undefined' lets pages have holes. Set it to jinja2.StrictUndefined")
    if "jinja2.ext.i18n" not in (options.get("extensions") or ()):
        raise ValueError("JINJA_ENVIRONMENT: 'extensions' must name 'jinja2.ext.i18n', which templates are written in")


def _folder(pelican: Mapping[str, Any], name: str) -> Path:
    value = pelican.get(name)
    if not isinstance(value, str | os.PathLike) or not str(value) or "\0" in str(value):
        raise ValueError(f"{name}: {value!r} is not a folder. Write its path")
    return Path(value)


def _releases(pelican: Mapping[str, Any]) -> int:
    value = pelican.get("RELEASES", 0)
    if type(value) is not int or value not in (0, *range(2, 1000)):
        raise ValueError(f"RELEASES: {value!r} leaves nothing to go back to. Write 2 to 999, or 0 to publish in place")
    return value


def _positive(pelican: Mapping[str, Any], name: str) -> int:
    value = pelican.get(name)
    if type(value) is not int or value < 1:
        raise ValueError(f"{name}: {value!r} is not a whole number above zero")
    return value
