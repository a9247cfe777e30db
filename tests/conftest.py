"""Fixtures: a small site, a way to build it, and the real content built once."""

import fcntl
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import memory_disk
import pytest
from editorial_site import make_clone
from pelican import Pelican
from pelican.settings import read_settings
from site_builder import ROOT, Site, make_site, write_small_site, written_anew

from newsroom.progress import Work

pytest_plugins = ["browser", "properties"]

# What editors are told is tested in the language of the source, whoever runs the tests.
os.environ["LC_ALL"] = "C.UTF-8"
memory_disk.use()
# Programs that tests start keep their compiled modules where they run: the next start there is a second shorter.
for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"):
    os.environ.pop(name, None)


@dataclass(frozen=True)
class Built:
    """What one build did, and where it put it."""

    work: Work
    output: Path


Build = Callable[..., Built]
#: The fixtures of the sites that tests only read; that of this repository takes as long as twenty of the other.
SITES = ("small_output", pytest.param("real_output", marks=pytest.mark.slow))
Once = Callable[[str, Callable[[Path], Path]], Path]


def run_build(site: Site, **overrides: object) -> Built:
    """Build ``site`` in this process, with settings other than those of ``pelicanconf.py`` where given.

    A build with a problem raises ``SystemExit`` whose code is the report, as on the command line.
    """
    folders = {"PATH": site.content, "THEME": site.theme, "OUTPUT_PATH": site.output, "CACHE_PATH": site.cache}
    override = {**{name: str(folder) for name, folder in folders.items()}, **overrides}
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(site.now)
    settings = read_settings(str(ROOT / "pelicanconf.py"), override=override)
    try:
        Pelican(settings).run()
    finally:
        if "SESSION" in settings:
            settings["SESSION"].end()
            settings["SESSION"].store.close()
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
    return Built(settings["SESSION"].work, Path(settings["OUTPUT_PATH"]))


def report_of(attempt: Callable[[], object]) -> object:
    """Return why a build refused, or None when it did not."""
    try:
        attempt()
    except SystemExit as refusal:
        return refusal.code
    return None


@pytest.fixture(scope="session")
def build() -> Build:
    """Return the function that builds a site in this process: ``build(site, SITEURL=…)``."""
    return run_build


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a small site that was never built."""
    return make_site(tmp_path / "site", write_small_site)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a project as in a clone, with a sound content."""
    return make_clone(tmp_path_factory.mktemp("clone") / "site")


@pytest.fixture(scope="session")
def small_workshop(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a small site in a place of its own, for one test after another to write anew."""
    return make_site(tmp_path_factory.mktemp("workshop") / "site", write_small_site)


@pytest.fixture
def small_site(small_workshop: Site) -> Site:
    """Return the small site as it was written, to change and build: see :func:`written_anew`."""
    return written_anew(small_workshop, write_small_site)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """Return the function that makes a folder once for all processes of a run: ``once(name, make)``.

    ``make`` is given a folder and returns the one to read, which is inside.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def folder(name: str, make: Callable[[Path], Path]) -> Path:
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            made = shared / f"{name}.made"
            if not made.is_file():
                made.write_text(str(make(shared / name)), encoding="utf-8")
            return Path(made.read_text(encoding="utf-8"))

    return folder


@pytest.fixture(scope="session")
def small_output(once: Once) -> Path:
    """Return the small site, built once; for tests that only read."""
    return once("small", lambda folder: run_build(make_site(folder / "site", write_small_site)).output)


@pytest.fixture(scope="session")
def real_output(once: Once) -> Path:
    """Return the site of this repository, built once; for tests that only read."""
    return once("real", lambda folder: run_build(Site(folder), PATH=str(ROOT / "content")).output)
