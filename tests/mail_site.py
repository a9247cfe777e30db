"""A project with editions, as in a clone, and a mail server that keeps what it is given: for tests of mail."""

import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax
from served_desk import free_port
from site_builder import Site, copy_program
from watch_site import make_watch_site

EDITION = "2026-11-18"
OK = "250 OK"


def make_mail_site(root: Path) -> Site:
    """Return the site of the watch with the program beside it; its editions name what is published."""
    site = make_watch_site(root)
    copy_program(site)
    return site


@pytest.fixture(scope="module")
def mail_project(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site, for tests that leave its content as it is."""
    return make_mail_site(tmp_path_factory.mktemp("mail") / "site")


def work_in(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in the folder of ``site``, as whoever types a command does, with its settings and at its moment."""
    monkeypatch.chdir(site.root)
    monkeypatch.syspath_prepend(str(site.root))
    monkeypatch.delitem(sys.modules, "pelicanconf", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(site.now))


def with_readers(site: Site, readers: Iterable[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the folder of ``site``, in which nothing was sent yet; ``list.txt`` there names ``readers``."""
    for path in (site.root / "outbox").glob("*"):
        path.unlink()
    work_in(site, monkeypatch)
    (site.root / "list.txt").write_text("\n".join(["# Readers", *readers, ""]), encoding="utf-8")
    return site.root


@dataclass
class Mailbox:
    """What a server took: messages by reader, in order; ``orders`` tells what else it says, by command and reader."""

    messages: list[tuple[str, bytes]] = field(default_factory=list)
    orders: dict[tuple[str, str], list[str | Callable[[SMTP], str]]] = field(default_factory=dict)

    def say(self, command: str, reader: str, *answers: str | Callable[[SMTP], str]) -> None:
        """Give ``answers`` to ``command`` for ``reader``, one each time, before being kind again."""
        self.orders[command, reader] = list(answers)

    @property
    def readers(self) -> list[str]:
        """Who has a message, once per message."""
        return [reader for reader, _ in self.messages]

    def message(self, reader: str) -> EmailMessage:
        """Return the one message of ``reader``."""
        (raw,) = (data for to, data in self.messages if to == reader)
        return read_message(raw)

    def _answer(self, command: str, reader: str, server: SMTP) -> str:
        waiting = self.orders.get((command, reader), [])
        answer = waiting.pop(0) if waiting else OK
        return answer if isinstance(answer, str) else answer(server)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        answer = self._answer("EHLO", "", server)
        return responses if answer == OK else [answer]

    async def handle_HELO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str) -> str:  # noqa: N802
        session.host_name = hostname
        answer = self._answer("EHLO", "", server)
        return "250 localhost" if answer == OK else answer

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self._answer("MAIL", "", server)
        if answer == OK:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self._answer("RCPT", address, server)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    def answer_to_data(self, server: SMTP, envelope: Envelope) -> str:
        """Return the answer to the command ``DATA`` itself, before any line of a message."""
        return self._answer("GO", envelope.rcpt_tos[0], server)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (reader,) = envelope.rcpt_tos
        answer = self._answer("DATA", reader, server)
        if answer == OK:
            answer = self._answer("END", reader, server)
        if answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.messages.append((reader, envelope.content))
        return answer


class _Server(SMTP):
    """aiosmtpd, which asks its handler only once a message is there, with a handler that may refuse it before."""

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        box, envelope = self.event_handler, self.envelope
        assert isinstance(box, Mailbox)
        answer = box.answer_to_data(self, envelope) if envelope and envelope.rcpt_tos else OK
        if answer == OK:
            await super().smtp_DATA(arg)
        else:
            await self.push(answer)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


def read_message(raw: bytes) -> EmailMessage:
    """Return a message as a mail program reads it."""
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def hang_up(server: SMTP) -> str:
    """Close the line instead of answering."""
    assert server.transport
    server.transport.abort()
    return OK


@contextmanager
def mail_server(box: Mailbox, host: str = "127.0.0.1", **options: Any) -> Iterator[Mapping[str, str]]:
    """Run a server that gives what it takes to ``box``; the variables that lead to it."""
    controller = _Controller(box, hostname=host, port=0, server_hostname="localhost", **options)
    controller.port = free_port()
    controller.start()
    try:
        yield {"SMTP_URL": f"smtp://{host}:{controller.port}", "MAIL_SECRET": "a long secret of the tests"}
    finally:
        controller.stop()


@contextmanager
def silent_server() -> Iterator[str]:
    """Run a server that takes calls and never says a word; its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        calls: list[socket.socket] = []

        def take() -> None:
            try:
                while True:
                    calls.append(listener.accept()[0])
            except OSError:
                return

        threading.Thread(target=take, daemon=True).start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        for call in calls:
            call.close()
