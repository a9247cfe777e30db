"""A letter as a message (RFC 5322): text and HTML, and the headers that lists need.

One click unsubscribes (RFC 8058) where the settings give an address for it; the signature of the
server (DKIM) must cover these headers, as it does by default.
"""

import datetime as dt
import hmac
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from hashlib import blake2b, sha256
from urllib.parse import quote

from msgspec import Struct

from newsroom.mail.document import Content
from newsroom.mail.letter import Letter
from newsroom.settings import Settings
from newsroom.views.data_forms import uri

#: Headers that hold addresses: encoded words (RFC 2047, section 5) may not stand in them, however long they are.
_VERBATIM = frozenset(("list-id", "list-archive", "list-unsubscribe", "archived-at"))


class ListPolicy(EmailPolicy):
    """How messages are written: as SMTP wants them, addresses on one line."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the lines of one header."""
        if name.lower() in _VERBATIM:
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


class Envelope(Struct, frozen=True):
    """What is the same for every reader of a letter; ``secret`` signs the addresses to unsubscribe.

    ``compose`` returns the letter with such an address in it.
    """

    letter: Letter
    compose: Callable[[str], Content]
    sent: dt.datetime
    secret: str = ""


def message_to(reader: str, envelope: Envelope, settings: Settings) -> EmailMessage:
    """Return the message to ``reader``. The same letter to the same reader has the same ``Message-ID`` every time."""
    letter = envelope.letter
    way_out = way_out_of(reader, envelope, settings)
    content = envelope.compose(way_out)
    message = EmailMessage(policy=ListPolicy(linesep="\r\n"))
    name, address = parseaddr(settings.mail.sender)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=reader)
    message["Subject"] = content.subject
    message["Date"] = format_datetime(envelope.sent)
    message["Message-ID"] = message_id(letter, reader, settings.tag_authority)
    message.set_content(content.text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(content.html, subtype="html", charset="utf-8", cte="quoted-printable")
    for header, value in list_headers(letter, settings, way_out):
        message[header] = value
    message["Content-Language"] = ", ".join(part.language for part in letter.parts)
    message.set_boundary(blake2b(message["Message-ID"].encode(), digest_size=12).hexdigest())
    return message


def message_id(letter: Letter, reader: str, authority: str) -> str:
    """Return the id of ``letter`` to ``reader``, which does not tell who the reader is."""
    who = blake2b(reader.lower().encode(), digest_size=8, key=letter.name.encode()[:64]).hexdigest()
    return f"<{letter.name}.{who}@{authority}>"


def list_headers(letter: Letter, settings: Settings, way_out: str) -> list[tuple[str, str]]:
    """Return the headers of a list: its id (RFC 2919), its archive (RFC 2369), how to unsubscribe (RFC 8058).

    ``Precedence`` is in no standard; it is what keeps the programs of readers on leave from answering (RFC 3834, 2).
    """
    codes = "-".join(part.language for part in letter.parts)
    headers = [
        ("List-Id", f"<{codes}.editions.{settings.tag_authority}>"),
        ("Precedence", "list"),
        ("List-Archive", f"<{uri(letter.parts[0].archive)}>"),
        ("Archived-At", f"<{uri(letter.parts[0].item.url)}>"),
    ]
    if way_out:
        headers += [("List-Unsubscribe", f"<{uri(way_out)}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
    return headers


def way_out_of(reader: str, envelope: Envelope, settings: Settings) -> str:
    """Return the address by which ``reader`` unsubscribes, "" where the settings have none."""
    return unsubscribe_address(settings.mail.unsubscribe.get("smtp", ""), reader, envelope.secret)


def unsubscribe_address(pattern: str, reader: str, secret: str) -> str:
    """Return the address by which ``reader`` unsubscribes: ``{address}`` is the reader's, ``{token}`` proves it."""
    token = hmac.new(secret.encode(), reader.lower().encode(), sha256).hexdigest()[:32]
    return pattern.replace("{address}", quote(reader, safe="")).replace("{token}", token)
