"""A reader's browser for tests: the built site served as its ``_headers`` say, and one Chromium.

The fixtures are those of the whole session, because starting Chromium costs
more than most tests. Pages to look at are found in the output by the class of
their ``body``, so that a new template is tested without being listed.
"""

import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

PHONE, DESKTOP = 360, 1280
HEIGHT = 800
#: Milliseconds that a browser may take on a busy machine for what it does at once on an idle one.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "Chromium is missing: install the Debian package “chromium” (`make test` does it where it may)."
_BODY_CLASS = re.compile(r'<body class="page-([\w-]+)"')
_TAG = re.compile(r'<(\w+)(?: class="([^"]*)")?')

OpenPage = Callable[..., Page]
#: Names and values of headers, by the pattern of the paths they are for.
Headers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Specimen:
    """One built page to look at: its kind, its language ("" when it belongs to none) and its path."""

    kind: str
    language: str
    path: str

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True)
class Served:
    """A built site and where it is served."""

    output: Path
    origin: str

    def url(self, page: Specimen | str) -> str:
        """Return the address of a page."""
        return self.origin + (page if isinstance(page, str) else page.path)

    @cached_property
    def specimens(self) -> list[Specimen]:
        """One page of every kind in every language: the shortest of those that show most of its template."""
        richest: dict[tuple[str, str], tuple[tuple[int, int], Specimen]] = {}
        for file in sorted(self.output.rglob("*.html")):
            html = file.read_text(encoding="utf-8")
            if kind := _BODY_CLASS.search(html):
                page = Specimen(kind[1], self._language(file), address(self.output, file))
                wealth = (len(set(_TAG.findall(html))), -len(html))
                if wealth > richest.get((page.kind, page.language), ((-1, 0), page))[0]:
                    richest[page.kind, page.language] = (wealth, page)
        return [page for _, page in richest.values()]

    def of_kind(self, *kinds: str) -> list[Specimen]:
        """Return the pages to look at that are of these kinds."""
        found = [page for page in self.specimens if page.kind in kinds]
        assert found, f"no page of kind {kinds} was built"
        return found

    def _language(self, file: Path) -> str:
        folder = file.relative_to(self.output).parts[0]
        return folder if (self.output / folder).is_dir() else ""


def address(output: Path, file: Path) -> str:
    """Return the path of the address at which a file of the output is served."""
    return f"/{file.relative_to(output).as_posix()}".removesuffix("index.html")


def headers_of(output: Path) -> Headers:
    """Read the ``_headers`` of a built site, as the hosts that know this file do."""
    sections: dict[str, dict[str, str]] = {}
    for line in (output / "_headers").read_text(encoding="utf-8").splitlines():
        if not line[:1].isspace():
            section = sections.setdefault(line, {})
        elif line.strip():
            name, _, value = line.strip().partition(": ")
            section[name] = value
    return sections


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder with the headers of the published site."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, output: Path, headers: Headers) -> None:
        self._headers_by_path = headers
        super().__init__(*args, directory=str(output))  # type: ignore[arg-type]

    def end_headers(self) -> None:
        """Add what the site says of this path; the longest pattern speaks last."""
        path = urlsplit(self.path).path
        said: dict[str, str] = {}
        for pattern in sorted(self._headers_by_path, key=len):
            if fnmatchcase(path, pattern):
                said |= self._headers_by_path[pattern]
        for name, value in said.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Say what went wrong, unless a browser only left before all was sent."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*args)  # type: ignore[arg-type]


@contextmanager
def serving(output: Path) -> Iterator[Served]:
    """Serve a built site on a free port for the time of a ``with``."""
    handler = partial(_Handler, output=output, headers=headers_of(output))
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(output, f"http://127.0.0.1:{server.server_address[1]}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def served(real_output: Path) -> Iterator[Served]:
    """Return the site of this repository, served."""
    with serving(real_output) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the one Chromium of the session."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Return the function that opens an empty page of a reader who was never here.

    Its arguments are those of a browser context: ``viewport``, ``color_scheme``,
    ``java_script_enabled``… A failed wait says so after a minute.
    """
    contexts = []

    def open_one(width: int = DESKTOP, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": HEIGHT}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
