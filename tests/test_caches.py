"""Whatever happens to what is kept between builds, a build gives the bytes of a clean one; and it stays small."""

import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Build
from hypothesis import given
from hypothesis import strategies as st
from properties import examples
from site_builder import (
    PELICAN,
    Site,
    change,
    copy_program,
    differences,
    environment_of,
    make_site,
    set_message,
    set_value,
    settle,
    tree_of,
    write_pairs,
    write_small_site,
)

from newsroom.store import store as stored
from newsroom.store.database import FILE
from newsroom.store.digests import digest
from newsroom.store.store import Store, Written

Damage = Callable[[bytes, bytes, random.Random], bytes]


def flip(sound: bytes, _: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(sound)
    for _ in range(chance.choice([1, 3, 50])):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def truncate(sound: bytes, _: bytes, chance: random.Random) -> bytes:
    return sound[: chance.choice([0, 1, 16, 100, 4096, chance.randrange(len(sound))])]


def lose_a_stretch(sound: bytes, _: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(sound)), chance.choice([1, 512, 4096, 100_000])
    return sound[:start] + sound[start + length :]


def blank_a_page(sound: bytes, _: bytes, chance: random.Random) -> bytes:
    start = 4096 * chance.randrange(len(sound) // 4096)
    return sound[:start] + bytes(4096) + sound[start + 4096 :]


def swap_pages(sound: bytes, _: bytes, chance: random.Random) -> bytes:
    pages = [sound[start : start + 4096] for start in range(0, len(sound), 4096)]
    one, other = chance.randrange(len(pages)), chance.randrange(len(pages))
    pages[one], pages[other] = pages[other], pages[one]
    return b"".join(pages)


def another_site(_: bytes, foreign: bytes, __: random.Random) -> bytes:
    return foreign


def half_of_another_site(sound: bytes, foreign: bytes, chance: random.Random) -> bytes:
    place = 4096 * chance.randrange(min(len(sound), len(foreign)) // 4096)
    return sound[:place] + foreign[place:]


def more_at_the_end(sound: bytes, _: bytes, chance: random.Random) -> bytes:
    return sound + chance.randbytes(chance.choice([1, 4096, 100_000]))


def noise(sound: bytes, _: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(len(sound))


DAMAGES: list[Damage] = [
    *(flip, truncate, lose_a_stretch, blank_a_page, swap_pages),
    *(another_site, half_of_another_site, more_at_the_end, noise),
]


class Kept:
    """A built site, its cache, the cache of another one, and what a clean build makes after one more edit."""

    def __init__(self, folder: Path, build: Build) -> None:
        other = make_site(folder / "other", lambda content: write_pairs(content, 6))
        build(other)
        self.foreign = (other.cache / FILE).read_bytes()
        self.site = make_site(folder / "site", write_small_site)
        settle(self.site)
        build(self.site)
        self.sound = (self.site.cache / FILE).read_bytes()
        shutil.copytree(self.site.output, folder / "before")
        self._before = folder / "before"
        set_value(self.site.article("first-crew", "en"), "title", "Five passengers")
        self.clean = tree_of(
            build(self.site, OUTPUT_PATH=str(folder / "clean"), CACHE_PATH=str(folder / "empty")).output
        )

    def reset(self, cache: bytes) -> None:
        shutil.rmtree(self.site.output)
        shutil.copytree(self._before, self.site.output)
        shutil.rmtree(self.site.cache)
        self.site.cache.mkdir()
        (self.site.cache / FILE).write_bytes(cache)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Kept:
    return Kept(tmp_path_factory.mktemp("kept"), build)


@pytest.mark.slow
@examples(40)
@given(damages=st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=2), seed=st.integers(0, 1 << 30))
def test_a_build_over_a_damaged_cache_gives_the_bytes_of_a_clean_one(
    kept: Kept, build: Build, damages: list[Damage], seed: int
) -> None:
    chance, cache = random.Random(seed), kept.sound
    for damage in damages:
        cache = damage(cache, kept.foreign, chance) if cache else cache
    kept.reset(cache)
    build(kept.site)
    assert differences(tree_of(kept.site.output), kept.clean) == []
    kept.reset(kept.sound)
    build(kept.site)
    assert differences(tree_of(kept.site.output), kept.clean) == []


# --- growth -----------------------------------------------------------------------------------


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def test_notes_beyond_their_room_go_oldest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    for number in range(100):
        monkeypatch.setattr("newsroom.store.store.time.time", lambda number=number: 1_000_000 + number)
        store.keep_note(digest(b"%d" % number), bytes(1000))
    store.tidy(room=30_000)
    kept = [number for number in range(100) if store.note(digest(b"%d" % number))]
    assert kept == list(range(70, 100))
    store.close()


def test_the_more_texts_the_more_notes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.keep_file("content/articles/a/index.fr.md", stored.Kept(None, b"d", b"r" * 1000), "h" * 9000)
    for number in range(100):
        monkeypatch.setattr("newsroom.store.store.time.time", lambda number=number: 1_000_000 + number)
        store.keep_note(digest(b"%d" % number), bytes(1000))
    store.tidy(room=30_000)
    assert [number for number in range(100) if store.note(digest(b"%d" % number))] == list(range(40, 100))
    store.close()


def test_what_was_written_under_a_folder_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    (tmp_path / "there").mkdir()
    for name in ("there", "gone"):
        store.keep_outputs(str(tmp_path / name), {"index.html": Written(b"f" * 16, 1, 1)})
    store.tidy()
    assert store.outputs(str(tmp_path / "there"))
    assert store.outputs(str(tmp_path / "gone")) == {}
    store.close()


@pytest.mark.slow
def test_a_cache_that_was_used_often_is_as_large_as_one_that_was_used_once(
    site: Site, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every edit leaves something that is never asked for again: words, pictures, templates, folders, articles."""
    tidy = Store.tidy
    monkeypatch.setattr(Store, "tidy", lambda store: tidy(store, room=60_000))
    build(site)
    sizes = []
    for number in range(16):
        set_message(site.own_theme(), "fr", "Archive", f"Mot {number}")
        change(site.own_theme() / "templates/404.html", "{% block main %}", f"{{% block main %}}{{# {number} #}}")
        set_value(site.article("first-crew", "en"), "title", f"{number} passengers")
        preview = site.root / f"preview-{number}"
        build(site, OUTPUT_PATH=str(preview))
        shutil.rmtree(preview)
        sizes.append(size_of(site.cache))
    assert max(sizes[8:]) <= max(sizes[:8]) * 1.05, sizes


# --- two versions -------------------------------------------------------------------------------


def another_version(site: Site, *, tables: bool) -> None:
    """Make the program of ``site`` another: other models, and other tables where that is asked."""
    store = site.root / "plugins/newsroom/store"
    if tables:
        change(store / "database.py", "_VERSION = 4", "_VERSION = 5")
        change(store / "database.py", "made INTEGER)", "made INTEGER, more TEXT DEFAULT '')")
        change(store / "store.py", "notes VALUES (?, ?, ?, ?)", "notes (key, value, mark, made) VALUES (?, ?, ?, ?)")
    change(
        site.root / "plugins/newsroom/content/records.py", "class Record(", "class Unused:\n    pass\n\n\nclass Record("
    )
    rules = site.root / "plugins/newsroom/text/typography.py"
    added = '\nRULES["english"] = (*RULES["english"], (r"\\bjudge\\b", "magistrate"))\n'
    rules.write_text(rules.read_text(encoding="utf-8") + added, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("tables", [False, True], ids=["other-code", "other-tables"])
def test_two_versions_of_the_program_share_a_cache(tmp_path: Path, tables: bool) -> None:
    """One after the other, and at the same time."""
    sites, clean = [Site(tmp_path / name) for name in ("one", "other")], []
    make_site(sites[0].root, write_small_site)
    copy_program(sites[0])
    shutil.copytree(sites[0].root, sites[1].root)
    another_version(sites[1], tables=tables)

    def start(site: Site) -> "subprocess.Popen[str]":
        command = (*PELICAN, "--cache-path", str(tmp_path / "shared"))
        return subprocess.Popen(
            command, cwd=site.root, env=environment_of(site), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    for site in sites:
        alone = subprocess.run(PELICAN, cwd=site.root, env=environment_of(site), capture_output=True, check=False)
        assert alone.returncode == 0, alone.stderr
        clean.append(tree_of(site.output))
        shutil.rmtree(site.output)
    assert clean[0] != clean[1]
    for order in ([0], [1], [0], [0, 1], [1, 0, 1, 0]):
        running = [start(sites[number]) for number in order]
        for process in running:
            errors = process.communicate(timeout=600)[1]
            assert process.returncode == 0, errors
            assert all(line.startswith("Waiting for process ") for line in errors.splitlines())
        for number in {*order}:
            assert differences(tree_of(sites[number].output), clean[number]) == []
