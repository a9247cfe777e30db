"""Every translation has a state that is true, and a stale one shows what changed of its source and nothing else."""

import re
import subprocess
from itertools import cycle
from pathlib import Path

import pytest
from conftest import Build
from content_reading import SOUND, french, session, write_files
from hypothesis import given
from hypothesis import strategies as st
from page_reading import read_page
from site_builder import Site, change, set_value

from desk.translating import translate
from desk.translations import State, changes, states
from newsroom.content import frontmatter
from newsroom.text.wording import fingerprint, wording

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


#: The same wording, set and laid out in other ways.
SET_OTHERWISE = [
    BODY.replace(" ", "  "),
    BODY.replace("\n\n", "\n\n\n"),
    BODY.replace(" paragraphe", "\nparagraphe"),
    BODY.replace("\n", "\r\n"),
    BODY.replace("900 km", "900\u202fkm"),
    BODY.replace("900 km", "900&nbsp;km"),
]
#: Pairs of texts that only typography tells apart.
SET_ALIKE = [
    ('L\'opérateur dit: "oui"!', "L’opérateur dit\u00a0: «\u00a0oui\u00a0»\u202f!"),
    ('He said "yes"...', "He said “yes”…"),
    ("Un câble -- promis -- à 12 800 km.", "Un ca\u0302ble – promis – à 12\u202f800 km."),
    ("8h30, 58%", "8 h 30, 58 %"),
]


@pytest.mark.parametrize("body", SET_OTHERWISE)
def test_typography_and_layout_make_nothing_stale(body: str, root: Path) -> None:
    (root / "content" / FR).write_bytes(french(body=body).encode())
    assert state_of(root).name == "fresh"
    assert list(changes(BODY, body.replace("\r\n", "\n"))) == []


@pytest.mark.parametrize(("one", "other"), SET_ALIKE)
def test_two_settings_of_one_wording_are_one(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@given(st.text(), st.lists(st.sampled_from([" ", "\n", "\n\n", "\u00a0", "\u202f", "\t"]), min_size=1))
def test_however_spaces_are_written_the_wording_is_the_same(text: str, spaces: list[str]) -> None:
    around = cycle(spaces)
    assert wording(re.sub(r" ", lambda _: next(around), text)) == wording(text)


@given(st.lists(st.text("abcdeéàç", min_size=1), min_size=1), st.data())
def test_another_word_is_another_wording(words: list[str], data: st.DataObject) -> None:
    place, other = data.draw(st.integers(0, len(words) - 1)), data.draw(st.text("abcdeéàç", min_size=1))
    changed = [*words[:place], other, *words[place + 1 :]]
    assert (fingerprint(" ".join(changed)) == fingerprint(" ".join(words))) == (changed == words)


def test_readers_are_told_of_a_stale_translation_where_the_editor_allows_it_and_only_then(
    site: Site, build: Build
) -> None:
    original, translation = (site.article("cable-plan", code) for code in ("fr", "en"))
    body = frontmatter.split(original.read_text(encoding="utf-8"))[1]
    set_value(translation, "translated_from", fingerprint(body))

    def told(**settings: object) -> dict[str, list[str]]:
        output = build(site, **settings).output
        names = [path.relative_to(output).as_posix() for path in sorted(output.rglob("*.html"))]
        found = {name: read_page(output, f"/{name}").xpath("//*[@class='behind']//a/@href") for name in names}
        return {name: list(map(str, links)) for name, links in found.items() if links}

    assert told(TELL_STALE_TRANSLATIONS=True) == {}
    change(original, body, body.replace(" ", "\u00a0\n", 1))
    assert told(TELL_STALE_TRANSLATIONS=True) == {}
    change(original, "\u00a0\n", " tout neuf ")
    assert told() == {}
    (page, links), *others = told(TELL_STALE_TRANSLATIONS=True).items()
    assert (page.split("/")[:2], others) == (["en", "articles"], [])
    assert links == [f"/fr/articles/{next((site.output / 'fr/articles').glob('*cable*')).name}/"]


def test_spaces_and_line_breaks_change_no_passage() -> None:
    assert list(changes("Un  mot\nde plus.\n\nFin.", "Un mot de plus.\n\n\nFin.")) == []
