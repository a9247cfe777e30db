"""The server between an edition and its readers: encrypted, believed by its certificate, and at fault in every way."""

import shutil
import ssl
import subprocess
import threading
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from mail_site import EDITION, Mailbox, hang_up, mail_server, with_readers
from site_builder import Site

from desk.mail import send

pytest_plugins = ("mail_site",)

READERS = ["ada@example.org", "bob@example.org", "cleo@example.org"]
NAME, PASSWORD = "letter", "p@ss:w/ord"


@pytest.fixture
def folder(mail_project: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    return with_readers(mail_project, READERS, monkeypatch)


def order(*more: str) -> list[str]:
    return ["--key", EDITION, "--to", "list.txt", "--in", "fr", *more]


# --- encryption ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate for ``localhost``, signed by itself, with its key beside it."""
    if shutil.which("openssl") is None:
        pytest.fail("openssl is missing: run make test, which installs it", pytrace=False)
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*command.split(), *names], cwd=folder, check=True, capture_output=True, timeout=600)
    return folder / "cert.pem"


def context_of(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


def check_password(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth_data: LoginPassword
) -> AuthResult:
    del server, session, envelope, mechanism
    right = (auth_data.login, auth_data.password) == (NAME.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def options_of(way: str, certificate: Path) -> dict[str, object]:
    if way == "smtps":
        return {"ssl_context": context_of(certificate), "auth_require_tls": False}
    return {"tls_context": context_of(certificate), "require_starttls": True}


def url_of(way: str, environ: dict[str, str], user: str = "letter:p%40ss%3Aw%2Ford@", host: str = "localhost") -> str:
    return f"{way}://{user}{host}:{environ['SMTP_URL'].rpartition(':')[2]}"


@pytest.mark.parametrize("way", ["smtp", "smtps"])
def test_a_list_is_sent_through_an_encrypted_connection_with_a_password(
    folder: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    box = Mailbox()
    login = {"authenticator": check_password, "auth_required": True}
    with mail_server(box, **options_of(way, certificate), **login) as environ:
        assert send.main(order(), {**environ, "SMTP_URL": url_of(way, dict(environ))}) == 0
    assert box.readers == READERS


@pytest.mark.parametrize("way", ["smtp", "smtps"])
@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("nobody signed it", "its certificate cannot be trusted (self"),
        ("for another host", "its certificate cannot be trusted ("),
        ("another password", "it does not accept this name and password (535)"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_server_that_cannot_be_trusted_or_does_not_trust_gets_nothing(
    certificate: Path, request: pytest.FixtureRequest, way: str, case: str, said: str
) -> None:
    monkeypatch, capsys = (request.getfixturevalue(name) for name in ("monkeypatch", "capsys"))
    if case != "nobody signed it":
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    user = "letter:wrong@" if case == "another password" else "letter:p%40ss%3Aw%2Ford@"
    host = "127.0.0.1" if case == "for another host" else "localhost"
    box = Mailbox()
    login = {"authenticator": check_password, "auth_required": True}
    with mail_server(box, **options_of(way, certificate), **login) as environ:
        assert send.main(order(), {**environ, "SMTP_URL": url_of(way, dict(environ), user, host)}) == 1
    told = capsys.readouterr().out
    assert said in told
    assert "0 of 3 have it" in told
    assert PASSWORD not in told
    assert box.messages == []
    with mail_server(box) as environ:
        assert send.main(order(), environ) == 0, "and the next command goes on from there"
    assert box.readers == READERS


def test_a_password_never_travels_unencrypted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    box = Mailbox()
    with mail_server(box, "127.0.0.2", authenticator=check_password, auth_require_tls=False) as environ:
        url = url_of("smtp", dict(environ), host="127.0.0.2")
        assert send.main(order(), {**environ, "SMTP_URL": url}) == 1
    assert "it accepts passwords only unencrypted" in capsys.readouterr().out
    assert box.messages == []


# --- faults --------------------------------------------------------------------------------------

#: ``GO`` is the command ``DATA`` itself, ``DATA`` the end of the message, ``END`` the moment after it was taken.
VERBS = ("EHLO", "MAIL", "RCPT", "GO", "DATA", "END")
FAULTS = ("451 later", "550 no", "552 too much", "421 closing", "break", "silence")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_a_server_does_at_any_step_nobody_gets_it_twice_and_nobody_is_left_out(
    folder: Path, capsys: pytest.CaptureFixture[str], verb: str, fault: str
) -> None:
    box, done = Mailbox(), threading.Event()

    def stop(server: SMTP) -> str:
        if fault == "silence":
            done.wait(10)
        return hang_up(server) if verb == "END" else hang_up(server) and "554 gone"

    lost = fault in ("break", "silence")
    reader = READERS[1] if verb in ("RCPT", "GO", "DATA", "END") else ""
    box.say(verb, reader, *([stop] if lost else [fault, fault] if verb == "EHLO" else [fault]))
    with mail_server(box) as environ:
        assert send.main(order("--timeout", "0.5"), environ) == 1
        done.set()
        told = capsys.readouterr().out
        unsure = lost and verb in ("DATA", "END")
        assert ("Add UNSURE=again or UNSURE=done" in told) == unsure
        more = ["--unsure", "done" if verb == "END" else "again"] if unsure else []
        status = send.main(order(*more), environ)
    told = capsys.readouterr().out
    refused = fault.startswith("55") and verb in ("RCPT", "GO", "DATA", "END")
    assert status == refused
    assert f"{3 - refused} of 3 have it" in told
    assert sorted(box.readers) == [reader for reader in READERS if not (refused and reader == READERS[1])]
