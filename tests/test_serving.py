"""The example for nginx in the documentation, in nginx: types, headers, and answers that feed readers can keep."""

import http.client
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from served_desk import free_port
from site_builder import ROOT

pytestmark = [pytest.mark.programs, pytest.mark.slow]

FRAME = """
{user}
pid nginx.pid;
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
{example}
}}
"""


@pytest.fixture(scope="module")
def port(small_output: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve the small site as the documentation says; return the port."""
    number, folder = free_port(), tmp_path_factory.mktemp("nginx")
    (folder / "redirects.nginx").write_text("/en/articles/before/ /en/articles/after/;\n", encoding="utf-8")
    example = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8").partition("```nginx\n")[2].partition("```")[0]
    for theirs, ours in (
        ("listen 80;", f"listen 127.0.0.1:{number};"),
        ("/srv/sillage/current", str(small_output.resolve())),
        ("/etc/nginx/sillage/redirects.nginx", str(folder / "redirects.nginx")),
    ):
        assert theirs in example
        example = example.replace(theirs, ours)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(FRAME.format(user=user, example=example), encoding="utf-8")
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "run “make test”, which installs nginx"
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "error.log", "-g", "daemon off;"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        wait_for(number, server)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=60)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    while True:
        assert server.poll() is None, server.stderr and server.stderr.read()
        try:
            ask(port, "/en/")
        except OSError:
            time.sleep(0.05)
        else:
            return


def ask(port: int, path: str, **headers: str) -> tuple[int, Message, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("file", "media_type"),
    [
        ("rss.xml", "application/rss+xml"),
        ("atom.xml", "application/atom+xml"),
        ("feed.json", "application/feed+json"),
        ("", "text/html; charset=utf-8"),
    ],
)
def test_a_reader_that_has_the_latest_is_told_so_without_getting_it_again(
    port: int, file: str, media_type: str
) -> None:
    status, headers, data = ask(port, f"/en/{file}")
    assert (status, headers["Content-Type"], bool(data)) == (200, media_type, True)
    assert headers["Cache-Control"] == "public, max-age=300"
    for asked in ({"If_None_Match": headers["ETag"]}, {"If_Modified_Since": headers["Last-Modified"]}):
        assert ask(port, f"/en/{file}", **asked)[::2] == (304, b"")
    assert ask(port, f"/en/{file}", If_None_Match='"of another day"')[0] == 200


def test_what_moved_and_what_there_is_not_is_answered_as_the_documentation_says(port: int, small_output: Path) -> None:
    status, headers, _ = ask(port, "/en/articles/before/")
    assert (status, headers["Location"]) == (301, "/en/articles/after/")
    for path, page in (("/fr/rien/", "fr/404.html"), ("/en/nothing", "en/404.html"), ("/nowhere", "404.html")):
        assert ask(port, path)[::2] == (404, (small_output / page).read_bytes())
    for hidden in ("/_headers", "/_redirects", "/.git/config"):
        assert ask(port, hidden)[0] == 404
