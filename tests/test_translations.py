"""Every translation has a state that is true, and a stale one shows what changed of its source and nothing else."""

import subprocess
from pathlib import Path

import pytest
from content_reading import SOUND, french, session, write_files

from desk.translating import translate
from desk.translations import State, changes, states

FR, EN = "articles/cable/index.fr.md", "articles/cable/index.en.md"
BODY = "Un premier paragraphe.\n\nUn deuxième, de 900 km.\n\nUn dernier."


def git(root: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *words], cwd=root, capture_output=True, check=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository in which an article was translated from French."""
    write_files(tmp_path / "content", {**SOUND, FR: french(body=BODY)})
    (tmp_path / "content" / EN).unlink()
    with session(tmp_path) as opened:
        path = translate(opened.settings, "cable")
    text = path.read_text(encoding="utf-8").replace("title:", 'title: "A"').replace("summary:", 'summary: "B"')
    path.write_text(text, encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "content")
    git(tmp_path, "commit", "-qm", "both languages")
    return tmp_path


def state_of(root: Path, file: str = EN) -> State:
    with session(root) as opened:
        opened.begin()
        return next(state for state in states(opened.library, opened.settings) if state.file == f"content/{file}")


def test_a_translation_of_the_text_of_today_is_fresh(root: Path) -> None:
    assert state_of(root).name == "fresh"


def test_a_stale_translation_shows_the_passages_that_changed(root: Path) -> None:
    write_files(root / "content", {FR: french(body=BODY.replace("900", "850"))})
    state = state_of(root)
    assert (state.name, state.changed) == ("stale", (("Un deuxième, de 900 km.", "Un deuxième, de 850 km."),))
    git(root, "commit", "-qam", "a correction")
    assert state_of(root).changed == state.changed


def test_a_stale_translation_of_a_text_that_was_never_committed_says_so(root: Path) -> None:
    path = root / "content" / EN
    lines = path.read_text(encoding="utf-8").splitlines()
    told = [f"translated_from: {'0' * 16}" if line.startswith("translated_from") else line for line in lines]
    path.write_text("\n".join(told), encoding="utf-8")
    assert "does not know" in str(state_of(root).state)


def test_keys_change_nothing(root: Path) -> None:
    write_files(root / "content", {FR: french('title: "Un autre titre"', body=BODY)})
    assert state_of(root).name == "fresh"


def test_what_is_missing_and_what_has_lost_its_source_are_told(root: Path) -> None:
    (root / "content/topics/fibre/index.en.md").unlink()
    assert state_of(root, "topics/fibre/index.en.md").name == "missing"
    source = (root / "content" / FR).read_text(encoding="utf-8")
    facts = [line for line in source.splitlines() if line.startswith(("date", "topics", "status"))]
    path = root / "content" / EN
    path.write_text(
        path.read_text(encoding="utf-8").replace("---\n", "---\n" + "\n".join(facts) + "\n", 1), encoding="utf-8"
    )
    (root / "content" / FR).unlink()
    assert state_of(root).name == "orphan"


def test_spaces_and_line_breaks_change_no_passage() -> None:
    assert list(changes("Un  mot\nde plus.\n\nFin.", "Un mot de plus.\n\n\nFin.")) == []
