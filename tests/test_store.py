"""The cache: whatever happens to it, a build reads what the files say; a sound one saves the work."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import msgspec
import pytest
from content_reading import SOUND, english, french, pelicanconf, read, session, write_files
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from properties import examples
from site_builder import ROOT

from newsroom.build.manifest import Manifest
from newsroom.content import content_reader, reference
from newsroom.content.catalogue import Catalogue
from newsroom.content.records import Record
from newsroom.plain_files import Stat, trusted
from newsroom.problems import Problems
from newsroom.progress import Work
from newsroom.store import digests as fingerprints
from newsroom.store.database import FILE
from newsroom.store.digests import digest
from newsroom.store.store import Kept, Store, Written
from newsroom.views.common import body

FR, EN = "articles/cable/index.fr.md", "articles/cable/index.en.md"
BODY = "Un *câble* ?\n\n## Le prix\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n"
OUTPUT = "/somewhere/output"
WRITTEN = {f"fr/articles/a{number}/index.html": Written(b"f" * 16, number, number) for number in range(40)}
NOTES = {digest(b"note", bytes([number])): b"value %d" % number for number in range(20)}
SECOND = 1_000_000_000


@dataclass(frozen=True, repr=False)
class Results:
    """All that a build takes from the content: the catalogue and the HTML of every text."""

    catalogue: Catalogue
    html: dict[str, str]


def build(root: Path, **overrides: object) -> tuple[Results, Work]:
    """Read everything in ``root`` through its cache; return what was read and how much work it was."""
    with session(root, **overrides) as opened:
        catalogue = opened.begin()
        entries = [*catalogue.articles, *catalogue.topics, *catalogue.threads]
        texts = [text for entry in entries for text in entry.texts.values()]
        return Results(
            catalogue, {text.file: opened.fragments.page_html(body(catalogue, text)) for text in texts}
        ), opened.work


@dataclass(frozen=True, repr=False)
class Project:
    """A project with a cache as a few builds leave it: ``sound`` is its bytes, ``results`` what it must give."""

    root: Path
    sound: bytes
    results: Results

    @property
    def cache(self) -> Path:
        return self.root / "cache" / FILE

    def restore(self, data: bytes | None = None) -> None:
        """Put the cache back as it was, or as ``data``."""
        shutil.rmtree(self.root / "cache", ignore_errors=True)
        self.cache.parent.mkdir()
        self.cache.write_bytes(self.sound if data is None else data)

    def assert_harmless(self) -> None:
        """Build with the cache as it is, then look at what else is kept in it."""
        found, _ = build(self.root)
        assert found == self.results
        store = Store(self.root / "cache")
        try:
            assert store.outputs(OUTPUT) in (WRITTEN, {}), "a part of what was written would stay for ever"
            assert store.outputs("/elsewhere") == {}
            assert all(store.note(key) in (value, None) for key, value in NOTES.items())
        finally:
            store.close()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("project")
    write_files(root / "content", {**SOUND, FR: french(body=BODY), EN: english(body=BODY)})
    results, _ = build(root)
    store = Store(root / "cache")
    with store.transaction():
        store.keep_outputs(OUTPUT, WRITTEN)
        for key, value in NOTES.items():
            store.keep_note(key, value)
    store.close()
    return Project(root, (root / "cache" / FILE).read_bytes(), results)


# --- damage ---------------------------------------------------------------------------------

damaging = examples(60, suppressed=(HealthCheck.function_scoped_fixture,))


def test_a_sound_cache_is_used(project: Project) -> None:
    project.restore()
    found, work = build(project.root)
    assert found == project.results
    assert work.converted == 0
    project.assert_harmless()
    store = Store(project.root / "cache")
    assert store.outputs(OUTPUT) == WRITTEN
    assert {key: store.note(key) for key in NOTES} == NOTES
    store.close()


@damaging
@given(data=st.data())
def test_a_byte_that_changed_changes_nothing(project: Project, data: st.DataObject) -> None:
    used = [place for place, byte in enumerate(project.sound) if byte]
    place = data.draw(st.sampled_from(used) | st.integers(0, len(project.sound) - 1))
    damaged = bytearray(project.sound)
    damaged[place] = data.draw(st.integers(0, 255))
    project.restore(bytes(damaged))
    project.assert_harmless()


@pytest.mark.parametrize("place", range(100))
def test_a_byte_of_the_header_that_changed_changes_nothing(project: Project, place: int) -> None:
    damaged = bytearray(project.sound)
    damaged[place] ^= 0xFF
    project.restore(bytes(damaged))
    project.assert_harmless()


@pytest.mark.parametrize(("start", "filling"), [(29, b"\0"), (42, b"")], ids=["blank", "cut-out"])
def test_a_cache_without_its_first_pages_changes_nothing(project: Project, start: int, filling: bytes) -> None:
    """It has no table, like a new one, and is not empty."""
    project.restore(project.sound[:start] + filling * 10_000 + project.sound[start + 10_000 :])
    project.assert_harmless()


@damaging
@given(data=st.data())
def test_a_stretch_that_was_lost_or_overwritten_changes_nothing(project: Project, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(project.sound)))
    length = data.draw(st.sampled_from([1, 16, 512, 4096, 10_000]))
    end = min(len(project.sound), start + length)
    filling = data.draw(st.sampled_from([b"\0", b"\xff", b"a", b""]))
    project.restore(project.sound[:start] + filling * (end - start) + project.sound[end:])
    project.assert_harmless()


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"not a database" * 1000, b"SQLite format 3\0", b"SQLite format 3\0" + b"\0" * 4080],
    ids=["empty", "nul", "text", "header-only", "blank-page"],
)
def test_a_file_that_is_no_database_is_begun_anew(project: Project, data: bytes) -> None:
    project.restore(data)
    project.assert_harmless()
    _, work = build(project.root)
    assert work.converted == 0


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_a_journal_that_belongs_to_nothing_changes_nothing(project: Project, suffix: str) -> None:
    project.restore()
    project.cache.with_name(project.cache.name + suffix).write_bytes(project.sound[:5000])
    project.assert_harmless()


def test_no_cache_at_all_changes_nothing(project: Project) -> None:
    shutil.rmtree(project.root / "cache")
    project.assert_harmless()


COLUMNS = {
    "files": ("name", "stat", "digest", "record", "mark", "html"),
    "outputs": ("root", "part", "rows", "mark"),
    "notes": ("key", "value", "mark", "made"),
}
VALUES = ("NULL", "0", "'text'", "x'00ff'", "zeroblob(100)", "CAST(x'ff' AS TEXT)")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [(table, column, value) for table, columns in COLUMNS.items() for column in columns for value in VALUES],
)
def test_a_row_that_was_tampered_with_is_as_good_as_absent(
    project: Project, table: str, column: str, value: str
) -> None:
    project.restore()
    database = sqlite3.connect(project.cache)
    first = "name" if table == "files" else "part" if table == "outputs" else "key"
    database.execute(
        f"UPDATE OR REPLACE {table} SET {column} = {value} WHERE {first} = (SELECT max({first}) FROM {table})"
    )
    database.commit()
    database.close()
    project.assert_harmless()


def test_a_row_of_another_is_as_good_as_absent(project: Project) -> None:
    """Marks cover the name they are kept under: what is right elsewhere is wrong here."""
    project.restore()
    database = sqlite3.connect(project.cache)
    columns = "stat, digest, record, mark, html"
    database.execute(
        f"UPDATE files SET ({columns}) = (SELECT {columns} FROM files WHERE name LIKE '%cable/index.en.md') "
        "WHERE name LIKE '%cable/index.fr.md'"
    )
    database.execute("UPDATE notes SET (value, mark) = (SELECT value, mark FROM notes LIMIT 1)")
    database.commit()
    database.close()
    project.assert_harmless()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON files BEGIN DELETE FROM outputs; END",
        "CREATE VIEW evil AS SELECT 1",
        "CREATE TABLE evil (a)",
        "ALTER TABLE files ADD COLUMN evil",
        "ALTER TABLE notes RENAME TO evil",
        "DROP TABLE outputs",
        "CREATE INDEX evil ON files (digest)",
    ],
)
def test_a_database_of_another_shape_is_begun_anew(project: Project, statement: str) -> None:
    project.restore()
    database = sqlite3.connect(project.cache)
    database.execute(statement)
    database.commit()
    database.close()
    project.assert_harmless()
    with sqlite3.connect(project.cache) as after:
        assert not after.execute("SELECT 1 FROM sqlite_master WHERE sql LIKE '%evil%'").fetchall()
    after.close()


def test_an_output_outside_the_folder_is_never_removed() -> None:
    """A cache is a file like any other: somebody may have written it."""
    outside = ("../a", "/etc/passwd", "a/../../b", "", "a\\..\\b", "a\0b")
    manifest = Manifest(Path("/output"), dict.fromkeys((*outside, "fr/index.html"), Written(b"", 0, 0)))
    assert manifest.stale() == ["fr/index.html"]


# --- versions -------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [0, 1, 2, 3, 99, -1])
def test_a_cache_of_another_version_is_begun_anew(project: Project, version: int) -> None:
    project.restore()
    database = sqlite3.connect(project.cache)
    assert database.execute("PRAGMA user_version").fetchone()[0] != version
    database.execute(f"PRAGMA user_version={version}")
    database.close()
    found, work = build(project.root)
    assert found == project.results
    assert work.converted == len(project.results.html)


@pytest.mark.parametrize("record", [b"\xc0", b"\x80", b"\x93\x01\x02\x03", b"\xa1a", b"not msgpack"])
def test_a_record_of_another_shape_is_read_again(project: Project, record: bytes) -> None:
    """An upgrade may change what a record holds: the old ones are whole and do not fit."""
    project.restore()
    database = sqlite3.connect(project.cache)
    rows = database.execute("SELECT name, stat, digest FROM files").fetchall()
    for name, stat, key in rows:
        mark = digest(name.encode(), stat, key, record)
        database.execute("UPDATE files SET record = ?, mark = ? WHERE name = ?", (record, mark, name))
    row = digest(OUTPUT.encode(), b"256", record)
    database.execute("INSERT INTO outputs VALUES (?, ?, ?, ?)", (OUTPUT, 256, record, row))
    database.commit()
    database.close()
    project.assert_harmless()


def write_sound(root: Path, body: str = BODY) -> None:
    write_files(root / "content", {**SOUND, FR: french(body=body), EN: english(body=body)})


def test_code_of_another_version_converts_again(tmp_path: Path) -> None:
    one, other = (tmp_path / name for name in ("one", "other"))
    for folder in (one, other):
        (folder / "newsroom").mkdir(parents=True)
        (folder / "newsroom/a.py").write_text("a = 1\n")
    assert fingerprints.of_code(one) == fingerprints.of_code(other)
    for path, text in (("newsroom/a.py", "a = 2\n"), ("newsroom/b.py", ""), ("a.py", "a = 1\n")):
        before = fingerprints.of_code(other)
        (other / path).write_text(text)
        assert fingerprints.of_code(other) != before, path


def libraries() -> set[str]:
    """Return the libraries that the core imports, but for mails, which are not kept, and what only finds a program."""
    packages = packages_distributions()
    files = [path for path in (ROOT / "plugins/newsroom").rglob("*.py") if path.parent.name != "mail"]
    imports = re.findall(
        r"^\s*(?:from|import) (\w+)", "\n".join(path.read_text("utf-8") for path in files), re.MULTILINE
    )
    return {name.lower() for module in imports for name in packages.get(module, ())} - {"pagefind"}


@pytest.mark.parametrize("name", sorted({*libraries(), "pagefind-bin", "pelican"}))
def test_a_library_of_another_version_converts_again(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = fingerprints.of_code(tmp_path)
    (tmp_path / "libraries" / f"{name.replace('-', '_')}-0.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "libraries")
    assert fingerprints.of_code(tmp_path) != before


def with_typography(name: str) -> dict[str, Any]:
    languages = {code: {**facts} for code, facts in pelicanconf()["LANGUAGES"].items()}
    languages["fr"]["typography"] = name
    return {"LANGUAGES": languages}


def test_other_settings_convert_again_what_depends_on_them(tmp_path: Path) -> None:
    write_sound(tmp_path)
    first, _ = build(tmp_path)
    plain, work = build(tmp_path, **with_typography("plain"))
    assert work.converted > 0
    assert plain.html[f"content/{FR}"] != first.html[f"content/{FR}"]
    again, _ = build(tmp_path)
    assert again == first


def test_digests_tell_where_a_part_ends() -> None:
    parts = [(b"ab", b"c"), (b"a", b"bc"), (b"abc",), (b"abc", b""), (b"", b"abc"), ()]
    assert len({digest(*each) for each in parts}) == len(parts)


# --- what changed on disk -------------------------------------------------------------------

stamps = st.integers(0, 10 * SECOND)


@example(mtime=0, ctime=5 * SECOND, now=6 * SECOND)
@example(mtime=5 * SECOND, ctime=0, now=6 * SECOND)
@given(mtime=stamps, ctime=stamps, now=stamps)
def test_a_state_is_trusted_when_a_later_change_is_sure_to_show(mtime: int, ctime: int, now: int) -> None:
    """Clocks of file systems have steps of up to two seconds."""
    state = Stat(1, mtime, ctime, 1)
    assert trusted(state, now) == (state if max(mtime, ctime) + 2 * SECOND < now else None)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return how to let a minute go by, as the reader of files sees the clock."""
    clock = content_reader.time.time_ns

    def pass_a_minute() -> None:
        monkeypatch.setattr(content_reader.time, "time_ns", lambda: clock() + 60 * SECOND)

    return pass_a_minute


