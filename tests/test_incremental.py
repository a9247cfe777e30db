"""An incremental build equals a clean build, byte for byte, whatever happened in between.

``SILLAGE_EXAMPLES=1000 pytest tests/test_incremental.py`` looks longer.
"""

import errno
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import killed_builds
import pytest
from conftest import Build, Built, report_of
from hypothesis import given
from hypothesis import strategies as st
from killed_builds import EVENTS
from properties import DRAWN, examples, quick
from site_builder import (
    PELICAN,
    Site,
    change,
    copy_program,
    differences,
    environment_of,
    files_of,
    make_site,
    pair,
    pelican,
    picture,
    set_message,
    set_value,
    settle,
    tree_of,
    write_entry,
    write_small_site,
)
from site_edits import Edit
from site_states import ACCIDENTS, Bench


def clean_tree(build: Build, site: Site, **overrides: object) -> dict[str, bytes | None]:
    """Return what a build of ``site`` into a new folder, without a cache, makes."""
    fresh = site.root.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    built = build(site, **{**overrides, "OUTPUT_PATH": str(fresh / "output"), "CACHE_PATH": str(fresh / "cache")})
    return tree_of(built.output)


# --- any sequence of edits -------------------------------------------------------------------


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"), tmp_path_factory.mktemp("kept"), build)


#: As many states as clean builds are worth: from each there are ways to all others.
STATES = max(30, DRAWN // 10)
numbers = st.integers(0, 400)


@pytest.mark.slow
@examples(200)
@given(
    first=st.integers(0, STATES),
    then=st.integers(0, STATES),
    accident=st.none() | st.tuples(st.sampled_from(ACCIDENTS), numbers, numbers),
    same_times=st.booleans(),
)
def test_any_sequence_of_edits_gives_the_bytes_of_a_clean_build(
    bench: Bench, first: int, then: int, accident: tuple[Edit, int, int] | None, same_times: bool
) -> None:
    """Each state was built edit by edit; from there to any other one, back, and with accidents between."""
    bench.start(first)
    bench.build(then, accident, same_times=same_times)


# --- what one edit costs ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = make_site(tmp_path_factory.mktemp("settled") / "site", write_small_site)
    site.own_theme()
    return site


@pytest.fixture
def settled(old_site: Site, build: Build) -> Site:
    """Return a built site whose texts are all old enough to be trusted unread."""
    settle(old_site)
    build(old_site)
    return old_site


def counts(built: Built) -> tuple[int, int, int, int, int]:
    work = built.work
    return work.read, work.converted, work.rendered, work.written, work.removed


def showing(output: Path, words: str) -> set[str]:
    """Return the outputs that hold ``words``."""
    return {path for path, data in files_of(output).items() if words.encode() in data}


def templated(paths: set[str]) -> set[str]:
    """Return the pages and feeds among ``paths``: what is rendered, not copied or listed."""
    return {path for path in paths if path.endswith((".html", "/rss.xml", "/atom.xml", "/feed.json"))}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() & after.keys() if before[path] != after[path]}


def derived(path: str) -> bool:
    """Tell whether an output is made from words without showing them as text: a card, an index of search."""
    return path.startswith("cards/") or "/pagefind/" in path


def expect(site: Site, build: Build, edit: Callable[[], object], words: str, *, drawn: int = 0) -> None:
    """Check that ``edit``, of one text, makes again the outputs that show ``words`` before it, and no other one.

    ``drawn`` is the number of cards that show the words; what a card shows is in its name.
    """
    shown = showing(site.output, words)
    before = files_of(site.output)
    edit()
    built = build(site)
    after = files_of(site.output)
    lost, added, edited = before.keys() - after.keys(), after.keys() - before.keys(), changed(before, after)
    assert shown
    assert {path for path in edited if not derived(path)} == shown
    assert all(derived(path) for path in lost | added)
    assert len([path for path in lost if path.startswith("cards/")]) == drawn
    assert counts(built) == (1, 1, len(templated(shown)), len(edited | added), len(lost))


def test_a_build_of_nothing_new_opens_no_text_and_writes_no_file(settled: Site, build: Build) -> None:
    before = {path: path.stat().st_mtime_ns for path in settled.output.rglob("*")}
    assert counts(build(settled)) == (0, 0, 0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in settled.output.rglob("*")} == before


