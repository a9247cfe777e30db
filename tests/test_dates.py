"""Dates: ISO 8601 and nothing else, whole or partial, never guessed."""

import calendar
import datetime as dt
import os
import re
import subprocess
import sys
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_builder import ROOT

from newsroom.dates import PartialDate, parse_moment, parse_partial_date
from newsroom.problems import Invalid
from newsroom.settings import build_moment

PARIS = ZoneInfo("Europe/Paris")
UTC = dt.UTC

dates = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    date = draw(dates)
    precision = draw(st.integers(1, 3))
    return PartialDate(*(date.year, date.month, date.day)[:precision])


@given(partial_dates())
def test_a_partial_date_is_read_as_it_is_written(date: PartialDate) -> None:
    assert parse_partial_date(date.iso) == date


@given(partial_dates(), dates)
def test_a_partial_date_stands_for_the_days_from_its_first_to_its_last(date: PartialDate, day: dt.date) -> None:
    assert date.first <= date.last
    assert (date.first <= day <= date.last) == day.isoformat().startswith(date.iso)


@given(st.from_regex(r"[0-9]{3,5}([-/.][0-9]{1,2}){0,3}\n?", fullmatch=True))
def test_what_is_read_as_a_partial_date_is_written_so(text: str) -> None:
    date = None
    with suppress(ValueError):
        date = parse_partial_date(text)
    assert date is None or date.iso == text


@given(partial_dates(), partial_dates())
def test_partial_dates_are_in_the_order_of_their_first_days(one: PartialDate, other: PartialDate) -> None:
    if one.first < other.first:
        assert one < other


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "2016-",
            "2016-1",
            "2016-13",
            "2016-00",
            "2016-10-00",
            "2016-00-05",
            "2016-10-32",
            "2017-02-29",
            "0000",
            "0000-01",
        ),
        *(
            "16",
            "12016",
            "-2016",
            "+2016",
            "201610",
            "20161012",
            "2016/10",
            "10/2016",
            "12/10/2016",
            "12.10.2016",
            "2016-W41",
        ),
        *(
            "2016-286",
            "2016-10-12T08:30",
            "oct. 2016",
            "2016-10\n",
            " 2016",
            "٢٠١٦",
            "２０１６",
            "2016–10",
            "2016-10-12-01",
        ),
    ],
)
def test_a_partial_date_in_any_other_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\A"):
        parse_partial_date(text)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [1900, 2000, 2019, 2020])
def test_the_last_day_of_a_month_is_that_of_the_calendar(year: int, month: int) -> None:
    assert PartialDate(year, month).last == dt.date(year, month, calendar.monthrange(year, month)[1])


def test_the_last_day_of_a_year_is_in_december() -> None:
    assert PartialDate(2019).last == dt.date(2019, 12, 31)


def test_a_day_is_its_own_first_and_last() -> None:
    assert PartialDate(2020, 2, 29).first == PartialDate(2020, 2, 29).last == dt.date(2020, 2, 29)


# --- moments --------------------------------------------------------------------------------


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(9999, 12, 31)))
def test_a_local_time_is_read_in_the_zone_of_the_site(moment: dt.datetime) -> None:
    written = moment.replace(microsecond=0)
    found = parse_moment(written.isoformat(), PARIS)
    assert found.replace(tzinfo=None) == written
    assert found.tzinfo is PARIS


@given(st.dates(dt.date(1970, 1, 1)))
def test_a_date_alone_is_its_midnight_in_the_zone_of_the_site(date: dt.date) -> None:
    assert parse_moment(date.isoformat(), PARIS) == dt.datetime.combine(date, dt.time(), PARIS)


@given(st.datetimes(dt.datetime(1970, 1, 2), dt.datetime(9999, 12, 30)), st.integers(-1439, 1439))
def test_a_moment_with_an_offset_is_told_in_the_zone_of_the_site(moment: dt.datetime, minutes: int) -> None:
    written = moment.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    found = parse_moment(written.isoformat(), PARIS)
    assert found == written
    assert found.tzinfo is PARIS, "or its day would be that of another place"