def works(root: Path) -> tuple[int, int]:
    _, work = build(root)
    return work.read, work.converted


def test_a_file_is_opened_until_its_state_is_old_enough_to_be_trusted(
    tmp_path: Path, later: Callable[[], None]
) -> None:
    write_sound(tmp_path)
    count = len([name for name in SOUND if name.endswith(".md")])
    assert works(tmp_path) == (count, count)
    assert works(tmp_path) == (count, 0)
    later()
    assert works(tmp_path) == (count, 0)
    assert works(tmp_path) == (0, 0)


@pytest.mark.parametrize("kept", ["nothing", "size", "size and time", "all but the time of change"])
def test_an_edit_is_seen_whatever_it_keeps(kept: str, tmp_path: Path, later: Callable[[], None]) -> None:
    write_sound(tmp_path, "Un.")
    later()
    build(tmp_path)
    path = tmp_path / "content" / FR
    before = path.stat()
    assert works(tmp_path) == (0, 0)
    new = french(body="Deux." if kept == "nothing" else "Un!")
    if kept == "all but the time of change":
        path.write_text(new, encoding="utf-8")
    else:
        other = path.with_name("new")
        other.write_text(new, encoding="utf-8")
        other.replace(path)
    if kept in ("size and time", "all but the time of change"):
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    found, work = build(tmp_path)
    assert (work.read, work.converted) == (1, 1)
    assert ("Deux." if kept == "nothing" else "Un!") in found.html[f"content/{FR}"].replace("\u202f", "")


