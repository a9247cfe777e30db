"""Calendars of promised dates: files that calendar programs accept, and events that stay the same event."""

import datetime as dt
from pathlib import Path

import pytest
from conftest import Build
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from page_reading import file_of, hrefs, item_saying, only, read_main, standing_in_order, words
from properties import examples
from site_builder import LANGUAGES, Site, set_claim, set_value, verdict
from watch_site import TOPICS, url_of

from newsroom.dates import PartialDate
from newsroom.views.calendars import AgendaView, Appointment
from newsroom.writers.calendars import write_calendar

pytest_plugins = ("watch_fixtures",)

ORIGIN = "http://localhost:8000"
#: The claims of each topic that were promised for a date.
DATES = {"space": ("tickets-sold", "station-opening", "first-guest"), "fibre": ("cable-service", "last-section")}


def calendar_url(topic: str, language: str) -> str:
    """Return the address of the calendar of a topic."""
    slug = TOPICS[topic][2 if language == "fr" else 4]
    return f"{url_of(language, 'calendar')}{slug}.ics"


def events(data: bytes) -> list[Event]:
    """Return the events of a calendar."""
    return Calendar.from_ical(data).walk("VEVENT")


def uid(key: str) -> str:
    """Return the permanent name of a promised date."""
    return f"claims/{key}@sillage.example"


def calendar_of(output: Path, topic: str, language: str) -> bytes:
    """Return the calendar of a topic."""
    return file_of(output, calendar_url(topic, language)).read_bytes()


def event(output: Path, topic: str, name: str, language: str = "en") -> Event:
    """Return the event called ``name`` of a topic."""
    (found,) = [item for item in events(calendar_of(output, topic, language)) if item["UID"] == name]
    return found


def broken_rules(data: bytes) -> list[str]:
    """Return what is wrong with a file by RFC 5545: 3.1 (lines), 3.4 (object), 3.6 (components), 3.6.1 (events)."""
    lines = data.split(b"\r\n")
    wrong = [] if lines[-1] == b"" else ["the last line has no end"]
    wrong += (
        ["a line break is not CRLF"]
        if b"\n" in data.replace(b"\r\n", b"") or b"\r" in data.replace(b"\r\n", b"")
        else []
    )
    wrong += [f"longer than 75 octets: {line!r}" for line in lines if len(line) > 75]
    for line in lines:
        try:
            line.decode()
        except UnicodeDecodeError:
            wrong.append(f"a character is cut in two: {line!r}")
    calendar = Calendar.from_ical(data)
    wrong += [
        f"{name} does not occur once" for name in ("PRODID", "VERSION") if not isinstance(calendar.get(name), str)
    ]
    wrong += ["the version is not 2.0"] if calendar["VERSION"] != "2.0" else []
    wrong += ["there is no component"] if not calendar.subcomponents else []
    for item in calendar.walk("VEVENT"):
        wrong += [
            f"{name} does not occur once"
            for name in ("UID", "DTSTAMP", "DTSTART")
            if item.get(name) is None or isinstance(item.get(name), list)
        ]
        wrong += ["DTSTAMP is not in UTC"] if item.decoded("DTSTAMP").utcoffset() != dt.timedelta() else []
        wrong += ["it ends before it begins"] if item.decoded("DTEND") <= item.decoded("DTSTART") else []
    names = [item["UID"] for item in calendar.walk("VEVENT")]
    wrong += ["two events have one UID"] if len(set(names)) < len(names) else []
    return wrong


# --- the file ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", DATES)
def test_every_topic_with_a_promise_has_a_calendar_in_every_language(watch: Path, topic: str, language: str) -> None:
    data = calendar_of(watch, topic, language)
    assert broken_rules(data) == []
    assert sorted(item["UID"] for item in events(data)) == sorted(uid(key) for key in DATES[topic])


def test_no_calendar_breaks_the_rules_of_the_format(watch: Path) -> None:
    found = {path.name: broken_rules(path.read_bytes()) for path in sorted(watch.rglob("*.ics"))}
    assert [name for name, wrong in found.items() if wrong] == [], found
    assert len(found) >= len(DATES) * len(LANGUAGES) - 1


