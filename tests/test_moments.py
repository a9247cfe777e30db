"""When an item is published and changes: days become moments, each item’s own, and nothing else moves them."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from made_articles import made_article, made_catalogue

from newsroom.content.articles import Update
from newsroom.dates import PartialDate
from newsroom.views.moments import modified, own_moment, published

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