@pytest.mark.parametrize("text", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_a_moment_before_the_first_day_or_after_the_last_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text[:4]):
        parse_moment(text, PARIS)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016-10-12", dt.datetime(2016, 10, 11, 22, tzinfo=UTC)),
        ("2016-12-12", dt.datetime(2016, 12, 11, 23, tzinfo=UTC)),
        ("2016-10-12T08:30", dt.datetime(2016, 10, 12, 6, 30, tzinfo=UTC)),
        ("2016-10-12 08:30:15", dt.datetime(2016, 10, 12, 6, 30, 15, tzinfo=UTC)),
        ("2016-10-12T08:30Z", dt.datetime(2016, 10, 12, 8, 30, tzinfo=UTC)),
        ("2016-10-12T08:30-07:00", dt.datetime(2016, 10, 12, 15, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_the_same_everywhere(text: str, moment: dt.datetime) -> None:
    assert parse_moment(text, PARIS) == moment


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "2016",
            "2016-10",
            "2016-13-01",
            "2016-02-30",
            "03/04/2016",
            "3 avril 2016",
            "20161012",
            "2016-W41-3",
            "2016-286",
        ),
        *(
            "2016-10-12T08",
            "2016-10-12T8:30",
            "2016-10-12T24:01",
            "2016-10-12T08:60",
            "2016-10-12T08:30:60",
            "now",
            "1476252000",
        ),
        *(
            "2016-10-12T08:30+25:00",
            "2016-10-12T08:30+0200",
            "2016-10-12T08:30:15.5",
            "2016-10-12\n",
            " 2016-10-12",
            "0000-01-01",
        ),
        *("2016-10-12T", "2016-10-12Z", "2016-10-12T08:30 CET", "٢٠١٦-١٠-١٢"),
    ],
)
def test_a_moment_in_any_other_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\A"):
        parse_moment(text, PARIS)


def test_the_zone_of_the_machine_does_not_matter() -> None:
    program = (
        "from zoneinfo import ZoneInfo; from newsroom.dates import parse_moment;"
        "print(parse_moment('2016-10-12', ZoneInfo('Europe/Paris')).isoformat())"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**environment, "TZ": zone, "PYTHONPATH": str(ROOT / "plugins")},
            capture_output=True,
            check=True,
        ).stdout
        for zone in ("UTC", "Pacific/Auckland", "America/Los_Angeles")
    }
    assert outputs == {b"2016-10-12T00:00:00+02:00\n"}


# --- the moment of the build ----------------------------------------------------------------


@given(st.integers(0, 99_999_999_999))
def test_the_moment_of_the_build_is_that_of_the_environment(epoch: int) -> None:
    assert build_moment({"SOURCE_DATE_EPOCH": str(epoch)}, PARIS).timestamp() == epoch


@pytest.mark.parametrize("epoch", ["now", "-1", "1.5", "0x10", " 1", "1" * 12, "2016-10-12"])
def test_a_moment_of_the_build_that_is_no_number_is_refused_by_its_name(epoch: str) -> None:
    with pytest.raises(Invalid, match=f"“{re.escape(epoch)}” is not a moment") as refused:
        build_moment({"SOURCE_DATE_EPOCH": epoch}, PARIS)
    assert refused.value.key == "SOURCE_DATE_EPOCH"


@pytest.mark.parametrize("environment", [{}, {"SOURCE_DATE_EPOCH": ""}])
def test_a_build_is_made_now_where_nobody_says_otherwise(environment: dict[str, str]) -> None:
    before = dt.datetime.now(UTC)
    moment = build_moment(environment, PARIS)
    assert before <= moment <= dt.datetime.now(UTC)
    assert moment.tzinfo is PARIS
