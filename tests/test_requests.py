"""Nothing that a request holds ends ``make serve``, and only its own hosts are answered."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from properties import examples
from served_desk import PATIENCE, Desk, served

from desk.requests import Hosts, path_of, port, version_in

OWN = ["localhost", "localhost:8000", "LOCALHOST", "localhost.", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000"]
FOREIGN = [
    *("evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "evil.localhost"),
    *("192.168.1.5", "[2001:db8::1]", "0.0.0.0", "[::]", "", ":8000", "localhost:", "localhost:8000:1", "local host"),
    *("localhost@evil.example", "evil.example@localhost", "localhost,evil.example", "127.1", "2130706433", "0x7f.1"),
    *("[::1", "::1", "[::1]x", "[localhost]", "localhost/", "localhost\\x", "localhost\t", "\xe9", "localhost:999999"),
]


@pytest.mark.parametrize("host", OWN)
def test_the_names_of_this_machine_are_its_own(host: str) -> None:
    assert Hosts("127.0.0.1").own(host)


@pytest.mark.parametrize("host", FOREIGN)
def test_any_other_name_is_foreign(host: str) -> None:
    """A page elsewhere lets its name lead here (DNS rebinding) and asks under that name."""
    assert not Hosts("127.0.0.1").own(host)


@pytest.mark.parametrize("bound", ["0.0.0.0", "::", "192.168.1.5"])
def test_a_network_reaches_it_by_address_only_if_that_was_asked(bound: str) -> None:
    hosts = Hosts(bound)
    assert hosts.network
    assert hosts.own("192.168.1.5:8000")
    assert hosts.own(socket.gethostname())
    assert not hosts.own("evil.example")


@given(st.text())
@example("\xb2")
@example("9" * 5000)
@example("٣")
def test_any_query_is_a_number_or_none(query: str) -> None:
    assert version_in(query) >= 0


@given(
    st.text() | st.lists(st.sampled_from(["/", "..", "%2e", "%2f", "%5c", "%00", "%c0%ae", "a", "?", "#"])).map("".join)
)
def test_any_path_stays_inside_or_is_none(target: str) -> None:
    path = path_of(target)
    if path is not None:
        assert os.path.normpath(f"/site{path}").startswith("/site")
        assert "\0" not in path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with served(tmp_path_factory.mktemp("desk") / "project") as desk:
        yield desk


def send(desk: Desk, data: bytes) -> bytes:
    """Send bytes as they are; return what comes back until the server has no more to say."""
    answer = b""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", desk.port), timeout=PATIENCE) as connection,
    ):
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        while part := connection.recv(65536):
            answer += part
            if b"event-stream" in answer:
                break
    return answer


def assert_alive(desk: Desk) -> None:
    assert desk.ask("/fr/")[0] == 200
    assert desk.process.poll() is None
    assert not [line[:200] for line in desk.printed if "Traceback" in line or "not answered" in line]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "localhost.evil.example", "192.0.2.1", ""])
@pytest.mark.parametrize("path", ["/fr/", "/.events?0", "/.reload.js", "/theme/nothing"])
def test_a_request_under_another_name_is_not_answered(desk: Desk, host: str, path: str) -> None:
    answer = send(desk, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert answer.split()[1] == b"421"
    assert b"quatre-passagers" not in answer


@pytest.mark.parametrize("hosts", ["", "Host: localhost\r\nHost: evil.example\r\n", "Host : localhost\r\n"])
def test_a_request_without_one_clear_name_is_not_answered(desk: Desk, hosts: str) -> None:
    answer = send(desk, f"GET /fr/ HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n".encode())
    assert answer.split()[1] in (b"400", b"421")


ODD = [
    b"/" + b"a" * 300,
    b"/" + b"a/" * 2500,
    b"/" + b"%61" * 20000,
    b"/.events?\xb2",
    b"/.events?" + "٣".encode(),
    b"/.events?" + b"9" * 6000,
    b"/.events?-1",
    b"/%",
    b"/%zz",
    b"/%00",
    b"/fr/%00/index.html",
    b"/\xff\xfe",
    b"/%ff%fe",
    b"/fr/index.html/",
    b"/fr/index.html/index.html",
    b"/fr//index.html",
    b"//",
    b"///evil.example/",
    b"/%2f%2fevil.example/..",
    b"http://evil.example/",
    b"*",
    b"?",
    b"#",
    b"/fr/?x=%0d%0aSet-Cookie:a=b",
    b"/fr/articles/quatre-passagers?%0d%0aX: y",
    b"/\xe2\x80\xae",
    b"/COM1",
    b"/admin/../pelicanconf.py",
    b"/admin/sveltia/../../new.py",
    b"/admin/sveltia/%2e%2e/%2e%2e/new.py",
    b"/admin/sveltia//etc/passwd",
    b"/desk/side-by-side/../../pelicanconf.py",
    b"/desk/side-by-side/" + b"%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    b"/fr/\t/",
    b"/;/fr/",
    b"/fr/..;/pelicanconf.py",
    b"/..%c0%afpelicanconf.py",
    b"/.git/HEAD",
    b"/fr/" + "café".encode() + b"/",
    b"/fr/" + "cafe\u0301".encode() + b"/",
]


@pytest.mark.parametrize("path", ODD, ids=lambda path: ascii(path[:30]))
def test_an_odd_address_is_answered_and_nothing_is_printed(desk: Desk, path: bytes) -> None:
    for method in (b"GET", b"HEAD"):
        answer = send(desk, method + b" " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.") or not answer
        head = answer.partition(b"\r\n\r\n")[0]
        assert b"\nSet-Cookie" not in head
        assert b"\nX: y" not in head
        assert b"Location: //" not in head
        assert b"SITENAME" not in answer
        assert b"root:" not in answer
        assert b"<script>alert" not in answer
    assert_alive(desk)


BYTES = st.binary(max_size=300)
HEADS = b"""\
GET / HTTP/1.1
GET /fr/ HTTP/0.9
GET /fr/ HTTP/9.9
PUT /x HTTP/1.1
Host: localhost
Host:
Content-Length: -1
Content-Length: 99999999
Transfer-Encoding: chunked
Range: bytes=9-1
If-Modified-Since: never
Expect: 100-continue
Connection: close
""".splitlines()
LINES = st.lists(st.sampled_from([*HEADS, b"", b"\0", b"A" * 70_000, b"A: \xff"]), max_size=8).map(b"\r\n".join)


@examples(200, suppressed=(HealthCheck.function_scoped_fixture,))
@given(BYTES | LINES | LINES.map(lambda lines: lines + b"\r\n\r\n"))
def test_no_request_ends_the_server_or_prints_a_traceback(desk: Desk, data: bytes) -> None:
    send(desk, data)
    assert_alive(desk)


@pytest.mark.parametrize(
    "path",
    [
        "/fr/",
        "/fr",
        "/nothing",
        "/.events?0",
        "/.reload.js?1",
        "/desk/",
        "/admin/",
        "/admin/config.json",
        "/\\",
        "/%00",
    ],
)
def test_a_page_elsewhere_cannot_embed_or_read_what_is_served(desk: Desk, path: str) -> None:
    """Nor by a request that would change to another protocol (WebSocket)."""
    headers = {"Origin": "https://evil.example", "Referer": "https://evil.example/", "Sec-Fetch-Site": "cross-site"}
    for more in ({}, {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Key": "eA=="}):
        connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=PATIENCE)
        connection.request("GET", path, headers=headers | more)
        answer = connection.getresponse()
        assert answer.status in (200, 301, 404)
        assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
        assert answer.getheader("X-Frame-Options") == "SAMEORIGIN"
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert not answer.getheader("Access-Control-Allow-Origin")
        connection.close()


def test_a_port_that_is_none_is_said_in_a_line() -> None:
    for value in ("0", "65536", "-1", "eighty", "8000.5", "٣"):
        with pytest.raises(ArgumentTypeError, match=r"is no port\. Write a number from 1 to 65535"):
            port(value)
    command = [sys.executable, "-m", "desk.serve", "--port=eighty"]
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": "plugins"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "is no port. Write a number from 1 to 65535" in done.stderr
    assert "Traceback" not in done.stderr
