"""What became of a letter, reader by reader: read from the records of a delivery, so that it can go on.

A record is written when something is certain. ``begun`` is written when it is a reader's turn,
``ending`` right before the last line of a message, with which the server takes it over; ``sent``,
``refused`` and ``deferred`` are its answers. An ``ending`` without an answer means that the
connection broke just then: only the server knows whether the reader has the letter (RFC 1047).
Anything else has not left, and can safely be sent again: to those first whose turn it has not been
yet, so that a reader at whom a server stops every time keeps nobody else from the letter.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct


class Event(StrEnum):
    """What a record says about a reader."""

    BEGUN = "begun"
    ENDING = "ending"
    SENT = "sent"
    REFUSED = "refused"
    DEFERRED = "deferred"


class DeliveryRecord(Struct, frozen=True):
    """One event: of which reader, when, in which round (sending a list once more begins another), with what answer."""

    reader: str
    event: Event
    at: str
    round: int = 1
    words: str = ""


class Delivery(Struct, frozen=True):
    """The state of a letter: the round, and the last record of each reader in it, by address in small letters."""

    round: int
    last: dict[str, DeliveryRecord]

    def with_event(self, readers: Iterable[str], *events: Event) -> tuple[str, ...]:
        """Return those of ``readers`` whose last event is one of ``events``."""
        return tuple(reader for reader in readers if (last := self.last.get(reader.lower())) and last.event in events)

    def waiting(self, readers: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``readers`` to whom it is still to be sent: first those whose turn has not come yet."""
        done = {Event.SENT, Event.REFUSED, Event.ENDING}
        left = [reader for reader in readers if not ((last := self.last.get(reader.lower())) and last.event in done)]
        return tuple(sorted(left, key=lambda reader: reader.lower() in self.last))

    def again(self) -> "Delivery":
        """Return the delivery of the next round, in which nobody has got anything yet."""
        return Delivery(self.round + 1, {})


def delivery_from(records: Sequence[DeliveryRecord]) -> Delivery:
    """Return the state of a letter after ``records``, oldest first."""
    current = max((record.round for record in records), default=1)
    return Delivery(current, {record.reader.lower(): record for record in records if record.round == current})
