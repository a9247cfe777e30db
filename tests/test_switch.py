"""A real web server that is read while the site is published and put back: every answer is of one site, whole."""

import http.client
import itertools
import os
import shutil
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import Build
from served_desk import free_port
from site_builder import Site, set_value, tree_of

from publication.releases import Releases

pytestmark = [pytest.mark.programs, pytest.mark.slow]
PUBLISHED = {"RELEASES": 4, "PRECOMPRESS": True, "SITEURL": "https://news.example"}
READS = 10_000
CONFIGURATION = """
{user}
worker_processes 2;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    sendfile on;
    gzip_static on;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        index index.html;
        location / {{ try_files $uri $uri/ =404; }}
    }}
}}
"""


@pytest.fixture
def nginx(site: Site, tmp_path: Path) -> Iterator[int]:
    """Serve ``site`` with nginx; return the port."""
    port = free_port()
    folder = tmp_path / "nginx"
    folder.mkdir()
    user = "user root;" if os.geteuid() == 0 else ""  # as root it would let go its rights to read the folder of a test
    (folder / "nginx.conf").write_text(CONFIGURATION.format(port=port, root=site.output, user=user), encoding="utf-8")
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "run “make test”, which installs nginx"
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "error.log", "-g", "daemon off;"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield port
    finally:
        server.terminate()
        server.wait(timeout=60)


@dataclass
class Readers:
    """Two readers who read all pages again and again; ``wrong`` is what no site has."""

    port: int
    sites: list[dict[str, bytes | None]]
    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    done: threading.Event = field(default_factory=threading.Event)

    def read(self, compressed: bool) -> None:
        paths = sorted(path for path in set().union(*self.sites) if path.endswith((".html", ".xml", ".json", ".ics")))
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for path in itertools.cycle(paths):
            if self.done.is_set():
                break
            address = f"/{path.removesuffix('index.html')}"
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"} if compressed else {})
            answer = connection.getresponse()
            data = answer.read()
            if answer.getheader("Content-Encoding") == "gzip":
                data = zlib.decompress(data, 31)
            found = data if answer.status == 200 else None
            fitting = [number for number, site in enumerate(self.sites) if site.get(path) == found]
            self.asked += 1
            if len(fitting) == 1:
                self.seen.add(fitting[0])
            if not fitting:
                self.wrong.append(f"{answer.status} {path}: {len(data)} bytes")
        connection.close()


def test_no_reader_meets_a_missing_a_truncated_or_a_mixed_page(site: Site, build: Build, nginx: int) -> None:
    title, slug = site.article("first-crew", "en"), site.article("cloud-ruling", "fr")

    def publish(number: int) -> dict[str, bytes | None]:
        set_value(title, "title", f"{number} passengers")
        set_value(slug, "slug", f"adresse-{number}")
        build(site, **PUBLISHED)
        return tree_of(site.output.resolve())

    sites = [publish(number) for number in range(2)]
    releases = Releases(site.output)
    readers = Readers(nginx, sites)
    threads = [threading.Thread(target=readers.read, args=(compressed,), daemon=True) for compressed in (False, True)]
    deadline = time.monotonic() + 600
    while nginx_is_silent(nginx):
        assert time.monotonic() < deadline
    for thread in threads:
        thread.start()
    switches = 0
    while readers.asked < READS and not readers.wrong:
        publish(switches % 2)
        for _ in range(10):
            names = releases.served()
            releases.back()
            releases.back(names[-1])
            time.sleep(0.01)
        switches += 21
        assert all(thread.is_alive() for thread in threads)
    readers.done.set()
    for thread in threads:
        thread.join()
    print(f"{readers.asked} reads during {switches} switches")
    assert readers.wrong == []
    assert readers.seen == {0, 1}, "both sites were read"
    assert switches > 20


def nginx_is_silent(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/fr/")
        return connection.getresponse().status != 200
    except OSError:
        time.sleep(0.05)
        return True
    finally:
        connection.close()
