"""Handing an edition to listmonk and to Buttondown: once, as their APIs want it, whatever gets lost on the way."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import lxml.html
import pytest
from json_schema import ValidationError, validate
from mail_site import EDITION, work_in
from served_desk import free_port
from site_builder import ROOT, Site

from desk.mail import campaign

pytest_plugins = ("mail_site",)

FRENCH = f"{EDITION}.fr"


@dataclass
class Engine:
    """A service that holds to its recorded contract, and can be told to fail once."""

    contract: dict[str, Any]
    letters: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def answer(self, method: str, path: str, headers: Any, body: Any) -> tuple[int, Any]:
        """Return what the service says; anything outside of the contract is 400."""
        if not re.search(self.contract["authorization"], headers.get("Authorization", "")):
            return 403, {"message": "invalid credentials"}
        for exchange in self.contract["exchanges"]:
            fits = exchange["method"] == method and re.search(exchange["path"], path)
            if fits and ("when" not in exchange or exchange["when"] in (body or {})):
                return self._carry_out(exchange, fits, headers, body)
        return 404, {"message": f"{method} {path} is not in the contract"}

    def _carry_out(self, exchange: dict[str, Any], fits: re.Match[str], headers: Any, body: Any) -> tuple[int, Any]:
        name = exchange["name"]
        self.calls.append(name)
        for header, pattern in exchange.get("headers", {}).items():
            if not re.search(pattern, headers.get(header, "")):
                return 400, {"code": "sending_requires_confirmation"}
        try:
            validate(body, exchange.get("request", {"type": "null"}))
        except ValidationError as error:
            return 400, {"message": error.message}
        if self.faults.get(name) == ["refuse"]:
            return 500, {"message": "the database is away"}
        recorded = json.loads(json.dumps(exchange["response"]))
        return exchange["status"], getattr(self, f"_{name}")(recorded, fits, body)

    def _find(self, recorded: Any, _: Any, __: Any) -> Any:
        place = recorded.get("data", recorded)
        place["results"] = list(reversed(self.letters))
        return recorded

    def _create(self, recorded: Any, _: Any, body: Any) -> Any:
        letter = recorded.get("data", recorded)
        letter.update(body, id=type(letter["id"])(f"{len(self.letters) + 1}"), status="draft")
        self.letters.append(letter)
        return recorded

    def _update(self, recorded: Any, fits: re.Match[str], body: Any) -> Any:
        self._letter(fits[1]).update(body)
        return recorded

    def _start(self, recorded: Any, fits: re.Match[str], body: Any) -> Any:
        self._letter(fits[1]).update(body)
        return recorded

    def _letter(self, identity: str) -> dict[str, Any]:
        return next(letter for letter in self.letters if str(letter["id"]) == identity)


def handler_for(engine: Engine) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            super().handle_one_request()

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            status, said = engine.answer(self.command, self.path, self.headers, body)
            if engine.faults.pop(engine.calls[-1] if engine.calls else "", None) == ["lose"]:
                self.connection.close()  # done, and the answer is lost
                return
            data = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_PUT = do_PATCH = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture(params=["listmonk", "buttondown"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(name: str) -> Engine:
    return Engine(json.loads((ROOT / "tests" / "contracts" / f"{name}.json").read_text(encoding="utf-8")))


def environment(port: int) -> dict[str, str]:
    url = f"http://127.0.0.1:{port}"
    return {
        **{"LISTMONK_URL": url, "LISTMONK_TOKEN": "editor:secret", "LISTMONK_TEMPLATE": "2"},
        **{"BUTTONDOWN_URL": url, "BUTTONDOWN_TOKEN": "secret"},
    }


Hand = Callable[..., tuple[int, str]]


@pytest.fixture
def hand(
    mail_project: Site, name: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Hand]:
    """Return the function that runs the command against a service that keeps its contract."""
    work_in(mail_project, monkeypatch)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(engine))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def run(*more: str) -> tuple[int, str]:
        order = ["--key", EDITION, "--engine", name, "--in", "fr", "--list", "3,4", *more]
        return campaign.main(order, environment(server.server_address[1])), capsys.readouterr().out

    yield run
    server.shutdown()
    server.server_close()


def test_an_edition_becomes_a_draft_that_the_same_command_brings_up_to_date(
    hand: Hand, engine: Engine, name: str
) -> None:
    status, said = hand()
    assert (status, f"{name} has a draft of {FRENCH}" in said) == (0, True)
    assert hand()[0] == 0
    (letter,) = engine.letters
    assert letter["status"] == "draft"
    assert letter["subject"] == "Le numéro 1"
    mail = lxml.html.fromstring(letter["body"].encode())
    way_out = {"listmonk": "{{ UnsubscribeURL }}", "buttondown": "{{ unsubscribe_url }}"}[name]
    assert mail.xpath("//a[text()='Se désabonner']/@href") == [way_out]
    if name == "listmonk":
        assert (letter["lists"], letter["template_id"], letter["content_type"]) == ([3, 4], 2, "html")
        assert way_out in letter["altbody"]
        assert letter["from_email"] == "Sillage <letter@sillage.example>"
    assert engine.calls == ["find", "create", "find", "update"]


def test_what_was_started_is_left_alone_unless_asked(hand: Hand, engine: Engine, name: str) -> None:
    assert hand("--start") == (0, f"{name} sends {FRENCH}.\n")
    assert engine.letters[0]["status"] in ("running", "about_to_send")
    status, said = hand("--start")
    assert (status, "has already sent" in said, "AGAIN=yes" in said) == (1, True, True)
    assert len(engine.letters) == 1
    assert hand("--start", "--again")[0] == 0
    assert len(engine.letters) == 2


def test_a_dry_run_changes_nothing(hand: Hand, engine: Engine) -> None:
    assert hand("--dry-run", "--start")[0] == 0
    hand()
    assert "would be changed" in hand("--dry-run")[1]
    assert engine.calls.count("create") == 1
    assert not {"update", "start"} & set(engine.calls)


@pytest.mark.parametrize("step", ["find", "create", "start"])
@pytest.mark.parametrize("fault", ["lose", "refuse"])
def test_whatever_gets_lost_the_same_command_goes_on(hand: Hand, engine: Engine, step: str, fault: str) -> None:
    engine.faults[step] = [fault]
    status, said = hand("--start")
    assert status == 1
    assert "Give the same command again: it goes on from here." in said
    hand("--start")
    assert len(engine.letters) == 1, "one letter, whatever happened"
    assert engine.letters[0]["status"] in ("running", "about_to_send")


def test_a_service_that_is_not_there_or_not_named_is_told(
    mail_project: Site, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    work_in(mail_project, monkeypatch)
    order = ["--key", EDITION, "--engine", name, "--in", "fr", "--list", "3"]
    assert campaign.main(order, environment(free_port())) == 1
    assert f"{name}: nothing listens there. Give the same command again" in capsys.readouterr().out
    assert campaign.main(order, {}) == 1
    said = capsys.readouterr().out
    assert f"{name.upper()}_TOKEN: is not set. See docs/mail.md." in said
    assert campaign.main(["--key", EDITION, "--engine", "liszmonk"], {}) == 1
    assert "ENGINE: “liszmonk” is not a known engine. Did you mean “listmonk”?" in capsys.readouterr().out
    if name == "listmonk":
        assert campaign.main([*order[:-1], "news"], environment(free_port())) == 1
        assert "LIST: listmonk’s lists and templates are given by number." in capsys.readouterr().out


def test_wrong_credentials_are_told_in_the_words_of_the_service(hand: Hand, engine: Engine, name: str) -> None:
    engine.contract["authorization"] = "^Never"
    status, said = hand()
    assert (status, "it answers 403" in said, "invalid credentials" in said) == (1, True, True)
    assert "secret" not in said


def test_mailchimp_gets_files_with_its_own_tags(
    mail_project: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    work_in(mail_project, monkeypatch)
    assert campaign.main(["--key", EDITION, "--engine", "mailchimp"], {}) == 0
    assert f"outbox/{EDITION}.fr.en.mailchimp.html" in capsys.readouterr().out
    html = (mail_project.root / "outbox" / f"{EDITION}.fr.en.mailchimp.html").read_text(encoding="utf-8")
    assert html.count("*|UNSUB|*") == 2
