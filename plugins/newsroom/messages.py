"""The words of the interface: gettext catalogues, read from ``.po`` files.

English is the source language, so its catalogue is empty and every message
falls back to itself. Catalogues are read from source at build time: a ``.mo``
file that somebody forgot to compile cannot make two builds differ.
"""

import gettext
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from newsroom.problems import Problem, Problems
from newsroom.sentences import say
from newsroom.store.digests import digest
from newsroom.store.store import Store

DOMAIN = "messages"


def N_(message: str) -> str:  # noqa: N802 - gettext's name for a message marked and translated later
    """Mark ``message`` for extraction; whoever shows it translates it."""
    return message


class Messages(gettext.GNUTranslations):
    """One catalogue and the digest of what it was read from."""

    digest: bytes = b""


def read_messages(theme: Path, code: str, store: Store) -> Messages:
    """Return the messages of ``theme`` in a language; without a catalogue, the source words.

    Raises :class:`Problems` when the catalogue is not a sound ``.po`` file.
    """
    path = theme / "translations" / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    source = path.read_bytes() if path.is_file() else b""
    key = digest(b"messages", source)
    compiled = store.note(key)
    if compiled is None:
        compiled = compile_catalogue(source, code, f"{theme.name}/{path.relative_to(theme).as_posix()}")
        store.keep_note(key, compiled)
    messages = Messages(BytesIO(compiled))
    messages.digest = key
    return messages


def compile_catalogue(source: bytes, code: str, name: str) -> bytes:
    """Return a ``.po`` file as gettext reads it (``.mo``); raise :class:`Problems` when it is not sound."""
    out = BytesIO()
    try:
        catalogue = read_po(BytesIO(source), locale=code.replace("-", "_"), domain=DOMAIN, abort_invalid=True)
        write_mo(out, catalogue)
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        message = say("this is not a gettext catalogue: {reason}.", reason=str(error))
        problem = Problem(name, line, "", message, say("Run make messages."))
        raise Problems([problem]) from error
    return out.getvalue()
