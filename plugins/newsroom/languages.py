"""The languages of the site, as data.

Everything that depends on a language and is not a message of the interface is
one entry of the ``LANGUAGES`` setting: its own name, its CLDR locale, the words
of its addresses, the name of its typography. A new language is a new entry.
"""

import re
from collections.abc import Iterable, Mapping

from babel import Locale, UnknownLocaleError
from msgspec import Struct, ValidationError, convert

from newsroom.text.characters import FORBIDDEN
from newsroom.text.typography import RULES

#: The language that messages are written in, in templates and code.
SOURCE_LANGUAGE = "en"
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_SIGNUP = re.compile(r"(?:https?://|mailto:)[^\s\"<>]+\Z")
#: What a publication says of itself where it wants to.
_OWN_WORDS = ("purpose", "background", "issues", "licence")
_WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class Language(Struct, frozen=True):
    """One language of the site.

    ``code`` is the BCP 47 tag used in addresses and ``lang`` attributes,
    ``locale`` the CLDR locale of dates and numbers, ``name`` what speakers call
    their language, ``paths`` the words of addresses as they read in it.
    ``alphabet`` are its small letters in order, where letters with accents are letters of their own.
    ``signup`` is the address where readers ask for editions by mail, where there is one.
    What is said of this publication and no other: ``purpose`` completes a sentence that begins with the
    name of the site, ``background`` stands below it, ``issues`` above the index of editions, ``licence`` at
    the foot of every page.
    """

    code: str
    name: str
    locale: str
    tagline: str
    description: str
    paths: dict[str, str]
    typography: str = "plain"
    alphabet: str = ""
    signup: str = ""
    purpose: str = ""
    background: str = ""
    issues: str = ""
    licence: str = ""


def languages_from(setting: object, words: Iterable[str]) -> tuple[Language, ...]:
    """Build the languages from the ``LANGUAGES`` setting, in its order; each must give the path ``words``.

    Raises ``ValueError`` that names the entry and the key at fault.
    """
    if not isinstance(setting, Mapping) or not setting:
        raise ValueError("LANGUAGES: give at least one language, as in {'fr': {'name': 'Français', …}}")
    return tuple(_language(code, facts, tuple(words)) for code, facts in setting.items())


def one_line(value: object, where: str) -> str:
    """Return a setting that readers see: a line of text that pages, feeds and calendars can carry.

    Raises ``ValueError`` that names it, by ``where``.
    """
    if not isinstance(value, str) or not any(char.isprintable() and not char.isspace() for char in value):
        raise ValueError(f"{where}: give a text")
    if "\t" in value or value.splitlines() != [value] or FORBIDDEN.search(value):
        raise ValueError(f"{where}: {value!r} holds a line break or a control character. Write one line of plain text")
    return value


def _language(code: object, facts: object, words: tuple[str, ...]) -> Language:
    where = f"LANGUAGES[{code!r}]"
    if not isinstance(code, str) or not _CODE.match(code) or not _is_locale(code, "-"):
        raise ValueError(f"{where}: give a BCP 47 code that the CLDR knows, for instance 'fr'")
    if not isinstance(facts, Mapping) or not facts:
        raise ValueError(f"{where}: give its facts, as in {{'name': 'Français', 'locale': 'fr_FR', …}}")
    unknown = [key for key in facts if key == "code" or key not in Language.__struct_fields__]
    if unknown:
        raise ValueError(f"{where}: unknown key {unknown[0]!r}")
    try:
        language = convert({"code": code, **facts}, Language)
    except ValidationError as error:
        raise ValueError(f"{where}: {error}") from error
    if language.signup and not _SIGNUP.match(language.signup):
        raise ValueError(f"{where}['signup']: {language.signup!r} is no address. Write https://… or mailto:…")
    if not _is_locale(language.locale, "_"):
        raise ValueError(f"{where}['locale']: the CLDR has no {language.locale!r}. Write one it has, as in 'fr_FR'")
    for key in ("name", "tagline", "description", *_OWN_WORDS):
        if key not in _OWN_WORDS or getattr(language, key):
            one_line(getattr(language, key), f"{where}[{key!r}]")
    _check_words(language.paths, words, f"{where}['paths']")
    if language.typography not in RULES:
        raise ValueError(f"{where}['typography']: write one of {', '.join(sorted(RULES))}")
    return language


def _is_locale(tag: str, separator: str) -> bool:
    try:
        Locale.parse(tag, sep=separator)
    except (UnknownLocaleError, ValueError, TypeError):  # not known, not a tag, empty
        return False
    return True


def _check_words(paths: Mapping[str, str], words: Iterable[str], where: str) -> None:
    sections: dict[str, str] = {}
    for section in words:
        word = paths.get(section, "")
        if not _WORD.match(word):
            raise ValueError(f"{where}[{section!r}]: give a word of a-z, 0-9 and hyphens")
        other = sections.setdefault(word, section)
        if other != section:
            raise ValueError(f"{where}[{section!r}]: {word!r} is the word of {other!r} too. Give each its own")
