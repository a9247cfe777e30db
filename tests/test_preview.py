"""What the preview serves is, byte for byte, what a build writes: at once, and after any edit."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from conftest import Build, report_of
from hypothesis import given
from hypothesis import strategies as st
from pelican import Pelican
from pelican.generators import Generator
from pelican.settings import read_settings
from properties import examples, quick
from site_builder import ROOT, Site, change, files_of, make_site, set_value, settle, write_small_site
from site_edits import EDITS, Edit, World, build_elsewhere, change_a_setting, lose_the_cache, tamper_with_the_output

from newsroom.build.rendering import Templates
from newsroom.outputs.preview import Preview
from newsroom.problems import Problems

#: Settings and code are read by a new process; the cache and the output belong to builds.
LIVE = [
    edit for edit in EDITS if edit not in (change_a_setting, build_elsewhere, lose_the_cache, tamper_with_the_output)
]


def moment(site: Site, preview: Preview) -> datetime:
    return datetime.fromtimestamp(site.now, preview.zone)


@contextmanager
def opened(site: Site) -> Iterator[Preview]:
    """Open the preview of ``site``, as ``make serve`` does."""
    folders = {"PATH": site.content, "THEME": site.theme, "OUTPUT_PATH": site.output, "CACHE_PATH": site.cache}
    overrides = {name: str(folder) for name, folder in folders.items()}
    pelican = Pelican(read_settings(str(ROOT / "pelicanconf.py"), override=overrides))
    stage = Generator({}, pelican.settings, pelican.path, pelican.theme, pelican.output_path)
    preview = Preview(pelican.settings["SESSION"], Templates(stage.env))
    try:
        preview.open(moment(site, preview))
        yield preview
    finally:
        pelican.settings["SESSION"].store.close()


def in_index(path: str) -> bool:
    """Tell whether an output belongs to an index of search, which builds alone make."""
    return "/pagefind/" in path


def built(build: Build, site: Site) -> dict[str, bytes]:
    """Return what a clean build makes of ``site``."""
    fresh = site.root.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    build(site, OUTPUT_PATH=str(fresh / "output"), CACHE_PATH=str(fresh / "cache"))
    return {path: data for path, data in files_of(fresh / "output").items() if not in_index(path)}


def state_of(site: Site) -> dict[Path, tuple[int, int]]:
    return {
        path: (path.stat().st_ctime_ns, path.stat().st_ino)
        for folder in (site.content, site.theme)
        for path in folder.rglob("*")
    }


def test_every_kind_of_output_is_served_as_a_build_writes_it(site: Site, build: Build) -> None:
    with opened(site) as preview:
        clean = built(build, site)
        assert len(clean) > 100
        assert [path for path, data in clean.items() if preview.read(path, moment(site, preview)) != data] == []


def test_what_no_build_writes_is_not_there(site: Site) -> None:
    (site.root / "secret.txt").write_text("not to be read")
    with opened(site) as preview:
        for path in ("", "fr", "nowhere/index.html", "../secret.txt", "content/glossary.yaml", "cards/fr", "media/x~y"):
            assert preview.read(path, moment(site, preview)) is None, path


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Site:
    site = make_site(tmp_path_factory.mktemp("preview") / "start" / "site", write_small_site)
    site.own_theme()
    settle(site)
    build(site)
    return site


@pytest.mark.slow
@examples(15)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(LIVE), st.integers(0, 400), st.integers(0, 400), st.booleans()),
        min_size=1,
        max_size=4,
    )
)
def test_after_any_edits_the_preview_is_the_site_of_a_clean_build(
    start: Site, build: Build, steps: list[tuple[Edit, int, int, bool]]
) -> None:
    root = start.root.parents[1] / "edited" / "site"
    shutil.rmtree(root.parent, ignore_errors=True)
    shutil.copytree(start.root, root)
    site = Site(root)
    with opened(site) as preview:
        wrong: object = None
        for edit, which, what, looked_at in steps:
            before = state_of(site)
            edit(World(site), which, what)
            after = state_of(site)
            saved = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
            wrong = None
            try:
                preview.saved(saved, moment(site, preview))
            except Problems as problems:
                wrong = str(problems)
            if looked_at and not wrong:
                preview.read("fr/index.html", moment(site, preview))
        clean: dict[str, bytes] = {}
        refused = report_of(lambda: clean.update(built(build, site)))
        if wrong or refused:
            assert wrong in (refused, None)
        else:
            served = {path: preview.read(path, moment(site, preview)) for path in clean}
            assert [path for path in clean if served[path] != clean[path]] == []


def test_an_article_that_waited_for_its_moment_is_there_when_it_has_come(site: Site) -> None:
    path = site.article("cloud-ruling", "fr")
    set_value(path, "publish", "2026-11-21T18:00")
    with opened(site) as preview:
        page = next(
            f"fr/articles/{text.slug}/index.html"
            for text in [preview.library.entries["articles"]["cloud-ruling"].texts["fr"]]
        )
        assert preview.read(page, moment(site, preview)) is None
        site.now += 6 * 3600
        assert preview.read(page, moment(site, preview)) is not None


def test_a_save_converts_one_text_and_reads_no_other(start: Site, build: Build) -> None:
    with opened(start) as preview:
        before = (preview.work.read, preview.work.converted)
        path = start.article("cloud-ruling", "en")
        text = path.read_text(encoding="utf-8")
        change(path, "The judge will read.", "The judge will listen.")
        try:
            preview.saved([path], moment(start, preview))
            assert (preview.work.read, preview.work.converted) == (before[0] + 1, before[1] + 1)
            assert preview.work.rendered == 0
            page = preview.read("en/index.html", moment(start, preview))
            assert page is not None
            assert preview.work.rendered <= 1
        finally:
            path.write_text(text, encoding="utf-8")


def test_the_last_good_site_stays_while_the_content_is_unsound(site: Site) -> None:
    with opened(site) as preview:
        before = preview.read("en/index.html", moment(site, preview))
        path = site.article("cloud-ruling", "en")
        good = path.read_text(encoding="utf-8")
        path.write_text(good.replace("title:", "titel:"), encoding="utf-8")
        with pytest.raises(Problems, match="titel"):
            preview.saved([path], moment(site, preview))
        assert preview.read("en/index.html", moment(site, preview)) == before
        path.write_text(good, encoding="utf-8")
        preview.saved([path], moment(site, preview))
        assert preview.read("en/index.html", moment(site, preview)) == before


@pytest.mark.parametrize(
    "address",
    quick(1, ["/fr/articles/inexistant/", "/en/glossary/#nowhere", "article:cloud-ruling#corrected"]),
)
def test_a_link_that_leads_nowhere_is_told_as_a_build_tells_it(site: Site, build: Build, address: str) -> None:
    path = site.article("first-crew", "en")
    with opened(site) as preview:
        good = path.read_text(encoding="utf-8")
        path.write_text(f"{good}\n[x]({address})\n", encoding="utf-8")
        with pytest.raises(Problems, match="leads nowhere") as told:
            preview.saved([path], moment(site, preview))
        assert str(told.value) == report_of(lambda: built(build, site))
        path.write_text(f"{good}\n[x](/en/glossary/#ftth)\n", encoding="utf-8")
        preview.saved([path], moment(site, preview))
        slug = preview.library.entries["articles"]["first-crew"].texts["en"].slug
        page = preview.read(f"en/articles/{slug}/index.html", moment(site, preview))
        assert page
        assert b"/en/glossary/#ftth" in page
