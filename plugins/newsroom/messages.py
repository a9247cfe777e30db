"""The words of the interface: gettext catalogues, read from ``.po`` files.

English is the source language and needs no catalogue: its messages are the
words themselves. In any other language an untranslated message ends a publication,
because no markup can say that a title is not in the language of its page; a build
for oneself shows the source’s words in its place, and pages say so. Catalogues
are read from source at build time: a ``.mo`` file that somebody forgot to compile
cannot make two builds differ.
"""

import gettext
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import msgspec
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from msgspec import Struct

from newsroom.languages import SOURCE_LANGUAGE
from newsroom.problems import Problem, Problems
from newsroom.sentences import nsay, say
from newsroom.store.digests import digest
from newsroom.store.store import Store
from newsroom.text.foreign_words import enclose

DOMAIN = "messages"


def N_(message: str) -> str:  # noqa: N802 - gettext's name for a message marked and translated later
    """Mark ``message`` for extraction; whoever shows it translates it."""
    return message


class Messages(gettext.GNUTranslations):
    """One catalogue and the digest of what it was read from.

    ``in_markup`` is the same, with words of the source enclosed for :mod:`newsroom.text.foreign_words`;
    ``gap`` says what is not translated.
    """

    digest: bytes = b""
    gap: Problem | None = None
    in_markup: gettext.NullTranslations


class _Enclosed(gettext.NullTranslations):
    """What an incomplete catalogue falls back to in pages: the words of the source, enclosed."""

    def gettext(self, message: str) -> str:
        return enclose(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return enclose(super().ngettext(singular, plural, count))

    def pgettext(self, _: str, message: str) -> str:
        return enclose(message)

    def npgettext(self, _: str, singular: str, plural: str, count: int) -> str:
        return self.ngettext(singular, plural, count)


class _Refusal(gettext.NullTranslations):
    """What a catalogue falls back to for a message that it does not have: it raises :class:`Problems`."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = file

    def gettext(self, message: str) -> str:
        what = say("“{message}” is not among the words of the interface.", message=message)
        raise Problems([Problem(self._file, 0, "", what, say("Run make messages, then translate what is new."))])

    def ngettext(self, message: str, *_: object) -> str:
        return self.gettext(message)

    def pgettext(self, _: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, _: str, message: str, *__: object) -> str:
        return self.gettext(message)


def read_messages(theme: Path, codes: Iterable[str], store: Store, *, partial: bool = False) -> dict[str, Messages]:
    """Return the messages of ``theme`` by language; with ``partial``, untranslated ones stay in the source language.

    Raises :class:`Problems` for catalogues that are missing, unsound or incomplete. A message that
    a catalogue does not have at all raises it when somebody asks for that message.
    """
    found: dict[str, Messages] = {}
    problems: list[Problem] = []
    for code in codes:
        try:
            found[code] = _read_language(theme, code, store, partial or _is_source(code))
        except Problems as more:
            problems += more.items
    if problems:
        raise Problems(problems)
    return found


def _is_source(code: str) -> bool:
    return code.partition("-")[0] == SOURCE_LANGUAGE


def _read_language(theme: Path, code: str, store: Store, partial: bool) -> Messages:
    path = theme / "translations" / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    name = f"{theme.name}/{path.relative_to(theme).as_posix()}"
    source = path.read_bytes() if path.is_file() else b""
    key = digest(b"messages and what they lack", source, bytes([partial]))
    note = store.note(key)
    if note is None:
        note = msgspec.msgpack.encode(_compile(source, code, name))
        store.keep_note(key, note)
    compiled = msgspec.msgpack.decode(note, type=_Compiled)
    gap = _gap(compiled, name) if path.is_file() else _absent(code, name)
    if gap and not partial:
        raise Problems([gap])
    messages = Messages(BytesIO(compiled.catalogue))
    messages.digest, messages.in_markup = key, messages
    if _is_source(code):
        return messages
    if partial:
        messages.gap, messages.in_markup = gap, gettext.GNUTranslations(BytesIO(compiled.catalogue))
        messages.in_markup.add_fallback(_Enclosed())
    else:
        messages.add_fallback(_Refusal(name))
    return messages


def _absent(code: str, name: str) -> Problem:
    what = say("the words of the interface are not translated into “{code}”.", code=code)
    return Problem(name, 0, "", what, say("Make an empty file of this name, and run make messages."))


def _gap(compiled: "_Compiled", name: str) -> Problem | None:
    if not compiled.missing:
        return None
    what = nsay(
        "{count} message is not translated: “{first}”.",
        "{count} messages are not translated; the first is “{first}”.",
        compiled.missing,
        first=compiled.first,
    )
    return Problem(name, compiled.line, "", what, say("Write its translation as msgstr."))


def untranslated(catalogue: Catalog) -> list[Message]:
    """Return the messages of ``catalogue`` that are not translated, or not in all their plural forms."""
    return [message for message in catalogue if message.id and (message.fuzzy or not all(_forms(message)))]


def _forms(message: Message) -> list[object]:
    return list(message.string or [""]) if isinstance(message.id, tuple | list) else [message.string]


class _Compiled(Struct, frozen=True):
    """A catalogue as gettext reads it (``.mo``), how many of its messages are missing, and which is the first."""

    catalogue: bytes
    missing: int
    first: str
    line: int


def compile_catalogue(source: bytes, code: str, name: str) -> bytes:
    """Return what is translated in a ``.po`` file, as gettext reads it (``.mo``).

    Raises :class:`Problems` when the file is not sound.
    """
    return _compile(source, code, name).catalogue


def _compile(source: bytes, code: str, name: str) -> _Compiled:
    catalogue = _read_po(source, code, name)
    missing = untranslated(catalogue)
    for message in missing:
        catalogue.delete(message.id, message.context)
    out = BytesIO()
    write_mo(out, catalogue)
    if not missing:
        return _Compiled(out.getvalue(), 0, "", 0)
    first = missing[0]
    said = str(first.id[0] if isinstance(first.id, tuple | list) else first.id)
    return _Compiled(out.getvalue(), len(missing), said, first.lineno or 0)


def _read_po(source: bytes, code: str, name: str) -> Catalog:
    try:
        return read_po(BytesIO(source), locale=code.replace("-", "_"), domain=DOMAIN, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        message = say("this is not a gettext catalogue: {reason}.", reason=str(error))
        raise Problems([Problem(name, line, "", message, say("Run make messages."))]) from error
