"""When an item is published and changes: days become moments, each item’s own, and nothing else moves them."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from made_articles import ZONE, made_article, made_catalogue
from msgspec import structs

from newsroom.content.articles import Update
from newsroom.content.claims import day_of
from newsroom.content.models import Claim, Evidence, Verdict
from newsroom.dates import PartialDate
from newsroom.views.moments import changed_on, modified, own_moment, published

PARIS = ZoneInfo("Europe/Paris")
DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2200, 1, 1))
PATHS = st.text("abcdefghij-/", min_size=1, max_size=40)


@given(DAYS, PATHS, st.sampled_from(["Europe/Paris", "Pacific/Auckland", "America/St_Johns", "UTC"]))
def test_a_day_is_told_as_a_second_of_its_first_six_hours(day: dt.date, path: str, zone: str) -> None:
    midnight = dt.datetime.combine(day, dt.time(), ZoneInfo(zone))
    moment = own_moment(midnight, path)
    assert moment.date() == day
    assert moment.time() < dt.time(6)
    assert moment.microsecond == 0
    assert moment == own_moment(midnight, path)


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2200, 1, 1)).filter(lambda m: m.time() != dt.time()), PATHS)
def test_a_moment_with_a_time_stays_as_it_was_written(moment: dt.datetime, path: str) -> None:
    written = moment.replace(tzinfo=PARIS)
    assert own_moment(written, path) == written


def test_the_seconds_of_the_items_of_one_day_hardly_ever_meet() -> None:
    midnight = dt.datetime(2026, 11, 20, tzinfo=PARIS)
    moments = {own_moment(midnight, f"articles/key-{number}") for number in range(1000)}
    expected = 1000 - 1000 * 999 / 2 / 21600
    assert len(moments) > expected - 10


@given(DAYS, st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=6), PATHS)
def test_an_article_changes_after_its_publication_and_another_one_moves_nothing(
    day: dt.date, after: list[tuple[int, bool]], key: str
) -> None:
    days = [day + dt.timedelta(days=number) for number, _ in after]
    updates = tuple(
        Update(PartialDate(found.year, found.month, found.day), significant, {"fr": "x", "en": "x"})
        for found, (_, significant) in zip(days, after, strict=True)
    )
    article = made_article(key, day, updates=updates)
    alone = made_catalogue([article])
    start, last = published(article), modified(alone, article)
    significant = [found for found, (_, important) in zip(days, after, strict=True) if important]
    assert last.date() == max([day, *significant])
    assert (last > start) is bool(significant)
    among = made_catalogue([article, *(made_article(f"{key}-{number}", day) for number in range(3))])
    assert (published(article), modified(among, article)) == (start, last)


@given(
    day=DAYS,
    later=st.integers(-3, 3),
    hour=st.integers(0, 23),
    judged=st.lists(st.integers(-3, 3), max_size=3),
    updates=st.lists(st.tuples(st.integers(-3, 3), st.booleans()), max_size=2),
)
def test_the_day_of_the_last_change_is_that_of_its_moment(
    day: dt.date, later: int, hour: int, judged: list[int], updates: list[tuple[int, bool]]
) -> None:
    def after(days: int) -> PartialDate:
        return day_of(day + dt.timedelta(days=days))

    told = dict.fromkeys(("fr", "en"), "…")
    verdicts = [Verdict("kept", after(0), after(days), Evidence(), told, told) for days in judged]
    claims = {
        f"claim-{number}": Claim(f"claim-{number}", "cable", after(0), told, told, (verdict,))
        for number, verdict in enumerate(verdicts)
    }
    notes = tuple(Update(after(days), significant, told) for days, significant in updates)
    moment = dt.datetime.combine(day + dt.timedelta(days=later), dt.time(hour, 59 if hour else 0), ZONE)
    article = made_article("cable", day, published=moment, claims=tuple(claims), updates=notes)
    catalogue = structs.replace(made_catalogue([article]), claims=claims)
    assert changed_on(catalogue, article) == modified(catalogue, article).toordinal()