def test_an_edit_of_a_template_makes_its_pages_and_reads_nothing(settled: Site, build: Build) -> None:
    pages = {path.relative_to(settled.output).as_posix() for path in settled.output.glob("*/articles/*/index.html")}
    before = files_of(settled.output)
    template = settled.own_theme() / "templates" / "article.html"
    change(template, "{% block main %}", "{% block main %}\n<p>Encore</p>")
    assert counts(build(settled)) == (0, 0, len(pages), len(pages), 0)
    assert changed(before, files_of(settled.output)) == pages
    change(template, "<p>Encore</p>", "{# said to nobody #}<p>Encore</p>")
    assert counts(build(settled)) == (0, 0, len(pages), 0, 0)


def test_an_edit_of_the_base_template_makes_every_page_and_no_feed(settled: Site, build: Build) -> None:
    pages = {path for path in files_of(settled.output) if path.endswith(".html")}
    change(settled.own_theme() / "templates" / "base.html", "</body>", "<p>Fin</p></body>")
    assert counts(build(settled)) == (0, 0, len(pages), len(pages), 0)


def test_an_edit_of_a_style_sheet_makes_every_page_and_no_feed(settled: Site, build: Build) -> None:
    before = files_of(settled.output)
    pages = {path for path in before if path.endswith(".html")}
    sheet = settled.own_theme() / "static" / "css" / "base.css"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\nh1 { color: red }\n", encoding="utf-8")
    built = build(settled)
    assert changed(before, files_of(settled.output)) == {path for path in pages if b"<style>" in before[path]}
    assert counts(built)[:3] == (0, 0, len(pages))


def test_a_new_order_of_the_pages_shows_wherever_they_are_listed(settled: Site, build: Build) -> None:
    """The views hold the same pages as before, in another order."""
    first, last = sorted(settled.content.glob("pages/*/index.fr.md"))[:: len(list(settled.content.glob("pages/*"))) - 1]
    footers = []
    for path in (first, last):
        for page in settled.content.glob("pages/*/index.fr.md"):
            set_value(page, "order", 1 if page == path else 2)
        build(settled)
        footers.append((settled.output / "fr" / "index.html").read_text(encoding="utf-8").partition('"colophon"')[2])
    assert footers[0] != footers[1]


def test_an_edit_of_a_catalogue_makes_the_pages_of_its_language_and_converts_nothing(
    settled: Site, build: Build
) -> None:
    before = files_of(settled.output)
    french = {path for path in templated(set(before)) if path.startswith("fr/")}
    set_message(settled.own_theme(), "fr", "Skip to the content", "Droit au but")
    built = build(settled)
    after = files_of(settled.output)
    pages = {path for path, data in after.items() if b"Droit au but" in data}
    assert pages == {path for path in french if path.endswith(".html")}
    assert changed(before, after) == pages
    # Pages of these kinds may say words of every language: they are made, and found to be the same.
    everybody = {"index.html", "404.html", "en/404.html"}
    assert counts(built) == (0, 0, len(french | everybody), len(pages), 0)


def test_an_output_that_somebody_touched_is_made_again(settled: Site, build: Build) -> None:
    before = files_of(settled.output)
    (settled.output / "fr" / "index.html").write_text("defaced")
    (settled.output / "en" / "rss.xml").unlink()
    assert counts(build(settled)) == (0, 0, 2, 2, 0)
    assert files_of(settled.output) == before


def test_an_edit_of_a_body_converts_one_text_and_makes_the_outputs_that_show_it(settled: Site, build: Build) -> None:
    path = settled.article("cloud-ruling", "en")
    expect(
        settled, build, lambda: change(path, "The judge will read.", "The judge will listen."), "The judge will read."
    )
    assert showing(settled.output, "The judge will listen.")


def test_an_edit_of_a_title_makes_the_outputs_that_show_it(settled: Site, build: Build) -> None:
    path = settled.article("vault-opens", "en")
    expect(settled, build, lambda: set_value(path, "title", "A vault is open"), "The vault opens", drawn=1)
    assert showing(settled.output, "A vault is open")


