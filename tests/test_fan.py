"""The wake of all claims: a line for each, told in words, which leads to the page of its verdict."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_reading import hrefs, read_main, words
from properties import examples
from site_builder import LANGUAGES
from watch_site import BOARD, url_of

from newsroom.content.models import VERDICTS
from newsroom.views.claims import Score
from newsroom.views.fan import Fan, fan

pytest_plugins = ("watch_fixtures",)


def drawn(counts: dict[str, int], overdue: int) -> Fan | None:
    return fan(Score(sum(counts.values()), tuple(counts.items()), overdue), lambda verdict: f"/{verdict}/")


@examples(500)
@given(st.dictionaries(st.sampled_from(VERDICTS), st.integers(1, 2_000), min_size=1), st.floats(0, 1))
def test_no_verdict_stands_over_another_and_none_is_left_out(counts: dict[str, int], share: float) -> None:
    """However many claims there are: rows follow one another, each with a line at least and room for its words."""
    drawing = drawn(counts, int(counts.get("open", 0) * share))
    assert drawing
    assert {row.verdict: row.count for row in drawing.rows} == counts
    places = [place for row in drawing.rows for place in row.lines]
    assert places == sorted(places)
    assert len(places) <= 120 + len(counts)
    if sum(counts.values()) <= 120:
        assert len(places) == sum(counts.values()), "a line is a claim"
    assert all(0 <= place <= drawing.height for place in places)
    middles = [row.middle for row in drawing.rows]
    assert all(after - before >= 27.9 for before, after in pairwise(middles))
    assert all(0 <= row.late <= len(row.lines) for row in drawing.rows)


def test_no_claims_are_no_drawing() -> None:
    assert drawn({}, 0) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["home", "claims"])
def test_the_wake_of_all_claims_is_a_scoreboard_in_words_and_links(watch: Path, page: str, language: str) -> None:
    main = read_main(watch, f"/{language}/" if page == "home" else url_of(language, "claims"))
    (drawing,) = main.xpath(".//figure[@class='fan']")
    said = {
        "fr": ("1 tenue en retard", "4 en cours", "dont 2 en retard"),
        "en": ("1 kept late", "4 open", "2 of them overdue"),
    }
    assert all(part in words(drawing) for part in said[language])
    names = ("kept", "kept-late", "kept-otherwise", "dropped", "unanswered", "open")
    board = url_of(language, "claims")
    assert hrefs(drawing) == [f"{board}{BOARD[name][LANGUAGES.index(language)]}/" for name in names]
