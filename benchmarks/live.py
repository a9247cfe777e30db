"""The live preview: how long from a save until the page, a list and a feed are served new."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

from measure import Gauge
from sites import retitle

_PATIENCE = 300.0


class Live(NamedTuple):
    """How a preview is started, where a title shows, and in which file it stands."""

    command: tuple[str, ...]
    places: dict[str, str]
    text: str


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _served(port: int, path: str) -> bytes:
    """Return what is served at ``path``; nothing where there is no server yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException):  # no server yet, or a file that changes while it is sent
        return b""
    finally:
        connection.close()


def _wait(port: int, path: str, words: bytes, started: float) -> float:
    """Return how long after ``started`` what is served at ``path`` holds ``words``."""
    while words not in _served(port, path):
        if time.perf_counter() - started > _PATIENCE:
            raise TimeoutError(path)
        time.sleep(0.002)
    return time.perf_counter() - started


def measure_live(
    name: str, live: Live, root: Path, count: int, saves: int, environment: Mapping[str, str] | None = None
) -> str:
    """Save the newest article ``saves`` times; return the medians as a line of a table."""
    port = _free_port()
    command = [part.replace("{port}", str(port)) for part in live.command]
    number = f"{count - 1:05}"
    text = root / live.text.replace("{number}", number)
    with subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        gauge = Gauge(process.pid)
        try:
            places = {what: path.replace("{number}", number) for what, path in live.places.items()}
            _wait(port, places["title"], b"<h1", time.perf_counter())
            found: dict[str, list[float]] = {what: [] for what in places}
            for save in range(saves):
                time.sleep(0.3)
                title = f"Enregistrement {save} {os.getpid()}"
                started = time.perf_counter()
                retitle(text, title)
                for what, path in places.items():
                    found[what].append(_wait(port, path, title.encode(), started))
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # SIGINT is ignored where this runs in the background
            peak = gauge.stop()
    return f"| {name} | " + " | ".join(f"{median(times):.3f}" for times in found.values()) + f" | {peak:.0f} |"
