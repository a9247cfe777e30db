"""What cannot be read, or written, is told in a line with its name and the reason: never left out, never a traceback.

The tests may run as root, whom no permission stops: refusals are made where the system is asked.
"""

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Build, report_of
from content_reading import SOUND, english, french, problems_of, read, session, settings_for, write_files
from site_builder import ROOT, Site, copy_program, desk, pelican, picture

from newsroom.problems import Problem, Problems
from newsroom.session import Session
from newsroom.store import database
from newsroom.store.database import FILE
from newsroom.store.store import Store

FR, EN = "articles/cable/index.fr.md", "articles/cable/index.en.md"
DENIED = "cannot be read: Permission denied."
PAGE = "---\ntitle: Nous\nsummary: Qui.\ndate: 2026-11-21\n---\nTexte.\n"
Spoil = Callable[[Path], None]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return sound content, with a page and a picture."""
    files = {**SOUND, FR: french(body="![Un câble](a.png)"), "pages/us/index.fr.md": PAGE}
    write_files(tmp_path / "content", {**files, "articles/cable/a.png": picture()})
    return tmp_path / "content"


@pytest.fixture
def deny(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Return the function that makes one file or folder unreadable."""
    denied: set[str] = set()

    def asked(path: str | os.PathLike[str]) -> None:
        if os.fspath(path) in denied:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))

    scandir, read_bytes, read_text = os.scandir, Path.read_bytes, Path.read_text
    monkeypatch.setattr(os, "scandir", lambda path=".": (asked(path), scandir(path))[1])
    monkeypatch.setattr(Path, "read_bytes", lambda path: (asked(path), read_bytes(path))[1])
    monkeypatch.setattr(
        Path, "read_text", lambda path, *args, **words: (asked(path), read_text(path, *args, **words))[1]
    )
    return lambda path: denied.add(str(path))


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Return what is said of each file as a whole; every problem must be of that kind and have a remedy."""
    assert all(problem.line == 0 and str(problem.remedy).endswith(".") for problem in problems), problems
    return [(problem.file, str(problem.message)) for problem in problems]


def link(path: Path) -> None:
    """Move a file or a folder away and leave a link to it, under which all is as before."""
    away = next(folder for folder in path.parents if folder.name == "content").parent / "away"
    path.rename(away)
    path.symlink_to(away)


def loop(path: Path) -> None:
    _remove(path)
    path.symlink_to(path.name)


def folder(path: Path) -> None:
    _remove(path)
    path.mkdir()


def file(path: Path) -> None:
    _remove(path)
    path.write_text("Texte.", encoding="utf-8")


def pipe(path: Path) -> None:
    _remove(path)
    os.mkfifo(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


# --- content --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["articles/cable", "articles", "pages/us", "pages", ""])
def test_a_folder_that_cannot_be_read_is_told_by_its_name(name: str, content: Path, deny: Spoil) -> None:
    deny(content / name)
    assert told(problems_of(content.parent)) == [(f"content/{name}".rstrip("/"), DENIED)]


@pytest.mark.parametrize("name", [FR, EN, "glossary.yaml", "entities.yaml", "articles/cable/a.png"])
def test_a_file_that_cannot_be_read_is_told_by_its_name(name: str, content: Path, deny: Spoil) -> None:
    deny(content / name)
    assert told(problems_of(content.parent)) == [(f"content/{name}", DENIED)]


def test_a_file_of_too_many_megabytes_is_not_read(content: Path) -> None:
    with (content / FR).open("r+b") as file:
        file.truncate(3_000_000_000)  # which takes no room on the disk
    said = [str(problem) for problem in problems_of(content.parent) if "megabytes are too many" in str(problem)]
    assert said
    assert all(line.startswith(f"content/{FR}: 3000 megabytes") and "Keep it within" in line for line in said)


def test_everything_that_cannot_be_read_is_told_at_once(content: Path, deny: Spoil) -> None:
    names = [EN, "glossary.yaml", "pages", "topics/fibre"]
    for name in names:
        deny(content / name)
    assert sorted(told(problems_of(content.parent))) == [(f"content/{name}", DENIED) for name in sorted(names)]


@pytest.mark.parametrize("name", ["static/css/site.css", "translations/fr/LC_MESSAGES/messages.po"])
def test_a_file_of_the_theme_that_cannot_be_read_is_told_by_its_name(name: str, content: Path, deny: Spoil) -> None:
    deny(Site(content.parent).own_theme() / name)
    assert told(problems_of(content.parent)) == [(f"theme/{name}", DENIED)]


@pytest.mark.parametrize("spoil", [link, loop, folder, pipe], ids=lambda spoil: spoil.__name__)
def test_a_file_is_not_blamed_for_what_its_unread_twin_may_say(spoil: Spoil, content: Path) -> None:
    """The French file says all the facts."""
    spoil(content / FR)
    assert told(problems_of(content.parent)) == [(f"content/{FR}", "this is not a plain file.")]


def test_a_file_is_not_blamed_for_what_stands_in_the_file_of_a_misspelt_language(content: Path) -> None:
    (content / FR).rename(content / FR.replace(".fr.", ".fra."))
    (problem,) = problems_of(content.parent)
    assert (problem.file, str(problem.remedy)) == ("content/articles/cable/index.fra.md", "Did you mean “fr”?")


def test_the_mistakes_of_a_file_are_told_though_its_twin_is_not_read(content: Path, deny: Spoil) -> None:
    deny(content / FR)
    write_files(content, {EN: english("titel: A cable")})
    assert [(problem.file, problem.key) for problem in problems_of(content.parent)] == [
        (f"content/{EN}", "titel"),
        (f"content/{FR}", ""),
    ]


@pytest.mark.parametrize("spoil", [link, loop], ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize("name", ["articles", "pages"])
def test_a_section_that_is_a_link_is_refused_like_a_link_in_a_section(name: str, spoil: Spoil, content: Path) -> None:
    spoil(content / name)
    assert told(problems_of(content.parent)) == [(f"content/{name}", "this is a link.")]


@pytest.mark.parametrize("spoil", [file, pipe], ids=lambda spoil: spoil.__name__)
def test_a_file_where_a_section_belongs_does_not_drop_the_section(spoil: Spoil, content: Path) -> None:
    spoil(content / "pages")
    assert told(problems_of(content.parent)) == [("content/pages", "a folder belongs here.")]


def test_a_section_that_does_not_exist_is_empty(content: Path) -> None:
    shutil.rmtree(content / "pages")
    assert read(content.parent).pages == ()


def test_a_content_folder_that_does_not_exist_is_no_empty_site(tmp_path: Path) -> None:
    assert told(problems_of(tmp_path)) == [("content", "cannot be read: No such file or directory.")]


def test_a_build_tells_what_it_cannot_read_and_leaves_what_is_published(site: Site, build: Build) -> None:
    output = build(site).output
    before = sorted(path for path in output.rglob("*"))
    link(site.content / "articles")
    file(site.content / "topics")
    assert report_of(lambda: build(site)) == (
        "content/articles: this is a link. Replace it with the folder it leads to.\n"
        "content/topics: a folder belongs here. Replace the file with a folder, or remove it.\n"
        "2 problems: nothing was published."
    )
    assert sorted(path for path in output.rglob("*")) == before


# --- the cache ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda cache: cache.write_bytes(b""), "File exists"),
        (lambda cache: cache.symlink_to("nowhere"), "File exists"),
        (lambda cache: cache.symlink_to("cache"), "File exists"),
        (lambda cache: (cache / "opening").mkdir(parents=True), "Is a directory"),
        (lambda cache: (cache / FILE).mkdir(parents=True), "Is a directory"),
        (lambda cache: (cache / "lock").mkdir(parents=True), "Is a directory"),
    ],
    ids=["a-file", "a-dangling-link", "a-loop", "a-gate-that-is-a-folder", "a-database", "a-lock"],
)
def test_a_cache_that_cannot_be_written_is_told_with_the_reason(spoil: Spoil, reason: str, content: Path) -> None:
    spoil(content.parent / "cache")
    assert told(problems_of(content.parent)) == [("cache", f"cannot be written: {reason}.")]


def test_a_folder_that_takes_no_new_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", refuse)
    assert told(refusal(lambda: Store(tmp_path))) == [(tmp_path.name, "cannot be written: Permission denied.")]


@pytest.mark.parametrize("known", [False, True], ids=["new", "begun-before"])
def test_a_database_that_is_read_only_is_told_before_anything_is_read(
    known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if known:
        Store(tmp_path).close()
    connect = sqlite3.connect

    def read_only(*args: object, **words: object) -> sqlite3.Connection:
        database = connect(*args, **words)
        database.execute("PRAGMA query_only=ON")
        return database

    monkeypatch.setattr(sqlite3, "connect", read_only)
    message = "cannot be written: attempt to write a readonly database."
    assert told(refusal(lambda: Store(tmp_path))) == [(tmp_path.name, message)]


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **words: connect(path.parent / "no" / "where", **words))
    message = "cannot be written: unable to open database file."
    assert told(refusal(lambda: Store(tmp_path))) == [(tmp_path.name, message)]


def write_in_a_transaction(store: Store) -> None:
    with store.transaction():
        store.keep_note(b"key", bytes(1_000_000))


@pytest.mark.parametrize("write", [lambda store: store.keep_note(b"key", bytes(1_000_000)), write_in_a_transaction])
def test_a_cache_whose_disk_is_full_says_so(write: Callable[[Store], None], tmp_path: Path) -> None:
    store = Store(tmp_path)
    store._db.execute("PRAGMA max_page_count=8")
    expected = [(tmp_path.name, "cannot be written: database or disk is full.")]
    assert told(refusal(lambda: write(store))) == expected
    assert store.note(b"key") is None
    store.close()


def test_a_full_disk_is_no_reason_to_begin_a_sound_cache_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.keep_note(b"key", b"value")
    store.close()

    def full(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(database, "_prepare", full)
        assert told(refusal(lambda: Store(tmp_path)))
    again = Store(tmp_path)
    assert again.note(b"key") == b"value"
    again.close()


def test_a_mistake_in_a_transaction_is_told_as_what_it_is(tmp_path: Path) -> None:
    """An error of reading is no error of the cache."""
    store = Store(tmp_path)
    with pytest.raises(FileNotFoundError), store.transaction():
        (tmp_path / "nothing").read_bytes()
    store.close()


def refusal(attempt: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as raised:
        attempt()
    return raised.value.items


def test_a_build_that_cannot_write_its_cache_says_so_in_a_line(site: Site, build: Build) -> None:
    site.cache.write_bytes(b"")
    report = str(report_of(lambda: build(site)))
    assert report.splitlines()[0].startswith("cache: cannot be written: File exists. ")


def test_a_session_that_could_not_lock_ends_like_any_other(content: Path) -> None:
    (content.parent / "cache/lock").mkdir(parents=True)
    opened = Session(settings_for(content.parent), ROOT / "plugins")
    with pytest.raises(Problems):
        opened.begin()
    opened.end()
    opened.store.close()


def test_a_cache_is_mended_by_taking_away_what_was_in_the_way(content: Path) -> None:
    cache = content.parent / "cache"
    cache.write_bytes(b"")
    assert problems_of(content.parent)
    cache.unlink()
    with session(content.parent) as opened:
        assert opened.begin().articles


# --- make check -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        ("câble\nMégalis\nposé\n".encode("latin-1"), ":1:2", "byte 0xE2 is not UTF-8. Save the file as UTF-8."),
        (b"cable\r\npos\xe9\r\n", ":2:4", "byte 0xE9 is not UTF-8. Save the file as UTF-8."),
        (b"cable\n\x1b[2J\n", ":2:1", "the character U+001B cannot be published. Delete it."),
        (None, "", "this is not a plain file. Replace the link, pipe or folder with a copy of the file."),
    ],
    ids=["latin-1", "one-byte", "control", "folder"],
)
def test_a_word_list_that_cannot_be_read_is_told_with_its_file_and_line(
    data: bytes | None, place: str, message: str, clone: Site
) -> None:
    words = clone.content / "words.fr.txt"
    words.mkdir() if data is None else words.write_bytes(data)
    done = desk(clone, "check", PYTHONIOENCODING="utf-8:strict")
    _remove(words)
    assert done.stderr.splitlines()[0] == f"content/words.fr.txt{place}: {message}"
    assert (done.returncode, done.stdout) == (1, "")


def test_a_word_list_is_read_whatever_ends_its_lines(clone: Site) -> None:
    words = clone.content / "words.fr.txt"
    article = clone.article("plan", "fr")
    before = article.read_text(encoding="utf-8")
    article.write_text(f"{before}\nLe zorglub et le frobnitz.\n", encoding="utf-8")
    words.write_bytes("\ufeffzorglub\r\nfrobnitz # un mot\r\n".encode())
    done = desk(clone, "check", PYTHONIOENCODING="utf-8:strict")
    words.unlink()
    article.write_text(before, encoding="utf-8")
    assert done.stdout.endswith(": nothing to mend.\n"), done.stdout


def test_a_cache_that_cannot_be_written_is_told_by_check_too(clone: Site) -> None:
    clone.cache.rename(clone.root / "before")
    clone.cache.write_bytes(b"")
    done = desk(clone, "check", PYTHONIOENCODING="utf-8:strict")
    clone.cache.unlink()
    assert done.stderr.startswith("cache: cannot be written: File exists. ")
    assert (done.returncode, done.stdout) == (1, "")


def test_an_error_of_the_program_is_not_told_as_a_wrong_setting(clone: Site) -> None:
    module = clone.root / "plugins/newsroom/rules/corpus.py"
    before = module.read_text(encoding="utf-8")
    module.write_text(
        f"{before}\n\ndef read_corpus(*_):\n    raise ValueError('a mistake of ours')\n", encoding="utf-8"
    )
    done = desk(clone, "check", PYTHONIOENCODING="utf-8:strict")
    module.write_text(before, encoding="utf-8")
    assert "pelicanconf.py:" not in done.stderr
    assert done.stderr.splitlines()[-1] == "ValueError: a mistake of ours"


def test_a_file_name_that_is_not_utf_8_is_told(clone: Site) -> None:
    stray = Path(os.fsdecode(os.fsencode(clone.article("plan", "fr").parent) + b"/caf\xe9.png"))
    stray.write_bytes(picture())
    done = desk(clone, "check", PYTHONIOENCODING="utf-8:strict")
    stray.unlink()
    assert "caf\\udce9.png: " in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(("folder", "setting"), [("content", "PATH"), ("theme", "THEME")])
def test_a_folder_that_is_not_there_is_named_in_a_line(folder: str, setting: str, site: Site) -> None:
    """Pelican, which looks for both before any step runs, would print a traceback."""
    copy_program(site)
    shutil.rmtree(site.root / folder)
    done = pelican(site, "--fatal", "errors")
    told = rf"pelicanconf\.py:\d+:\d+: {setting}: there is no folder “.*{folder}”\. Make it, or name another\.\n\Z"
    assert re.match(told, done.stderr)
    assert done.returncode == 1
