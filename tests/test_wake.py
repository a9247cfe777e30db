"""The drawing of claims: time to scale, nothing outside it, what is late red and named, and a table of it."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_reading import read_main, words
from properties import examples
from site_builder import LANGUAGES
from watch_site import STATUS_WORDS, article_url, url_of

from newsroom.content.articles import ArticleText
from newsroom.content.claims import LATE, outcome
from newsroom.content.models import VERDICTS, Claim, Evidence, Verdict
from newsroom.dates import PartialDate
from newsroom.text.body import Body
from newsroom.views.claims import ClaimView, VerdictView
from newsroom.views.common import Link, short
from newsroom.views.wake import Episode, draw

pytest_plugins = ("watch_fixtures",)

TODAY = dt.date(2026, 11, 29)
LINK = Link("/en/stories/x/", "x", "en")
PAST = st.dates(dt.date(1998, 1, 1), TODAY)
DAYS = st.dates(dt.date(1998, 1, 1), dt.date(2040, 12, 31))


def test_an_event_whose_title_begins_with_a_long_word_has_a_name() -> None:
    title = "Hexakosioihexekontahexaphobiaphobes gather"
    text = ArticleText("content/articles/x/index.en.md", "en", title, "x", "", Body("", 0))
    assert short(text) == "Hexakosioihexekontahexaphobiapho…"


def partial(day: dt.date, known: int) -> PartialDate:
    return PartialDate(*(day.year, day.month, day.day)[:known])


@st.composite
def claims(draw_one: st.DrawFn) -> ClaimView:
    """Return a claim of any verdict, promised for any dates or none."""
    made, done = sorted(draw_one(st.lists(PAST, min_size=2, max_size=2)))
    known = st.integers(1, 3)
    announced, date = partial(made, draw_one(known)), partial(done, draw_one(known))
    promises = tuple(partial(day, draw_one(known)) for day in draw_one(st.lists(DAYS, max_size=3)))
    word = draw_one(st.sampled_from(VERDICTS))
    label = draw_one(st.text("abc ", min_size=1, max_size=40))
    verdict = Verdict(word, date, date, Evidence("x"), {}, {})
    newest = promises[-1] if promises else None
    claim = Claim("x", "x", announced, {}, {}, (verdict,), expected=newest, was=promises[:-1])
    shown = VerdictView(word, date, date, label, "", LINK, None)
    return ClaimView("x", "x", "#x", LINK, "", label, (), announced, promises, outcome(claim, TODAY), shown)


@examples(300)
@given(st.lists(claims(), min_size=1, max_size=8))
def test_everything_drawn_is_inside_the_drawing_and_in_the_order_of_time(found: list[ClaimView]) -> None:
    drawing = draw(found, TODAY)
    assert drawing
    assert 0 < drawing.today <= 100
    for lane in drawing.lanes:
        assert all(
            0 <= place <= 100 for place in (lane.start, lane.end, *lane.promises, lane.said.place, lane.done.place)
        )
        if lane.gap:
            assert lane.gap[0] < lane.gap[1] == lane.end
    assert [lane.top for lane in drawing.lanes] == sorted(lane.top for lane in drawing.lanes)
    assert drawing.height > drawing.lanes[-1].top
    places = [place for place, _ in drawing.ticks]
    assert places == sorted(places)
    assert len(places) <= 6


@examples(300)
@given(st.lists(claims(), min_size=1, max_size=8))
def test_words_fit_the_narrowest_drawing(found: list[ClaimView]) -> None:
    """On a telephone a letter takes nearly two hundredths of the width; no words are that long that they cannot fit."""
    drawing = draw(found, TODAY)
    assert drawing
    for lane in drawing.lanes:
        for label in (lane.said, lane.done):
            width = min(100, len(label.text) * 1.9)
            start = label.place if label.anchor == "start" else label.place - width
            assert start >= -0.1
            assert start + width <= 100.1


@examples(300)
@given(claims())
def test_red_is_what_is_late_and_nothing_else(claim: ClaimView) -> None:
    drawing = draw([claim], TODAY)
    assert drawing
    (lane,) = drawing.lanes
    if lane.gap:
        assert claim.outcome.case in LATE
        assert claim.outcome.span
        assert lane.late
    if claim.verdict.verdict in ("open", "unanswered"):
        assert lane.end == drawing.today, "it goes on to the day of the build"


@examples(300)
@given(claims(), st.lists(st.tuples(PAST, st.text("abc ", min_size=1, max_size=32)), max_size=12))
def test_the_events_of_a_story_stand_one_below_the_other_inside_the_drawing(
    claim: ClaimView, told: list[tuple[dt.date, str]]
) -> None:
    """Beside their marks, or below them where there is no room; the claims follow under all of them."""
    drawing = draw([claim], TODAY, [Episode(day, text, "fr") for day, text in sorted(told)])
    assert drawing
    bottom = 0
    for event, (day, text) in zip(drawing.events, sorted(told), strict=True):
        assert (event.date, event.words.text) == (day, text)
        assert event.top >= bottom
        bottom = event.top + (36 if event.below else 20)
        room = 0 if event.below else 3
        width = min(100, len(text) * 1.9 + room)
        start = event.words.place - (width if event.words.anchor == "end" else 0)
        assert start >= -0.1
        assert start + width <= 100.1
    assert drawing.lanes[0].top >= bottom
    assert [event.place for event in drawing.events] == sorted(event.place for event in drawing.events)


def test_time_is_to_scale() -> None:
    verdict = VerdictView("kept", PartialDate(2021, 1, 1), PartialDate(2021, 1, 1), "done", "", LINK, None)
    made = Claim(
        "x", "x", PartialDate(2016, 1, 1), {}, {}, (Verdict("kept", verdict.date, verdict.date, Evidence("x"), {}, {}),)
    )
    shown = ClaimView(
        "x", "x", "#x", LINK, "", "said", (), made.announced, (), outcome(made, dt.date(2026, 1, 1)), verdict
    )
    drawing = draw([shown], dt.date(2026, 1, 1))
    assert drawing
    assert (drawing.lanes[0].start, drawing.today) == (0, 100)
    assert drawing.lanes[0].end == pytest.approx(50, abs=0.1)


def test_no_claim_is_no_drawing() -> None:
    assert draw([], TODAY) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_of_a_thread_names_promise_fact_and_gap_and_no_status(watch: Path, language: str) -> None:
    slug = {"fr": "des-billets", "en": "tickets"}[language]
    main = read_main(watch, url_of(language, "threads", slug))
    (svg,) = main.xpath(".//svg[contains(@class, 'wake-of-claims')]")
    texts = [words(text) for text in svg.iter("text")]
    said = {
        "fr": ("promesse seats", "fait flown", "2 ans de retard"),
        "en": ("promise seats", "fact flown", "2 years late"),
    }
    assert set(said[language]) <= set(texts)
    assert not set(texts) & set(STATUS_WORDS[language].values())
    assert svg.get("role") == "img"
    assert svg.get("aria-label")
    drawn, told = main.xpath(".//figure[@class='drawing']//table")
    rows = drawn.xpath("./tbody/tr")
    assert len(rows) == 4, "what is drawn is a table too"
    assert len(told.xpath("./tbody/tr")) == 3, "and so are the articles"
    assert {"fr": "Tenu en retard", "en": "Kept late"}[language] in words(rows[0])
    named = [words(name) for name in told.xpath(".//th[@scope='row']")]
    assert set(named) <= set(texts), "and are named in the drawing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_of_an_article_is_that_of_its_claim_told_in_words(watch: Path, language: str) -> None:
    main = read_main(watch, article_url("ticket-rumour", language))
    (svg,) = main.xpath(".//figure//svg[contains(@class, 'wake-of-claims')]")
    said = {
        "fr": ("Promis pour juin 2019.", "Tenu, 2 ans de retard"),
        "en": ("Promised for June 2019.", "Kept, 2 years late"),
    }
    name = " ".join(str(svg.get("aria-label")).split())
    assert all(part in name for part in said[language])
