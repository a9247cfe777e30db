"""The settings of a build: one frozen object made once from ``pelicanconf.py``.

No other code reads Pelican's own settings dictionary, so a page can depend on nothing but this.
"""

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import Struct

from newsroom import setting_values as values
from newsroom.languages import Language, languages_from
from newsroom.mail_settings import MailSettings, sender, ways_out
from newsroom.sentences import say
from newsroom.setting_places import SettingsReader

#: What refuses settings of Pelican with which no sound site can be built.
_REFUSALS = {
    "RELATIVE_URLS": values.unsupported,
    "DELETE_OUTPUT_DIRECTORY": values.destructive,
    "JINJA_ENVIRONMENT": values.templates,
}


class Settings(Struct, frozen=True):
    """Every fact of configuration that a build may use.

    ``site_url`` has no final slash; ``base_path`` is its path ("" at the root of a host);
    ``tag_authority`` and ``tag_year`` make the permanent ids of items (RFC 4151); ``default_language``
    is for readers who read none of the languages (``x-default``); ``precompress`` adds compressed copies
    of texts; ``releases`` is how many publications are kept for going back (0: files are replaced in
    place); ``now`` is the moment of the build, an input like any other; ``hub`` is the WebSub hub that
    feeds name, "" for none; ``explain`` is the output file of which a build says why it was made again, "" for
    none; ``tell_stale`` lets readers of a translation know that its original has changed.
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
    tell_stale: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of dates without an offset."""
        return ZoneInfo(self.timezone)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the languages, in order of the settings."""
        return tuple(language.code for language in self.languages)

    def in_content(self, path: str) -> str:
        """Return how messages name what is at ``path`` in the content."""
        return f"{self.content.name}/{path}"


def build_moment(environ: Mapping[str, str], zone: ZoneInfo) -> dt.datetime:
    """Return the moment of the build: ``SOURCE_DATE_EPOCH`` where it is set, else now.

    https://reproducible-builds.org/specs/source-date-epoch/ . Raises
    :class:`Invalid` when the variable is not a whole number of seconds.
    """
    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now(zone)
    if not re.fullmatch(r"\d{1,11}", epoch):
        what = say("“{value}” is not a moment.", value=epoch)
        remedy = say("Give whole seconds since 1970-01-01T00:00Z.")
        raise values.wrong("SOURCE_DATE_EPOCH", what, remedy)
    return dt.datetime.fromtimestamp(int(epoch), zone)


def settings_from(
    pelican: Mapping[str, Any], path_words: Iterable[str], environ: Mapping[str, str] = os.environ
) -> Settings:
    """Build and validate the settings from Pelican's; ``path_words`` are those that every language must give.

    Raises :class:`newsroom.setting_places.WrongSettings`, which tells all that are at fault.
    """
    read = SettingsReader(pelican)
    for name, refuse in _REFUSALS.items():
        read.take(name, refuse, None)
    url = read.take("SITEURL", values.address, "")
    zone = read.take("TIMEZONE", values.zone, ZoneInfo("UTC"))
    languages: tuple[Language, ...] = read.take("LANGUAGES", partial(languages_from, tuple(path_words)), ())
    codes = [language.code for language in languages]
    mail = MailSettings(read.take("MAIL_FROM", sender, ""), read.take("MAIL_UNSUBSCRIBE", ways_out, {}))
    settings = Settings(
        site_name=read.take("SITENAME", values.one_line, ""),
        site_url=url,
        base_path=urlsplit(url).path,
        tag_authority=read.take("TAG_AUTHORITY", values.authority, ""),
        tag_year=read.take("TAG_YEAR", values.tag_year, 0),
        timezone=zone.key,
        languages=languages,
        default_language=read.take("DEFAULT_LANG", partial(values.one_of, codes), "") if codes else "",
        content=read.take("PATH", values.folder, Path()),
        theme=read.take("THEME", values.folder, Path()),
        output=read.take("OUTPUT_PATH", values.folder, Path()),
        cache=read.take("CACHE_PATH", values.folder, Path()),
        page_size=read.take("DEFAULT_PAGINATION", values.positive, 1),
        feed_size=read.take("FEED_MAX_ITEMS", values.positive, 1),
        precompress=read.take("PRECOMPRESS", values.switch, False),
        releases=read.take("RELEASES", values.releases, 0) if "RELEASES" in pelican else 0,
        now=read.ask(lambda: build_moment(environ, zone), dt.datetime.min),
        mail=mail,
        hub=read.take("FEED_HUB", values.address_or_none, ""),
        tell_stale=read.take("TELL_STALE_TRANSLATIONS", values.switch, False),
        explain=_output_file(pelican.get("EXPLAIN", "")),
    )
    read.check()
    return settings


def _output_file(value: object) -> str:
    """Return the output file of an address of the site, written as readers or as folders have it."""
    path = urlsplit(str(value)).path.lstrip("/")
    return f"{path}index.html" if path.endswith("/") else path
