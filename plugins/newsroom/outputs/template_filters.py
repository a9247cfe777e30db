"""What templates can do with values, and the words of the interface, each bound to the language of its pages."""

import datetime as dt
import re
from functools import lru_cache
from gettext import NullTranslations
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from newsroom.content.claims import Span
from newsroom.dates import PartialDate
from newsroom.text import localised as formats
from newsroom.text.typography import RAISED, typeset
from newsroom.writers.feeds import media_type
from newsroom.writers.json_data import to_script

#: How many dates and words a language keeps.
_KEPT = 4096


class Language:
    """What the filters of a language write: dates, numbers and lists as its pages have them.

    ``site`` is what all pages of the language share.
    """

    def __init__(self, site: Any) -> None:
        self._locale, self._typography = site.locale, site.typography
        self._ordinals = re.compile(RAISED[site.typography]) if site.typography in RAISED else None
        self.date = lru_cache(_KEPT)(self._date)

    def raised(self, text: str) -> Markup:
        """Write a line of text with its ordinals raised where the language raises them: 1<sup>er</sup>."""
        parts = self._ordinals.split(text) if self._ordinals else [text]
        if len(parts) == 1:
            return escape(parts[0])
        # The parts repeat: text between ordinals, a number, its letters.
        return Markup("").join(
            Markup("<sup>{}</sup>").format(part) if place % 3 == 2 else part for place, part in enumerate(parts)
        )

    def _date(self, value: dt.date | PartialDate, *, weekday: bool = False) -> Markup:
        """Write a date in words, its ordinal raised where the language raises it."""
        day = value.date() if isinstance(value, dt.datetime) else value
        return self.raised(formats.date_text(day, self._locale, self._typography, weekday=weekday))

    def number(self, value: float) -> str:
        """Write a number with its separators."""
        return formats.number_text(value, self._locale)

    def duration(self, value: Span, *, short: bool = False) -> str:
        """Write a length of time in words, set as the language sets numbers and units."""
        return typeset(formats.duration_text(value.months, value.days, self._locale, short=short), self._typography)

    def language_name(self, code: str) -> str:
        """Write the name of a language in the language of the page."""
        return formats.language_name(code, self._locale)


def iso(value: dt.date | PartialDate) -> str:
    """Write a date as programs read it (ISO 8601), with the precision that is known."""
    return value.iso if isinstance(value, PartialDate) else value.isoformat()


def host(url: str) -> str:
    """Return the host of an address, without ``www.``."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def inline(text: str) -> Markup:
    """Write a style sheet or a script of the theme as it is: nothing in it can end its element."""
    return Markup(text)  # noqa: S704 - newsroom.theme.assets refuses what could


def jsonld(data: dict[str, Any]) -> Markup:
    """Write data for a ``script`` element, in which HTML escapes mean nothing."""
    return Markup(to_script(data))  # noqa: S704 - everything that could end the element is escaped


class Words:
    """The words of the interface as templates ask for them: what stands in their placeholders is escaped.

    ``messages`` looks words up in one language.
    """

    def __init__(self, messages: NullTranslations) -> None:
        self._messages = messages
        self._plain = lru_cache(_KEPT)(self._said)

    def gettext(self, message: str, **values: object) -> Markup:
        """Return ``message`` with ``values`` in its placeholders."""
        return self._said("", message, **values) if values else self._plain("", message)

    def pgettext(self, topic: str, message: str, **values: object) -> Markup:
        """Return ``message`` as it is said about ``topic``."""
        return self._said(topic, message, **values) if values else self._plain(topic, message)

    def ngettext(self, singular: str, plural: str, num: int, **values: object) -> Markup:
        """Return what is said of ``num`` things."""
        return Markup(self._messages.ngettext(singular, plural, num)) % {"num": num, **values}  # noqa: S704 - of the theme

    def npgettext(self, topic: str, singular: str, plural: str, num: int, **values: object) -> Markup:
        """Return what is said of ``num`` things about ``topic``."""
        message = self._messages.npgettext(topic, singular, plural, num)
        return Markup(message) % {"context": topic, "num": num, **values}  # noqa: S704 - of the theme

    def _said(self, topic: str, message: str, **values: object) -> Markup:
        found = self._messages.pgettext(topic, message) if topic else self._messages.gettext(message)
        return Markup(found) % {"context": topic, **values}  # noqa: S704 - of the theme


#: Filters that are the same in every language, and those that write as the language of the page does.
FILTERS = {
    "iso": iso,
    "host": host,
    "jsonld": jsonld,
    "inline": inline,
    "media_type": media_type,
    "direction": formats.direction,
}
OF_LANGUAGE = ("date", "raised", "number", "duration", "language_name")
