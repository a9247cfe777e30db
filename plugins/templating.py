"""The Jinja environment: one for all generators, with the filters and the words of each language.

The language is that of the page being rendered: gettext and the filters look it
up in the template's context, so one environment serves all languages.
"""

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from jinja2.utils import Namespace
from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

from newsroom.content.claims import Span
from newsroom.dates import PartialDate
from newsroom.messages import Messages
from newsroom.store.digests import digest
from newsroom.text import localised as formats
from newsroom.text.typography import RAISED, typeset
from newsroom.writers.feeds import media_type
from newsroom.writers.json_data import to_script


@pass_context
def raised(context: Context, text: str) -> Markup:
    """Write a line of text with its ordinals raised where the language raises them: 1<sup>er</sup>."""
    pattern = RAISED.get(context["site"].typography)
    parts = re.split(pattern, text) if pattern else [text]
    # The parts repeat: text between ordinals, a number, its letters.
    return Markup("").join(
        Markup("<sup>{}</sup>").format(part) if place % 3 == 2 else part for place, part in enumerate(parts)
    )


@pass_context
def date(context: Context, value: dt.date | PartialDate, *, weekday: bool = False) -> Markup:
    """Write a date in words, its ordinal raised where the language raises it."""
    site = context["site"]
    day = value.date() if isinstance(value, dt.datetime) else value
    return raised(context, formats.date_text(day, site.locale, site.typography, weekday=weekday))


@pass_context
def number(context: Context, value: float) -> str:
    """Write a number with its separators."""
    return formats.number_text(value, context["site"].locale)


@pass_context
def listed(context: Context, items: Iterable[str]) -> str:
    """Write a list with its commas and its “and”."""
    return formats.list_text(items, context["site"].locale)


@pass_context
def duration(context: Context, value: Span, *, short: bool = False) -> str:
    """Write a length of time in words, set as the language sets numbers and units."""
    site = context["site"]
    return typeset(formats.duration_text(value.months, value.days, site.locale, short=short), site.typography)


@pass_context
def language_name(context: Context, code: str) -> str:
    """Write the name of a language in the language of the page."""
    return formats.language_name(code, context["site"].locale)


@pass_context
def set_text(context: Context, text: str) -> str:
    """Set a text in the typography of the page."""
    return typeset(text, context["site"].typography)


def host(url: str) -> str:
    """Return the host of an address, without ``www.``."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def inline(text: str) -> Markup:
    """Write a style sheet or a script of the theme as it is: nothing in it can end its element."""
    return Markup(text)  # noqa: S704 - newsroom.theme.assets refuses what could


def jsonld(data: dict[str, Any]) -> Markup:
    """Write data for a ``script`` element, in which HTML escapes mean nothing."""
    return Markup(to_script(data))  # noqa: S704 - everything that could end the element is escaped


FILTERS = {
    "date": date,
    "raised": raised,
    "number": number,
    "listed": listed,
    "duration": duration,
    "language_name": language_name,
    "host": host,
    "jsonld": jsonld,
    "inline": inline,
    "media_type": media_type,
    "direction": formats.direction,
    "typeset": set_text,
}


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates, kept beside their sources as Python's are: whoever can write there can write templates.

    ``code`` is the digest of the code and the options: what other code compiled is not used.
    """

    def __init__(self, templates: Path, code: bytes) -> None:
        super().__init__(str(templates / "__pycache__"), f"%s.{code.hex()}.jinja")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except (EOFError, ValueError, TypeError):  # cut short by a full disk
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        folder = Path(self.directory)
        with suppress(OSError):  # a read-only theme is compiled every time
            folder.mkdir(exist_ok=True)
            for old in folder.glob(f"{bucket.key}.*.jinja"):
                old.unlink()
            super().dump_bytecode(bucket)


def share_environment(generator: Generator) -> None:
    """Give every generator the same environment, so that a template is compiled once."""
    environment = generator.context.setdefault("environment", generator.env)
    if environment is generator.env:
        session = generator.settings["SESSION"]
        furnish(environment, session, generator.settings["JINJA_ENVIRONMENT"])
    generator.env = environment


def environment_of(session: Any, options: dict[str, Any]) -> Environment:
    """Return an environment for the templates of the theme, for commands that render without Pelican's generators."""
    loader = FileSystemLoader(session.settings.theme / "templates")
    environment = Environment(loader=loader, **options)  # noqa: S701 - settings without autoescape are refused
    furnish(environment, session, options)
    return environment


def furnish(environment: Environment, session: Any, options: dict[str, Any]) -> None:
    """Give ``environment``, made with ``options``, the filters of the theme and the words of ``session``.

    It has no other globals, and compiles no template that was compiled before.
    """
    code = digest(session.code, repr(options).encode())
    environment.bytecode_cache = CompiledTemplates(session.settings.theme / "templates", code)
    environment.filters.update(FILTERS)
    environment.auto_reload = False  # whoever changes a template forgets what was loaded
    environment.globals.clear()
    environment.globals.update({"range": range, "dict": dict, "namespace": Namespace})
    _install_gettext(environment, session)


def _install_gettext(environment: Any, session: Any) -> None:
    def messages(context: Context) -> NullTranslations:
        found: Messages = session.messages[context.get("language") or context["site"].language]
        return found.in_markup

    @pass_context
    def gettext(context: Context, message: str) -> str:
        return messages(context).gettext(message)

    @pass_context
    def ngettext(context: Context, singular: str, plural: str, count: int) -> str:
        return messages(context).ngettext(singular, plural, count)

    @pass_context
    def pgettext(context: Context, topic: str, message: str) -> str:
        return messages(context).pgettext(topic, message)

    @pass_context
    def npgettext(context: Context, topic: str, singular: str, plural: str, count: int) -> str:
        return messages(context).npgettext(topic, singular, plural, count)

    environment.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(share_environment)
