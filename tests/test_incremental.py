"""An incremental build equals a clean build, byte for byte, whatever happened in between.

``SILLAGE_EXAMPLES=1000 pytest tests/test_incremental.py`` looks longer.
"""

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import Build, Built
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.settings import read_settings
from site_builder import (
    DAY,
    LANGUAGES,
    NOW,
    ROOT,
    Site,
    change,
    copy_program,
    files_of,
    make_site,
    pair,
    picture,
    set_value,
    tree_of,
    write_entry,
    write_small_site,
)

EXAMPLES = int(os.environ.get("SILLAGE_EXAMPLES", "40"))
#: A file younger than this is read again by the next build: its state is not trusted.
RACY = 2.05


def settle(site: Site) -> None:
    """Wait until no file of ``site`` is young."""
    newest = max(path.lstat().st_ctime for path in site.root.rglob("*"))
    time.sleep(max(0.0, newest + RACY - time.time()))


def clean_tree(build: Build, site: Site, **overrides: object) -> dict[str, bytes | None]:
    """Return what a build of ``site`` into a new folder, without a cache, makes."""
    fresh = site.root.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    built = build(site, **{**overrides, "OUTPUT_PATH": str(fresh / "output"), "CACHE_PATH": str(fresh / "cache")})
    return tree_of(built.output)


