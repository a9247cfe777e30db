"""The language of the messages to editors: that of their terminal.

The locale of messages is the environment’s (POSIX.1-2017, 8.2: ``LC_ALL``, then
``LC_MESSAGES``, then ``LANG``). Where there is no catalogue, as for the locale
``C``, messages stay in the source language. Catalogues are ``.po`` files beside
this module, kept by ``make messages``.
"""

import gettext
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from newsroom.messages import compile_catalogue
from newsroom.problems import Problem, report
from newsroom.sentences import SOURCE

TRANSLATIONS = Path(__file__).parent / "translations"
DOMAIN = "problems"
_LOCALE = re.compile(r"([a-z]{2,3})(?:[_-]([A-Za-z0-9]+))?(?:[.@].*)?\Z")


def words_for(environ: Mapping[str, str] = os.environ) -> gettext.NullTranslations:
    """Return the words of the language that ``environ`` asks for, or those of the source."""
    for code in _codes(environ):
        path = catalogue_of(code)
        if path.is_file():
            return gettext.GNUTranslations(BytesIO(compile_catalogue(path.read_bytes(), code, path.name)))
    return SOURCE


def catalogue_of(code: str) -> Path:
    """Return where the catalogue of a language is."""
    return TRANSLATIONS / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def localised_report(problems: Iterable[Problem]) -> str:
    """Return the report of ``problems`` in the language of the person who runs the program."""
    return report(problems, words_for())


def _codes(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the codes that a catalogue may have: of the territory, then of the language."""
    asked = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    found = _LOCALE.match(asked)
    if found:
        language, territory = found.groups()
        yield from (f"{language}_{territory}", language) if territory else (language,)
