"""``make serve``: what is saved is served at once, and open pages reload.

Nothing has to be built to be seen: :mod:`desk.preview` keeps the site in memory, in a process that
is started again when the code or the settings change, and makes what is asked for. While the
content is unsound, the last good site stays up, with the problems in the terminal and in a banner
on the page.

The banner comes from :mod:`desk.banner` and is added to pages as they are sent, except to the
browser desk: a page that reloads would lose what somebody types there.
"""

import argparse
import mimetypes
import threading
from collections.abc import Collection
from functools import partial
from pathlib import Path

import msgspec

from desk import browser_desk
from desk.banner import VS_CODE
from desk.desk_pages import DeskPages
from desk.requests import Requests, SteadyServer, address_of, path_of, port, version_in
from desk.served_site import ServedSite
from desk.watching import saves

ROOT = Path(__file__).resolve().parents[2]
_CODE = (ROOT / "plugins", ROOT / "pelicanconf.py")
_WATCHED = (ROOT / "content", ROOT / "theme", *_CODE)
_EVENTS = "/.events"
_TEXTS = ("text/", "application/json", "application/xml", "application/feed+json", "image/svg")


class Handler(Requests):
    """Serves the outputs of the site, its 404 page, and the events that reload the pages."""

    def __init__(self, *args: object, site: ServedSite, desk: DeskPages) -> None:
        self._site, self._desk = site, desk
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:  # noqa: N802 - http.server calls it so
        address, _, query = self.path.partition("?")
        if address == _EVENTS and self.command == "GET":
            self._events(query)
        elif (answer := self._desk.answer(address, query)) is None:
            self._output(address, query)
        elif answer[1] == "text/html":
            self._page(answer[0], self._site.version, 200)
        else:
            self._send(*answer)

    def do_HEAD(self) -> None:  # noqa: N802
        self.do_GET()

    def _output(self, address: str, query: str) -> None:
        path, version = (path_of(self.path) or "//")[1:], self._site.version
        path = f"{path}index.html" if not path or path.endswith("/") else path
        data = self._site.read(path)
        if data is not None:
            self._file(path, data, version)
        elif not path.endswith("index.html") and self._site.read(f"{path}/index.html") is not None:
            self.send_response(301)
            self.send_header("Location", f"{address}/{'?' if query else ''}{query}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            local = self._site.read(f"{path.split('/')[0]}/404.html")
            self._page(self._site.read("404.html") if local is None else local, version, 404)

    def _file(self, path: str, data: bytes, version: int) -> None:
        if path.endswith(".html") and not path.startswith(browser_desk.FOLDER):
            self._page(data, version, 404 if path.endswith("404.html") else 200)
        else:
            self._send(data, mimetypes.guess_type(path)[0] or "application/octet-stream")

    def _page(self, data: bytes | None, version: int, status: int) -> None:
        """Send a page with the script that reloads it, which knows the last save that the page includes."""
        tag = f'<link rel="stylesheet" href="/.reload.css"><script src="/.reload.js?{version}"></script></body>'
        data = data or b"<!doctype html><title>Sillage</title><body></body>"
        before, _, after = data.rpartition(b"</body>") if b"</body>" in data else (data, b"", b"")
        self._send(before + tag.encode() + after, "text/html", status)

    def _send(self, data: bytes, media_type: str, status: int = 200) -> None:
        charset = "; charset=utf-8" if media_type.startswith(_TEXTS) else ""
        self.send_response(status)
        self.send_header("Content-Type", f"{media_type}{charset}")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self, shown: str) -> None:
        """Send server-sent events to a page that includes the save ``shown``, until it goes away."""
        site = self._site
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = -1 if site.problems else version_in(shown)  # a page is told at once what it missed
        try:
            while True:
                with site.changed:
                    site.changed.wait_for(partial(site.differs, seen), timeout=15)
                    event = "ping" if site.version == seen else "problems" if site.problems else "built"
                    seen, problems = site.version, site.problems
                data = msgspec.json.encode({"version": seen, "problems": self._desk.lines(problems)})
                self.wfile.write(b"event: %s\ndata: %s\n\n" % (event.encode(), data))
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            return


def main() -> None:
    """Run until interrupted."""
    parser = argparse.ArgumentParser(prog="make serve", description=__doc__)
    parser.add_argument("--port", type=port, default=8000)
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="0.0.0.0 lets the network see it")
    parser.add_argument("--editor", default=VS_CODE, metavar="ADDRESS", help="opens {path} at {line} and {column}")
    given = parser.parse_args()
    site = ServedSite(ROOT, address_of(given.host, given.port))
    try:
        server = SteadyServer(
            (given.host, given.port), partial(Handler, site=site, desk=DeskPages(site, ROOT, given.editor))
        )
    except OSError as error:
        parser.exit(1, f"Port {given.port}: {error.strerror}. Choose another: make serve PORT={given.port + 1}\n")
    try:
        changes = saves(_WATCHED)
        next(changes)  # from here on, every save is noticed
        site.start()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        threading.Thread(target=site.build_when_idle, daemon=True).start()
        threading.Thread(target=site.proofreader.run, daemon=True).start()
        print(f"Sillage at {site.url}/ (Ctrl-C to stop)", flush=True)
        for found in changes:
            take_note(site, found)
    except KeyboardInterrupt:
        pass
    finally:
        site.close()
        server.server_close()


def take_note(site: ServedSite, saved: Collection[Path]) -> None:
    """Tell ``site`` what was saved: the code and the settings are read by a new process."""
    if any(path.is_relative_to(code) for path in saved for code in _CODE):
        site.start()
    elif saved:
        site.saved([str(path) for path in saved])


if __name__ == "__main__":
    main()
