"""Sending an edition: whatever happens on the way, nobody gets it twice and nobody is left out."""

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_site import EDITION, Mailbox, hang_up, mail_server, silent_server, with_readers
from served_desk import free_port
from site_builder import Site, set_value

from desk.mail import send as make_send
from newsroom.mail.delivery import DeliveryRecord, Event, delivery_from
from newsroom.mail.recipients import read_recipients
from newsroom.problems import Problems

pytest_plugins = ("mail_site",)

READERS = ["ada@example.org", "bob@example.org", "cleo@example.org", "dan@example.org"]

Send = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(mail_project: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    return with_readers(mail_project, READERS, monkeypatch)


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def send(folder: Path, box: Mailbox, capsys: pytest.CaptureFixture[str]) -> Send:
    """Return the function that runs the command against a server that fills ``box``."""

    def run(to: str = "list.txt", *more: str, key: str = EDITION) -> tuple[int, str]:
        with mail_server(box) as environ:
            status = make_send.main(["--key", key, "--to", to, "--in", "fr", *more], environ)
        return status, capsys.readouterr().out

    return run


def test_a_list_gets_an_edition_once(send: Send, box: Mailbox) -> None:
    assert send() == (0, f"{EDITION}.fr: 4 of 4 have it.\n")
    assert box.readers == READERS
    assert send() == (0, f"{EDITION}.fr: 4 of 4 have it.\n")
    assert box.readers == READERS, "never twice"


def test_a_list_gets_an_edition_once_more_only_when_asked(send: Send, box: Mailbox) -> None:
    send()
    assert send("list.txt", "--again")[0] == 0
    assert box.readers == READERS * 2
    assert send()[0] == 0
    assert box.readers == READERS * 2


def test_who_joins_a_list_later_gets_what_the_others_have(send: Send, box: Mailbox, folder: Path) -> None:
    send()
    (folder / "list.txt").write_text("\n".join([*READERS, "eve@example.org", "ADA@example.org"]), encoding="utf-8")
    assert send()[0] == 0
    assert box.readers == [*READERS, "eve@example.org"]


def test_a_reader_who_stands_twice_in_a_list_gets_one_letter(send: Send, box: Mailbox, folder: Path) -> None:
    (folder / "list.txt").write_text("Ada@example.org\nada@example.org  # again\nada@Example.org\n", encoding="utf-8")
    assert send() == (0, f"{EDITION}.fr: 1 of 1 have it.\n")
    assert box.readers == ["Ada@example.org"]


def test_a_dry_run_sends_nothing_and_says_to_whom_it_would(send: Send, box: Mailbox, folder: Path) -> None:
    status, said = send("list.txt", "--dry-run")
    assert status == 0
    assert all(reader in said for reader in READERS)
    assert box.readers == []
    assert {path.suffix for path in (folder / "outbox").iterdir()} >= {".eml", ".html", ".txt"}
    send()
    assert "0 of 4 would get it: –" in send("list.txt", "--dry-run")[1]


def test_a_test_goes_to_one_address_as_often_as_asked(send: Send, box: Mailbox) -> None:
    assert send("ada@example.org")[0] == send("ada@example.org")[0] == 0
    assert box.readers == ["ada@example.org"] * 2
    send()
    assert box.readers == ["ada@example.org"] * 2 + READERS, "a test is not the edition"


# --- what servers do -------------------------------------------------------------------------


def test_one_bad_address_keeps_nobody_else_from_the_edition(send: Send, box: Mailbox) -> None:
    box.say("RCPT", READERS[1], "550 no such user", "550 asked again")
    status, said = send()
    assert status == 1
    assert f"{READERS[1]}: the server refuses it: 550 no such user. Take it out of the list" in said
    assert "3 of 4 have it" in said
    assert send()[0] == 1
    assert box.readers == [READERS[0], *READERS[2:]]
    assert box.orders["RCPT", READERS[1]], "a refusal is not asked for twice"


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_who_is_greylisted_gets_it_the_next_time(send: Send, box: Mailbox, command: str) -> None:
    box.say(command, READERS[0], "451 come back later")
    status, said = send()
    assert status == 1
    assert f"{READERS[0]}: the server asks to be tried later: 451 come back later. Give the same command again" in said
    assert send()[0] == 0
    assert sorted(box.readers) == READERS


@pytest.mark.parametrize("answer", ["421 too many", hang_up])
def test_a_list_that_was_sent_half_goes_on_where_it_stopped(send: Send, box: Mailbox, answer: object) -> None:
    box.say("RCPT", READERS[2], answer)  # type: ignore[arg-type]
    status, said = send()
    assert status == 1
    assert "2 of 4 have it" in said
    assert "Give the same command again: it goes on from here." in said
    assert "Send to them first" in send("list.txt", "--again")[1]
    assert send()[0] == 0
    assert sorted(box.readers) == READERS


@pytest.mark.parametrize("answer", ["421 not this one", hang_up])
def test_a_reader_at_whom_the_server_stops_every_time_keeps_nobody_else_from_the_edition(
    send: Send, box: Mailbox, answer: object
) -> None:
    box.say("RCPT", READERS[0], *([answer] * 3))  # type: ignore[list-item]
    assert "0 of 4 have it" in send()[1]
    said = send()[1]
    assert f"{READERS[0]}: sending stopped before it was handed over. The next command sends it after" in said
    assert "3 of 4 have it" in said
    assert box.readers == READERS[1:]


@pytest.mark.parametrize("arrived", [True, False])
def test_a_line_that_breaks_as_a_message_is_handed_over_is_for_a_person_to_judge(
    send: Send, box: Mailbox, arrived: bool
) -> None:
    box.say("END" if arrived else "DATA", READERS[1], hang_up if arrived else lambda server: hang_up(server) and "554")
    status, said = send()
    assert status == 1
    assert f"{READERS[1]}: the connection broke while it was being handed over. Add UNSURE=again or UNSURE=done" in said
    status, said = send()
    assert (status, "3 of 4 have it" in said) == (1, True), "the others are sent to"
    assert send("list.txt", "--unsure", "done" if arrived else "again")[0] == 0
    assert sorted(box.readers) == READERS


def test_a_server_that_is_not_there_is_told_in_a_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    environ = {"SMTP_URL": f"smtp://127.0.0.1:{free_port()}", "MAIL_SECRET": "x"}
    assert make_send.main(["--key", EDITION, "--to", "list.txt"], environ) == 1
    said = capsys.readouterr().out
    assert "nothing listens there" in said
    assert "0 of 4 have it" in said


def test_a_server_of_which_nobody_knows_is_told_in_a_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    environ = {"SMTP_URL": "smtp://mail.example.org", "MAIL_SECRET": "x"}
    assert make_send.main(["--key", EDITION, "--to", "list.txt"], environ) == 1
    assert "the server mail.example.org:25 stopped: there is no host of this name." in capsys.readouterr().out


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with silent_server() as url:
        environ = {"SMTP_URL": url, "MAIL_SECRET": "x"}
        assert make_send.main(["--key", EDITION, "--to", "list.txt", "--timeout", "0.2"], environ) == 1
    assert "it does not answer" in capsys.readouterr().out


@pytest.mark.parametrize(("command", "twice"), [("RCPT", False), ("END", True)])
def test_a_command_that_is_killed_goes_on_where_it_was(
    folder: Path, box: Mailbox, send: Send, command: str, twice: bool
) -> None:
    """Killed before a message was handed over, it is sent; killed after, a person judges."""
    running: list[subprocess.Popen[bytes]] = []

    def kill(server: object) -> str:
        running[0].send_signal(signal.SIGKILL)
        running[0].wait()
        return "250 OK"

    box.say(command, READERS[2], kill)
    with mail_server(box) as environ:
        arguments = [sys.executable, "-m", "desk.mail.send", "--key", EDITION, "--to", "list.txt", "--in", "fr"]
        environment = {**os.environ, **environ, "PYTHONPATH": str(folder / "plugins")}
        running.append(subprocess.Popen(arguments, cwd=folder, env=environment, stdout=subprocess.PIPE))
        running[0].communicate()
        assert running[0].returncode == -signal.SIGKILL
    status, said = send()
    assert (status == 1) == twice
    if twice:
        assert f"{READERS[2]}: the connection broke" in said
        assert send("list.txt", "--unsure", "done")[0] == 0
    assert sorted(box.readers) == READERS


def test_two_commands_at_once_do_not_send_the_same_letter(send: Send, box: Mailbox) -> None:
    answers: list[tuple[int, str]] = []

    def meanwhile(server: object) -> str:
        command = [sys.executable, "-m", "desk.mail.send", "--key", EDITION, "--to", "list.txt", "--in", "fr"]
        environment = {**os.environ, "PYTHONPATH": "plugins", "MAIL_SECRET": "x"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        answers.append((done.returncode, done.stdout))
        return "250 OK"

    box.say("RCPT", READERS[1], meanwhile)
    assert send()[0] == 0
    assert box.readers == READERS
    ((status, said),) = answers
    assert status == 1
    assert "this letter is being sent by another command. Wait until it has ended." in said


# --- what people write -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("", "TO: it does not say to whom. Write an address, or the file of a list"),
        ("ada@", "TO: “ada@” is not an address."),
        ("nobody.txt", "TO: there is no file “nobody.txt”."),
    ],
)
def test_what_is_no_reader_is_told(send: Send, box: Mailbox, to: str, said: str) -> None:
    status, found = send(to)
    assert (status, said in found, "Nothing was sent." in found) == (1, True, True)


