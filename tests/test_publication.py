"""A publication is the old site or the new one at every moment, and the one before is a step away."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Build, report_of
from hypothesis import given
from hypothesis import strategies as st
from killed_builds import CHANGES, run_to
from properties import examples
from site_builder import (
    ROOT,
    Site,
    copy_program,
    differences,
    environment_of,
    files_of,
    make_site,
    set_value,
    tree_of,
    write_small_site,
)

from publication import disk
from publication import releases as releases_module
from publication.destinations import Aside
from publication.releases import Releases

#: What a publication has that a preview has not.
PUBLISHED = {"RELEASES": 3, "SITEURL": "https://news.example"}
Tree = dict[str, bytes | None]


def edit(site: Site, number: int) -> None:
    """Change pages, add some and take some away."""
    set_value(site.article("first-crew", "en"), "title", f"{number} passengers")
    set_value(site.article("cloud-ruling", "fr"), "slug", f"ailleurs-{number}")


def publish(build: Build, site: Site, **overrides: object) -> Tree:
    """Publish; return what is served."""
    build(site, **{**PUBLISHED, **overrides})
    return served(site)


def served(site: Site) -> Tree:
    """Return what a reader could get."""
    return tree_of(site.output.resolve()) if site.output.exists() else {}


def inodes(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


# --- releases as folders ------------------------------------------------------------------------


def release(releases: Releases, number: int, keep: int = 3) -> None:
    """Serve a site of one page, and keep as many releases."""
    with releases.lock():
        site = releases.folder / ".site"
        site.mkdir()
        (site / "index.html").write_text(str(number), encoding="utf-8")
        releases.add(site)
        releases.prune(keep)


def page(releases: Releases) -> int:
    """Return which site is served."""
    return int((releases.output / "index.html").read_text(encoding="utf-8"))


def test_the_last_releases_are_kept_and_their_history_with_them(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "output")
    for number in range(6):
        release(releases, number)
        assert (page(releases), len(releases.present())) == (number, min(number + 1, 3))
        assert sorted(releases.served()) == releases.present()
    releases.prune(2)
    assert sorted(releases.served()) == releases.present()
    assert (page(releases), len(releases.present())) == (5, 2)


def test_one_goes_back_to_what_was_served_and_on_from_there(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "output")
    for number in range(3):
        release(releases, number)
    for number in (1, 0):
        assert releases.back() == releases.live()
        assert page(releases) == number
    with pytest.raises(ValueError, match="no release before"):
        releases.back()
    with pytest.raises(ValueError, match="no release 2016"):
        releases.back("2016")
    release(releases, 7)
    releases.back()
    assert page(releases) == 0
    assert len(releases.present()) == 2, "what was gone back from is gone with the next release"


def test_a_folder_in_the_place_of_the_link_becomes_the_release_before(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "output")
    releases.output.mkdir()
    (releases.output / "index.html").write_text("1", encoding="utf-8")
    release(releases, 2)
    assert (page(releases), releases.output.is_symlink()) == (2, True)
    releases.back()
    assert page(releases) == 1


# --- what a publication leaves ------------------------------------------------------------------


@pytest.mark.slow
def test_what_is_served_is_a_link_to_a_whole_site(site: Site, build: Build) -> None:
    published = publish(build, site, PRECOMPRESS=True)
    assert site.output.is_symlink()
    assert not site.output.readlink().is_absolute(), "the folder can be moved or mounted elsewhere"
    fresh = Site(site.root.with_name("fresh"))
    folders = {"OUTPUT_PATH": str(fresh.output), "CACHE_PATH": str(fresh.cache)}
    build(site, **{**PUBLISHED, "PRECOMPRESS": True, "RELEASES": 0, **folders})
    assert differences(published, tree_of(fresh.output)) == []


def test_a_release_costs_what_changed(site: Site, build: Build) -> None:
    before = publish(build, site)
    first = inodes(site.output)
    edit(site, 5)
    after = publish(build, site)
    second = inodes(site.output)
    unchanged = {path for path in second if before.get(path, b"") == after[path]}
    assert unchanged
    assert unchanged != set(second)
    assert {path for path in second if first.get(path) == second[path]} == unchanged


@pytest.mark.slow
def test_no_release_is_written_through_a_name_that_it_shares(site: Site, build: Build) -> None:
    """Whatever is built next, the releases before stay as they were: a preview as well."""
    kept = {}
    for number in range(3):
        edit(site, number)
        kept[Releases(site.output).live()] = publish(build, site)
        kept[Releases(site.output).live()] = served(site)
    edit(site, 9)
    build(site)
    for name in filter(None, kept):
        assert tree_of(site.output.with_name("output-releases") / name) == kept[name]


def test_a_publication_of_nothing_new_makes_no_release(site: Site, build: Build) -> None:
    publish(build, site)
    before = tree_of(site.root, "output-releases")
    publish(build, site)
    assert tree_of(site.root, "output-releases") == before


@pytest.mark.slow
def test_as_many_releases_are_kept_as_the_settings_say(site: Site, build: Build) -> None:
    for number in range(5):
        edit(site, number)
        publish(build, site)
        assert len(Releases(site.output).present()) == min(number + 1, 3)
    assert sorted(path.name for path in site.output.with_name("output-releases").iterdir()) == sorted(
        [*Releases(site.output).present(), "history", "lock"]
    )


@pytest.mark.parametrize("number", [1, -1, True, "5", 2.0, None])
def test_a_number_of_releases_that_leaves_nothing_to_go_back_to_is_refused(
    site: Site, build: Build, number: object
) -> None:
    assert "RELEASES" in str(report_of(lambda: publish(build, site, RELEASES=number)))


def test_the_settings_of_the_published_site_keep_releases() -> None:
    program = "import runpy; print(runpy.run_path('publishconf.py')['RELEASES'])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 2


# --- what stands there before -------------------------------------------------------------------


@pytest.mark.slow
def test_a_folder_that_was_published_file_by_file_becomes_the_release_before(site: Site, build: Build) -> None:
    build(site)
    before = served(site)
    assert publish(build, site) != before
    Releases(site.output).back()
    assert served(site) == before


@pytest.mark.slow
def test_a_preview_takes_the_place_of_the_link_and_leaves_the_releases(site: Site, build: Build) -> None:
    published = publish(build, site)
    edit(site, 1)
    build(site)
    assert not site.output.is_symlink()
    fresh = Site(site.root.with_name("fresh"))
    build(site, OUTPUT_PATH=str(fresh.output), CACHE_PATH=str(fresh.cache))
    assert differences(served(site), tree_of(fresh.output)) == []
    Releases(site.output).back()
    assert served(site) == published


def test_a_folder_that_somebody_else_filled_is_not_replaced(site: Site, build: Build) -> None:
    site.output.mkdir()
    (site.output / "notes.txt").write_text("mine", encoding="utf-8")
    assert "this folder holds other files" in str(report_of(lambda: publish(build, site)))
    assert served(site) == {"notes.txt": b"mine"}


def test_a_link_that_leads_elsewhere_is_not_replaced(site: Site, build: Build, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    site.output.symlink_to(tmp_path / "elsewhere")
    assert "output: this is no folder, and no link to a release." in str(report_of(lambda: publish(build, site)))
    assert site.output.readlink() == tmp_path / "elsewhere"


def test_a_file_in_the_place_of_the_site_is_told(site: Site, build: Build) -> None:
    site.output.write_text("mine", encoding="utf-8")
    assert "output: this is no folder" in str(report_of(lambda: publish(build, site)))
    assert site.output.read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
def test_what_the_settings_retain_is_in_every_release(site: Site, build: Build) -> None:
    (site.output / ".git").mkdir(parents=True)
    (site.output / ".git" / "config").write_text("[core]", encoding="utf-8")
    for number in range(2):
        edit(site, number)
        publish(build, site, OUTPUT_RETENTION=[".git"])
        config = site.output / ".git" / "config"
        assert config.read_text(encoding="utf-8") == "[core]"
        assert config.stat().st_nlink == 1, "a program that writes into it must not change another release"


@pytest.mark.slow
def test_releases_are_shared_by_copy_where_the_disk_has_no_second_names(
    site: Site, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(build, site)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EMLINK, os.strerror(errno.EMLINK))

    monkeypatch.setattr(os, "link", refuse)
    edit(site, 1)
    second = publish(build, site)
    assert second != first
    assert not any(path.stat().st_nlink > 1 for path in site.output.resolve().rglob("*") if path.is_file())
    Releases(site.output).back()
    assert served(site) == first


@pytest.mark.slow
def test_a_system_without_the_exchange_of_names_publishes_too(
    site: Site, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site)
    before = served(site)
    monkeypatch.setattr(disk, "_libc", object())
    publish(build, site)
    assert site.output.is_symlink()
    Releases(site.output).back()
    assert served(site) == before


@pytest.mark.slow
def test_a_release_is_on_the_disk_before_it_is_served(
    site: Site, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power may fail at once after the switch."""
    publish(build, site)
    edit(site, 1)
    flush, flush_names = releases_module.flush, releases_module.flush_names
    done = []
    monkeypatch.setattr(releases_module, "flush", lambda folder: (done.append(("all", served(site))), flush(folder)))
    monkeypatch.setattr(
        releases_module, "flush_names", lambda folder: (done.append(("names", served(site))), flush_names(folder))
    )
    before = served(site)
    after = publish(build, site)
    assert done == [("all", before), ("names", after)]


