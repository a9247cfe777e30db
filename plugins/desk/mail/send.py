"""``make send``: an edition by email, as a test to one address or to every address of a list.

    make send KEY=2026-11-21 TO=you@example.org            a test; nothing is recorded
    make send KEY=2026-11-21 TO=readers.txt IN=fr          the list, one address per line; each reader once
    make send KEY=2026-11-21 TO=readers.txt DRY=yes        write the mail into outbox/, say who would get it

If sending stopped early, the same command goes on where it stopped. ``AGAIN=yes`` sends the letter
once more to everybody. Where the connection broke just as a message was handed over, only the
server knows whether it has it: ``UNSURE=again`` or ``UNSURE=done`` says what to do about these
readers.
"""

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from desk.mail.dispatch import Dispatch
from desk.mail.outbox import Journal, NotRecordedError, journal, write_files
from desk.mail.rendering import Studio, studio
from desk.mail.reports import tell, tell_delivery, tell_missing, tell_problems
from desk.mail.smtp import server_from
from desk.project import wrong_setting
from newsroom.mail.delivery import Delivery, DeliveryRecord, Event, delivery_from
from newsroom.mail.message import Envelope, message_to, way_out_of
from newsroom.mail.recipients import read_recipients
from newsroom.mail_settings import is_address
from newsroom.plain_files import unreadable
from newsroom.problems import Problem, Problems, nearest
from newsroom.sentences import say

#: Signs the addresses by which readers unsubscribe.
SECRET_VARIABLE = "MAIL_SECRET"  # noqa: S105 - the name of one
_TIMEOUT = 60.0
#: What a person may say of readers of whom only the server knows whether they have it.
_JUDGED = ("", "again", "done")


class SendOrder(argparse.Namespace):
    """What was asked for."""

    key: str
    to: str
    languages: str
    dry: bool
    again: bool
    unsure: str
    timeout: float

    @property
    def test(self) -> bool:
        """Whether it goes to one address, without a record."""
        return is_address(self.to)