def test_edits_within_one_step_of_the_clock_are_all_seen(tmp_path: Path) -> None:
    """As fast as this machine can write, each as long as the one before."""
    write_sound(tmp_path)
    path = tmp_path / "content" / FR
    for number in range(10, 30):
        path.write_text(french(body=f"Texte {number}."), encoding="utf-8")
        found, _ = build(tmp_path)
        assert f"Texte {number}." in found.html[f"content/{FR}"]


def test_a_file_that_was_touched_is_read_and_not_converted(tmp_path: Path, later: Callable[[], None]) -> None:
    write_sound(tmp_path)
    later()
    build(tmp_path)
    os.utime(tmp_path / "content" / FR)
    assert works(tmp_path) == (1, 0)
    assert works(tmp_path) == (0, 0)


def test_a_file_of_the_future_is_read_every_time(tmp_path: Path, later: Callable[[], None]) -> None:
    write_sound(tmp_path)
    later()
    build(tmp_path)
    os.utime(tmp_path / "content" / FR, ns=(0, 4_000_000_000 * SECOND))
    assert [works(tmp_path) for _ in range(3)] == [(1, 0)] * 3


def test_a_file_that_is_gone_is_forgotten_and_one_that_is_back_is_read(tmp_path: Path) -> None:
    write_sound(tmp_path)
    first, _ = build(tmp_path)
    (tmp_path / "content" / EN).unlink()
    found, _ = build(tmp_path)
    assert list(found.catalogue.articles[0].texts) == ["fr"]
    store = Store(tmp_path / "cache")
    assert f"content/{EN}" not in store.files()
    store.close()
    write_sound(tmp_path)
    assert build(tmp_path)[0] == first


