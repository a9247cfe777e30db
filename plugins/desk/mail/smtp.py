"""Sending one message after another through a server (RFC 5321), and knowing what became of each."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from desk.mail.reasons import why_unreachable
from newsroom.mail.delivery import Event
from newsroom.problems import Problem, Problems
from newsroom.sentences import Sentence, say

#: Where the server is: ``smtp://host:587`` or ``smtps://user:password@host``.
SERVER_VARIABLE = "SMTP_URL"
_PORTS = {"smtp": 25, "smtps": 465}
_NEAR = frozenset(("localhost", "127.0.0.1", "::1"))


class ServerFault(Exception):
    """The server cannot be reached, or stopped answering: nothing more can be sent now."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


class UnencryptedError(smtplib.SMTPException):
    """The server asks for a password over a connection that is not encrypted."""


class MailServer(Struct, frozen=True):
    """A server, as its address describes it; ``user`` is "" where it asks for no password."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = ""


class Answer(Struct, frozen=True):
    """What the server said about one reader."""

    event: Event
    words: str


def server_from(environ: Mapping[str, str]) -> MailServer:
    """Return the server that ``SMTP_URL`` names, or the one on this machine; raise :class:`Problems`."""
    remedy = say("Write smtp://host:587 or smtps://user:password@host.")
    wrong = Problems([Problem(SERVER_VARIABLE, 0, "", say("this is not a mail server."), remedy)])
    try:
        parts = urlsplit(environ.get(SERVER_VARIABLE) or "smtp://localhost")
        port = parts.port
    except ValueError as error:
        raise wrong from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise wrong
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port or _PORTS[parts.scheme], parts.scheme == "smtps", user, password)


@contextmanager
def connection(server: MailServer, timeout: float) -> Iterator[smtplib.SMTP]:
    """Connect, encrypt where the server can, log in; raise :class:`ServerFault` where one of them fails."""
    try:
        smtp = _connected(server, timeout)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerFault(_reason(error)) from error
    try:
        yield smtp
    finally:
        smtp.close()


def _connected(server: MailServer, timeout: float) -> smtplib.SMTP:
    if server.tls:
        trust = ssl.create_default_context()
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=trust)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=timeout)
        smtp.ehlo_or_helo_if_needed()
        if smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
        elif server.user and server.host not in _NEAR:
            smtp.close()
            raise UnencryptedError
    assert smtp.sock
    # A message ends in a packet of its own: not to be held back until the one before is acknowledged (Nagle).
    smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    smtp.ehlo_or_helo_if_needed()
    if server.user:
        smtp.login(server.user, server.password)
    return smtp


def send(smtp: smtplib.SMTP, sender: str, reader: str, message: EmailMessage, before_end: Callable[[], None]) -> Answer:
    """Send ``message`` to ``reader``; call ``before_end`` when all but the last line, which hands it over, was sent.

    Raises :class:`ServerFault` where the connection breaks: unless ``before_end`` was called, the message has not left.
    """
    try:
        return _exchange(smtp, sender, reader, message, before_end)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerFault(_reason(error)) from error


def _exchange(
    smtp: smtplib.SMTP, sender: str, reader: str, message: EmailMessage, before_end: Callable[[], None]
) -> Answer:
    for command in (f"MAIL FROM:<{sender}>", f"RCPT TO:<{reader}>", "DATA"):
        code, words = smtp.docmd(command)
        if code == 421:  # the server closes the connection, whatever was asked (RFC 5321, 3.8)
            raise smtplib.SMTPServerDisconnected(f"{code} {words.decode(errors='replace')}")
        if code >= 500 and command.startswith("MAIL"):  # no fault of this reader: it would refuse them all
            raise smtplib.SMTPSenderRefused(code, words, sender)
        if code not in (250, 251, 354):
            with suppress(smtplib.SMTPServerDisconnected):  # the answer is known; the next command finds it out
                smtp.rset()
            return _outcome(code, words)
    data = message.as_bytes()
    smtp.send(re.sub(rb"(?m)^\.", b"..", data))  # a line that starts with a dot (RFC 5321, 4.5.2)
    before_end()
    smtp.send(b".\r\n" if data.endswith(b"\r\n") else b"\r\n.\r\n")
    return _outcome(*smtp.getreply())


def _outcome(code: int, words: bytes) -> Answer:
    said = f"{code} {words.decode(errors='replace')}"
    if 200 <= code < 300:
        return Answer(Event.SENT, said)
    return Answer(Event.DEFERRED if 400 <= code < 500 else Event.REFUSED, said)


def _reason(error: Exception) -> Sentence:
    """Return what went wrong, in plain words."""
    if isinstance(error.__context__, TimeoutError):
        return why_unreachable(error.__context__)
    if isinstance(error, UnencryptedError):
        return say("it accepts passwords only unencrypted")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return say("it does not accept this name and password ({code})", code=error.smtp_code)
    if isinstance(error, ssl.SSLCertVerificationError):
        return say("its certificate cannot be trusted ({words})", words=error.verify_message)
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return say("{words}", words=f"{error.smtp_code} {words}")
    return why_unreachable(error)