# --- going back -------------------------------------------------------------------------------


@pytest.mark.slow
def test_going_back_goes_to_what_was_served_before_and_never_to_what_was_gone_back_from(
    site: Site, build: Build
) -> None:
    releases = Releases(site.output)
    states = []
    for number in range(3):
        edit(site, number)
        states.append(publish(build, site))
    releases.back()
    assert served(site) == states[1]
    releases.back()
    assert served(site) == states[0]
    with pytest.raises(ValueError, match="no release before"):
        releases.back()
    edit(site, 7)
    assert publish(build, site) not in states
    releases.back()
    assert served(site) == states[0]


@pytest.mark.slow
def test_a_build_after_going_back_gives_the_bytes_of_a_clean_build(site: Site, build: Build) -> None:
    publish(build, site)
    edit(site, 1)
    wanted = publish(build, site)
    Releases(site.output).back()
    assert served(site) != wanted
    assert differences(publish(build, site), wanted) == []
    Releases(site.output).back()
    build(site)
    clean = tree_of(build(site, OUTPUT_PATH=str(site.root / "fresh"), CACHE_PATH=str(site.root / "cache2")).output)
    assert differences(served(site), clean) == []


@pytest.mark.slow
def test_the_commands_list_and_go_back(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", write_small_site)
    copy_program(site)
    (site.root / ".venv").symlink_to(Path(sys.executable).parents[1])

    def make(*words: str) -> "subprocess.CompletedProcess[str]":
        command = ("make", "--silent", "--old-file", ".venv/ready", *words)
        return subprocess.run(
            command, cwd=site.root, env=environment_of(site), capture_output=True, text=True, check=False
        )

    assert make("releases").stdout == "There is no release yet: make publish makes one.\n"
    assert make("rollback").returncode == 2
    states = []
    for number in range(2):
        edit(site, number)
        done = make("publish", "SITEURL=https://news.example")
        assert done.returncode == 0, done.stderr
        states.append(served(site))
    newer, older = (line.split()[0] for line in make("releases").stdout.splitlines())
    assert make("rollback").stdout == f"{older} is served.\n"
    assert served(site) == states[0]
    assert f"{older}  is served\n" in make("releases").stdout
    assert make("rollback", f"TO={newer}").stdout == f"{newer} is served.\n"
    assert served(site) == states[1]
    refused = make("rollback", "TO=../content")
    assert "there is no release ../content. There are: " in refused.stderr
    assert "Traceback" not in refused.stderr
    assert served(site) == states[1]


# --- killed, refused, two at once -----------------------------------------------------------------


class Stage:
    """A site that is published, edited and about to be published again: what is served is one of two trees."""

    def __init__(self, site: Site, build: Build, first: str) -> None:
        self.site = site
        self._start = site.root.with_name("start")
        if first == "preview":
            build(site)
        elif first != "nothing":
            publish(build, site)
            if first == "release after going back":
                edit(site, 1)
                publish(build, site)
                Releases(site.output).back()
        edit(site, 2)
        self.old = served(site)
        shutil.copytree(site.root, self._start, symlinks=True)
        self.changes = run_to(lambda: publish(build, site), None, 0, CHANGES)
        self.new = served(site)
        assert self.new != self.old
        assert self.changes > 100

    def reset(self) -> Site:
        shutil.rmtree(self.site.root)
        shutil.copytree(self._start, self.site.root, symlinks=True)
        return self.site


FIRST = ("nothing", "preview", "release", "release after going back")


@pytest.fixture(scope="module", params=FIRST)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, build: Build) -> Stage:
    return Stage(make_site(tmp_path_factory.mktemp("stage") / "site", write_small_site), build, request.param)


