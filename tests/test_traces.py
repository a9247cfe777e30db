"""A view that is not made again is the one that would be made: its trace holds all that it read.

``SILLAGE_EXAMPLES=1000 pytest tests/test_traces.py`` looks longer.
"""

import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from all_views import feed_views, page_views
from content_reading import session
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from properties import examples
from site_builder import Site as Project
from site_builder import make_site, write_small_site
from site_edits import EDITS, Edit, World, build_elsewhere, change_a_setting, lose_the_cache, tamper_with_the_output

from newsroom.build.traces import Read, Reads, Trace, Traces, is_current, moved, moved_for_all, traces_from
from newsroom.content.catalogue import Catalogue
from newsroom.outputs.output import Output, Untold, data_output
from newsroom.outputs.rendering import Renderer
from newsroom.outputs.site import Site
from newsroom.outputs.watching import Watched
from newsroom.problems import Problems
from newsroom.session import Session
from newsroom.store.digests import of_view
from newsroom.views.common import View
from newsroom.views.feeds import FEEDS
from newsroom.views.kinds import PAGES
from newsroom.views.places import PageKind
from newsroom.writers.data_files import DATA_FILES, FileKind

#: What a view is not made of is no business of traces: the bytes that builds write are compared elsewhere.
OF_CONTENT = [
    edit for edit in EDITS if edit not in (build_elsewhere, change_a_setting, lose_the_cache, tamper_with_the_output)
]


class Rendered(list[tuple[str, bytes, Callable[[], Any]]]):
    """In the place of a renderer: the file, the digest and the view of each output that it is asked for.

    ``data`` are the fingerprints of data files, which no renderer makes.
    """

    data: dict[str, bytes]

    @property
    def surroundings(self) -> "Rendered":
        return self

    def named_of_pages(self, template: str) -> dict[str, bytes]:
        return {"template": template.encode()}

    def named_of_feeds(self) -> dict[str, bytes]:
        return {}

    def page_at(self, file: str, _template: str, _language: str, of_page: bytes, page: Callable[[], Any]) -> None:
        self.append((file, of_page, page))

    def feed_at(self, file: str, _language: str, of_feed: bytes, feed: Callable[[], Any]) -> None:
        self.append((file, of_feed, feed))


def traced(opened: Session, catalogue: Catalogue) -> Rendered:
    """Return the pages and feeds of ``catalogue`` as a build declares them, and let the next build know."""
    rendered = Rendered()
    site = Site(opened, cast("Renderer", rendered), catalogue)
    list(told(site.pages(PAGES)))
    list(told(site.feeds(FEEDS)))
    rendered.data = {output.path: output.fingerprint for output in told(site.data_files(DATA_FILES))}
    return rendered