def test_every_address_that_is_none_is_named_with_its_line(send: Send, box: Mailbox, folder: Path) -> None:
    wrong = ["a b@example.org", "ada@example", "@example.org", "é@example.org", "ada@example.org, bob@example.org"]
    (folder / "list.txt").write_text("\n".join(["ok@example.org  # hers", *wrong]), encoding="utf-8")
    status, said = send()
    assert status == 1
    for number, address in enumerate(wrong, start=2):
        assert f"list.txt:{number}: “{address}” is not an address." in said
    assert "Ask for another address of this reader" in said, "é@example.org"
    assert box.readers == []
    (folder / "list.txt").write_bytes("ok@example.org\nad\xe9@example.org".encode("latin-1"))
    assert "list.txt:2: this is not UTF-8." in send()[1]
    (folder / "list.txt").write_text("# nobody\n", encoding="utf-8")
    assert "there is no address in this list" in send()[1]
    told = send("list.txt", "--unsure", "maybe")[1]
    assert "UNSURE: “maybe” is neither again nor done. Write one of: again, done." in told


@pytest.mark.parametrize(
    ("written", "readers"),
    [
        ("\ufeffada@example.org\r\nbob@example.org\r\n", 2),
        ("ada@example.org\rbob@example.org", 2),
        ("  ada@example.org  \n\tADA@EXAMPLE.ORG # twice\n\n# bob@example.org\n", 1),
        ("ada+list@mail.example.org\no'neil@example.org\na_b-c@xn--bcher-kva.example\n", 3),
        ("ada@example.org\nBob <bob@example.org>\nmailto:eve@example.org\nada@localhost\nada@-x.org", {2, 3, 4, 5}),
        ("email,name\nada@example.org,Ada\n", {1, 2}),
        (f"{'a' * 65}@example.org\nada@{'b' * 64}.org\n{'c' * 60}@{'d.' * 97}org\n{'e' * 64}@example.org", {1, 2, 3}),
        ("ada\tbob@example.org\nada@example.org\x01\nada@@x.org\n.ada@x.org\nada.@x.org\na..b@x.org", set(range(1, 7))),
        ("info@bücher.example\né@example.org", {1, 2}),
    ],
)
def test_a_list_is_read_as_people_write_and_export_it(written: str, readers: int | set[int]) -> None:
    """Either so many readers, or the lines that are none."""
    if isinstance(readers, int):
        assert len(read_recipients("list.txt", written.encode())) == readers
        return
    with pytest.raises(Problems) as told:
        read_recipients("list.txt", written.encode())
    assert {problem.line for problem in told.value.items} == readers