@pytest.mark.slow
@examples(13, cost=3)
@given(share=st.integers(0, 999))
def test_killed_anywhere_a_publication_leaves_the_old_site_or_the_new_one(
    stage: Stage, build: Build, share: int
) -> None:
    site = stage.reset()
    run_to(lambda: publish(build, site), None, 1 + stage.changes * share // 1000, CHANGES)
    assert served(site) in (stage.old, stage.new)
    assert publish(build, site) == stage.new
    if stage.old:
        Releases(site.output).back()
        assert served(site) == stage.old


def write_tree(folder: Path, tree: dict[str, str]) -> None:
    for path, text in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


SITES = [{"index.html": f"{number}", "a/b.html": "same", f"c{number}/d.html": "new"} for number in range(4)]


def serve_the_next(output: Path, number: int) -> None:
    """Publish one of the small trees, sharing what it has in common with the one that is served."""
    before = files_of(output) if output.exists() else {}
    aside = Aside(output, 2, ())
    same = [path for path, text in SITES[number].items() if before.get(path) == text.encode()]
    for path, text in SITES[number].items():
        if path not in same:
            aside.stage(path, text.encode())
    aside.prepare(same, [path for path in SITES[number] if path not in same], ())
    aside.switch()
    aside.close()


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("first", ["link", "folder"])
def test_killed_at_every_change_of_the_disk_it_is_the_old_site_or_the_new_one(
    tmp_path: Path, first: str, number: int
) -> None:
    """Also while old releases are removed, and while a folder makes room for a link."""
    old, new = (
        {path: text.encode() for path, text in SITES[each].items()} if each >= 0 else {}
        for each in (number - 1, number)
    )
    killed = 0
    for last in range(1, 1000):
        output = tmp_path / f"{last}" / "output"
        for each in range(number):
            serve_the_next(output, each)
        if first == "folder" and number:
            there = output.resolve()
            output.unlink()
            there.rename(output)
        output.parent.mkdir(exist_ok=True)
        made = run_to(lambda output=output: serve_the_next(output, number), None, last, CHANGES)
        assert files_of(output) in (old, new) if output.exists() else not old
        serve_the_next(output, number)
        assert files_of(output) == new
        assert len(Releases(output).present()) <= 2
        if number:
            Releases(output).back()
            assert files_of(output) == old
        if made >= 0:
            break
        killed += 1
    assert killed > 8


def test_a_file_that_can_have_no_second_name_is_copied_and_any_other_refusal_is_told(tmp_path: Path) -> None:
    """The files of the kernel are on a file system of their own: link(2) answers EXDEV."""
    disk.share(Path("/proc/version"), tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == Path("/proc/version").read_bytes()
    disk.share(tmp_path / "copy", tmp_path / "name")
    assert (tmp_path / "name").samefile(tmp_path / "copy")
    with pytest.raises(FileExistsError):
        disk.share(tmp_path / "copy", tmp_path / "name")