def test_a_text_that_was_just_written_is_read_again_and_not_converted(settled: Site, build: Build) -> None:
    path = settled.article("cloud-ruling", "fr")
    path.write_bytes(path.read_bytes())
    assert counts(build(settled)) == (1, 0, 0, 0, 0)
    assert counts(build(settled)) == (1, 0, 0, 0, 0), "a file younger than its clock is exact is not trusted"


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


def test_an_article_that_goes_takes_its_pages_pictures_and_folders_with_it(site: Site, build: Build) -> None:
    key = "vault-opens"
    site.article(key, "en").write_text(site.article(key, "en").read_text(encoding="utf-8") + "\n![Door](door.png)\n")
    (site.content / "articles" / key / "door.png").write_bytes(picture())
    build(site)
    before = files_of(site.output).keys()
    assert "media/articles/vault-opens/door.png" in before
    shutil.rmtree(site.content / "articles" / key)
    built = build(site)
    after = files_of(site.output).keys()
    assert {path for path in before - after if path.endswith(".html")} == {
        "en/articles/vault-opens/index.html",
        "en/archive/2024/index.html",
        "fr/archives/2024/index.html",
    }
    assert not [path for path in after if "vault-opens" in path]
    assert built.work.removed == len(before - after)
    assert not any(path.is_dir() and not any(path.iterdir()) for path in site.output.rglob("*"))


