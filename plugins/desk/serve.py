"""``make serve``: build, serve, build again on save, and reload the pages that are open.

The build runs in a process of its own each time, so an edit of the code counts
as much as an edit of an article, and a broken build leaves the last good site
up, with the problems in the terminal and in a banner of the page.
"""

import argparse
import json
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from watchfiles import watch

from desk.requests import Requests, Server, path_of, port, version_in

ROOT = Path(__file__).resolve().parents[2]
WATCHED = ("content", "theme", "plugins", "pelicanconf.py")
_OUTPUT = ROOT / "output"
_EVENTS = "/.events"
_RELOAD = "/.reload.js"
_SCRIPT = f"""\
const events = new EventSource("{_EVENTS}" + new URL(document.currentScript.src).search);
let banner;
events.addEventListener("built", () => location.reload());
events.addEventListener("problems", (event) => {{
  banner ||= document.body.insertBefore(document.createElement("pre"), document.body.firstChild);
  banner.setAttribute("role", "alert");
  banner.textContent = JSON.parse(event.data);
}});
addEventListener("pagehide", () => events.close());
"""


class Site:
    """The state of the served site: how often it was built, and what is wrong with it."""

    def __init__(self) -> None:
        self.version = 0
        self.problems = ""
        self.changed = threading.Condition()

    def build(self) -> None:
        """Build in a fresh process; tell the open pages."""
        command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "--fatal", "errors"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
        print(done.stdout + done.stderr, end="", flush=True)
        with self.changed:
            self.problems = "" if done.returncode == 0 else done.stderr.strip() or done.stdout.strip()
            self.version += 1
            self.changed.notify_all()


class Handler(Requests, SimpleHTTPRequestHandler):
    """Serves ``output/``, its 404 page, and the events that reload the pages."""

    def __init__(self, *args: object, site: Site) -> None:
        self._site = site
        super().__init__(*args, directory=str(_OUTPUT))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        address, _, query = self.path.partition("?")
        if address == _EVENTS and self.command == "GET":
            self._events(query)
        elif address == _RELOAD:
            self._send(_SCRIPT.encode(), "text/javascript")
        elif path_of(self.path) is None:
            self._page(self._not_found("/"), 404)
        else:
            path = Path(self.translate_path(self.path))
            page = path / "index.html" if path.is_dir() else path
            if not page.exists() or not page.resolve().is_relative_to(_OUTPUT.resolve()):
                self._page(self._not_found(path_of(self.path) or "/"), 404)
            elif page.suffix == ".html" and (path.is_file() or self.path.split("?")[0].endswith("/")):
                self._page(page, 200)
            elif self.command == "HEAD":
                super().do_HEAD()
            else:
                super().do_GET()

    def do_HEAD(self) -> None:
        self.do_GET()

    def _not_found(self, path: str) -> Path:
        """Return the 404 page of the language of the address, or of all languages."""
        local = _OUTPUT / path.lstrip("/").split("/")[0] / "404.html"
        inside = local.is_file() and local.resolve().is_relative_to(_OUTPUT.resolve())
        return local if inside else _OUTPUT / "404.html"

    def _page(self, page: Path, status: int) -> None:
        """Send ``page`` with the script that reloads it, which says what build it was shown from at the latest."""
        tag = f'<script src="{_RELOAD}?{self._site.version}"></script></body>'
        data = page.read_bytes() if page.is_file() else b"<!doctype html><title>Sillage</title><body>"
        self._send(data.replace(b"</body>", tag.encode()), "text/html", status)

    def _send(self, data: bytes, media_type: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self, shown: str) -> None:
        """Send server-sent events to a page of the build ``shown`` until it goes away."""
        site = self._site
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = -1 if site.problems else version_in(shown)  # a page hears at once what it missed
        try:
            while True:
                with site.changed:
                    site.changed.wait_for(lambda seen=seen: site.version != seen, timeout=15)
                    event = "ping" if site.version == seen else "problems" if site.problems else "built"
                    seen, problems = site.version, site.problems
                self.wfile.write(f"event: {event}\ndata: {json.dumps(problems)}\n\n".encode())
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            return


def main() -> None:
    """Run until interrupted."""
    parser = argparse.ArgumentParser(prog="make serve", description=__doc__)
    parser.add_argument("--port", type=port, default=8000)
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="0.0.0.0 lets the network see it")
    given = parser.parse_args()
    site = Site()
    try:
        server = Server((given.host, given.port), partial(Handler, site=site))
    except OSError as error:
        parser.exit(1, f"Port {given.port}: {error.strerror}. Choose another: make serve PORT={given.port + 1}\n")
    saved = threading.Event()
    threading.Thread(target=build_when, args=(saved, site, server), daemon=True).start()
    saved.set()
    try:
        for _ in watch(*(ROOT / name for name in WATCHED), raise_interrupt=True):
            saved.set()
    except KeyboardInterrupt:
        server.server_close()


def build_when(saved: threading.Event, site: Site, server: Server) -> None:
    """Build whenever ``saved`` is set, also while a build runs; serve from the end of the first one."""
    while saved.wait():
        saved.clear()
        site.build()
        if site.version == 1:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            print(f"Sillage at http://localhost:{server.server_address[1]}/ (Ctrl-C to stop)", flush=True)


if __name__ == "__main__":
    main()
