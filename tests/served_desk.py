"""A running ``make serve``, for tests."""

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from site_builder import Site, copy_program, make_site, write_small_site

#: Seconds that a build may take on a busy machine.
PATIENCE = 60


@dataclass
class Desk:
    """A running ``make serve``: its project, its process and what it printed."""

    site: Site
    port: int
    process: subprocess.Popen[str]
    printed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reading = threading.Thread(target=self._read, daemon=True)
        self.reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.printed.extend(self.process.stdout)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def output(self) -> Path:
        return self.site.output

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fail with everything that was printed."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert self.process.poll() is None, "".join(self.printed)
            assert time.monotonic() < end, "".join(self.printed)
            time.sleep(0.05)

    def wait_until_printed(self, text: str) -> None:
        """Wait for a line that holds ``text``."""
        self.wait_until(lambda: any(text in line for line in self.printed))

    def wait_until_shown(self, path: str, text: str) -> None:
        """Wait until what stands at ``path`` holds ``text``."""
        self.wait_until(lambda: text in self.ask(path)[1])

    def settle(self) -> None:
        """Wait until pages know all that was saved before: none that is opened from now on is reloaded for it."""
        mark, before = f"{time.monotonic_ns()}", self.version()
        (self.site.theme / "static" / "webroot" / "settled.txt").write_text(mark, encoding="utf-8")
        self.wait_until(lambda: self.ask("/settled.txt") == (200, mark) and self.version() > before)

    def version(self) -> int:
        """Return the number of the save that a page knows which is opened now."""
        return int(self.ask("/nowhere/")[1].partition("/.reload.js?")[2].partition('"')[0])

    def ask(self, path: str, method: str = "GET") -> tuple[int, str]:
        """Ask for a path exactly as it stands: no client mends it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, text

    def interrupt(self) -> int:
        """Press Ctrl-C, which every process of the terminal gets; return the exit status."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.end()

    def end(self) -> int:
        """Wait until it has ended and all it printed is read; return the exit status."""
        status = self.process.wait(timeout=PATIENCE)
        self.reading.join()
        return status


def free_port() -> int:
    """Return a port where nothing listens: none of those that systems give to whoever asks for any, meanwhile."""
    for port in random.SystemRandom().sample(range(20_000, 30_000), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("a hundred ports are taken")


def start(site: Site, port: int) -> Desk:
    """Run ``python -m desk.serve`` in a project, as the Makefile does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "desk.serve", "--port", str(port)],
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": "plugins", "SOURCE_DATE_EPOCH": str(site.now)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=hear_interrupts,  # noqa: PLW1509 - nothing else runs in it yet
    )
    return Desk(site, port, process)


def hear_interrupts() -> None:
    """Let Ctrl-C end the child, also where what started the tests does not listen to it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def served(root: Path) -> Iterator[Desk]:
    """Serve the small site in a project of its own; beside its output lies what nobody may read."""
    site = make_site(root, write_small_site)
    copy_program(site)
    (site.root / "secret.txt").write_text("not to be read", encoding="utf-8")
    desk = start(site, free_port())
    try:
        desk.wait_until_printed(desk.url)
        yield desk
    finally:
        # Not killed at once: a tracer notes what was executed before it ends.
        os.killpg(desk.process.pid, signal.SIGTERM)
        desk.end()
