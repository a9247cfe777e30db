"""The languages of the site, as data.

Everything that depends on a language and is not a message of the interface is
one entry of the ``LANGUAGES`` setting: its own name, its CLDR locale, the words
of its addresses, the name of its typography. A new language is a new entry.
"""

import re
from collections.abc import Mapping

from babel import Locale, UnknownLocaleError
from msgspec import Struct, ValidationError, convert

from newsroom.typography import RULES

#: The path words every language must give: the first segment after the language code.
PATH_WORDS = (
    "articles",
    "topics",
    "threads",
    "editions",
    "entities",
    "archives",
    "glossary",
    "corrections",
    "sources",
    "open_claims",
    "calendar",
    "search",
    "subscribe",
    "untranslated",
    "page",
)
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class Language(Struct, frozen=True):
    """One language of the site.

    ``code`` is the BCP 47 tag used in addresses and ``lang`` attributes,
    ``locale`` the CLDR locale of dates and numbers, ``name`` what speakers call
    their language, ``paths`` the words of :data:`PATH_WORDS` as they read in it.
    """

    code: str
    name: str
    locale: str
    tagline: str
    description: str
    paths: dict[str, str]
    typography: str = "plain"


def languages_from(setting: Mapping[str, Mapping[str, object]]) -> tuple[Language, ...]:
    """Build the languages from the ``LANGUAGES`` setting, in its order.

    Raises ``ValueError`` that names the entry and the key at fault.
    """
    if not setting:
        raise ValueError("LANGUAGES: give at least one language")
    return tuple(_language(code, facts) for code, facts in setting.items())


def _language(code: str, facts: Mapping[str, object]) -> Language:
    where = f"LANGUAGES[{code!r}]"
    if not _CODE.match(code):
        raise ValueError(f"{where}: give a BCP 47 code, for instance 'fr'")
    unknown = set(facts) - set(Language.__struct_fields__)
    if unknown:
        raise ValueError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    try:
        language = convert({"code": code, **facts}, Language)
        Locale.parse(language.locale)
    except (ValidationError, UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{where}: {error}") from error
    for word in PATH_WORDS:
        if not _WORD.match(language.paths.get(word, "")):
            raise ValueError(f"{where}['paths'][{word!r}]: give a word of a-z, 0-9 and hyphens")
    if language.typography not in RULES:
        raise ValueError(f"{where}['typography']: write one of {', '.join(sorted(RULES))}")
    return language
