"""The process behind `make serve` may be replaced at any moment: whoever is asking then hears that it ended."""

import threading
from pathlib import Path

import pytest
from served_desk import PATIENCE
from site_builder import Site, copy_program

from desk.preview_process import Failed, PreviewProcess

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
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "preview.py").write_text(HELD_BACK, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
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