def main(arguments: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Carry out one command in the project in the current folder; return its exit status."""
    try:
        return carry_out(order_from(arguments), environ)
    except Problems as problems:
        tell_problems(problems)
        tell(say("Nothing was sent."))
        return 1


def order_from(arguments: Sequence[str] | None) -> SendOrder:
    """Return what the command line asks for."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="make send", description=__doc__, formatter_class=layout)
    parser.add_argument("--key", default="")
    parser.add_argument("--to", default="")
    parser.add_argument("--in", dest="languages", default="")
    parser.add_argument("--dry-run", dest="dry", action="store_true")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--unsure", default="")
    parser.add_argument("--timeout", type=float, default=_TIMEOUT)
    return parser.parse_args(arguments, SendOrder())


def carry_out(order: SendOrder, environ: Mapping[str, str]) -> int:
    """Send, or say what would be sent; raise :class:`Problems`, with nothing sent, where something is wrong."""
    if order.unsure not in _JUDGED:
        message = say("“{word}” is neither again nor done.", word=order.unsure)
        raise Problems([Problem("UNSURE", 0, "", message, nearest(order.unsure, _JUDGED[1:]))])
    readers, server = _readers(order.to), server_from(environ)
    with studio() as opened:
        letter = opened.letter(order.key, opened.languages(order.languages), test=order.test)
        tell_missing(letter)
        secret = environ.get(SECRET_VARIABLE, "")
        _check(opened, order, secret)
        envelope = Envelope(letter, opened.composer(letter, "smtp"), opened.settings.now, secret)
        dispatch = Dispatch(opened, envelope, server, order.timeout)
        if order.dry:
            _write(opened, envelope)
        if order.test:
            return _test(dispatch, order)
        with journal(Path(), letter.name) as records:
            return _list(dispatch, order, readers, records)


def _readers(to: str) -> tuple[str, ...]:
    """Return who should get it: one address, or those of a list."""
    if is_address(to):
        return (to,)
    remedy = say("Write an address, or the file of a list: make send KEY=… TO=you@example.org.")
    path = Path(to or ".")
    if path.is_file():
        try:
            return read_recipients(to, path.read_bytes())
        except OSError as error:
            raise Problems([unreadable(to, error)]) from error
    if not to:
        message = say("it does not say to whom.")
    elif "@" in to:
        message = say("“{address}” is not an address.", address=to)
    else:
        message = say("there is no file “{name}”.", name=to)
    raise Problems([Problem("TO", 0, "", message, remedy)])


def _check(opened: Studio, order: SendOrder, secret: str) -> None:
    """Refuse to send a letter that readers could not answer or unsubscribe from."""
    mail = opened.settings.mail
    if not mail.sender:
        raise Problems([wrong_setting("MAIL_FROM", say("names no sender."), say("Write one."))])
    signed = "{token}" in mail.unsubscribe.get("smtp", "")
    if signed and not (secret or order.test or order.dry):
        message = say("is not set, and MAIL_UNSUBSCRIBE signs addresses with it.")
        raise Problems([Problem(SECRET_VARIABLE, 0, "", message, say("Set it, always to the same long text."))])


def _write(opened: Studio, envelope: Envelope) -> None:
    """Write the mail as it would go to its sender."""
    message = message_to(opened.sender, envelope, opened.settings)
    content = envelope.compose(way_out_of(opened.sender, envelope, opened.settings))
    forms = {"eml": message.as_bytes(), "html": content.html.encode(), "txt": content.text.encode()}
    for path in write_files(Path(), envelope.letter.name, forms):
        tell(say("{path}: {size} bytes", path=path.as_posix(), size=path.stat().st_size))


def _test(dispatch: Dispatch, order: SendOrder) -> int:
    """Send to one address, as often as somebody asks."""
    if order.dry:
        tell(say("{letter}: {reader} would get it.", letter=dispatch.name, reader=order.to))
        return 0
    said: dict[str, tuple[Event, str]] = {}
    fault = dispatch.send_to([order.to], lambda reader, event, words: said.update({reader: (event, words)}))
    event, words = said.get(order.to, (Event.DEFERRED, ""))
    sent = event is Event.SENT
    verdict = say("{reader} has it", reader=order.to) if sent else say("{reader} does not have it", reader=order.to)
    tell(say("{letter}: {verdict}: {reason}", letter=dispatch.name, verdict=verdict, reason=fault or words))
    return 0 if sent else 1


def _list(dispatch: Dispatch, order: SendOrder, readers: Sequence[str], records: Journal) -> int:
    """Send to those of a list who have not got the letter, and report the state of the delivery."""
    delivery = _settled(records, readers, order)
    waiting = delivery.waiting(readers)
    if order.dry:
        counts = {"count": len(waiting), "all": len(readers)}
        listed = ", ".join(waiting) or "–"
        tell(say("{letter}: {count} of {all} would get it: {readers}.", letter=dispatch.name, readers=listed, **counts))
        return 0

    def keep(reader: str, event: Event, words: str) -> None:
        records.add(DeliveryRecord(reader, event, dispatch.at, delivery.round, words))

    try:
        fault = dispatch.send_to(waiting, keep)
    except NotRecordedError as stopped:
        fault = stopped.reason
    return 0 if tell_delivery(dispatch.name, readers, delivery_from(records.read()), fault) else 1


def _settled(records: Journal, readers: Sequence[str], order: SendOrder) -> Delivery:
    """Return the state of the letter, given what was asked for: a new round, or a decision on what is unsure."""
    delivery = delivery_from(records.read())
    unsure = delivery.with_event(readers, Event.ENDING)
    if order.again and delivery.last:
        left = [*delivery.waiting(readers), *unsure]
        if left:
            message = say("{count} of {all} have not got it yet.", count=len(left), all=len(readers))
            raise Problems([Problem("AGAIN", 0, "", message, say("Send to them first, without AGAIN."))])
        return delivery.again()
    if order.unsure and not order.dry:
        for reader in unsure:
            event = Event.SENT if order.unsure == "done" else Event.DEFERRED
            records.add(DeliveryRecord(reader, event, "", delivery.round, f"UNSURE={order.unsure}"))
    return delivery_from(records.read())


if __name__ == "__main__":
    raise SystemExit(main())
