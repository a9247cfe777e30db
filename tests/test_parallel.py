"""Work on all processors gives what work on one gives, in the same order, and fails as it does."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties import examples

from newsroom.build.parallel import on_all_processors
from newsroom.progress import Progress


def doubled(number: int) -> bytes:
    return str(2 * number).encode()


@examples(15)
@given(st.lists(st.integers(), max_size=90))
def test_results_come_in_the_order_of_the_items(items: list[int]) -> None:
    assert list(on_all_processors(doubled, items, worth=1)) == list(map(doubled, items))


def test_small_work_starts_no_process() -> None:
    here = list(on_all_processors(lambda _: str(os.getpid()).encode(), range(9), worth=10))
    assert here == [str(os.getpid()).encode()] * 9


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
    for done in range(1, 100):
        progress.tell("converted", done, 100)
    progress.end()
    assert out.getvalue() == ""