@pytest.mark.slow
def test_an_edit_of_the_code_makes_every_page_again(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", write_small_site)
    copy_program(site)
    assert pelican(site).returncode == 0
    assert showing(site.output, "The judge will read")
    rules = site.root / "plugins" / "newsroom" / "text" / "typography.py"
    added = '\nRULES["english"] = (*RULES["english"], (r"\\bjudge\\b", "magistrate"))\n'
    rules.write_text(rules.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert pelican(site).returncode == 0
    incremental = tree_of(site.output)
    shutil.rmtree(site.output)
    shutil.rmtree(site.cache)
    assert pelican(site).returncode == 0
    assert showing(site.output, "The magistrate will read")
    assert differences(incremental, tree_of(site.output)) == []


# --- builds that end badly -------------------------------------------------------------------


def break_front_matter(site: Site) -> None:
    set_value(site.article("cloud-ruling", "fr"), "date", "03/04/2026")


def break_yaml(site: Site) -> None:
    change(site.article("cloud-ruling", "fr"), '"Le marché est contesté"', "Le marché : contesté")


def break_a_reference(site: Site) -> None:
    shutil.rmtree(site.content / "articles" / "ticket-rumour")


def break_a_picture(site: Site) -> None:
    (site.content / "articles" / "ticket-rumour" / "seat.png").unlink()


def break_an_address(site: Site) -> None:
    set_value(site.article("cloud-ruling", "en"), "slug", "four-passengers")


def break_the_syntax_of_a_template(site: Site) -> None:
    change(site.own_theme() / "templates" / "year.html", "{% block main %}", "{% block main %}{% if %}")


def break_a_name_in_a_template(site: Site) -> None:
    change(site.own_theme() / "templates" / "year.html", "{% block main %}", "{% block main %}{{ page.nothing }}")


def break_a_name_in_the_feeds(site: Site) -> None:
    path = site.own_theme() / "templates" / "feeds" / "item.html"
    path.write_text(path.read_text(encoding="utf-8") + "{{ settings.SECRET }}", encoding="utf-8")


def break_a_catalogue(site: Site) -> None:
    path = site.own_theme() / "translations" / "fr" / "LC_MESSAGES" / "messages.po"
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "unclosed\n', encoding="utf-8")


def break_a_style_sheet(site: Site) -> None:
    path = site.own_theme() / "static" / "css" / "site.css"
    path.write_text('@import "nowhere.css";\n' + path.read_text(encoding="utf-8"), encoding="utf-8")


def break_the_script_that_stands_in_pages(site: Site) -> None:
    path = site.own_theme() / "static" / "js" / "scheme.js"
    path.write_text(path.read_text(encoding="utf-8") + '"</script>";', encoding="utf-8")


BREAKS = [
    break_front_matter,
    break_yaml,
    break_a_reference,
    break_a_picture,
    break_an_address,
    break_the_syntax_of_a_template,
    break_a_name_in_a_template,
    break_a_name_in_the_feeds,
    break_a_catalogue,
    break_a_style_sheet,
    break_the_script_that_stands_in_pages,
]


@pytest.mark.parametrize("damage", quick(5, BREAKS))
def test_a_failing_build_leaves_the_published_site_as_it_was(
    site: Site, build: Build, damage: Callable[[Site], None]
) -> None:
    build(site)
    before = tree_of(site.output)
    times = {path: path.stat().st_mtime_ns for path in site.output.rglob("*") if path.is_file()}
    # Much is to be written when the failure comes.
    set_value(site.article("first-crew", "en"), "title", "Five passengers")
    damage(site)
    refused = report_of(lambda: build(site))
    assert isinstance(refused, str), "the reason is told"
    assert "nothing was published" in refused
    assert differences(before, tree_of(site.output)) == []
    assert {path: path.stat().st_mtime_ns for path in site.output.rglob("*") if path.is_file()} == times


def a_file_where_a_folder_belongs(output: Path) -> Path:
    shutil.rmtree(output / "fr" / "articles")
    (output / "fr" / "articles").write_text("x", encoding="utf-8")
    return output / "fr" / "articles"


def a_folder_where_a_file_belongs(output: Path) -> Path:
    (output / "en" / "index.html").unlink()
    (output / "en" / "index.html").mkdir()
    return output / "en" / "index.html"


def a_folder_where_a_file_is_to_go(output: Path) -> Path:
    path = output / "en" / "articles" / "four-passengers" / "index.html"
    path.unlink()
    path.mkdir()
    (path / "keepsake").write_text("x", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    "put", [a_file_where_a_folder_belongs, a_folder_where_a_file_belongs, a_folder_where_a_file_is_to_go]
)
def test_what_stands_in_the_way_is_named_before_anything_is_moved(
    site: Site, build: Build, put: Callable[[Path], Path]
) -> None:
    build(site)
    obstacle = put(site.output)
    before = tree_of(site.output)
    set_value(site.article("first-crew", "en"), "slug", "five-passengers")
    refused = str(report_of(lambda: build(site)))
    assert f"output/{obstacle.relative_to(site.output).as_posix()}: this f" in refused
    assert "Remove it." in refused
    assert differences(before, tree_of(site.output)) == []
    shutil.rmtree(obstacle) if obstacle.is_dir() else obstacle.unlink()
    build(site)
    assert differences(tree_of(site.output), clean_tree(build, site)) == []


@pytest.mark.slow
def test_a_file_in_the_place_of_the_staging_folder_goes(site: Site, build: Build) -> None:
    build(site)
    (site.output / ".staging").write_text("x", encoding="utf-8")
    set_value(site.article("first-crew", "en"), "title", "Five passengers")
    build(site)
    assert differences(tree_of(site.output), clean_tree(build, site)) == []


@pytest.mark.slow
@pytest.mark.parametrize("call", ["write_bytes", "replace"])
def test_a_disk_that_refuses_is_told_in_a_line_and_the_next_build_completes(
    site: Site, build: Build, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site)
    set_value(site.article("first-crew", "en"), "title", "Five passengers")

    def refuse(path: Path, *_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, call, refuse)
        refused = str(report_of(lambda: build(site)))
    assert "No space left on device" in refused
    assert "\n" not in refused
    build(site)
    assert differences(tree_of(site.output), clean_tree(build, site)) == []


@pytest.mark.parametrize("arguments", [(), ("--fatal", "errors")])
def test_a_failing_build_exits_with_status_1(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    site = make_site(tmp_path / "site", write_small_site)
    copy_program(site)
    break_front_matter(site)
    failed = pelican(site, *arguments)
    assert failed.returncode == 1
    assert "content/articles/cloud-ruling/index.fr.md:" in failed.stderr
    assert not site.output.exists() or not any(site.output.iterdir())


@pytest.mark.slow
def test_a_mended_site_is_built_as_if_it_had_never_failed(site: Site, build: Build) -> None:
    build(site)
    break_a_name_in_a_template(site)
    set_value(site.article("first-crew", "en"), "title", "Five passengers")
    assert report_of(lambda: build(site))
    change(site.own_theme() / "templates" / "year.html", "{{ page.nothing }}", "")
    build(site)
    assert differences(tree_of(site.output), clean_tree(build, site)) == []


def run_to(build: Build, site: Site, last: int, events: tuple[str, ...] = EVENTS) -> int:
    """Build in a process of its own, killed at its ``last`` request to the system; return how many it made, or -1."""
    return killed_builds.run_to(lambda: build(site), site.root, last, events)


def prepare_edit(site: Site) -> None:
    """Leave much to do: pages to write, to write again and to remove."""
    set_value(site.article("first-crew", "en"), "title", "Five passengers")
    set_value(site.article("cloud-ruling", "fr"), "slug", "ailleurs")
    shutil.rmtree(site.content / "articles" / "vault-opens")
    facts = {"date": "2023-01-01", "topics": ["cloud"], "status": "rumour"}
    write_entry(
        site.content, "articles", "brand-new", facts, pair(("Nouveau", "Neuf.", "Oui."), ("New", "Fresh.", "Yes."))
    )


def edit_further(site: Site) -> None:
    """Make some of what a killed build was to publish unwanted."""
    set_value(site.article("first-crew", "fr"), "slug", "encore-ailleurs")
    set_value(site.article("cloud-ruling", "fr"), "slug", "encore-un-autre")
    shutil.rmtree(site.content / "articles" / "brand-new", ignore_errors=True)
    shutil.rmtree(site.content / "pages" / "legal")


class Stage:
    """A state of a site that a killed build starts from, and what clean builds make of its sources.

    ``clean`` tells what is expected without a further edit and with one.
    """

    def __init__(self, site: Site, build: Build) -> None:
        self.site = site
        self._start = site.root.with_name("start")
        shutil.copytree(site.root, self._start)
        self.requests = run_to(build, site, 0)
        self.clean = {False: clean_tree(build, site)}
        edit_further(self.reset())
        self.clean[True] = clean_tree(build, site)

    def reset(self) -> Site:
        shutil.rmtree(self.site.root)
        shutil.copytree(self._start, self.site.root)
        return self.site


@pytest.fixture(scope="module", params=["first build", "build after edits", "build after the cache was lost"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, build: Build) -> Stage:
    site = make_site(tmp_path_factory.mktemp("killed") / "site", write_small_site)
    if request.param != "first build":
        build(site)
        prepare_edit(site)
    if request.param == "build after the cache was lost":
        shutil.rmtree(site.cache)
    return Stage(site, build)


@pytest.mark.slow
@examples(6, cost=8)
@given(moments=st.lists(st.integers(0, 999), min_size=1, max_size=2), further=st.booleans())
def test_a_build_killed_at_any_request_is_completed_by_the_next(
    stage: Stage, build: Build, moments: list[int], further: bool
) -> None:
    site = stage.reset()
    for moment in moments:
        run_to(build, site, 1 + stage.requests * moment // 1000)
    if further:
        edit_further(site)
    build(site)
    assert differences(tree_of(site.output), stage.clean[further]) == []


@pytest.mark.slow
def test_a_build_killed_while_files_move_leaves_nothing_behind(stage: Stage, build: Build) -> None:
    moves = run_to(build, stage.reset(), 0, ("os.rename",))
    site = stage.reset()
    assert moves > 2
    assert run_to(build, site, moves - 1, ("os.rename",)) == -1
    edit_further(site)
    build(site)
    assert differences(tree_of(site.output), stage.clean[True]) == []


@pytest.mark.slow
def test_a_command_killed_by_the_clock_is_completed_by_the_next(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", write_small_site)
    copy_program(site)
    started = time.monotonic()
    assert pelican(site).returncode == 0
    lasts = time.monotonic() - started
    clean = tree_of(site.output)
    for share in (0.5, 0.75, 0.9):
        shutil.rmtree(site.output)
        shutil.rmtree(site.cache)
        with subprocess.Popen(PELICAN, cwd=site.root, env=environment_of(site), stdout=subprocess.DEVNULL) as process:
            timer = threading.Timer(lasts * share, process.kill)
            timer.start()
        timer.cancel()
        assert pelican(site).returncode == 0
        assert differences(tree_of(site.output), clean) == []
