"""The settings of mails: who sends them, and how a reader unsubscribes. Where to subscribe depends on the language.

What is secret or belongs to one machine (servers, passwords) is in the environment, not here.
"""

import re
from collections.abc import Iterator, Mapping
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr

from msgspec import Struct

from newsroom.problems import Invalid, nearest, together
from newsroom.sentences import say
from newsroom.setting_places import setting
from newsroom.setting_values import shown, wrong
from newsroom.text.characters import FORBIDDEN

#: What can send an edition: a server of one's own, or a service that keeps the list.
ENGINES = ("smtp", "listmonk", "buttondown", "mailchimp")
_SPACE = re.compile(r"\s")
_LONGEST, _LONGEST_NAME = 254, 64
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


class MailSettings(Struct, frozen=True):
    """The sender, a name and an address; by engine, the address or the words by which a reader unsubscribes."""

    sender: str = ""
    unsubscribe: dict[str, str] = {}


def sender(value: object, name: str) -> str:
    """Read ``MAIL_FROM``, the sender of mails; "" where there is none."""
    if not value:
        return ""
    if isinstance(value, str) and _is_line(value) and is_address(parseaddr(value)[1]):
        return value
    remedy = say("Write it as in “{value}”.", value="Sillage <letter@example.org>")
    raise wrong(name, say("“{value}” is no sender.", value=shown(value)), remedy)


def ways_out(value: object, name: str) -> dict[str, str]:
    """Read ``MAIL_UNSUBSCRIBE``: how a reader leaves, by engine; {} where there is none."""
    if not value:
        return {}
    if not isinstance(value, Mapping):
        remedy = say("Write it as in “{value}”.", value=f"{{{ENGINES[0]!r}: '…'}}")
        raise wrong(name, say("“{value}” is not a mapping.", value=shown(value)), remedy)
    found = [mistake for engine, text in value.items() for mistake in _wrong_way(name, engine, text)]
    if found:
        raise together(found)
    return dict(value)


def _wrong_way(name: str, engine: object, text: object) -> Iterator[Invalid]:
    place = setting(name, engine)
    if engine not in ENGINES:
        yield wrong(place, say("this key is not known."), nearest(shown(engine), ENGINES))
    elif not isinstance(text, str) or not text or not _is_line(text):
        yield wrong(place, say("“{value}” is not a text.", value=shown(text)), say("Write one line of plain text."))
    elif engine == ENGINES[0] and not text.startswith("https://"):  # RFC 8058, section 3.1
        what = say("“{value}” does not start with https://, which one click needs.", value=text)
        yield wrong(place, what, say("Write an address that does."))


def is_address(text: str) -> bool:
    """Tell whether ``text`` is one address that every server takes: ``name@host.tld`` (RFC 5321, 4.1.2), in ASCII.

    A name has up to 64 signs, a label of the host up to 63, both up to 254 (4.5.3.1).
    """
    try:
        address = Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):  # the parser raises it where there is no address
        return False
    labels = address.domain.split(".")
    return (
        text.isascii()
        and len(text) <= _LONGEST
        and 0 < len(address.username) <= _LONGEST_NAME
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and not _SPACE.search(text)
    )


def _is_line(text: str) -> bool:
    return text.isprintable() and not FORBIDDEN.search(text)
