"""What somebody may have meant by a value that cannot be read, as a sentence that proposes it.

Each function takes the data of a value, whatever that is, and returns what to write; no meaning is ever assumed.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from babel import Locale, UnknownLocaleError

from newsroom.problems import folded
from newsroom.sentences import Sentence, say
from newsroom.text.slugs import slugify

#: What editors write elsewhere for true and false.
_MEANT = {
    **dict.fromkeys(("true", "yes", "y", "on", "1", "oui", "vrai"), "true"),
    **dict.fromkeys(("false", "no", "n", "off", "0", "non", "faux"), "false"),
}
#: A picture as Obsidian and Markdown show it.
_PICTURE = re.compile(r"!?\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]|!\[[^\[\]]*\]\(([^()]+)\)")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?\Z")


def new_name(name: str) -> Sentence:
    """Return the advice to rename a folder ``name`` to a key like it, where any of its letters can be kept."""
    key = slugify(name.encode(errors="ignore").decode())  # bytes of a name that are not UTF-8 are no letters
    return say("Rename it “{name}”.", name=key) if key else say("Rename it.")


def as_key(meant: str) -> Sentence:
    """Propose the key ``meant``, if any."""
    if not meant:
        return say("Use a-z, 0-9 and single hyphens, 100 at most.")
    return say("Write “{key}”. Use a-z, 0-9 and single hyphens, 100 at most.", key=meant)


def as_boolean(data: object) -> Sentence:
    """Propose true or false."""
    meant = _MEANT.get(data.casefold()) if isinstance(data, str) else None
    return say("Write {word}.", word=meant) if meant else say("Write true or false.")


def as_number(data: object) -> Sentence:
    """Propose the digits of ``data``."""
    digits = re.search(r"[0-9]{1,9}", data) if isinstance(data, str) else None
    return say("Write digits only, for instance {number}.", number=digits[0] if digits else "4")


def as_address(data: str) -> Sentence:
    """Propose the whole address of a host."""
    if _HOST.match(data):
        return say("Write {address}.", address=f"https://{data}")
    return say("Write it whole, starting with https://.")


def as_language(data: object, codes: Iterable[str]) -> Sentence:
    """Propose the code of the language called ``data`` in one of the languages ``codes``."""
    meant = (_language_named(data, codes) or _as_tag(data)) if isinstance(data, str) else ""
    return say("Write {code}.", code=meant) if meant else say("Write two letters, for instance fr.")


def as_list(data: object, meant: str = "") -> Sentence:
    """Propose the list that holds ``data``, or ``meant`` (YAML) in its place."""
    if meant:
        return say("Write [{items}].", items=meant)
    text = " ".join(data.split()).lstrip("-–—*") if isinstance(data, str) else ""
    listed = ", ".join(filter(None, (item.strip("\"'“”«»() ") for item in re.split("[;•]", text))))
    if listed and not re.search(r"[\[\]{}:#\"']", listed):
        return say("Write [{items}].", items=listed)
    return say("Write [one, two] or one “- item” a line.")


def example_of(values: Mapping[str, str], codes: Iterable[str]) -> str:
    """Return named values as YAML on one line, with a text for each language of ``codes``."""
    named = {**values, **dict.fromkeys(codes, "…")}
    return "{" + ", ".join(f"{name}: {text}" for name, text in named.items()) + "}"


def where_it_belongs(data: object, names: Iterable[str], takes: Callable[[str, str], bool]) -> dict[str, str]:
    """Return the one of ``names`` that a value without a name belongs to, and the value: an address is a ``url``.

    ``takes`` tells whether a name takes a text; a name that takes few texts is the better guess.
    """
    if not isinstance(data, str) or not data or '"' in data:
        return {}
    picture = _PICTURE.fullmatch(data)
    data = picture[1] or picture[2] if picture else data
    fit = [name for name in names if takes(name, data)]
    sure = [name for name in fit if not takes(name, "…")]
    return {(sure or fit)[0]: f'"{data}"'} if fit else {}


def _as_tag(data: str) -> str:
    """Return the language tag that differs from ``data`` by its capitals and hyphens, if there is one."""
    language, _, rest = data.replace("_", "-").partition("-")
    tag = f"{language.lower()}-{rest}" if rest else language.lower()
    return tag if re.fullmatch(r"[a-z]{2}(?:-[A-Za-z0-9]{2,8})?", tag) else ""


def _language_named(name: str, codes: Iterable[str]) -> str:
    for code in codes:
        try:
            known = Locale.parse(code, sep="-").languages
        except (UnknownLocaleError, ValueError):
            continue
        for other, own in known.items():
            if folded(own) == folded(name):
                return str(other)
    return ""
