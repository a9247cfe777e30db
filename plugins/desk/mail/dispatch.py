"""Sending one letter to reader after reader through a server, and reporting each event to whoever keeps the records."""

from collections.abc import Callable, Sequence
from functools import partial

from desk.mail.rendering import Studio
from desk.mail.smtp import MailServer, ServerFault, connection, send
from newsroom.mail.delivery import Event
from newsroom.mail.message import Envelope, message_to
from newsroom.sentences import Sentence, say

#: Takes what happened to one reader's letter: who, what, the words of the server.
Keep = Callable[[str, Event, str], None]


class Dispatch:
    """A letter, the server it goes through, and how many seconds an answer may take."""

    def __init__(self, opened: Studio, envelope: Envelope, server: MailServer, timeout: float) -> None:
        self._opened, self._envelope, self._server, self._timeout = opened, envelope, server, timeout
        self.name, self.at = envelope.letter.name, envelope.sent.isoformat()

    def send_to(self, readers: Sequence[str], keep: Keep) -> Sentence | None:
        """Send to ``readers`` in order; return why sending stopped early, if it did."""
        if not readers:
            return None
        sender, settings = self._opened.sender, self._opened.settings
        try:
            with connection(self._server, self._timeout) as smtp:
                for reader in readers:
                    keep(reader, Event.BEGUN, "")
                    message = message_to(reader, self._envelope, settings)
                    outcome = send(smtp, sender, reader, message, partial(keep, reader, Event.ENDING, ""))
                    keep(reader, outcome.event, outcome.words)
        except ServerFault as fault:
            where = f"{self._server.host}:{self._server.port}"
            return say("the server {where} stopped: {reason}", where=where, reason=fault.reason)
        return None
