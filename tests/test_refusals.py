"""What the machine refuses, or ends, leaves the published site as it was: the next build succeeds unaided.

The refusals are the kernel's own: a limit on the size of files, the mode of a folder, signals, locks.
"""

import ctypes
import errno
import fcntl
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from site_builder import PELICAN, Site, copy_program, environment_of, make_site, set_value, tree_of, write_small_site

from newsroom.store.lock import Lock
from publication.releases import Releases

PUBLISH = (*PELICAN[:3], "publishconf.py", "--fatal", "errors")
#: prctl(2), capset(2): the kernel's numbers, which Python does not name.
PR_SET_NO_NEW_PRIVS, CAPABILITY_VERSION, CAP_DAC_OVERRIDE = 38, 0x20080522, 1
KILLS = int(os.environ.get("SILLAGE_KILLS", "8"))
Tree = dict[str, bytes | None]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that was published once, for copies."""
    site = make_site(tmp_path_factory.mktemp("start") / "site", write_small_site)
    copy_program(site)
    assert publish(site).returncode == 0
    return site.root


@pytest.fixture
def published(start: Path, tmp_path: Path) -> Site:
    """Return a project that was published once and edited since, at a path of its own."""
    site = Site(tmp_path / "site")
    shutil.copytree(start, site.root, symlinks=True)
    set_value(site.article("first-crew", "en"), "title", "Five passengers")
    set_value(site.article("cloud-ruling", "fr"), "slug", "ailleurs")
    return site


def publish(
    site: Site, *arguments: str, before: Callable[[], None] | None = None, **words: object
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        (*PUBLISH, *arguments),
        cwd=site.root,
        env=environment_of(site),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        preexec_fn=before,
        **words,
    )


def served(site: Site) -> Tree:
    return tree_of(site.output.resolve())


def assert_refused(site: Site, done: "subprocess.CompletedProcess[str]", before: Tree, *words: str) -> None:
    """Check that it ended with a line that holds ``words``, and that what was served is served."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    told = done.stderr.strip().splitlines()
    assert len(told) <= 2, done.stderr
    assert all(word in told[0] for word in words), done.stderr
    assert served(site) == before
    assert not (site.root / "output-releases" / ".staging").exists()


def assert_next_succeeds(site: Site) -> None:
    assert publish(site).returncode == 0
    assert "Five passengers" in article_of(site)


