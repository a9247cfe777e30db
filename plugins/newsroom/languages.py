"""The languages of the site, as data.

Everything that depends on a language and is not a message of the interface is
one entry of the ``LANGUAGES`` setting: its own name, its CLDR locale, the words
of its addresses, the name of its typography. A new language is a new entry.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from babel import Locale, UnknownLocaleError
from msgspec import Struct

from newsroom.problems import Invalid, nearest, together
from newsroom.sentences import Sentence, say
from newsroom.setting_places import setting
from newsroom.setting_values import one_line, shown, wrong
from newsroom.text.slugs import slugify
from newsroom.text.typography import RULES

#: The language that messages are written in, in templates and code.
SOURCE_LANGUAGE = "en"
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_SIGNUP = re.compile(r"(?:https?://|mailto:)[^\s\"<>]+\Z")
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


def languages_from(words: tuple[str, ...], value: object, name: str) -> tuple[Language, ...]:
    """Read ``LANGUAGES``, in its order; each must give the path ``words``.

    Raises :class:`Invalid`, which tells all that is wrong with them.
    """
    if not isinstance(value, Mapping) or not value:
        raise wrong(name, say("one language at least is expected."), _as_in("{'fr': {'name': 'Français', …}}"))
    found = [mistake for code, facts in value.items() for mistake in _mistakes(setting(name, code), code, facts, words)]
    if found:
        raise together(found)
    return tuple(Language(code=code, **facts) for code, facts in value.items())


def _mistakes(name: str, code: object, facts: object, words: tuple[str, ...]) -> Iterator[Invalid]:
    """Yield what is wrong with one language."""
    if not isinstance(code, str) or not _CODE.match(code) or not _is_locale(code, "-"):
        remedy = _nearest_locale(shown(code), "-") or say("Write one, as in “fr”.")
        yield wrong(
            name, say("“{value}” is not a language code (BCP 47) that the CLDR knows.", value=shown(code)), remedy
        )
    if not isinstance(facts, Mapping) or not facts:
        yield wrong(
            name, say("the facts of the language are expected."), _as_in("{'name': 'Français', 'locale': 'fr_FR', …}")
        )
        return
    known = [key for key in Language.__struct_fields__ if key != "code"]
    for key in facts:
        if key not in known:
            yield wrong(setting(name, key), say("this key is not known."), nearest(shown(key), known))
    for key in known:
        if key in facts or key in _REQUIRED:
            try:
                _READERS.get(key, one_line)(facts.get(key), setting(name, key))
            except Invalid as mistake:
                yield mistake
    paths = facts.get("paths")
    if isinstance(paths, Mapping) and paths:
        yield from _wrong_words(paths, words, setting(name, "paths"))


def _as_in(value: str) -> Sentence:
    return say("Write it as in “{value}”.", value=value)


def _own_line(value: object, name: str) -> None:
    """Check a text that may be absent."""
    if value != "":
        one_line(value, name)


def _signup(value: object, name: str) -> None:
    if value != "" and not (isinstance(value, str) and _SIGNUP.match(value)):
        what = say("“{value}” is no address.", value=shown(value))
        raise wrong(name, what, say("Write {one} or {other}.", one="https://…", other="mailto:…"))


def _locale(value: object, name: str) -> None:
    if not isinstance(value, str) or not _is_locale(value, "_"):
        remedy = _nearest_locale(shown(value), "_") or say("Write one, as in “fr_FR”.")
        raise wrong(name, say("the CLDR has no “{value}”.", value=shown(value)), remedy)


def _typography(value: object, name: str) -> None:
    if not isinstance(value, str) or value not in RULES:
        raise wrong(name, say("there is no “{key}”.", key=shown(value)), nearest(shown(value), RULES))


def _paths(value: object, name: str) -> None:
    if not isinstance(value, Mapping) or not value:
        remedy = _as_in("{'topics': 'sujets', …}")
        raise wrong(name, say("the words of addresses are expected."), remedy)


_REQUIRED = ("name", "locale", "tagline", "description", "paths")
#: What reads the facts that are not simply a line of text that must be there.
_READERS: dict[str, Callable[[object, str], object]] = {
    "locale": _locale,
    "paths": _paths,
    "typography": _typography,
    "signup": _signup,
    **dict.fromkeys(("alphabet", "purpose", "background", "issues", "licence"), _own_line),
}


def _is_locale(tag: str, separator: str) -> bool:
    try:
        Locale.parse(tag, sep=separator)
    except (UnknownLocaleError, ValueError, TypeError):  # not known, not a tag, empty
        return False
    return True


def _nearest_locale(tag: str, separator: str) -> Sentence | None:
    """Return the advice to write what is close to ``tag`` and known: with its proper signs, or the language alone."""
    whole = re.sub(r"[_-]+", separator, tag.strip())
    near = next((each for each in (whole, whole.split(separator)[0].lower()) if _is_locale(each, separator)), "")
    return say("Did you mean “{word}”?", word=near) if near else None


def _wrong_words(paths: Mapping[str, object], words: Iterable[str], name: str) -> Iterator[Invalid]:
    sections: dict[str, str] = {}
    for section in words:
        word, place = paths.get(section, ""), setting(name, section)
        remedy = say("Write the word of its addresses: a-z, 0-9 and single hyphens.")
        if section not in paths:
            yield wrong(place, say("this key is missing."), remedy)
        elif not isinstance(word, str) or not _WORD.match(word):
            meant = slugify(word) if isinstance(word, str) else ""
            remedy = say("Write “{value}”.", value=meant) if meant else remedy
            yield wrong(place, say("“{value}” cannot stand in an address.", value=shown(word)), remedy)
        elif (other := sections.setdefault(word, section)) != section:
            what = say("“{word}” is the word of “{other}” too.", word=word, other=other)
            yield wrong(place, what, say("Give each its own."))
