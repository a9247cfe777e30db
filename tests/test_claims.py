"""Claims: open, overdue or settled, and by what; their ages come from the date of the build and from nothing else."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import Build
from hypothesis import given, settings
from hypothesis import strategies as st
from made_articles import made_article
from page_reading import hrefs, item_with, only, read_main, standing_in_order, words
from site_builder import DAY, LANGUAGES, NOW, ROOT, Site, files_of, set_value
from watch_site import STATUS_WORDS, article_url, url_of

from newsroom.content.claims import is_open, outcome_of, overdue
from newsroom.content.models import SETTLED, STATUSES, Article, Expected, Update
from newsroom.dates import PartialDate
from newsroom.text.localised import age_text

pytest_plugins = ("watch_fixtures",)

#: Every claim of the site without an outcome, oldest first.
OPEN = ("cable-plan", "old-plan", "recent-plan")

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31))
PARTIAL = st.builds(
    lambda day, known: PartialDate(*(day.year, day.month, day.day)[:known]), DAYS, st.integers(min_value=1, max_value=3)
)
UPDATES = st.lists(
    st.builds(
        Update, date=PARTIAL, significant=st.booleans(), text=st.just({}), status=st.sampled_from(("", *STATUSES))
    ),
    max_size=6,
).map(tuple)
SETTLING = st.lists(st.tuples(DAYS, st.sampled_from(sorted(SETTLED))), max_size=6)


def later_articles(said: list[tuple[dt.date, str]]) -> list[Article]:
    """Return an article per (day, status) that says it settles another."""
    return [
        made_article(f"later-{number}", day, status=("rumour", status)) for number, (day, status) in enumerate(said)
    ]


# --- what settles a claim ----------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(UPDATES, SETTLING, st.randoms(use_true_random=False))
def test_the_earliest_of_all_that_settles_a_claim_is_its_outcome(updates, said, random) -> None:
    article = made_article("claim", dt.date(1999, 1, 1), status=("rumour",), updates=updates)
    later = later_articles(said)
    outcome = outcome_of(article, later)
    days = [update.date.first for update in updates if update.status in SETTLED] + [day for day, _ in said]
    assert (outcome.date.first if outcome else None) == min(days, default=None)
    if outcome:
        assert outcome.status in SETTLED
        stated = {(update.date.first, update.status) for update in updates} | set(said)
        assert (outcome.date.first, outcome.status) in stated
    random.shuffle(later)
    assert outcome_of(article, later) == outcome
    assert is_open(article, later) == (not days)


@pytest.mark.parametrize("status", STATUSES)
def test_a_claim_is_settled_by_its_own_last_status(status: str) -> None:
    for before in ((), ("rumour",), ("announced",)):
        article = made_article("claim", dt.date(2020, 1, 1), status=(*before, status))
        assert is_open(article, ()) == (status in ("rumour", "announced"))


@pytest.mark.parametrize("status", ["", "rumour", "announced"])
def test_an_update_without_an_outcome_leaves_a_claim_open(status: str) -> None:
    update = Update(PartialDate(2021), significant=True, text={}, status=status)
    article = made_article("claim", dt.date(2020, 1, 1), status=("rumour",), updates=(update,))
    assert outcome_of(article, ()) is None
    assert is_open(article, ())


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTIAL, max_size=5), DAYS)
def test_a_promise_is_overdue_when_the_last_day_it_can_mean_has_passed(
    dates: list[PartialDate], today: dt.date
) -> None:
    expected = tuple(Expected({"en": ""}, date=date) for date in dates)
    late = overdue(made_article("claim", dt.date(1999, 1, 1), expected=expected), today)
    passed = [date.last for date in dates if date.last < today]
    assert (late.when.last if late else None) == min(passed, default=None)


def test_a_month_is_not_late_on_its_last_day() -> None:
    article = made_article("claim", dt.date(2017, 1, 1), expected=(Expected({"en": ""}, month=PartialDate(2018, 2)),))
    assert overdue(article, dt.date(2018, 2, 28)) is None
    assert overdue(article, dt.date(2018, 3, 1)) is not None


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_without_an_outcome_is_listed_oldest_first_and_no_other(watch: Path, language: str) -> None:
    main = read_main(watch, url_of(language, "open_claims"))
    assert only(hrefs(main), url_of(language, "articles")) == [article_url(key, language) for key in OPEN]


def row(output: Path, key: str, language: str) -> str:
    """Return what the page of open claims says of one."""
    return words(item_with(read_main(output, url_of(language, "open_claims")), article_url(key, language)))


@pytest.mark.parametrize(
    ("language", "key", "age", "promise", "late"),
    [
        ("en", "recent-plan", "10 days", ("14 November 2026", "opening"), "7 days"),
        ("fr", "recent-plan", "10 jours", ("14 novembre 2026", "ouverture"), "7 jours"),
        ("en", "old-plan", "2 years and 3 months", ("February 2027", "last section"), ""),
        ("fr", "old-plan", "2 ans et 3 mois", ("février 2027", "dernière tranche"), ""),
        ("en", "cable-plan", "10 years", ("31 August 2018", "entry into service"), "8 years and 2 months"),
        ("fr", "cable-plan", "10 ans", ("31 août 2018", "mise en service"), "8 ans et 2 mois"),
    ],
)
def test_a_claim_tells_its_status_its_age_what_was_promised_and_how_late_it_is(
    watch: Path, *, language: str, key: str, age: str, promise: tuple[str, str], late: str
) -> None:
    text = row(watch, key, language)
    assert standing_in_order(text, STATUS_WORDS[language]["announced"], age, *promise, late)
    assert ({"fr": "En retard", "en": "Overdue"}[language] in text) == bool(late)


def test_a_claim_settled_since_is_listed_no_more(watch_site: Site, build: Build) -> None:
    """By an update, then by a later article, then by its own status."""

    def listed() -> list[str]:
        output = build(watch_site).output
        pages = [read_main(output, url_of(code, "open_claims")) for code in LANGUAGES]
        found = [only(hrefs(page), url_of(code, "articles")) for code, page in zip(LANGUAGES, pages, strict=True)]
        keys = [
            [url.split("/")[-2].removesuffix(f"-{code}") for url in urls]
            for code, urls in zip(LANGUAGES, found, strict=True)
        ]
        assert keys[0] == keys[1]
        return keys[1]

    assert listed() == list(OPEN)
    ended = {"date": "2026-11-20", "significant": True, "status": "denied", "fr": "Fini.", "en": "Over."}
    set_value(watch_site.article("old-plan", "fr"), "updates", [ended])
    assert listed() == ["cable-plan", "recent-plan"]
    set_value(watch_site.article("cable-refused", "fr"), "settles", ["cable-plan"])
    assert listed() == ["recent-plan"]
    set_value(watch_site.article("recent-plan", "fr"), "status", ["announced", "confirmed"])
    assert listed() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statuses_on_the_page_lead_to_what_they_mean(watch: Path, language: str) -> None:
    assert {"fr": "/fr/methode/", "en": "/en/method/"}[language] in hrefs(
        read_main(watch, url_of(language, "open_claims"))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_method_says_what_each_status_means(language: str) -> None:
    text = (ROOT / "content" / "pages" / "method" / f"index.{language}.md").read_text(encoding="utf-8").casefold()
    assert [word for word in STATUS_WORDS[language].values() if word not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_counts_its_statuses_in_words(watch: Path, language: str) -> None:
    """A status is a word with its number beside it; an article with two counts in both."""
    main = read_main(watch, url_of(language, "topics", {"fr": "reseaux-fixes", "en": "fixed-networks"}[language]))
    names = {words(term): words(term.getnext()) for term in main.iter("dt")}
    counts = {"rumour": "2", "announced": "2", "confirmed": "1", "denied": "2"}
    assert names == {STATUS_WORDS[language][status]: count for status, count in counts.items()}


# --- the day of the build ------------------------------------------------------------------------


def changed_between(build: Build, site: Site, *moments: int) -> set[str]:
    """Return the files that differ between builds of ``site`` at two moments."""
    trees = []
    for moment in moments:
        site.now = moment
        trees.append(files_of(build(site).output))
    one, other = trees
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


AGED = {"fr/index.html", "en/index.html", "fr/en-attente/index.html", "en/open-claims/index.html"}


def test_when_the_day_changes_only_the_pages_that_show_an_age_do(watch_site: Site, build: Build) -> None:
    assert changed_between(build, watch_site, NOW, NOW + DAY) == AGED
    assert "11 days" in row(watch_site.output, "recent-plan", "en")
    assert "8 days" in row(watch_site.output, "recent-plan", "en")


def test_at_another_hour_of_the_same_day_nothing_changes(watch_site: Site, build: Build) -> None:
    assert changed_between(build, watch_site, NOW, NOW + 7 * 3600) == set()


def test_when_a_promised_month_passes_only_the_calendar_changes_too(watch_site: Site, build: Build) -> None:
    """From 28 February to 1 March 2027."""
    last = int(dt.datetime(2027, 2, 28, 12, tzinfo=ZoneInfo("Europe/Paris")).timestamp())
    calendars = {f"{code}/{url_of(code, 'calendar').split('/')[2]}/index.html" for code in LANGUAGES}
    assert changed_between(build, watch_site, last, last + DAY) - AGED == calendars
    assert standing_in_order(row(watch_site.output, "old-plan", "en"), "Overdue by", "1 day")


def test_the_home_page_shows_open_claims_oldest_first_with_their_ages(watch: Path) -> None:
    main = read_main(watch, "/en/")
    urls = [article_url(key, "en") for key in OPEN]
    section = next(node for node in main.iter("section") if set(urls) <= set(hrefs(node)))
    assert only(hrefs(section), url_of("en", "articles")) == urls
    assert standing_in_order(words(section), "10 years", "2 years and 3 months", "10 days")


# --- ages in words ---------------------------------------------------------------------------------


def years_and_months(first: dt.date, last: dt.date) -> tuple[int, int]:
    """Return the whole years and months from ``first`` to ``last``, as one counts them on a calendar."""
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return divmod(months, 12)


@settings(max_examples=300, deadline=None)
@given(DAYS, st.integers(0, 14_000))
def test_an_age_in_words_is_that_of_the_calendar_to_within_three_days(first: dt.date, days: int) -> None:
    said = age_text(days, "en_GB")
    near = [
        years_and_months(first, first + dt.timedelta(days=days + shift)) for shift in range(-3, 4) if days + shift >= 0
    ]

    def plural(count: int, unit: str) -> str:
        return f"{count} {unit}" if count == 1 else f"{count} {unit}s"

    def text(years: int, months: int) -> str:
        parts = [plural(years, "year")] if years else []
        parts += [plural(months, "month")] if months and years < 10 else []
        return " and ".join(parts) or plural(days, "day")

    assert said in {text(*age) for age in near}


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (28, "28 days"),
        (365, "1 year"),
        (730, "2 years"),
        (1461, "4 years"),
        (3652, "10 years"),
    ],
)
def test_an_anniversary_is_told_as_one(days: int, text: str) -> None:
    assert age_text(days, "en_GB") == text
