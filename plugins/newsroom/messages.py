"""The words of the interface: gettext catalogues, read from ``.po`` files.

English is the source language and needs no catalogue: its messages are the
words themselves. In any other language an untranslated message ends the build,
because no markup can say that an attribute or a title is not in the language of
its page. Catalogues are read from source at build time: a ``.mo`` file that
somebody forgot to compile cannot make two builds differ.
"""

import gettext
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from newsroom.problems import Problem, Problems
from newsroom.sentences import nsay, say
from newsroom.store.digests import digest
from newsroom.store.store import Store

DOMAIN = "messages"
#: The language that messages are written in, in templates and code.
SOURCE_LANGUAGE = "en"


def N_(message: str) -> str:  # noqa: N802 - gettext's name for a message marked and translated later
    """Mark ``message`` for extraction; whoever shows it translates it."""
    return message


class Messages(gettext.GNUTranslations):
    """One catalogue and the digest of what it was read from."""

    digest: bytes = b""


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
    if not (partial or path.is_file()):
        what = say("the words of the interface are not translated into “{code}”.", code=code)
        raise Problems([Problem(name, 0, "", what, say("Make an empty file of this name, and run make messages."))])
    source = path.read_bytes() if path.is_file() else b""
    key = digest(b"messages", source, bytes([partial]))
    compiled = store.note(key)
    if compiled is None:
        compiled = compile_catalogue(source, code, name, partial=partial)
        store.keep_note(key, compiled)
    messages = Messages(BytesIO(compiled))
    messages.digest = key
    if not partial:
        messages.add_fallback(_Refusal(name))
    return messages


def untranslated(catalogue: Catalog) -> list[Message]:
    """Return the messages of ``catalogue`` that are not translated, or not in all their plural forms."""
    return [message for message in catalogue if message.id and (message.fuzzy or not all(_forms(message)))]


def _forms(message: Message) -> list[object]:
    return list(message.string or [""]) if isinstance(message.id, tuple | list) else [message.string]


def compile_catalogue(source: bytes, code: str, name: str, *, partial: bool = True) -> bytes:
    """Return a ``.po`` file as gettext reads it (``.mo``).

    Raises :class:`Problems` when it is not sound, or when a message is untranslated and it may not be ``partial``.
    """
    catalogue = _read_po(source, code, name)
    missing = untranslated(catalogue)
    if missing and not partial:
        first = missing[0]
        message = str(first.id[0] if isinstance(first.id, tuple | list) else first.id)
        what = nsay(
            "{count} message is not translated: “{first}”.",
            "{count} messages are not translated; the first is “{first}”.",
            len(missing),
            first=message,
        )
        raise Problems([Problem(name, first.lineno or 0, "", what, say("Write its translation as msgstr."))])
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def _read_po(source: bytes, code: str, name: str) -> Catalog:
    try:
        return read_po(BytesIO(source), locale=code.replace("-", "_"), domain=DOMAIN, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        message = say("this is not a gettext catalogue: {reason}.", reason=str(error))
        raise Problems([Problem(name, line, "", message, say("Run make messages."))]) from error