@pytest.mark.slow
def test_a_topic_without_a_promise_has_no_calendar_until_it_has_one(watch_site: Site, build: Build) -> None:
    """A calendar without an event is none: RFC 5545, 3.4 asks for at least one component."""
    output = build(watch_site).output
    url = calendar_url("quiet", "en")
    assert not file_of(output, url).exists()
    assert url not in hrefs(read_main(output, url_of("en", "calendar")))
    set_claim(watch_site.content, "all-at-once", expected="2024")
    build(watch_site)
    assert [item["UID"] for item in events(file_of(output, url).read_bytes())] == [uid("all-at-once")]
    assert url in hrefs(read_main(output, url_of("en", "calendar")))


#: Any text an editor can write on one line, often longer than a line of the file.
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=40)
TEXT = st.builds("{}{}".format, WORDS, st.builds(str.__mul__, WORDS, st.integers(0, 30)))
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


@examples(150)
@example("\\N", "a\\\\N; b, c\\n", dt.date(2026, 11, 22), 3, 0)
@given(TEXT, TEXT, DAYS, st.integers(1, 3), st.integers(0, 99))
def test_whatever_is_promised_comes_back_from_the_file_as_it_was(
    text: str, title: str, day: dt.date, known: int, sequence: int
) -> None:
    due = PartialDate(*(day.year, day.month, day.day)[:known])
    changed = dt.datetime(2026, 11, 21, 12, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    appointment = Appointment(uid("x"), due, sequence, text, title, f"{ORIGIN}/fr/articles/x/", changed)
    data = write_calendar(AgendaView("x.ics", "fr", f"Sillage – {text}", (appointment,)))
    assert broken_rules(data) == []
    (found,) = events(data)
    assert (str(found["SUMMARY"]), str(found["DESCRIPTION"]), str(found["URL"])) == (text, title, appointment.url)
    assert (found["UID"], found["SEQUENCE"], found.decoded("DTSTAMP")) == (appointment.uid, sequence, changed)
    assert found.decoded("DTSTART") == due.first
    assert found.decoded("DTEND") == due.last + dt.timedelta(days=1), "the end of a whole-day event is the day after"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_says_what_is_promised_and_what_became_of_it_in_the_language_of_the_calendar(
    watch: Path, language: str
) -> None:
    found = event(watch, "space", uid("tickets-sold"), language)
    assert str(found["SUMMARY"]) == {"fr": "promesse seats", "en": "promise seats"}[language]
    words_of = {"fr": "Il y aura seats. Ce fut flown.", "en": "There will be seats. It was flown."}
    assert str(found["DESCRIPTION"]) == words_of[language]
    slug = {"fr": "des-billets", "en": "tickets"}[language]
    assert str(found["URL"]) == f"{ORIGIN}{url_of(language, 'threads', slug)}#tickets-sold"


@pytest.mark.parametrize(
    ("topic", "name", "start", "end"),
    [
        ("fibre", uid("cable-service"), dt.date(2018, 8, 31), dt.date(2018, 9, 1)),
        ("space", uid("tickets-sold"), dt.date(2019, 6, 1), dt.date(2019, 7, 1)),
        ("fibre", uid("last-section"), dt.date(2027, 2, 1), dt.date(2027, 3, 1)),
        ("space", uid("first-guest"), dt.date(2027, 12, 1), dt.date(2028, 1, 1)),
    ],
)
def test_a_day_is_a_whole_day_and_a_month_a_whole_month(
    watch: Path, topic: str, name: str, start: dt.date, end: dt.date
) -> None:
    found = event(watch, topic, name)
    assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (start, end)
    assert found["DTSTART"].params["VALUE"] == "DATE"


def test_a_date_that_slipped_counts_how_often(watch: Path) -> None:
    assert event(watch, "space", uid("station-opening"))["SEQUENCE"] == 0
    assert event(watch, "space", uid("first-guest"))["SEQUENCE"] == 2


def test_what_is_dropped_is_cancelled_in_calendars_and_no_longer_to_come(watch_site: Site, build: Build) -> None:
    source = {"publisher": "The Courier", "date": "2026-11-20", "language": "en"}
    before = event(build(watch_site).output, "fibre", uid("last-section"))
    opened = verdict("open", "2024-08-21", "old-plan", "building")
    dropped = verdict("dropped", "2026-11-20", source, "over")
    set_claim(watch_site.content, "last-section", verdicts=[opened, dropped])
    output = build(watch_site).output
    after = event(output, "fibre", uid("last-section"))
    assert (before.get("STATUS"), before["SEQUENCE"]) == (None, 0)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    main = read_main(output, url_of("en", "calendar"))
    row = item_saying(main, "There will be a last section.")
    assert standing_in_order(words(row), "February 2027", "Dropped after 2 years", "It was over.")
    assert words(row.xpath("preceding::h2[1]")[0]) == "Gone by"
    reopened = verdict("open", "2026-11-20", source, "on")
    set_claim(watch_site.content, "last-section", verdicts=[opened, dropped, reopened])
    again = event(build(watch_site).output, "fibre", uid("last-section"))
    assert again.get("STATUS") is None
    assert again["SEQUENCE"] > after["SEQUENCE"], "programs take a change over only where it is newer"


def test_what_was_kept_is_not_cancelled(watch: Path) -> None:
    assert event(watch, "space", uid("tickets-sold")).get("STATUS") is None


def test_an_event_stays_the_same_event_when_its_claim_and_its_site_change(watch_site: Site, build: Build) -> None:
    before = {
        code: [item["UID"] for item in events(calendar_of(build(watch_site).output, "space", code))]
        for code in LANGUAGES
    }
    set_claim(watch_site.content, "tickets-sold", label={"fr": "autre", "en": "other"}, announced="2018-07-01")
    for code in LANGUAGES:
        set_value(watch_site.text("threads", "tickets", code), "slug", f"another-{code}")
    output = build(watch_site, SITEURL="https://elsewhere.example/news").output
    for code in LANGUAGES:
        assert [item["UID"] for item in events(calendar_of(output, "space", code))] == before[code]
        changed = event(output, "space", uid("tickets-sold"), code)
        assert str(changed["SUMMARY"]) == {"fr": "autre", "en": "other"}[code]
        word = url_of(code, "threads").split("/")[2]
        assert str(changed["URL"]) == f"https://elsewhere.example/news/{code}/{word}/another-{code}/#tickets-sold"


@pytest.mark.slow
def test_a_date_that_slips_moves_its_event_and_tells_calendars_that_it_is_newer(watch_site: Site, build: Build) -> None:
    before = event(build(watch_site).output, "space", uid("station-opening"))
    set_claim(watch_site.content, "station-opening", expected="2027-03", was=["2026-11-14"])
    after = event(build(watch_site).output, "space", uid("station-opening"))
    assert (before["UID"], before["SEQUENCE"]) == (after["UID"], 0)
    assert before.decoded("DTSTART") == dt.date(2026, 11, 14)
    moved = (1, dt.date(2027, 3, 1), dt.date(2027, 4, 1))
    assert (after["SEQUENCE"], after.decoded("DTSTART"), after.decoded("DTEND")) == moved


# --- the page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_dates_to_come_soonest_first_then_those_that_passed_latest_first(
    watch: Path, language: str
) -> None:
    """What is settled has passed, and so has what is overdue."""
    main = read_main(watch, url_of(language, "calendar"))
    keys = ("last-section", "first-guest", "station-opening", "tickets-sold", "cable-service")
    assert [url.partition("#")[2] for url in hrefs(main) if "#" in url] == list(keys)


def test_the_page_keeps_the_dates_that_were_promised_before(watch: Path) -> None:
    item = item_saying(read_main(watch, url_of("en", "calendar")), "There will be a first guest.")
    assert [time.get("datetime") for time in item.iter("time")] == ["2026-12", "2027-03", "2027-12"]
    assert [words(node) for node in item.iter("s")] == ["December 2026", "March 2027"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_offers_the_calendar_of_every_topic_that_has_one(watch: Path, language: str) -> None:
    found = [url for url in only(hrefs(read_main(watch, url_of(language, "calendar"))), "/") if url.endswith(".ics")]
    assert found == [calendar_url(topic, language) for topic in DATES]
    assert sorted(path.name for path in file_of(watch, url_of(language, "calendar")).parent.glob("*.ics")) == sorted(
        url.rpartition("/")[2] for url in found
    )
