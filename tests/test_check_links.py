"""Cited pages are asked for politely, and what became of each is told where it is cited."""

import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from served_desk import PATIENCE
from site_builder import Site, change, copy_program, desk

from desk.links import LinkState, Manners, Memory, check

#: What the server answers, by path: statuses, one a request, the last one for ever; and headers.
ANSWERS: dict[str, tuple[list[int], dict[str, str]]] = {
    "/fine": ([200], {}),
    "/moved": ([301], {"Location": "/new"}),
    "/moved-twice": ([308], {"Location": "/moved"}),
    "/for-now": ([302], {"Location": "/fine"}),
    "/new": ([200], {}),
    "/missing": ([404], {}),
    "/gone": ([410], {}),
    "/moved-to-nothing": ([301], {"Location": "/missing"}),
    "/round": ([302], {"Location": "/round"}),
    "/busy": ([429, 200], {"Retry-After": "1"}),
    "/always-busy": ([429], {"Retry-After": "0"}),
    "/broken": ([500], {}),
    "/wall": ([403], {}),
    "/no-head": ([405, 200], {}),
    "/head-lies": ([404, 200], {}),
    "/private/page": ([200], {}),
    "/accents/%C3%A9t%C3%A9": ([200], {}),
}
ROBOTS = b"User-agent: *\nDisallow: /private/\n"


