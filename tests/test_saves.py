"""After any saves, what a process has in memory is what a reading of everything gives: problems and catalogue.

A save looks only at what it changed; ``SILLAGE_EXAMPLES=2000 pytest tests/test_saves.py`` tries more of them.
"""

import datetime as dt
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from content_reading import session
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs
from properties import examples
from site_builder import Site, make_site, pair, set_value, write_entry, write_small_site
from site_edits import EDITS_OF_ENTRIES, Edit, World, hide_or_show_an_article, let_time_pass

from newsroom.content.catalogue import Catalogue, every_one, is_public
from newsroom.problems import Problems
from newsroom.session import Session


def add_a_reference(world: World, which: int, what: int) -> None:
    """Link to an article, to a part of it, or to a picture, that may not be there."""
    key = [world.article(what), "nothing"][what % 5 == 4]
    part = ["", "#sources", "#nowhere"][what // 5 % 3]
    path = world.texts(["articles", "editions", "pages"][which % 3], which)
    link = f"![x](picture-{what}.png)" if what % 7 == 6 else f"[x](article:{key}{part})"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{link}\n", encoding="utf-8")


def take_the_references_out(world: World, which: int, _: int) -> None:
    path = world.texts(["articles", "editions", "pages"][which % 3], which)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(("[x](", "![x]("))), encoding="utf-8")


def name_something(world: World, which: int, what: int) -> None:
    """Name topics, threads, players and claims, some of which there are not."""
    path = world.site.article(world.article(which), "fr")
    name = ["topics", "thread", "entities", "claims"][what % 4]
    keys = {"topics": ["space", "extra"], "thread": ["cable", "none"], "entities": ["zephyr", "nobody"], "claims": []}
    if path.is_file():
        set_value(path, name, keys[name][: which % 3])


def take_an_address(world: World, which: int, what: int) -> None:
    """Have an address that something else has, or had."""
    folder = ["articles", "topics", "pages"][what % 3]
    set_value(world.texts(folder, which), ["slug", "aliases"][which % 2], ["one", ["one"]][which % 2])


def postpone_an_article(world: World, which: int, what: int) -> None:
    path = world.site.article(world.article(which), "fr")
    if path.is_file():
        set_value(path, "publish", f"2026-12-{what % 28 + 1:02}")


def add_articles_of_a_day(world: World, _: int, what: int) -> None:
    """Add articles to a thread one after the other, of which only the keys differ, in any order."""
    facts = {"date": "2020-02-02", "topics": ["fibre"], "status": "announced", "thread": "cable"}
    for key in ("day-1", "day", "day-10")[: what % 3 + 1]:
        texts = pair((f"Neuf {key}", "Résumé.", "Texte."), (f"New {key}", "Summary.", "Text."))
        write_entry(world.site.content, "articles", key, facts, texts)


def change_sources(world: World, which: int, what: int) -> None:
    path = world.site.article(world.article(which), "fr")
    sources = [{"publisher": f"Source {number % 3}", "date": "2016-10", "language": "en"} for number in range(what % 3)]
    if path.is_file():
        set_value(path, "sources", sources)


def break_a_file(world: World, which: int, _: int) -> None:
    path = world.texts("articles", which)
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")


def mend_the_files(world: World, _: int, __: int) -> None:
    for path in world.site.content.glob("articles/*/index.*.md"):
        text = path.read_text(encoding="utf-8")
        if "titel:" in text:
            path.write_text(text.replace("titel:", "title:"), encoding="utf-8")


def take_a_picture_away(world: World, which: int, _: int) -> None:
    for path in sorted(world.site.content.rglob("*.png"))[: which % 2]:
        path.rename(path.with_suffix(".away"))


def bring_the_pictures_back(world: World, _: int, __: int) -> None:
    for path in world.site.content.rglob("*.away"):
        path.rename(path.with_suffix(".png"))


SAVES: list[Edit] = [
    *EDITS_OF_ENTRIES,
    add_a_reference,
    take_the_references_out,
    name_something,
    take_an_address,
    postpone_an_article,
    add_articles_of_a_day,
    change_sources,
    break_a_file,
    mend_the_files,
    take_a_picture_away,
    bring_the_pictures_back,
]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Site]:
    """Return what begins again with a project that was read once, in the same place."""
    project = make_site(tmp_path_factory.mktemp("saves") / "site", write_small_site)
    with session(project.root) as opened:
        opened.begin()
    kept = project.root.with_name("kept")
    project.root.rename(kept)

    def begin() -> Site:
        shutil.rmtree(project.root, ignore_errors=True)
        return Site(Path(shutil.copytree(kept, project.root)))

    return begin


def state_of(content: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_ctime_ns, path.stat().st_ino) for path in content.rglob("*") if path.is_file()}


def shown(read: Callable[[], Catalogue]) -> object:
    """Return the catalogue that ``read`` returns, as pages see it, or what is wrong."""
    try:
        catalogue = read()
    except Problems as problems:
        return str(problems)
    found = {name: getattr(catalogue, name) for name in catalogue.__struct_fields__ if name != "settings"}
    return found | {"years": list(catalogue.by_year), "order": [entry.key for entry in catalogue.entries]}


def save(opened: Session, saved: set[Path]) -> Catalogue:
    """Read again what was saved, as the preview does."""
    parts = {path.relative_to(opened.settings.content).parts for path in saved}
    if any(len(part) < 3 for part in parts):
        return opened.begin()
    return opened.read_again({(part[0], part[1]) for part in parts})


@examples(150)
@given(
    steps=st.lists(st.tuples(st.sampled_from(SAVES), st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=6),
    drafts=st.booleans(),
)
# Two texts of one kind want one address; what was not looked at is shown; articles of one day and thread.
@example(steps=[(take_an_address, 0, 0), (take_an_address, 2, 0)], drafts=True)
@example(steps=[(take_an_address, 0, 2), (take_an_address, 3, 2), (mend_the_files, 0, 0)], drafts=True)
@example(steps=[(postpone_an_article, 0, 0), (add_a_reference, 0, 4), (let_time_pass, 2, 60)], drafts=False)
@example(
    steps=[(add_a_reference, 1, 2), (hide_or_show_an_article, 2, 1), (hide_or_show_an_article, 2, 0)], drafts=False
)
@example(steps=[(add_articles_of_a_day, 0, what) for what in range(3)], drafts=True)
def test_after_any_saves_the_catalogue_is_that_of_a_reading_from_scratch(
    start: Callable[[], Site], steps: list[tuple[Edit, int, int]], drafts: bool
) -> None:
    site = start()
    with session(site.root) as opened:
        opened.shown = every_one if drafts else is_public
        shown(opened.begin)
        opened.end()
        opened.keep_in_memory()
        for edit, which, what in steps:
            before = state_of(site.content)
            edit(World(site), which, what)
            after = state_of(site.content)
            saved = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
            now = dt.datetime.fromtimestamp(site.now, opened.settings.zone)
            opened.settings = structs.replace(opened.settings, now=now)
            found = shown(partial(save, opened, saved))
            with session(site.root) as fresh:
                fresh.shown, fresh.settings = opened.shown, structs.replace(fresh.settings, now=now)
                assert found == shown(fresh.begin)