def test_one_text_under_two_names_is_two_texts(tmp_path: Path) -> None:
    write_sound(tmp_path)
    write_files(tmp_path / "content", {"articles/copy/index.fr.md": french("slug: copie", body=BODY)})
    found, _ = build(tmp_path)
    assert sorted(article.key for article in found.catalogue.articles) == ["cable", "copy"]


# --- several at once ------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def forget_half_way(store: Store) -> None:
    with store.transaction():
        store.keep_outputs(OUTPUT, {}, gone=WRITTEN)
        raise KeyboardInterrupt


def test_a_transaction_happens_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "cache")
    with store.transaction():
        store.keep_outputs(OUTPUT, WRITTEN)
        assert other.outputs(OUTPUT) == {}
    assert other.outputs(OUTPUT) == WRITTEN
    with pytest.raises(KeyboardInterrupt):
        forget_half_way(store)
    assert store.outputs(OUTPUT) == other.outputs(OUTPUT) == WRITTEN


def test_a_build_killed_in_a_transaction_leaves_the_old_state(store: Store, tmp_path: Path) -> None:
    store.keep_outputs(OUTPUT, WRITTEN)
    program = (
        "import os, sys; from pathlib import Path; from newsroom.store.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "with store.transaction():\n"
        f"    store.keep_outputs({OUTPUT!r}, {{}}, gone={list(WRITTEN)!r})\n"
        "    store.keep_note(b'k' * 16, b'x' * 10_000_000)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    done = run_program(program, tmp_path / "cache")
    assert done.wait() == -9
    assert store.outputs(OUTPUT) == WRITTEN
    assert store.note(b"k" * 16) is None


def run_program(program: str, *arguments: Path) -> "subprocess.Popen[bytes]":
    path = os.pathsep.join(str(ROOT / name) for name in ("plugins", "tests"))
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_second_build_waits_until_the_first_has_ended(store: Store, tmp_path: Path) -> None:
    other, entered = Store(tmp_path / "cache"), threading.Event()
    store.lock()
    waiting = threading.Thread(target=lambda: (other.lock(), entered.set()), daemon=True)
    waiting.start()
    assert not entered.wait(0.2)
    store.unlock()
    assert entered.wait(10)
    other.unlock()
    store.unlock()


READING = """
import sys
import threading
from pathlib import Path
from hashlib import blake2b
from test_store import build
results, _ = build(Path(sys.argv[1]))
print(blake2b(repr((results.html, results.catalogue.articles)).encode()).hexdigest())
"""


@pytest.mark.slow
@pytest.mark.parametrize("state", ["no cache", "a sound cache", "a damaged cache"])
def test_builds_that_read_at_once_read_the_same(state: str, tmp_path: Path) -> None:
    write_sound(tmp_path)
    if state != "no cache":
        build(tmp_path)
    if state == "a damaged cache":
        path = tmp_path / "cache" / FILE
        path.write_bytes(path.read_bytes().replace(b"Un ", b"Deux"))
    readers = [run_program(READING, tmp_path) for _ in range(4)]
    answers = [reader.communicate(timeout=600) for reader in readers]
    said = [line for _, errors in answers for line in errors.decode().splitlines()]
    assert all(re.fullmatch(r"Waiting for process \d+, which holds .*/cache/lock\.", line) for line in said), answers
    assert len({output for output, _ in answers}) == 1
    assert build(tmp_path)[0] == build(tmp_path)[0]


def test_a_damaged_cache_is_begun_anew_once_however_many_find_it(tmp_path: Path) -> None:
    """Who comes second must not take away what the first has just begun."""

    def use(number: int) -> bytes | None:
        together.wait()
        store = Store(tmp_path / "cache")
        for again in range(5):
            store.keep_note(b"%d" % number, b"%d" % again)
        try:
            return store.note(b"%d" % number)
        finally:
            store.close()

    (tmp_path / "cache").mkdir()
    for _ in range(8):
        together = threading.Barrier(6)
        (tmp_path / "cache" / FILE).write_bytes(b"damaged " * 2000)
        with ThreadPoolExecutor(6) as pool:
            assert list(pool.map(use, range(6))) == [b"4"] * 6


def test_what_is_kept_is_given_back(store: Store, tmp_path: Path) -> None:
    write_sound(tmp_path)
    read(tmp_path)
    again = Store(tmp_path / "cache")
    files = again.files()
    assert set(files) == {f"content/{name}" for name in SOUND if name.endswith(".md")}
    kept = files[f"content/{FR}"]
    assert isinstance(kept, Kept)
    record = msgspec.msgpack.decode(kept.record, type=Record)
    assert record.body
    assert again.html(f"content/{FR}", record.body.html)
    assert again.html(f"content/{FR}", "0" * 32) is None
    assert again.html("content/nothing", record.body.html) is None
    assert again.note(b"nothing") is None
    again.close()


def test_registers_are_read_again_when_one_of_them_or_the_typography_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sound(tmp_path)
    first, _ = build(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(reference, "read_claims", None)  # whoever calls it fails
        assert build(tmp_path)[0] == first
    claims = tmp_path / "content/claims.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("It was refused.", "It isn't."), "utf-8")
    said = build(tmp_path)[0].catalogue.claims["cable-laid"].verdict.text["en"]
    assert said == "It isn’t."
    languages = deepcopy(pelicanconf()["LANGUAGES"])
    languages["en"]["typography"] = "plain"
    plain = build(tmp_path, LANGUAGES=languages)[0].catalogue.claims["cable-laid"].verdict.text["en"]
    assert plain == "It isn't."
    claims.write_text("cable-laid: {thread: mer}\n", "utf-8")
    for _ in range(2):  # what is wrong is not kept
        with pytest.raises(Problems, match=r"claims\.yaml:1:.* cable-laid"):
            build(tmp_path)
