"""A list that is sent through a server with any sequence of faults, by a command that may be killed at any moment.

Whatever happened, the same command given again and again ends with every reader having the letter once, or refused.
A person is asked about a reader only where nobody but the server can know, and answers what is true.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from mail_site import EDITION, OK, Mailbox, hang_up, mail_server, make_mail_site
from properties import examples

from desk.mail import outbox, send
from desk.mail.outbox import Journal
from desk.mail.rendering import Studio, studio
from newsroom.mail.delivery import DeliveryRecord, Event, delivery_from
from newsroom.mail.document import Content

READERS = [f"reader{number}@example.org" for number in range(5)]
ANSWERS = ("", "", "", "451 later", "452 full", "421 closing", "550 no", "552 too much", "break", "lost")
#: What the journal does with a record: it keeps it, or the command is killed before, while or after it is written.
DEATHS = ("", "", "", "", "", "", "", "before", "while", "after")


class KilledError(BaseException):
    """The command ends here, as when the machine stops."""


class Faulty(Mailbox):
    """A server that answers one command after another by a plan, and is kind once that is at its end.

    ``break`` closes the connection instead of answering; ``lost`` does so after having taken the message.
    """

    plan: Iterator[str] = iter(())
    refused: frozenset[str] = frozenset()

    def _answer(self, command: str, reader: str, server: object) -> str:
        if command == "DATA":
            return OK
        answer = next(self.plan, "")
        if answer in ("break", "lost"):
            hang_up(server)  # type: ignore[arg-type]
            return OK if answer == "lost" and command == "END" else "554 gone"
        if answer.startswith("55") and command in ("RCPT", "GO", "END"):
            self.refused |= {reader}
        return answer or OK


class MortalJournal(Journal):
    """The records of a command that may be killed as it keeps one."""

    deaths: Iterator[str] = iter(())

    def add(self, record: DeliveryRecord) -> None:
        death = next(self.deaths, "")
        if death == "while":
            self._file.write(b'{"reader":"rea')
            self._file.flush()
        if death in ("before", "while"):
            raise KilledError
        super().add(record)
        if death == "after":
            raise KilledError


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Return what ``studio()`` gives, read once, with letters that are short: this is about who gets them."""
    folder = make_mail_site(tmp_path_factory.mktemp("mail") / "site").root
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.syspath_prepend(str(folder))
        with studio() as real:
            yield short(real)


def short(real: Studio) -> object:
    letter = real.letter(EDITION, ("fr",))
    return SimpleNamespace(
        settings=real.settings,
        sender=real.sender,
        languages=real.languages,
        letter=lambda *_, **__: letter,
        composer=lambda *_: lambda way_out: Content("Subject", f"<p>{way_out}</p>", f".\n{way_out}\n"),
    )


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Faulty, dict[str, str]]]:
    box = Faulty()
    with mail_server(box) as environ:
        yield box, dict(environ)


@examples(40, cost=5, suppressed=(HealthCheck.function_scoped_fixture,))
@example(["", "", "550 no"], ["", "before"])  # refused, and killed before that was noted: asked again, and taken
@given(st.lists(st.sampled_from(ANSWERS), max_size=30), st.lists(st.sampled_from(DEATHS), max_size=30))
def test_whatever_goes_wrong_every_reader_has_the_letter_once(
    opened: object,
    server: tuple[Faulty, dict[str, str]],
    tmp_path: Path,
    answers: list[str],
    deaths: list[str],
) -> None:
    box, environ = server
    box.messages, box.plan, box.refused = [], iter(answers), frozenset()
    (tmp_path / "list.txt").write_text("\n".join(READERS), encoding="utf-8")
    (tmp_path / "outbox" / f"{EDITION}.fr.sent.jsonl").unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        patch.setattr("socket.getfqdn", lambda: "localhost")  # asks the network for its name at every connection
        patch.setattr(send, "studio", lambda: nullcontext(opened))
        patch.setattr(MortalJournal, "deaths", iter(deaths))
        patch.setattr(outbox, "Journal", MortalJournal)
        for _ in range(len(answers) + len(deaths) + 2):
            if deliver(box, environ, tmp_path) == 0 or settled(box, tmp_path):
                break
    assert settled(box, tmp_path)
    refused = set(state(tmp_path).with_event(READERS, Event.REFUSED))
    assert refused <= box.refused, "nobody is left out whom the server did not refuse"
    assert sorted(box.readers) == sorted(set(READERS) - refused)


def deliver(box: Faulty, environ: dict[str, str], folder: Path) -> int:
    """Give the command once, with what a person who knows the truth says of one reader nobody else knows about."""
    unsure = state(folder).with_event(READERS, Event.ENDING)
    judged = {"done" if reader in box.readers else "again" for reader in unsure}
    more = ["--unsure", judged.pop()] if len(judged) == 1 else []
    assert not judged, "no more than one reader is ever in doubt"
    try:
        return send.main(["--key", EDITION, "--to", "list.txt", "--in", "fr", "--timeout", "5", *more], environ)
    except KilledError:
        return 1


def state(folder: Path) -> send.Delivery:
    path = folder / "outbox" / f"{EDITION}.fr.sent.jsonl"
    path.parent.mkdir(exist_ok=True)
    journal = Journal(path)
    try:
        return delivery_from(journal.read())
    finally:
        journal.close()


def settled(box: Faulty, folder: Path) -> bool:
    """Tell whether there is nothing left to do: every reader has it or is refused."""
    found = state(folder)
    return not found.waiting(READERS) and not found.with_event(READERS, Event.ENDING)
