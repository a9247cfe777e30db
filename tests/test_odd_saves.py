"""Nothing that is saved ends ``make serve``, makes it print a traceback or keeps it from what is saved next."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from served_desk import Desk, served

pytestmark = pytest.mark.slow
Save = Callable[[Path], object]
ARTICLE = Path("articles/first-crew/index.fr.md")
PAGE = "/fr/articles/quatre-passagers/"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return the small site in a project of its own, a repository with a second branch, served."""
    with served(tmp_path_factory.mktemp("desk") / "project") as desk:
        yield desk


def assert_alive(desk: Desk) -> None:
    """Expect the site to be served, and nothing printed that no editor can read."""
    assert desk.ask("/fr/")[0] == 200
    assert desk.process.poll() is None
    said = [line[:300] for line in desk.printed if "Traceback" in line or "not answered" in line or "Error:" in line]
    assert said == [], "".join(desk.printed)


def replace(path: Path, data: bytes) -> None:
    """Write a file beside and rename it, as most programs save."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    beside.rename(path)


def as_vim_saves(content: Path) -> None:
    path = content / ARTICLE
    data = path.read_bytes()
    probe, backup = path.with_name("4913"), path.with_name(f"{path.name}~")
    probe.touch()
    probe.unlink()
    path.rename(backup)
    path.write_bytes(data)
    backup.unlink()


def as_code_saves(content: Path) -> None:
    path = content / ARTICLE
    data = path.read_bytes()
    with path.open("r+b") as file:
        file.truncate()
        file.flush()
        time.sleep(0.05)
        file.write(data)


def as_idea_saves(content: Path) -> None:
    path = content / ARTICLE
    new, old = path.with_name(f"{path.name}___jb_tmp___"), path.with_name(f"{path.name}___jb_old___")
    new.write_bytes(path.read_bytes())
    path.rename(old)
    new.rename(path)
    old.unlink()


def as_emacs_saves(content: Path) -> None:
    path = content / ARTICLE
    lock, kept = path.with_name(f".#{path.name}"), path.with_name(f"#{path.name}#")
    lock.symlink_to("editor@desk.1:1")
    kept.write_bytes(path.read_bytes())
    replace(path, path.read_bytes())
    kept.unlink()
    lock.unlink()


def as_word_processors_save(content: Path) -> None:
    path = content / ARTICLE
    (path.parent / f".~lock.{path.name}#").write_text(",editor,desk,;", encoding="utf-8")
    data = path.read_bytes()
    path.unlink()
    time.sleep(0.05)
    path.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))


def fifty_at_once(content: Path) -> None:
    paths = sorted(content.rglob("index.*.md"))
    for number in range(50):
        path = paths[number % len(paths)]
        path.write_bytes(path.read_bytes() + b"\n")


def fifty_of_one_file(content: Path) -> None:
    path = content / ARTICLE
    for number in range(50):
        replace(path, path.read_bytes() + f"\nPhrase {number}.\n".encode())
        time.sleep(0.005)


def there_and_gone(content: Path) -> None:
    folder = content / "articles" / "flicker"
    for _ in range(60):
        shutil.copytree((content / ARTICLE).parent, folder)
        time.sleep(0.003)
        shutil.rmtree(folder)


def deep_folders(content: Path) -> None:
    (content / ARTICLE.parent / Path(*["deep"] * 200)).mkdir(parents=True)


def many_files(content: Path) -> None:
    for number in range(500):
        (content / ARTICLE.parent / f"note-{number}.txt").touch()


def make_a_socket(content: Path) -> None:
    before = Path.cwd()
    os.chdir(content / ARTICLE.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("index.de.md")
    finally:
        os.chdir(before)


def in_place_of(name: str, make: Callable[[Path], object]) -> Save:
    """Return the save that puts something else where the file ``name`` stands."""

    def save(content: Path) -> None:
        path = content / name
        path.unlink(missing_ok=True)
        make(path)

    return save


def holding(name: str, data: bytes) -> Save:
    """Return the save of these bytes."""
    return lambda content: (content / name).write_bytes(data)


def gone(name: str) -> Save:
    """Return the save that takes a folder or a file away."""
    return lambda content: (content / name).rename(content.with_name("aside"))


OWN = str(ARTICLE)
BYTES = {
    "nothing": b"",
    "zeros": b"\0" * 4096,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 16,
    "UTF-16": "---\ntitle: x\n".encode("utf-16"),
    "half a letter": b"---\ntitle: \xc3",
    "no end": b"---\ntitle: x\n",
    "brackets": b"---\nx: " + b"[" * 100_000 + b"\n---\n",
    "an alias bomb": b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n",
    "a tag": b"---\nx: !!python/object:os.system {}\n---\n",
}
THINGS: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link outside": lambda path: path.symlink_to("/etc/passwd"),
    "not to be read": lambda path: path.touch(0o000),
}
REGISTERS = ("entities.yaml", "glossary.yaml", "claims.yaml")
SAVES: dict[str, Save] = {
    **{f"{name} holds {what}": holding(name, data) for name in (OWN, *REGISTERS) for what, data in BYTES.items()},
    **{
        f"{name} is {what}": in_place_of(name, make)
        for name in (OWN, "entities.yaml", "words.fr.txt")
        for what, make in THINGS.items()
    },
    **{f"{name} gone": gone(name) for name in (OWN, "articles/first-crew", "articles", "topics", *REGISTERS)},
    "a megabyte of brackets": holding(OWN, b"---\ntitle: x\n---\n" + b"[" * 1_000_000),
    "twenty megabytes": holding(OWN, b"---\ntitle: x\n---\n" + b"Un mot. " * 2_500_000),
    "a socket": make_a_socket,
    "another language": holding("articles/first-crew/index.xx.md", b"---\ntitle: x\n---\n"),
    "a name with a line break": lambda content: (content / "articles/first-crew/a\nb.md").touch(),
    "a name that is no UTF-8": lambda content: (content / "articles" / os.fsdecode(b"\xff\xfe")).mkdir(),
    "a name of 255 letters": lambda content: (content / "articles" / ("a" * 255)).mkdir(),
    "a file among articles": lambda content: (content / "articles/index.fr.md").touch(),
    "deep folders": deep_folders,
    "many files": many_files,
    "vim": as_vim_saves,
    "Visual Studio Code": as_code_saves,
    "JetBrains": as_idea_saves,
    "Emacs": as_emacs_saves,
    "a word processor": as_word_processors_save,
    "fifty files at once": fifty_at_once,
    "fifty saves of one file": fifty_of_one_file,
    "there and gone": there_and_gone,
}


@pytest.mark.parametrize("name", SAVES)
def test_an_odd_save_is_survived_and_what_is_saved_next_is_shown(desk: Desk, name: str) -> None:
    content, kept = desk.site.content, desk.site.root / "kept"
    shutil.copytree(content, kept)
    try:
        SAVES[name](content)
        for _ in range(3):
            assert_alive(desk)
            time.sleep(0.1)
    finally:
        restore(desk, kept)
    assert_follows(desk)
    assert_alive(desk)


def restore(desk: Desk, kept: Path) -> None:
    """Put the content back as it was."""
    with contextlib.suppress(FileNotFoundError):
        aside = desk.site.root / "aside"
        shutil.rmtree(aside) if aside.is_dir() else aside.unlink()
    shutil.rmtree(desk.site.content)
    kept.rename(desk.site.content)


def assert_follows(desk: Desk) -> None:
    """Expect what is saved now to be shown."""
    path = desk.site.content / ARTICLE
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\nEnsuite {time.monotonic_ns()}x.\n", encoding="utf-8")
    word = path.read_text(encoding="utf-8").split()[-1]
    desk.wait_until(lambda: word in desk.ask(PAGE)[1])
    path.write_text(before, encoding="utf-8")
    desk.wait_until(lambda: word not in desk.ask(PAGE)[1])


def test_another_branch_is_shown_when_it_is_checked_out(desk: Desk) -> None:
    def git(*words: str) -> None:
        command = ["git", "-c", "user.name=Desk", "-c", "user.email=desk@example.org", *words]
        subprocess.run(command, cwd=desk.site.root, check=True, capture_output=True)

    git("init", "-b", "one")
    git("add", "content")
    git("commit", "-m", "One")
    git("checkout", "-b", "two")
    for path in desk.site.content.glob("articles/*/index.fr.md"):
        path.write_text(f"{path.read_text(encoding='utf-8')}\nDe la branche deux.\n", encoding="utf-8")
    git("commit", "-a", "-m", "Two")
    for branch, there in (("one", False), ("two", True), ("one", False)):
        git("checkout", "--quiet", branch)
        desk.wait_until(lambda there=there: ("De la branche deux" in desk.ask(PAGE)[1]) is there)  # type: ignore[misc]
    assert_alive(desk)


@pytest.mark.parametrize(
    "name", ["theme/templates/base.html", "theme/static/css/base.css", "theme/translations/fr/LC_MESSAGES/messages.po"]
)
@pytest.mark.parametrize("data", [b"{% block", b"\xff\0", b"{{ nothing.at.all() }}", b""], ids=ascii)
def test_an_odd_theme_is_survived(desk: Desk, name: str, data: bytes) -> None:
    path = desk.site.root / name
    good = path.read_bytes()
    path.write_bytes(data)
    time.sleep(0.3)
    for _ in range(3):
        assert desk.ask("/fr/")[0] in (200, 404)
        assert desk.process.poll() is None
    path.write_bytes(good)
    assert_follows(desk)
    assert_alive(desk)


def test_settings_that_python_cannot_run_are_told_and_what_was_served_stays(desk: Desk) -> None:
    path = desk.site.root / "pelicanconf.py"
    good = path.read_text(encoding="utf-8")
    path.write_text(f"{good}A = (\n", encoding="utf-8")
    place = f"pelicanconf.py:{good.count(chr(10)) + 1}:5: "
    desk.wait_until_printed(place)
    assert desk.ask("/fr/")[0] == 200
    assert not any("Traceback" in line for line in desk.printed)
    path.write_text(good, encoding="utf-8")
    assert_follows(desk)


@pytest.mark.parametrize("name", ["plugins/newsroom/site_of_a_mistake.py", "plugins/topics.py"])
def test_code_that_cannot_be_read_is_told_and_what_was_served_stays(desk: Desk, name: str) -> None:
    path = desk.site.root / name
    good = path.read_bytes() if path.exists() else b""
    path.write_bytes(b"def (:\n")
    time.sleep(0.5)
    assert desk.ask("/fr/")[0] == 200
    path.write_bytes(good)
    assert_follows(desk)
    assert desk.process.poll() is None
    desk.printed.clear()  # whoever writes code reads tracebacks; the tests that follow are about editors


def test_all_content_gone_is_told_and_found_again(desk: Desk) -> None:
    desk.site.content.rename(desk.site.root / "kept")
    for _ in range(5):
        assert_alive(desk)
        time.sleep(0.1)
    (desk.site.root / "kept").rename(desk.site.content)
    assert_follows(desk)


@pytest.mark.parametrize("folder", ["output", "cache"])
def test_what_builds_wrote_may_go(desk: Desk, folder: str) -> None:
    shutil.rmtree(desk.site.root / folder, ignore_errors=True)
    (desk.site.root / folder).write_text("in the way", encoding="utf-8")
    assert_follows(desk)
    assert_alive(desk)
    (desk.site.root / folder).unlink(missing_ok=True)
    assert_follows(desk)
    assert_alive(desk)
