"""Work on all processors gives what work on one gives, in the same order, and fails as it does."""

import io
import itertools
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties import examples

import newsroom.progress
from newsroom.build.parallel import Batches, on_all_processors
from newsroom.progress import Progress


def doubled(number: int) -> bytes:
    return str(2 * number).encode()


@examples(15)
@given(st.lists(st.integers(), max_size=90))
def test_results_come_in_the_order_of_the_items(items: list[int]) -> None:
    assert list(on_all_processors(doubled, items, worth=1)) == list(map(doubled, items))


def test_kin_is_worked_on_together() -> None:
    """What items have in common (their language) is then made in one process, not in each."""
    batches = Batches([number % 3 for number in range(300)])
    one = {number % 3 for _ in range(5) for number in batches.take("one")}
    other = {number % 3 for _ in range(5) for number in batches.take("other")}
    assert (one, other) == ({0}, {1})


@examples(30)
@given(st.lists(st.integers(0, 5), max_size=200), st.data())
def test_every_item_is_given_out_once(kins: list[int], data: st.DataObject) -> None:
    batches = Batches(kins)
    given_out: list[int] = []
    while batch := batches.take(data.draw(st.sampled_from("ab"))):
        assert len({kins[number] for number in batch}) == 1
        given_out += batch
    assert sorted(given_out) == list(range(len(kins)))


@pytest.mark.slow
@examples(15)
@given(st.lists(st.integers(), max_size=90))
def test_kin_changes_no_order(items: list[int]) -> None:
    made = on_all_processors(doubled, items, worth=1, kin=lambda number: number % 3)
    assert list(made) == list(map(doubled, items))


def test_small_work_starts_no_process() -> None:
    here = list(on_all_processors(lambda _: str(os.getpid()).encode(), range(9), worth=10))
    assert here == [str(os.getpid()).encode()] * 9


@pytest.mark.parametrize("worth", [1, 100])
def test_what_is_done_is_told_one_by_one(worth: int) -> None:
    told: list[int] = []
    list(on_all_processors(doubled, range(60), worth=worth, tell=told.append))
    assert told == list(range(1, 61))


def test_what_is_done_is_told_before_the_first_that_takes_long(tmp_path: Path) -> None:
    """An index of search is the first of all, and done last."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    def work(number: int) -> bytes:
        return gate.read_bytes() if number == 0 else b"soon"

    def tell(done: int) -> None:
        if done == 32:
            gate.write_bytes(b"late")

    if len(os.sched_getaffinity(0)) > 1:
        made = on_all_processors(work, range(33), worth=1, kin=bool, tell=tell)
        assert list(made) == [b"late", *[b"soon"] * 32]


def test_what_fails_in_another_process_is_raised_in_this_one() -> None:
    def fails(number: int) -> bytes:
        if number == 40:
            raise ValueError("forty")
        return b""

    made = on_all_processors(fails, range(60), worth=1)
    with pytest.raises(ValueError, match="forty"):
        list(made)


def test_a_process_that_is_killed_is_made_up_for() -> None:
    parent = os.getpid()

    def dies(number: int) -> bytes:
        if number == 20 and os.getpid() != parent:
            os.kill(os.getpid(), 9)
        return doubled(number)

    assert list(on_all_processors(dies, range(60), worth=1)) == list(map(doubled, range(60)))


def test_progress_is_told_to_terminals_alone() -> None:
    out = io.StringIO()
    progress = Progress(out)
    progress.begin("converted", lambda: pytest.fail("nobody reads it"))
    for done in range(1, 100):
        progress.tell(done)
    progress.end()
    assert out.getvalue() == ""


class Terminal(io.StringIO):
    """Somebody reads it."""

    def isatty(self) -> bool:
        return True


def test_progress_tells_how_long_the_rest_will_take(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = itertools.count(start=0.0, step=0.5)  # two tasks a second
    monkeypatch.setattr(newsroom.progress, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    out = Terminal()
    progress = Progress(out)
    for what, of in (("pages", 10), ("made", 0)):
        progress.begin(what, lambda of=of: of)
        for done in range(1, 5):
            progress.tell(done)
        progress.end()
    pages = ("pages 2 of 10, 4 s left", "pages 3 of 10, 4 s left", "pages 4 of 10, 3 s left")
    made = ("made 2", "made 3", "made 4")
    assert out.getvalue().split("\r\033[K") == ["", *pages, "", *made, ""]