def told(outputs: Iterable[Output | Untold]) -> Iterator[Output]:
    """Yield ``outputs``, those that are untold made and learnt as the writer does."""
    for output in outputs:
        if isinstance(output, Untold):
            made, learnt = output.make()
            yield from made
            output.learn(learnt)
        else:
            yield output


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Return what begins again with a project that was built once, in the same place."""
    project = make_site(tmp_path_factory.mktemp("traces") / "site", write_small_site)
    with session(project.root) as opened:
        traced(opened, opened.begin())
    kept = project.root.with_name("kept")
    project.root.rename(kept)

    def begin() -> Path:
        shutil.rmtree(project.root, ignore_errors=True)
        return Path(shutil.copytree(kept, project.root))

    return begin


@pytest.mark.slow
@examples(30)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(OF_CONTENT), st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=5
    )
)
def test_after_any_edit_every_digest_is_that_of_the_view_made_anew(
    start: Callable[[], Path], steps: list[tuple[Edit, int, int]]
) -> None:
    root = start()
    for edit, which, what in steps:
        edit(World(Project(root)), which, what)
        with session(root) as opened:
            try:
                catalogue = opened.begin()
            except Problems:
                continue
            views = [*page_views(catalogue, PAGES), *feed_views(catalogue, FEEDS)]
            found = traced(opened, catalogue)
            assert {file: digest for file, digest, _ in found} == {view.file: of_view(view) for view in views}
            assert found.data == {
                view.file: data_output(kind, view.file, of_view(view), partial(list), opened.messages).fingerprint
                for kind in DATA_FILES
                for view in kind.views(catalogue)
            }
            assert {file: view() for file, _, view in found} == {view.file: view for view in views}


def test_an_edit_makes_the_views_of_what_reads_the_text(start: Callable[[], Path]) -> None:
    root = start()
    text = root / "content/articles/copper-off/index.fr.md"
    text.write_text(text.read_text(encoding="utf-8") + "\nUn ajout.\n", encoding="utf-8")
    made: list[str] = []

    def noting(kind: PageKind) -> PageKind:
        def view(*given: Any, **frame: Any) -> View:
            made.append(frame["file"])
            return kind.view(*given, **frame)

        return structs.replace(kind, view=view)

    with session(root) as opened:
        list(told(Site(opened, cast("Renderer", Rendered()), opened.begin()).pages(map(noting, PAGES))))
    assert "fr/articles/cuivre-eteint/index.html" in made
    assert "en/articles/ticket-rumour/index.html" not in made
    assert "en/glossary/index.html" not in made
    assert "fr/annonces/index.html" not in made, "claims are listed under their topics without the texts of articles"


def test_data_files_that_were_lost_are_made_together(start: Callable[[], Path]) -> None:
    root = start()
    made: list[str] = []

    def noting(kind: FileKind) -> FileKind:
        def views(*given: Any) -> list[Any]:
            made.append(kind.name)
            return list(kind.views(*given))

        return structs.replace(kind, views=views)

    with session(root) as opened:
        site = Site(opened, cast("Renderer", Rendered()), opened.begin())
        outputs = list(site.data_files(map(noting, DATA_FILES)))
        assert made == [], "nothing has changed"
        for output in outputs:
            output.produce()
    assert sorted(made) == sorted(kind.name for kind in DATA_FILES)


NOW = Traces(b"code", b"settings", "2026-11-29", {})


@pytest.mark.parametrize("changed", [{"code": b"new"}, {"settings": b"new"}, {"day": "2026-11-30"}])
def test_another_program_setting_or_day_makes_every_trace_void(changed: dict[str, Any]) -> None:
    kept = structs.replace(NOW, by_name={"fr/index.html": Trace(b"place", (), (b"view",))})
    found = traces_from(msgspec.msgpack.encode(kept), NOW)
    assert found == kept
    assert not list(moved_for_all(found, NOW))
    assert list(moved_for_all(found, structs.replace(NOW, **changed))) == list(changed)


@pytest.mark.parametrize("kept", [None, b"", b"\xc1", b"\x93\x01\x02\x03"])
def test_what_is_no_trace_is_as_good_as_none(kept: bytes | None) -> None:
    assert traces_from(kept, NOW) == NOW


READS: tuple[Read, ...] = (("topic", "space"), ("by_day", ("fr", "topics", "space")), ("articles", "length"))


def test_a_trace_says_what_moved() -> None:
    trace = Trace(b"place", (0, 1), (b"view",))
    assert is_current(trace, b"place", {})
    assert is_current(trace, b"place", {2: READS[2]})
    assert not is_current(trace, b"place", {1: READS[1]})
    assert list(moved(trace, b"elsewhere", {})) == ["what it is about"]
    assert list(moved(trace, b"place", dict(enumerate(READS)))) == ["topic/space", "by_day/fr/topics/space"]


def test_the_table_of_reads_holds_what_is_read_with_the_digests_of_now() -> None:
    before = structs.replace(NOW, reads=tuple((read, b"before") for read in READS[:2]))
    reads = Reads(before, lambda read: b"before" if read == READS[0] else b"now")
    assert reads.moved() == {1: READS[1]}
    assert reads.places((READS[2], READS[1])) == (2, 1)
    kept = reads.current(structs.replace(NOW, by_name={"page": Trace(b"", (2, 1), ())}))
    assert kept.reads == ((READS[1], b"now"), (READS[2], b"now"))
    assert kept.by_name["page"].reads == (1, 0)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("/fr/articles/cuivre-eteint/", "what it is about"),
        ("fr/rss.xml", "what it is about"),
        ("en/glossary/index.html", "nothing has changed"),
        ("api/v1/fr/items.json", "nothing has changed"),
    ],
)
def test_a_build_says_what_changed_for_a_page(start: Callable[[], Path], page: str, reason: str) -> None:
    root = start()
    text = root / "content/articles/copper-off/index.fr.md"
    text.write_text(text.read_text(encoding="utf-8") + "\nUn ajout.\n", encoding="utf-8")
    with session(root, EXPLAIN=page) as opened:
        traced(opened, opened.begin())
        assert reason in opened.work.reasons


def test_every_way_of_reading_a_catalogue_is_noted(start: Callable[[], Path]) -> None:
    with session(start()) as opened:
        watched = Watched(opened.begin())
    reads: list[tuple[Callable[[Catalogue], object], set[tuple[str, Any]]]] = [
        (lambda found: found.topic["space"], {("topic", "space")}),
        (lambda found: found.topic.get("none"), {("topic", "none")}),
        (lambda found: "none" in found.topic, {("topic", "none")}),
        (lambda found: list(found.topic.values()), {("topic", None)}),
        (lambda found: list(found.topic.items()), {("topic", None)}),
        (lambda found: list(found.topic), {("topic", None)}),
        (lambda found: len(found.topic), {("topic", None)}),
        (lambda found: len(found.articles), {("articles", "length")}),
        (lambda found: found.articles[2:4], {("articles", "2:4")}),
        (lambda found: found.articles[0], {("articles", "0:1")}),
        (lambda found: found.articles[-1], {("articles", None)}),
        (lambda found: found.articles[::-1], {("articles", None)}),
        (lambda found: [*iter(found.articles)], {("articles", None)}),
        (lambda found: found.articles[4:99], {("articles", "4:6"), ("articles", "length")}),
        (lambda found: found.by_topic["fibre"][0:1], {("by_topic/fibre", "0:1")}),
        (lambda found: len(found.by_topic.get("fibre", ())), {("by_topic/fibre", "length")}),
        (lambda found: "fibre" in found.by_topic, {("by_topic/fibre", "length")}),
        (lambda found: [*iter(found.by_topic["fibre"])], {("by_topic/fibre", None)}),
        (lambda found: found.by_topic.get("none", ()), {("by_topic", "none")}),
        (lambda found: found.claims_of_topic.get("fibre"), {("claims_of_topic", "fibre")}),
        (lambda found: found.settings.now.date() > dt.date.min, set()),
    ]
    for read, expected in reads:
        _, noted = watched.watch(read)
        assert set(noted) == expected
