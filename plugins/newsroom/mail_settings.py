"""The settings of mails: who sends them, and how a reader unsubscribes. Where to subscribe depends on the language.

What is secret or belongs to one machine (servers, passwords) is in the environment, not here.
"""

import re
from collections.abc import Mapping
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr

from msgspec import Struct

from newsroom.text.characters import FORBIDDEN

#: What can send an edition: a server of one's own, or a service that keeps the list.
ENGINES = ("smtp", "listmonk", "buttondown", "mailchimp")
_SPACE = re.compile(r"\s")


class MailSettings(Struct, frozen=True):
    """The sender, a name and an address; by engine, the address or the words by which a reader unsubscribes."""

    sender: str = ""
    unsubscribe: dict[str, str] = {}


def mail_settings_from(sender: object, unsubscribe: object) -> MailSettings:
    """Return the settings of mails from ``MAIL_FROM`` and ``MAIL_UNSUBSCRIBE``; both may be absent.

    Raises ``ValueError`` naming the setting at fault and what to write.
    """
    if sender and not (isinstance(sender, str) and _is_line(sender) and is_address(parseaddr(sender)[1])):
        raise ValueError(f"MAIL_FROM: {sender!r} is no sender. Write it as in 'Sillage <letter@example.org>'")
    ways_out = _mapping(unsubscribe, "MAIL_UNSUBSCRIBE", ENGINES)
    smtp = ways_out.get("smtp", "")
    if smtp and not smtp.startswith("https://"):  # RFC 8058, section 3.1
        raise ValueError(f"MAIL_UNSUBSCRIBE['smtp']: {smtp!r} does not start with https://, which one click needs")
    return MailSettings(str(sender or ""), ways_out)


def is_address(text: str) -> bool:
    """Tell whether ``text`` is one address that every server takes: ``name@host.tld`` (RFC 5321, 4.1.2), in ASCII."""
    try:
        address = Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):  # the parser raises it where there is no address
        return False
    labels = address.domain.split(".")
    return (
        text.isascii()
        and bool(address.username)
        and len(labels) > 1
        and all(re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", label) for label in labels)
        and not _SPACE.search(text)
    )


def _mapping(value: object, name: str, keys: tuple[str, ...]) -> dict[str, str]:
    if not value:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError(  # noqa: TRY004 - a setting at fault is one kind of error
            f"{name}: {value!r} is not a mapping. Write it as in {{{keys[0]!r}: '…'}}"
        )
    for key, text in value.items():
        if key not in keys:
            raise ValueError(f"{name}: {key!r} is not one of {', '.join(keys)}")
        if not isinstance(text, str) or not text or not _is_line(text):
            raise ValueError(f"{name}[{key!r}]: {text!r} is not a line of text")
    return dict(value)


def _is_line(text: str) -> bool:
    return text.isprintable() and not FORBIDDEN.search(text)
