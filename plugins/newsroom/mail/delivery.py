"""What became of a letter, reader by reader: read from the records of a delivery, so that it can go on.

A record is written when something is certain. ``ending`` is written right before the last line of a
message, with which the server takes it over; ``sent``, ``refused`` and ``deferred`` are its
answers. An ``ending`` without an answer means that the connection broke just then: only the server
knows whether the reader has the letter (RFC 1047). Anything else has not left, and can safely be
sent again.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct


class Event(StrEnum):
    """What a record says about a reader."""

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

    def waiting(self, readers: Iterable[str], *, unsure_too: bool = False) -> tuple[str, ...]:
        """Return those of ``readers`` to whom the letter is still to be sent, in order."""
        done = {Event.SENT, Event.REFUSED} | (set() if unsure_too else {Event.ENDING})
        return tuple(
            reader for reader in readers if not ((last := self.last.get(reader.lower())) and last.event in done)
        )

    def again(self) -> "Delivery":
        """Return the delivery of the next round, in which nobody has got anything yet."""
        return Delivery(self.round + 1, {})


def delivery_from(records: Sequence[DeliveryRecord]) -> Delivery:
    """Return the state of a letter after ``records``, oldest first."""
    current = max((record.round for record in records), default=1)
    return Delivery(current, {record.reader.lower(): record for record in records if record.round == current})