def article_of(site: Site) -> str:
    return (site.output / "en/articles/four-passengers/index.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("size", [0, 1, 20_000, 60_000])
def test_a_disk_that_takes_no_more_is_told_and_nothing_is_published(published: Site, size: int) -> None:
    """Whichever file is the one too many: of the cache, of the site."""
    before = served(published)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = publish(published, before=limit)
    assert_refused(published, done, before)
    assert "None" not in done.stderr
    assert_next_succeeds(published)


@pytest.mark.slow
def test_a_full_disk_under_the_site_is_told_with_the_file(published: Site) -> None:
    """The cache is elsewhere and has room."""
    before = served(published)
    program = (
        "import resource, runpy, sys\n"
        "from publication.destinations import Aside\n"
        "stage = Aside.stage\n"
        "def full(self, path, data):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))\n"
        "    try:\n"
        "        stage(self, path, data)\n"
        "    finally:\n"
        "        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
        "Aside.stage = full\n"
        "sys.argv = ['pelican', 'content', '-s', 'publishconf.py']\n"
        "runpy.run_module('pelican', run_name='__main__')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=published.root,
        env={**environment_of(published), "PYTHONPATH": "plugins"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert_refused(published, done, before, "output", os.strerror(errno.EFBIG), "Make room for it.")
    assert_next_succeeds(published)


def obey_modes() -> None:
    """Give up the right to write against the mode of a folder, for this process and what it executes.

    Root has that right, and keeps every other one: what is read lies where it lies, whoever may enter there.
    Who is not root has no such right to give up.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.capget(header, sets):
        raise OSError(ctypes.get_errno(), "the kernel lets nobody give up a right")
    for each in range(3):
        sets[each] &= ~(1 << CAP_DAC_OVERRIDE)
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "the kernel lets nobody give up a right")


def modes_are_obeyed(folder: Path) -> bool:
    """Tell whether a child that gave up that right may read all that a build reads, and not write in ``folder``."""
    probe = (
        "import pathlib, sys, pelican\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "list(folder.iterdir())\n"
        "try: (folder / 'probe').touch()\n"
        "except PermissionError: print('refused')\n"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", probe, str(folder)],
            preexec_fn=obey_modes,
            capture_output=True,
            text=True,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    (folder / "probe").unlink(missing_ok=True)
    return done.stdout == "refused\n"


def deny(folder: Path, needed: str) -> Callable[[], None] | None:
    """Let the kernel refuse to write in ``folder``; return what a build does first for that.

    By the modes of what is in it; where they stop nobody, by a folder in the place of ``needed``, a file that a
    build writes.
    """
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)
    if modes_are_obeyed(folder):
        return obey_modes
    for path in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        path.chmod(0o755)
    (folder / needed).unlink(missing_ok=True)
    (folder / needed / "taken").mkdir(parents=True)
    return None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["output-releases", "cache"])
def test_a_folder_that_may_not_be_written_is_told(published: Site, name: str) -> None:
    before = served(published)
    first = deny(published.root / name, "lock")
    done = publish(published, before=first)
    assert_refused(published, done, before, name)
    back = subprocess.run(
        [sys.executable, "-m", "desk.releases", "--back"],
        cwd=published.root,
        env={**environment_of(published), "PYTHONPATH": "plugins"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=first,
    )
    assert back.returncode == 1
    assert "Traceback" not in back.stderr
    assert served(published) == before


@pytest.mark.slow
def test_a_preview_that_may_not_be_written_is_told(published: Site) -> None:
    preview = published.root / "preview"
    page = "en/articles/four-passengers/index.html"
    assert publish(published, "-o", "preview", "-e", "RELEASES=0").returncode == 0
    set_value(published.article("first-crew", "en"), "title", "Six passengers")
    first = deny(preview, page)
    before = tree_of(preview)
    done = publish(published, "-o", "preview", "-e", "RELEASES=0", before=first)
    assert done.returncode == 1
    assert ("Permission denied" if first else page) in done.stderr
    assert "Traceback" not in done.stderr
    assert tree_of(preview) == before


@pytest.mark.slow
@pytest.mark.parametrize("which", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_ended_by_the_clock_it_leaves_the_old_site_or_the_new_one(published: Site, which: signal.Signals) -> None:
    old = served(published)
    aside = Site(published.root.with_name("aside"))
    shutil.copytree(published.root, aside.root, symlinks=True)
    started = time.monotonic()
    assert publish(aside).returncode == 0
    lasts = time.monotonic() - started
    new = served(aside)
    assert new != old
    clock = random.Random(which)
    for _ in range(KILLS // 4):
        with subprocess.Popen(
            PUBLISH,
            cwd=published.root,
            env=environment_of(published),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            time.sleep(lasts * clock.uniform(0.3, 1.0))
            process.send_signal(which)
            errors = process.communicate(timeout=600)[1]
        assert b"Traceback" not in errors or which == signal.SIGINT
        assert served(published) in (old, new)
    assert publish(published).returncode == 0
    assert served(published) == new


@pytest.mark.slow
def test_two_at_once_are_one_after_the_other_and_the_second_says_what_it_waits_for(published: Site) -> None:
    command = [*PUBLISH[:4], "--fatal", "errors"]
    both = [
        subprocess.Popen(
            [*command, "--cache-path", str(published.root / cache)],
            cwd=published.root,
            env=environment_of(published),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for cache in ("cache", "cache", "another-cache")
    ]
    said = [process.communicate(timeout=600)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0, 0], said
    waited = [line for text in said for line in text.splitlines() if line.startswith("Waiting for process ")]
    assert waited
    assert all("which holds " in line and "/lock." in line for line in waited)
    assert "Five passengers" in (published.output / "en/articles/four-passengers/index.html").read_text(
        encoding="utf-8"
    )
    assert len(Releases(published.output).present()) == 2, "the same site is published once"


def test_a_wait_is_told_within_a_second(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "lock")
    lock.take()
    program = (
        "import sys; from pathlib import Path; from newsroom.store.lock import Lock; Lock(Path(sys.argv[1])).take()"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1] / "plugins")}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "lock")], env=environment, stderr=subprocess.PIPE, text=True
    ) as other:
        assert other.stderr
        assert other.stderr.readline() == f"Waiting for process {os.getpid()}, which holds {tmp_path / 'lock'}.\n"
        lock.let_go()
        assert other.wait(timeout=600) == 0


@pytest.mark.parametrize("left", [b"", b"1\n", b"999999\n", b"not a number", b"\xff" * 40])
def test_a_lock_that_a_dead_build_left_holds_nobody_up(tmp_path: Path, left: bytes) -> None:
    """The file says who had it; the kernel knows who has it."""
    path = tmp_path / "lock"
    path.write_bytes(left)
    lock = Lock(path)
    lock.take()
    assert path.read_text(encoding="ascii") == f"{os.getpid()}\n"
    with path.open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    lock.let_go()


#: Where there is one processor, the work is shared as if there were two.
ORPHANS = """
import os, sys, time
from pathlib import Path
from newsroom.build.parallel import on_all_processors
from newsroom.store.lock import Lock
os.sched_getaffinity = lambda process: {0, 1}
lock = Lock(Path(sys.argv[1]))
lock.take()
def work(item):
    os.write(1, b"at work\\n")  # at once, so that two processes do not write on one line
    time.sleep(600)
    return b""
list(on_all_processors(work, range(64), worth=1))
"""


def test_the_processes_of_a_killed_build_let_its_locks_go(tmp_path: Path) -> None:
    """They have them open too: a build that was killed would hold up every other one for ever."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1] / "plugins")}
    command = [sys.executable, "-c", ORPHANS, str(tmp_path / "lock")]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout
        assert build.stdout.readline() == "at work\n"
        build.kill()
    lock = Lock(tmp_path / "lock")
    lock.take()
    lock.let_go()