def differences(one: dict[str, bytes | None], other: dict[str, bytes | None]) -> list[str]:
    """Return the paths whose content, or presence, differs."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path, b"-") != other.get(path, b"-"))


# --- any sequence of edits -------------------------------------------------------------------


@dataclass
class World:
    """A site being edited, with the settings that its next build has."""

    site: Site
    overrides: dict[str, object] = field(default_factory=dict)

    def articles(self) -> list[str]:
        return sorted(path.name for path in (self.site.content / "articles").iterdir())

    def article(self, number: int) -> str:
        return self.articles()[number % len(self.articles())]

    def texts(self, folder: str, number: int) -> Path:
        found = sorted((self.site.content / folder).glob("*/index.*.md"))
        return found[number % len(found)]

    def templates(self, number: int) -> Path:
        found = sorted((self.site.theme / "templates").rglob("*.html"))
        return found[number % len(found)]

    def mentioned(self, key: str) -> bool:
        """Tell whether other content names the article ``key``."""
        return any(
            key in path.read_text(encoding="utf-8")
            for path in self.site.content.rglob("*.md")
            if path.parent.name != key
        )


Edit = Callable[[World, int, int], None]


def edit_a_body(world: World, which: int, what: int) -> None:
    path = world.texts("articles", which)
    path.write_text(path.read_text(encoding="utf-8") + f"\nUn ajout, n° {what}. FTTH.\n", encoding="utf-8")


def edit_a_body_leaving_size_and_time(world: World, which: int, what: int) -> None:
    path = world.texts("articles", which)
    before = path.stat()
    raw = bytearray(path.read_bytes())
    places = [place for place in range(len(raw) // 2, len(raw)) if chr(raw[place]).islower()]
    place = places[what % len(places)] if places else 0
    if places and b"](" not in raw[place - 30 : place + 30]:
        raw[place] = ord("x")
    path.write_bytes(raw)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def change_a_title(world: World, which: int, what: int) -> None:
    set_value(world.texts("articles", which), "title", f"Titre {what} : « neuf » & <vif>")


def change_a_slug(world: World, which: int, what: int) -> None:
    set_value(world.texts("articles", which), "slug", f"adresse-{what}-{which % 7}")


def change_a_date(world: World, which: int, what: int) -> None:
    key = world.article(which)
    for language in LANGUAGES:
        path = world.site.article(key, language)
        if path.is_file() and "\ndate:" in path.read_text(encoding="utf-8"):
            set_value(path, "date", f"{2016 + what % 10}-{what % 12 + 1:02}-{what % 28 + 1:02}")


def change_topics(world: World, which: int, what: int) -> None:
    key = world.article(which)
    first = next(path for path in (world.site.article(key, code) for code in LANGUAGES) if path.is_file())
    set_value(first, "topics", [["fibre"], ["cloud", "space"], ["space", "fibre", "cloud"]][what % 3])


def change_a_status(world: World, which: int, what: int) -> None:
    key = world.article(which)
    first = next(path for path in (world.site.article(key, code) for code in LANGUAGES) if path.is_file())
    set_value(first, "status", ["rumour", "announced", ["rumour", "denied"], "confirmed"][what % 4])


def add_an_update(world: World, which: int, what: int) -> None:
    key = world.article(which)
    first = next(path for path in (world.site.article(key, code) for code in LANGUAGES) if path.is_file())
    note = {"date": f"2026-10-{what % 28 + 1:02}", "significant": what % 2 == 0, "fr": f"Suite {what}.", "en": f"More {what}."}
    set_value(first, "updates", [note])


def hide_or_show_an_article(world: World, which: int, what: int) -> None:
    path = world.site.article(world.article(which), "fr")
    if path.is_file():
        set_value(path, "draft", bool(what % 2))


def add_an_article(world: World, which: int, what: int) -> None:
    texts = pair((f"Neuf {what}", "Résumé.", "Texte. FttH."), (f"New {what}", "Summary.", "Text. FTTH."))
    if which % 3:
        del texts[LANGUAGES[which % 2]]
    facts = {"date": f"2020-01-{what % 28 + 1:02}", "topics": ["fibre"], "status": "announced", "thread": "cable"}
    write_entry(world.site.content, "articles", f"new-{what % 5}", facts, texts)


def remove_an_article(world: World, which: int, _: int) -> None:
    key = world.article(which)
    if not world.mentioned(key):
        shutil.rmtree(world.site.content / "articles" / key)


def remove_a_translation(world: World, which: int, _: int) -> None:
    key = world.article(which)
    if world.site.article(key, "fr").is_file():
        world.site.article(key, "en").unlink(missing_ok=True)


def rename_an_article(world: World, which: int, what: int) -> None:
    key, new = world.article(which), f"renamed-{what % 9}"
    folder = world.site.content / "articles"
    if not (folder / new).exists():
        (folder / key).rename(folder / new)
        for path in world.site.content.rglob("*.md"):
            text = path.read_text(encoding="utf-8")
            if key in text:
                path.write_text(text.replace(key, new), encoding="utf-8")


def write_a_file_again(world: World, which: int, _: int) -> None:
    path = world.texts("articles", which)
    path.write_bytes(path.read_bytes())


def change_a_picture(world: World, which: int, what: int) -> None:
    for path in sorted(world.site.content.rglob("*.png"))[: which % 2 + 1]:
        path.write_bytes(picture(what % 256))


def change_a_topic(world: World, which: int, what: int) -> None:
    path = world.texts("topics", which)
    key, value = [("name", f"Sujet {what}"), ("slug", f"sujet-{what}-{which % 6}"), ("summary", f"À propos : {what}.")][what % 3]
    set_value(path, key, value)


def add_or_remove_a_topic(world: World, _: int, what: int) -> None:
    folder = world.site.content / "topics" / "extra"
    if folder.exists():
        shutil.rmtree(folder)
    else:
        texts = {"fr": ({"name": f"De plus {what}"}, "Plus."), "en": ({"name": f"Extra {what}"}, "More.")}
        write_entry(world.site.content, "topics", "extra", {"order": what % 5}, texts)


def change_a_thread(world: World, which: int, what: int) -> None:
    set_value(world.texts("threads", which), ["name", "claim", "story"][what % 3], f"Autre fil {what}, {which % 3}")


def change_an_edition(world: World, _: int, what: int) -> None:
    keys = [key for key in ("first-crew", "ticket-rumour", "copper-off") if (world.site.content / "articles" / key).exists()]
    if keys:
        shift = what % len(keys)
        set_value(world.site.text("editions", "2026-11-21", "fr"), "articles", keys[shift:] + keys[:shift])


def change_the_pages(world: World, which: int, what: int) -> None:
    legal = world.site.content / "pages" / "legal"
    if which % 3 == 0 and legal.exists():
        shutil.rmtree(legal)
    else:
        set_value(world.texts("pages", which), "title", f"Page {what}")


def change_the_reference(world: World, which: int, what: int) -> None:
    if which % 2:
        change(world.site.content / "glossary.yaml", '"expansion": "', f'"expansion": "{what} ')
    else:
        change(world.site.content / "entities.yaml", '"name": "Zéphyr', f'"name": "Zéphyr {what}')


def edit_a_template(world: World, which: int, what: int) -> None:
    path = world.templates(which)
    added = [f"\n<p>{what}</p>", "\n{# nothing to see #}", "\n<!-- {{ site.name }} -->"][what % 3]
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")


def edit_the_style(world: World, which: int, what: int) -> None:
    static = world.site.theme / "static"
    if which % 3 == 0:
        (static / "root").mkdir(exist_ok=True)
        (static / "root" / f"file-{what % 3}.txt").write_text(f"{what}\n", encoding="utf-8")
    else:
        sheet = static / "css" / "site.css"
        sheet.write_text(sheet.read_text(encoding="utf-8") + f"\nb{{top:{what}px}}\n", encoding="utf-8")


def edit_a_catalogue(world: World, which: int, what: int) -> None:
    language = LANGUAGES[which % 2]
    path = world.site.theme / "translations" / language / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "" if path.is_file() else 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    blocks = [block for block in text.split("\n\n") if not block.endswith("#extra") and 'msgid "Archive"\n' not in block]
    path.write_text("\n\n".join([head + blocks[0], *blocks[1:], f'msgid "Archive"\nmsgstr "Coffre {what}"\n']), encoding="utf-8")


def change_a_setting(world: World, which: int, what: int) -> None:
    languages = deepcopy(LANGUAGE_SETTINGS)
    languages["fr"]["tagline"] = f"Devise {what}"
    if what % 2:
        languages["en"]["paths"]["articles"] = f"stories-{what % 3}"
    changes: list[tuple[str, object]] = [
        ("SITEURL", ["http://localhost:8000", "https://news.example", "https://host.example/sub/folder"][what % 3]),
        ("DEFAULT_PAGINATION", [1, 2, 20][what % 3]),
        ("FEED_MAX_ITEMS", [1, 3, 20][what % 3]),
        ("LANGUAGES", languages),
        ("SITENAME", f"Sillage {what}"),
        ("DEFAULT_LANG", LANGUAGES[what % 2]),
        ("TIMEZONE", ["Europe/Paris", "Asia/Tokyo"][what % 2]),
    ]
    name, value = changes[which % len(changes)]
    world.overrides[name] = value


def let_time_pass(world: World, which: int, what: int) -> None:
    world.site.now = NOW + (which % 3 - 1) * what % 400 * DAY


def tamper_with_the_output(world: World, which: int, what: int) -> None:
    paths = sorted(path for path in world.site.output.rglob("*") if path.is_file() and path.name != "index.html")
    pages = sorted(path for path in world.site.output.glob("??/**/index.html"))
    folders = sorted(path for path in world.site.output.rglob("*") if path.is_dir())
    path = (paths + pages)[which % len(paths + pages)]
    match what % 6:
        case 0:
            path.unlink()
        case 1:
            path.write_bytes(b"")
        case 2:
            path.write_bytes(path.read_bytes() + b"<!-- tampered -->")
        case 3:
            os.utime(path, ns=(0, 0))
        case 4:
            shutil.rmtree(folders[which % len(folders)])
        case _:
            path.unlink()
            path.symlink_to(world.site.content / "glossary.yaml")


def lose_the_cache(world: World, which: int, what: int) -> None:
    if which % 2:
        shutil.rmtree(world.site.cache)
        return
    for path in world.site.cache.iterdir():
        raw = bytearray(path.read_bytes())
        for place in range(what * 97 % 4096, len(raw), 4099):
            raw[place] ^= 0x55
        path.write_bytes(raw)


def build_elsewhere(world: World, _: int, what: int) -> None:
    """Another output folder shares the cache: its build must not make the first one forget."""
    world.overrides["OUTPUT_PATH"] = str(world.site.output.with_name(["output", "preview"][what % 2]))


LANGUAGE_SETTINGS = read_settings(str(ROOT / "pelicanconf.py"))["LANGUAGES"]
EDITS: list[Edit] = [
    edit_a_body,
    edit_a_body_leaving_size_and_time,
    change_a_title,
    change_a_slug,
    change_a_date,
    change_topics,
    change_a_status,
    add_an_update,
    hide_or_show_an_article,
    add_an_article,
    remove_an_article,
    remove_a_translation,
    rename_an_article,
    write_a_file_again,
    change_a_picture,
    change_a_topic,
    add_or_remove_a_topic,
    change_a_thread,
    change_an_edition,
    change_the_pages,
    change_the_reference,
    edit_a_template,
    edit_the_style,
    edit_a_catalogue,
    change_a_setting,
    let_time_pass,
    tamper_with_the_output,
    lose_the_cache,
    build_elsewhere,
]


class Bench:
    """One built site that every example starts from: its files are old enough to be trusted unread."""

    def __init__(self, folder: Path, build: Build) -> None:
        self.site = make_site(folder / "site", write_small_site)
        settle(self.site)
        build(self.site)
        self._sources = {name: files_of(self.site.root / name) for name in ("content", "theme")}
        for name in ("output", "cache"):
            shutil.copytree(self.site.root / name, folder / name)
        self._folder = folder

    def reset(self) -> World:
        """Undo every edit, leaving alone what nobody edited, and put the first build back."""
        for name, sources in self._sources.items():
            folder = self.site.root / name
            now = files_of(folder)
            for path in now.keys() - sources.keys():
                (folder / path).unlink()
            for path, data in sources.items():
                if now.get(path) != data:
                    (folder / path).parent.mkdir(parents=True, exist_ok=True)
                    (folder / path).write_bytes(data)
            for path in sorted(folder.rglob("*"), reverse=True):
                if path.is_dir() and not any(path.iterdir()):
                    path.rmdir()
        for name in ("output", "cache"):
            shutil.rmtree(self.site.root / name, ignore_errors=True)
            shutil.copytree(self._folder / name, self.site.root / name)
        shutil.rmtree(self.site.root / "preview", ignore_errors=True)
        self.site.now = NOW
        return World(self.site)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"), build)


def report_of(attempt: Callable[[], object]) -> object:
    """Return why a build refused, or None when it did not."""
    try:
        attempt()
    except SystemExit as refusal:
        return refusal.code
    return None


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 400), st.integers(0, 400), st.booleans()), min_size=1, max_size=6
    )
)
def test_any_sequence_of_edits_gives_the_bytes_of_a_clean_build(
    bench: Bench, build: Build, steps: list[tuple[Edit, int, int, bool]]
) -> None:
    world = bench.reset()
    for edit, which, what, built in steps:
        edit(world, which, what)
        if built:
            before = tree_of(world.site.root, "output", "preview")
            if report_of(lambda: build(world.site, **world.overrides)):
                assert tree_of(world.site.root, "output", "preview") == before
    refused = report_of(lambda: build(world.site, **world.overrides))
    output = Path(str(world.overrides.get("OUTPUT_PATH", world.site.output)))
    incremental = tree_of(output) if output.exists() else {}
    clean: dict[str, bytes | None] = {}
    assert report_of(lambda: clean.update(clean_tree(build, world.site, **world.overrides))) == refused
    if not refused:
        assert differences(incremental, clean) == []


# --- what one edit costs ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Site:
    """Return a built site whose files are all old enough to be trusted unread."""
    site = make_site(tmp_path_factory.mktemp("settled") / "site", write_small_site)
    settle(site)
    build(site)
    return site


def counts(built: Built) -> tuple[int, int, int, int, int]:
    work = built.work
    return work.read, work.converted, work.rendered, work.written, work.removed


def showing(output: Path, words: str) -> set[str]:
    """Return the outputs that hold ``words``."""
    return {path for path, data in files_of(output).items() if words.encode() in data}


def templated(paths: set[str]) -> set[str]:
    """Return the pages and feeds among ``paths``: what is rendered, not copied or listed."""
    return {path for path in paths if path.endswith((".html", ".xml", "feed.json"))}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() & after.keys() if before[path] != after[path]}
