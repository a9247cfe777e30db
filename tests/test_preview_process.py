"""The process behind `make serve` may be replaced at any moment: whoever is asking then hears that it ended."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from served_desk import PATIENCE
from site_builder import Site, copy_program

from desk.preview_process import Failed, PreviewProcess
from desk.served_site import ServedSite

#: In the place of the preview: half of the length of an answer arrives, and the rest from a child that outlives it.
HELD_BACK = """
import os, struct, sys, time
from multiprocessing.connection import Connection

connection = Connection(int(sys.argv[1]))
connection.send("")
connection.recv()
print("Last words.", file=sys.stderr, flush=True)
preview, length = os.getpid(), struct.pack("!i", 10)
if os.fork():
    time.sleep(60)
    sys.exit()
os.write(connection.fileno(), length[:2])
time.sleep(0.2)  # whoever asks reads them meanwhile
open("asked", "w").close()
while os.getppid() == preview:
    time.sleep(0.01)
time.sleep(0.2)  # whoever ends the preview, and does not wait, closes the connection meanwhile
os.write(connection.fileno(), length[2:])
"""
#: In the place of the preview: it ends at the first question.
ENDS = """
import sys
from multiprocessing.connection import Connection

connection = Connection(int(sys.argv[1]))
connection.send("")
connection.recv()
sys.exit("A mistake of ours.")
"""


def stand_in(root: Path, program: str, patch: pytest.MonkeyPatch) -> None:
    """Let ``program`` be the preview of the project in ``root``."""
    (root / "desk").mkdir()
    (root / "desk" / "preview.py").write_text(program, encoding="utf-8")
    patch.setenv("PYTHONPATH", str(root))


def ask(process: PreviewProcess, heard: list[BaseException]) -> None:
    """Ask until it ends; add what is heard then."""
    try:
        while True:
            process.ask("read", "fr/index.html")
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is compared
        heard.append(error)


def asking(process: PreviewProcess, heard: list[BaseException]) -> threading.Thread:
    thread = threading.Thread(target=ask, args=(process, heard))
    thread.start()
    return thread


def test_all_who_ask_while_the_process_is_replaced_hear_that_it_ended(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_program(site)
    monkeypatch.setenv("PYTHONPATH", str(site.root / "plugins"))
    heard: list[BaseException] = []
    process = PreviewProcess(site.root, "http://localhost:8000")
    threads = [asking(process, heard) for _ in range(4)]
    process.ask("read", "en/index.html")
    process.close()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    assert [type(error) for error in heard] == [Failed] * 4


def test_the_connection_is_open_as_long_as_somebody_reads_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, HELD_BACK, monkeypatch)
    heard: list[BaseException] = []
    process = PreviewProcess(tmp_path, "http://localhost:8000")
    asked = tmp_path / "asked"
    thread = asking(process, heard)
    while not asked.exists():
        thread.join(timeout=0.01)
        assert thread.is_alive(), heard
    process.close()
    thread.join(timeout=PATIENCE)
    assert [(type(error), str(error)) for error in heard] == [(Failed, "Last words.")]


@pytest.mark.parametrize(
    "question",
    [
        lambda site: site.read("fr/index.html"),
        lambda site: site.facts("fr/index.html"),
        lambda site: site.groups(),
        lambda site: site.unpublished(),
        lambda site: site.saved([]),
    ],
    ids=["read", "facts", "groups", "unpublished", "saved"],
)
def test_why_the_process_ended_is_told_whatever_was_asked(
    question: Callable[[ServedSite], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, ENDS, monkeypatch)
    site = ServedSite(tmp_path, "http://localhost:8000")
    site.start()
    question(site)
    assert site.problems == "A mistake of ours."
    site.close()
