"""The archive that is measured is one that each build takes whole: a benchmark of refused content measures nothing."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from site_builder import ROOT


@pytest.mark.slow
@pytest.mark.parametrize(("settings", "everything"), [("pelicanconf.py", True), ("leanconf.py", False)])
def test_the_archive_is_built_with_and_without_search_and_cards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, *, everything: bool
) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    importlib.import_module("sites").write_sillage(tmp_path, 12)
    command = (sys.executable, "-m", "pelican", "content", "-s", settings, "--fatal", "errors")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    output = tmp_path / "output"
    assert len(list(output.glob("*/articles/*-0*/index.html"))) == 2 * 12
    assert len(list(output.glob("en/players/player-*/index.html"))) > 1
    for name in ("cards", "en/search/pagefind"):
        assert (output / name).exists() is everything