class Server(ThreadingHTTPServer):
    """A server that answers by ``ANSWERS`` and counts what it is asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        self.times: list[float] = []
        self.agents: set[str] = set()
        self.given_up = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers HEAD and GET."""

    server: Server

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        before = Counter(path for _, path in self.server.asked)[self.path]
        self.server.asked.append((self.command, self.path))
        self.server.times.append(time.monotonic())
        self.server.agents.add(self.headers["User-Agent"])
        if self.path == "/slow":
            self.server.given_up.wait(PATIENCE)
        if self.path == "/torn":
            self.connection.close()
            return
        robots = self.path == "/robots.txt"
        statuses, headers = ([200], {}) if robots else ANSWERS.get(self.path, ([404], {}))
        self.send_response(statuses[min(before, len(statuses) - 1)])
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(ROBOTS)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(ROBOTS)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server for one test."""
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.05,))
        thread.start()
        yield running
        running.given_up.set()
        running.shutdown()
        thread.join()


def manners(pause: float = 0.0, timeout: float = PATIENCE) -> Manners:
    return Manners("Test link check (https://sillage.example)", pause, timeout)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/fine", LinkState("fine")),
        ("/fine?a=1&b=%20", LinkState("gone", "404")),
        ("/moved", LinkState("moved", "301", "/new")),
        ("/moved-twice", LinkState("moved", "308", "/new")),
        ("/for-now", LinkState("fine")),
        ("/missing", LinkState("gone", "404")),
        ("/gone", LinkState("gone", "410")),
        ("/moved-to-nothing", LinkState("gone", "404")),
        ("/round", LinkState("unsure", "ResponseError")),
        ("/busy", LinkState("fine")),
        ("/always-busy", LinkState("unsure", "429")),
        ("/broken", LinkState("unsure", "500")),
        ("/wall", LinkState("unsure", "403")),
        ("/no-head", LinkState("fine")),
        ("/head-lies", LinkState("fine")),
        ("/private/page", LinkState("unsure", "robots.txt")),
        ("/accents/été", LinkState("fine")),
        ("/slow", LinkState("unsure", "ReadTimeoutError")),
        ("/torn", LinkState("unsure", "ProtocolError")),
    ],
)
def test_what_became_of_an_address_is_told(path: str, expected: LinkState, server: Server) -> None:
    found = check([server.url + path], manners(timeout=0.1 if path == "/slow" else PATIENCE))[server.url + path]
    to = server.url + expected.to if expected.to else ""
    assert found == LinkState(expected.state, expected.why, to)


@pytest.mark.parametrize(
    ("address", "state", "why"),
    [
        ("http://nowhere.invalid/", "gone", "DNS"),
        ("http://127.0.0.1:9/", "unsure", "NewConnectionError"),
        ("http://[::1", "unsure", "address"),
        ("https://a b.example/", "unsure", "address"),
        ("http://127.0.0.1:99999/", "unsure", "address"),
    ],
)
def test_a_server_that_is_not_there_stops_nothing(address: str, state: str, why: str, server: Server) -> None:
    found = check([address, f"{server.url}/fine"], manners())
    assert (found[address].state, found[address].why) == (state, why)
    assert found[f"{server.url}/fine"] == LinkState("fine")


def test_a_machine_without_a_network_takes_nothing_for_gone() -> None:
    addresses = ["http://nowhere.invalid/", "http://elsewhere.invalid/"]
    assert set(check(addresses, manners()).values()) == {LinkState("unsure", "DNS")}


@pytest.mark.programs
def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    words = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost"
    subprocess.run(["openssl", *words.split()], cwd=tmp_path, check=True, capture_output=True)
    with Server() as running:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
        running.socket = context.wrap_socket(running.socket, server_side=True)
        thread = threading.Thread(target=running.serve_forever, args=(0.05,))
        thread.start()
        address = f"https://localhost:{running.server_port}/fine"
        found = check([address], manners())[address]
        running.shutdown()
        thread.join()
    assert found.state == "unsure"
    assert found.why == "TLS: self-signed certificate"


# --- manners -------------------------------------------------------------------------------


def test_one_asks_without_reading_and_says_who_one_is(server: Server) -> None:
    check([f"{server.url}/fine", f"{server.url}/moved"], manners())
    assert server.asked == [("GET", "/robots.txt"), ("HEAD", "/fine"), ("HEAD", "/moved"), ("HEAD", "/new")]
    assert server.agents == {"Test link check (https://sillage.example)"}


def test_a_host_has_a_pause_between_two_questions(server: Server) -> None:
    check([f"{server.url}/fine", f"{server.url}/new", f"{server.url}/missing"], manners(0.2))
    at = {path: when for (method, path), when in zip(server.asked, server.times, strict=True) if method == "HEAD"}
    assert at["/missing"] - at["/fine"] >= 0.2
    assert at["/new"] - at["/missing"] >= 0.2


def test_a_server_that_has_had_enough_is_asked_nothing_more(server: Server) -> None:
    found = check([f"{server.url}/always-busy", f"{server.url}/fine"], manners())
    assert set(found.values()) == {LinkState("unsure", "429")}
    assert "/fine" not in {path for _, path in server.asked}


def test_a_busy_server_is_left_alone_as_long_as_it_asks(server: Server) -> None:
    check([f"{server.url}/busy"], manners())
    first, second = (when for (_, path), when in zip(server.asked, server.times, strict=True) if path == "/busy")
    assert second - first >= 1


# --- what is remembered --------------------------------------------------------------------


def test_what_was_fine_is_not_asked_again_for_a_month(tmp_path: Path) -> None:
    import datetime as dt

    path, day = tmp_path / "cache" / "links.json", dt.date(2026, 11, 29)
    Memory(path, day).keep({"a": LinkState("fine"), "b": LinkState("gone", "404"), "c": LinkState("unsure", "429")})
    for days, known in ((0, {"a"}), (29, {"a"}), (30, set()), (-1, set())):
        assert {name for name, _ in Memory(path, day + dt.timedelta(days)).fresh("abcd")} == known
    later = Memory(path, day + dt.timedelta(29))
    later.keep(dict(later.fresh("abcd")))
    assert dict(Memory(path, day + dt.timedelta(31)).fresh("abcd")) == {}
    for damaged in (b"", b"{", b"\xff", b'{"a": 1}', b"[]"):
        path.write_bytes(damaged)
        assert dict(Memory(path, day).fresh("abcd")) == {}


# --- the command ---------------------------------------------------------------------------


def run(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    return desk(site, "check_links", "--pause", "0", *words)


def test_every_place_that_cites_a_page_is_told_with_its_line(site: Site, server: Server) -> None:
    copy_program(site)
    for path in site.content.rglob("*.yaml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("https://courier.example/seats", f"{server.url}/fine"),
            encoding="utf-8",
        )
    abroad = server.url.replace("127.0.0.1", "127.1")  # the same host; a text may not link to this machine by name
    article = site.article("ticket-rumour", "fr")
    change(article, "https://gazette.example/sieges", f"{server.url}/missing")
    for language in ("fr", "en"):
        with site.article("first-crew", language).open("a", encoding="utf-8") as file:
            file.write(f"\n[Page]({abroad}/moved#part)\n")
    line = article.read_text(encoding="utf-8").partition(f"{server.url}/missing")[0].count("\n") + 1
    done = run(site)
    out = done.stdout.splitlines()
    assert done.returncode == 1, done.stderr
    assert out[-1] == "1 address is gone."
    assert [text.partition(" ")[0] for text in out[-2:-1]] == [f"content/articles/ticket-rumour/index.fr.md:{line}:"]
    assert sum(f"Write {abroad}/new" in text for text in out) == 2
    asked = len(server.asked)
    assert run(site).returncode == 1
    assert [path for _, path in server.asked[asked:]] == ["/robots.txt", "/missing", "/missing"]
    change(article, f"{server.url}/missing", f"{server.url}/fine")
    assert run(site).returncode == 0
