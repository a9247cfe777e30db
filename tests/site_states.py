"""States that a site can be in, numbered: the same number is the same state at every run.

State 0 is the small site. Any other is one of the states before it and one to three edits more. What a
clean build makes of a state is found out once, however many ways lead to it, and so is what builds make
that go from edit to edit.
"""

import os
import shutil
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from random import Random

from conftest import Build, report_of
from site_builder import NOW, Site, differences, files_of, make_site, settle, tree_of, write_small_site
from site_edits import EDITS, Edit, World, build_elsewhere, lose_the_cache, tamper_with_the_output, write_a_file_again

#: What happens to the output, the cache and the clocks of files: it leaves a site in the state that it was in.
ACCIDENTS = [write_a_file_again, tamper_with_the_output, lose_the_cache, build_elsewhere]
_EDITS = [edit for edit in EDITS if edit not in ACCIDENTS]

Outputs = dict[str, bytes | None]


@dataclass(frozen=True)
class State:
    """All files of content and theme, the settings that are not as usual, and the moment."""

    files: dict[str, bytes]
    overrides: dict[str, object]
    now: int


@dataclass(frozen=True)
class Clean:
    """Why a clean build refuses a state, or a digest of each output that it makes."""

    refused: object
    outputs: Outputs


def digests_of(folder: Path) -> Outputs:
    """Return a digest of every file under ``folder``, links told from files, and its folders with None."""
    tree = tree_of(folder) if folder.exists() else {}
    return {path: None if data is None else blake2b(data, digest_size=16).digest() for path, data in tree.items()}


def sources_of(site: Site) -> dict[str, bytes]:
    """Return the files of the content and the theme of ``site``, but for compiled templates."""
    return {
        f"{name}/{path}": data
        for name in ("content", "theme")
        for path, data in files_of(site.root / name).items()
        if "__pycache__" not in path
    }


def put(site: Site, state: State, *, same_times: bool = False) -> None:
    """Give ``site`` the files of ``state``: what is the same is left alone, what went elsewhere is renamed.

    With ``same_times`` a file that changes keeps its time, as with programs that copy times.
    """
    now = sources_of(site)
    gone = {now[path]: path for path in now.keys() - state.files.keys()}
    for path, data in state.files.items():
        place = site.root / path
        if now.get(path) == data:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        if path in now:
            before = place.stat()
            place.write_bytes(data)
            if same_times:
                os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
        elif data in gone:
            (site.root / gone.pop(data)).rename(place)
        else:
            place.write_bytes(data)
    for path in now.keys() - state.files.keys():
        (site.root / path).unlink(missing_ok=True)
    for name in ("content", "theme"):
        for folder in sorted((site.root / name).rglob("*"), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
    site.now = state.now


class States:
    """The states, and what clean builds make of them: made when they are asked for, in a site of their own."""

    def __init__(self, folder: Path, build: Build) -> None:
        self._site = make_site(folder / "drawn" / "site", write_small_site)
        self._site.own_theme()
        self._build = build
        self._states = {0: State(sources_of(self._site), {}, NOW)}
        self._clean: dict[int, Clean] = {}

    def before(self, number: int) -> int:
        """Return the state that this one follows."""
        return Random(number).randrange(number)

    def __getitem__(self, number: int) -> State:
        """Return the state of this number."""
        if number not in self._states:
            chance, before = Random(-number), self[self.before(number)]
            put(self._site, before)
            world = World(self._site, dict(before.overrides))
            for _ in range(chance.randint(1, 3)):
                chance.choice(_EDITS)(world, chance.randrange(400), chance.randrange(400))
            files = {  # what is the same is kept once
                path: before.files[path] if before.files.get(path) == data else data
                for path, data in sources_of(self._site).items()
            }
            self._states[number] = State(files, world.overrides, self._site.now)
        return self._states[number]

    def clean(self, number: int) -> Clean:
        """Return what a build of the state into a new folder, without a cache, makes."""
        if number not in self._clean:
            state, fresh = self[number], self._site.root.with_name("fresh")
            put(self._site, state)
            shutil.rmtree(fresh, ignore_errors=True)
            places = {"OUTPUT_PATH": str(fresh / "output"), "CACHE_PATH": str(fresh / "cache")}
            refused = report_of(lambda: self._build(self._site, **state.overrides, **places))
            self._clean[number] = Clean(refused, {} if refused else digests_of(fresh / "output"))
        return self._clean[number]


class Bench:
    """A site that can be put into any state as builds left it that went there from edit to edit."""

    def __init__(self, folder: Path, kept: Path, build: Build) -> None:
        self.states = States(folder, build)
        self.site = make_site(folder / "site", write_small_site)
        self.site.own_theme()
        self._build = build
        self._kept = kept
        settle(self.site)

    def start(self, number: int) -> Site:
        """Put the site into the state of this number, built."""
        kept = self._kept / str(number)
        if not kept.is_dir():
            if number:
                self.start(self.states.before(number))
            self.build(number)
            for name in ("output", "cache"):
                shutil.copytree(self.site.root / name, kept / name, symlinks=True)
            return self.site
        put(self.site, self.states[number])
        for name in ("output", "cache", "preview"):
            shutil.rmtree(self.site.root / name, ignore_errors=True)
        for name in ("output", "cache"):
            shutil.copytree(kept / name, self.site.root / name, symlinks=True)
        return self.site

    def build(self, number: int, accident: tuple[Edit, int, int] | None = None, *, same_times: bool = False) -> None:
        """Go on to another state and build, after an accident where there is one: the output is that of a clean build.

        Where a clean build refuses, this one does with the same report, and the output is as it was.
        """
        state, clean = self.states[number], self.states.clean(number)
        put(self.site, state, same_times=same_times)
        world = World(self.site, dict(state.overrides))
        if accident:
            edit, which, what = accident
            edit(world, which, what)
        output = Path(str(world.overrides.get("OUTPUT_PATH", self.site.output)))
        wanted = digests_of(output) if clean.refused else clean.outputs
        assert report_of(lambda: self._build(self.site, **world.overrides)) == clean.refused
        assert differences(digests_of(output), wanted) == []
