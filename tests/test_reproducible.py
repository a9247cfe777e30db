"""The same content gives the same bytes, whoever builds it, wherever, with whichever command."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from site_builder import PELICAN, Site, copy_program, differences, make_site, tree_of, write_small_site

pytestmark = pytest.mark.slow

#: Machines that agree on nothing but the content and the date.
MACHINES = {
    "Paris": {"PYTHONHASHSEED": "0", "TZ": "Europe/Paris", "LANG": "fr_FR.UTF-8", "LC_ALL": "fr_FR.UTF-8"},
    "Honolulu": {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Honolulu", "LANG": "en_US.UTF-8", "LC_ALL": "C.UTF-8"},
    "nowhere": {"PYTHONHASHSEED": "1", "TZ": "Etc/GMT-14", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
}


def new_site(folder: Path) -> Site:
    """Return the small site with the program beside it, as in a fresh clone."""
    site = make_site(folder, write_small_site)
    copy_program(site)
    return site


def run(
    site: Site, *command: str, umask: int = 0o022, before: Callable[[], None] | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder of ``site`` with nothing of this environment but the path and the date."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "SOURCE_DATE_EPOCH": str(site.now), **variables}
    return subprocess.run(
        command,
        cwd=site.root,
        env=environment,
        umask=umask,
        preexec_fn=before,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | None]:
    """Return what the first machine makes."""
    site = new_site(tmp_path_factory.mktemp("reference") / "site")
    done = run(site, *PELICAN, **MACHINES["Paris"])
    assert done.returncode == 0, done.stderr
    return tree_of(site.output)


@pytest.mark.parametrize(("machine", "umask"), [("Honolulu", 0o077), ("nowhere", 0o002)])
def test_hash_seed_time_zone_locale_umask_and_folder_change_no_byte(
    tmp_path: Path, reference: dict[str, bytes | None], machine: str, umask: int
) -> None:
    site = new_site(tmp_path / "elsewhere" / "Une autre maison")
    done = run(site, *PELICAN, umask=umask, **MACHINES[machine])
    assert done.returncode == 0, done.stderr
    assert differences(tree_of(site.output), reference) == []


def test_pelican_by_hand_and_make_html_build_the_same_bytes(tmp_path: Path, reference: dict[str, bytes | None]) -> None:
    site = new_site(tmp_path / "site")
    made = run(site, "make", "--silent", "html", "--old-file", ".venv/ready", f"PELICAN={PELICAN[0]}")
    assert made.returncode == 0, made.stderr
    assert "rendered 0," not in made.stdout, "make html built"
    assert differences(tree_of(site.output), reference) == []


def test_the_order_of_the_files_on_disk_changes_no_byte(tmp_path: Path, reference: dict[str, bytes | None]) -> None:
    site = new_site(tmp_path / "site")
    folders = sorted((site.content / "articles").iterdir(), reverse=True)
    for folder in folders:
        aside = folder.with_name(f"{folder.name}-aside")
        folder.rename(aside)
        for path in sorted(aside.iterdir(), reverse=True):
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)
        aside.rename(folder)
    done = run(site, *PELICAN)
    assert done.returncode == 0, done.stderr
    assert differences(tree_of(site.output), reference) == []


#: Lists folders in an order that changes from one program, and from one folder, to the next.
DISORDER = """
import os, random
order = random.Random(os.environ["ORDER"])
listdir, scandir = os.listdir, os.scandir
def disordered(names):
    names = list(names)
    order.shuffle(names)
    return names
class Entries:
    def __init__(self, entries):
        with entries:
            self._entries = iter(disordered(entries))
    __iter__ = __enter__ = lambda self: self
    def __next__(self):
        return next(self._entries)
    def __exit__(self, *_):
        self.close()
    def close(self):
        pass
os.listdir = lambda path=".": disordered(listdir(path))
os.scandir = lambda path=".": Entries(scandir(path))
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | None]:
    """Return what is published, with the compressed copies."""
    site = new_site(tmp_path_factory.mktemp("published") / "site")
    done = run(site, *PUBLISH, PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    return tree_of(site.output.resolve())


PUBLISH = (*PELICAN[:3], "publishconf.py")


def test_the_order_in_which_folders_are_listed_changes_no_byte(
    tmp_path: Path, published: dict[str, bytes | None]
) -> None:
    (tmp_path / "disorder").mkdir()
    (tmp_path / "disorder" / "sitecustomize.py").write_text(DISORDER, encoding="utf-8")
    site = new_site(tmp_path / "site")
    for order in ("1", "2"):
        done = run(site, *PUBLISH, PYTHONPATH=str(tmp_path / "disorder"), ORDER=order)
        assert done.returncode == 0, done.stderr
        assert differences(tree_of(site.output.resolve()), published) == []
        shutil.rmtree(site.cache)


def test_the_number_of_cores_changes_no_byte(tmp_path: Path, published: dict[str, bytes | None]) -> None:
    site = new_site(tmp_path / "site")
    one = {min(os.sched_getaffinity(0))}
    done = run(site, *PUBLISH, before=lambda: os.sched_setaffinity(0, one))
    assert done.returncode == 0, done.stderr
    assert differences(tree_of(site.output.resolve()), published) == []


@pytest.mark.programs
@pytest.mark.parametrize("clock", ["+367d", "-3y", "2038-01-20 03:00:00"])
def test_the_clock_of_the_machine_changes_no_byte_where_the_date_is_given(
    tmp_path: Path, published: dict[str, bytes | None], clock: str
) -> None:
    faketime = shutil.which("faketime")
    assert faketime, "run “make test”, which installs faketime"
    site = new_site(tmp_path / "site")
    done = run(site, faketime, "-f" if clock[0] in "+-" else "-m", clock, *PUBLISH)
    assert done.returncode == 0, done.stderr
    assert differences(tree_of(site.output.resolve()), published) == []


def test_the_clock_of_the_machine_is_the_date_where_none_is_given(tmp_path: Path) -> None:
    """Two builds of one day differ in nothing; a given date is what they were told."""
    site = new_site(tmp_path / "site")
    assert run(site, *PELICAN, SOURCE_DATE_EPOCH="").returncode == 0
    today = tree_of(site.output)
    assert run(site, *PELICAN).returncode == 0
    assert differences(tree_of(site.output), today) != []


def test_a_page_without_an_age_does_not_know_the_day(tmp_path: Path, reference: dict[str, bytes | None]) -> None:
    site = new_site(tmp_path / "site")
    site.now += 3600
    assert run(site, *PELICAN).returncode == 0
    assert differences(tree_of(site.output), reference) == [], "an hour later the same day"
    site.now += 86_400
    assert run(site, *PELICAN).returncode == 0
    aged = set(differences(tree_of(site.output), reference))
    feeds = {path for path in reference if path.endswith((".xml", "feed.json"))}
    assert not aged & feeds, "a day later the feeds are the same"
    articles = {path.split("/")[2] for path in aged if "/articles/" in path}
    assert articles == {"a-cable-is-promised", "un-cable-est-promis"}, "the line of an open claim runs to the day"