def test_an_edition_that_is_none_or_not_public_is_not_sent(
    send: Send, box: Mailbox, mail_project: Site, folder: Path
) -> None:
    assert "KEY: there is no edition “2026-11-19x”. Did you mean “2026-11-19”?" in send(key="2026-11-19x")[1]
    said = send(key="2026-11-19")[1]
    assert "articles: “unfinished” is a draft. Publish it, or take it out." in said
    path = mail_project.text("editions", EDITION, "fr")
    before = path.read_text(encoding="utf-8")
    set_value(path, "draft", True)
    try:
        assert "“2026-11-18” is a draft. Publish it first" in send()[1]
        assert box.readers == []
        assert send("ada@example.org")[0] == 0, "a test may go out before"
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("url", ["http://x", "smtp://", "smtp://x:y", "smtp://host/path", "smtp://[x"])
def test_a_server_that_is_none_is_told_without_its_password(
    folder: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {"SMTP_URL": url.replace("://", "://me:secret@"), "MAIL_SECRET": "x"}
    assert make_send.main(["--key", EDITION, "--to", "ada@example.org"], environ) == 1
    said = capsys.readouterr().out
    assert "SMTP_URL: this is not a mail server. Write smtp://host:587" in said
    assert "secret" not in said


def test_a_list_is_not_sent_without_the_secret_that_signs_the_way_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_send.main(["--key", EDITION, "--to", "list.txt"], {}) == 1
    assert "MAIL_SECRET: is not set" in capsys.readouterr().out


def test_a_damaged_record_stops_the_command_before_anybody_gets_a_letter_twice(
    send: Send, box: Mailbox, folder: Path
) -> None:
    send()
    path = folder / "outbox" / f"{EDITION}.fr.sent.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])  # a machine that stopped in the middle of a line
    assert send()[0] == 1
    path.write_bytes(b"nonsense\n" + whole)
    status, said = send()
    assert (status, "this is no record of what was sent" in said) == (1, True)
    assert box.readers == READERS


def lay(kind: str, path: Path) -> None:
    """Put at ``path`` what is no plain file."""
    target = path.parents[1] / "else.txt"
    target.write_text("not the outbox", encoding="utf-8")
    {"link": lambda: path.symlink_to(target), "folder": path.mkdir, "pipe": lambda: os.mkfifo(path)}[kind]()


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
@pytest.mark.parametrize("name", [f"{EDITION}.fr.sent.jsonl", f"{EDITION}.fr.html"])
def test_what_is_no_plain_file_in_the_outbox_is_told_and_never_followed(
    send: Send, box: Mailbox, folder: Path, kind: str, name: str
) -> None:
    path = folder / "outbox" / name
    path.parent.mkdir(exist_ok=True)
    lay(kind, path)
    try:
        status, said = send("list.txt", *(["--dry-run"] if name.endswith("html") else []))
    finally:
        path.rmdir() if kind == "folder" else path.unlink()
    assert (status, box.readers) == (1, [])
    assert said == (
        f"outbox/{name}: this is not a plain file. Replace the link, pipe or folder with a copy of the file.\n"
        "Nothing was sent.\n"
    )
    assert (folder / "else.txt").read_text(encoding="utf-8") == "not the outbox"


def test_an_outbox_that_is_a_file_is_told(send: Send, box: Mailbox, folder: Path) -> None:
    shutil.rmtree(folder / "outbox", ignore_errors=True)
    (folder / "outbox").write_text("", encoding="utf-8")
    try:
        status, said = send()
    finally:
        (folder / "outbox").unlink()
    assert (status, box.readers) == (1, [])
    assert said.startswith("outbox: cannot be written: File exists. Make room for it")


@pytest.mark.parametrize(("room", "has_it"), [(0, []), (1, []), (2, READERS[:1]), (5, READERS[:2])])
def test_where_nothing_more_can_be_recorded_sending_stops_and_goes_on_later(
    send: Send, box: Mailbox, monkeypatch: pytest.MonkeyPatch, room: int, has_it: list[str]
) -> None:
    """A full disk: nobody gets a letter of whom it is not known beforehand that they may have it."""
    sync, synced = os.fsync, []

    def full(file: int) -> None:
        synced.append(file)
        if len(synced) > room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(file)

    monkeypatch.setattr("desk.mail.outbox.os.fsync", full)
    status, said = send()
    assert (status, box.readers) == (1, has_it)
    assert f"outbox/{EDITION}.fr.sent.jsonl cannot be written: No space left on device." in said
    assert "Give the same command again" in said
    monkeypatch.setattr("desk.mail.outbox.os.fsync", sync)
    send("list.txt", "--unsure", "again")
    assert sorted(box.readers) == READERS


# --- the logic alone -------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from(READERS), st.sampled_from(list(Event)), st.integers(1, 2)), max_size=30))
def test_whatever_was_noted_a_reader_is_in_one_state(events: list[tuple[str, Event, int]]) -> None:
    delivery = delivery_from([DeliveryRecord(reader, event, "", place) for reader, event, place in events])
    waiting = delivery.waiting(READERS)
    states = [delivery.with_event(READERS, event) for event in (Event.SENT, Event.REFUSED, Event.ENDING)]
    assert sorted([*waiting, *(reader for state in states for reader in state)]) == READERS
    assert delivery.again().waiting(READERS) == tuple(READERS)
