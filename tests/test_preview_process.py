"""The process behind `make serve` may be replaced at any moment: whoever is asking then hears that it ended."""

import threading

import pytest
from site_builder import Site, copy_program

from desk.preview_process import Failed, PreviewProcess


def test_whoever_asks_while_the_process_is_replaced_hears_that_it_ended(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_program(site)
    monkeypatch.setenv("PYTHONPATH", str(site.root / "plugins"))
    heard: list[BaseException] = []

    def ask_until_it_ends(process: PreviewProcess) -> None:
        try:
            while True:
                process.ask("read", "fr/index.html")
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is compared
            heard.append(error)

    for _ in range(3):
        process = PreviewProcess(site.root, "http://localhost:8000")
        asking = [threading.Thread(target=ask_until_it_ends, args=(process,)) for _ in range(4)]
        for thread in asking:
            thread.start()
        process.ask("read", "en/index.html")
        process.close()
        for thread in asking:
            thread.join(timeout=60)
    assert [type(error) for error in heard] == [Failed] * 12
