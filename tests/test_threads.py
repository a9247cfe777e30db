"""Threads: a claim and the line it leaves, drawn to scale and told in words."""

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement
from page_reading import hrefs, item_with, only, read_feeds, read_main, read_page, standing_in_order, words
from site_builder import LANGUAGES
from watch_site import CROWD, STATUS_WORDS, THREADS, article_url, url_of

from newsroom.content.models import STATUSES
from newsroom.views.timeline import Mark, draw

pytest_plugins = ("watch_fixtures",)
Steps = list[tuple[dt.date, tuple[str, ...]]]

#: Half of what a mark takes along the line, as the templates draw it.
RADIUS = 6
#: The height of a line of text.
LINE = 16
_ANY_DAY = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))
_CLOSE_DAYS = st.dates(dt.date(2020, 12, 20), dt.date(2021, 1, 10))
STEPS = st.one_of(
    st.lists(
        st.tuples(days, st.lists(st.sampled_from(STATUSES), min_size=1, max_size=2).map(tuple)), min_size=1, max_size=40
    ).map(sorted)
    for days in (_ANY_DAY, _CLOSE_DAYS, st.one_of(_ANY_DAY, _CLOSE_DAYS))
)
LENGTHS = st.integers(100, 2000)


def width(mark: Mark) -> int:
    """Return what the label of a mark takes beside the line: a number and its words, of up to ten letters."""
    return 18 + 66 * len(mark.statuses)


# --- the drawing, in numbers -----------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(STEPS, LENGTHS)
def test_distances_on_the_line_are_proportional_to_days(steps: Steps, length: int) -> None:
    line = draw(steps, length)
    points = [(day, mark.place) for (day, _), mark in zip(steps, line.marks, strict=True)]
    points += [(dt.date(tick.year, 1, 1), tick.place) for tick in line.ticks]
    (first, start), (last, end) = min(points), max(points)
    days = (last - first).days
    if not days:
        return
    scale = (end - start) / days
    for day, place in points:
        assert place == pytest.approx(start + scale * (day - first).days, abs=0.2)
    assert end - start >= length * days / (days + 366) - 0.2, "the line is spent on the time that is told"


@settings(max_examples=200, deadline=None)
@given(STEPS, LENGTHS)
def test_marks_and_their_labels_never_cover_each_other(steps: Steps, length: int) -> None:
    marks = draw(steps, length).marks
    for heap in {mark.heap for mark in marks}:
        places = sorted(mark.place for mark in marks if mark.heap == heap)
        assert all(after - before >= 2 * RADIUS for before, after in pairwise(places))
    for track in {mark.track for mark in marks}:
        on_it = [mark for mark in marks if mark.track == track]
        assert all(after.place - before.place >= width(before) for before, after in pairwise(on_it))
    assert all(after.line - before.line >= LINE for before, after in pairwise(marks))


@settings(max_examples=200, deadline=None)
@given(STEPS, LENGTHS)
def test_a_label_in_a_column_is_moved_only_to_make_room(steps: Steps, length: int) -> None:
    line = draw(steps, length)
    assert all(mark.line >= mark.place for mark in line.marks)
    assert all(
        after.line == after.place or after.line - before.line < LINE + 2 for before, after in pairwise(line.marks)
    )
    assert line.marks[0].line == line.marks[0].place
    assert line.column == max(line.length, line.marks[-1].line)


@settings(max_examples=200, deadline=None)
@given(STEPS, LENGTHS)
def test_marks_and_years_stay_inside_the_drawing(steps: Steps, length: int) -> None:
    line = draw(steps, length)
    assert all(0 <= point.place <= line.length == length for point in (*line.marks, *line.ticks))
    assert all(mark.place + width(mark) <= line.reach for mark in line.marks)
    assert all(0 <= mark.track < line.tracks and 0 <= mark.heap < line.heaps for mark in line.marks)


@settings(max_examples=100, deadline=None)
@given(STEPS, LENGTHS)
def test_marks_carry_the_number_and_the_status_of_their_line_in_the_list(steps: Steps, length: int) -> None:
    marks = [(mark.number, mark.statuses) for mark in draw(steps, length).marks]
    assert marks == [(number, statuses) for number, (_, statuses) in enumerate(steps, start=1)]


@settings(max_examples=100, deadline=None)
@given(STEPS, LENGTHS)
def test_silent_years_are_on_the_line_too(steps: Steps, length: int) -> None:
    years = [tick.year for tick in draw(steps, length).ticks]
    assert years == list(range(steps[0][0].year, steps[-1][0].year + 1))


def test_a_thread_without_articles_has_an_empty_line() -> None:
    assert draw([]).marks == draw([]).ticks == ()


# --- the page of a thread --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", THREADS)
def test_a_thread_page_states_its_claim_and_where_its_story_stands(watch: Path, key: str, language: str) -> None:
    name, claim, story = THREADS[key][1 + LANGUAGES.index(language)]
    slug = {
        "tickets": ("des-billets", "tickets"),
        "cable": ("le-cable", "the-cable"),
        "crowd": ("la-foule", "the-crowd"),
    }
    main = read_main(watch, url_of(language, "threads", slug[key][LANGUAGES.index(language)]))
    assert words(main.find(".//h1")) == name
    assert standing_in_order(words(main), name, claim, story)
    introduction = {"fr": f"Histoire : {name}.", "en": f"History : {name}."}[language]
    assert introduction in words(main)


@pytest.mark.parametrize(
    ("slug", "language", "date"),
    [
        ("des-billets", "fr", "juillet 2021"),
        ("tickets", "en", "July 2021"),
        ("le-cable", "fr", "17 juin 2020"),
        ("the-cable", "en", "17 June 2020"),
        ("the-crowd", "en", "2024"),
    ],
)
def test_the_story_so_far_is_dated_as_exactly_as_its_editor_did(
    watch: Path, slug: str, language: str, date: str
) -> None:
    main = read_main(watch, url_of(language, "threads", slug))
    (story,) = [
        text for thread in THREADS.values() for name, _, text in thread[1:] if name == words(main.find(".//h1"))
    ]
    section = next(node.getparent() for node in main.iter("p") if words(node) == story)
    assert standing_in_order(words(section), story, date)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thread_page_lists_its_articles_oldest_first_with_date_and_status_in_words(
    watch: Path, language: str
) -> None:
    main = read_main(watch, url_of(language, "threads", ("des-billets", "tickets")[LANGUAGES.index(language)]))
    keys = ("ticket-rumour", "ticket-price", "first-crew")
    assert only(hrefs(main), url_of(language, "articles")) == [article_url(key, language) for key in keys]
    for key, date, status in zip(
        keys, ("2018-07-12", "2019-03-01", "2021-07-20"), ("rumour", "announced", "confirmed"), strict=True
    ):
        item = item_with(main, article_url(key, language))
        assert [time.get("datetime") for time in item.iter("time")] == [date]
        assert STATUS_WORDS[language][status] in words(item)


def test_an_article_with_two_statuses_shows_both_in_words_in_its_thread(watch: Path) -> None:
    item = item_with(read_main(watch, url_of("en", "threads", "the-cable")), article_url("cable-plan", "en"))
    assert standing_in_order(words(item), "rumour", "announced")


def drawings(main: HtmlElement) -> list[HtmlElement]:
    """Return the drawings that number their marks."""
    return [
        svg
        for svg in main.iter("svg")
        if any(words(text).isdigit() and int(words(text)) < 1000 for text in svg.iter("text"))
    ]


def labels(svg: HtmlElement) -> tuple[list[int], list[str]]:
    """Return the numbers of the marks of ``svg``, years aside, and the words beside them."""
    texts = [words(text) for text in svg.iter("text")]
    numbers = [int(text) for text in texts if text.isdigit()]
    return [number for number in numbers if number < 1000], [text for text in texts if not text.isdigit()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_of_a_thread_is_named_and_its_numbers_are_those_of_the_list(watch: Path, language: str) -> None:
    main = read_main(watch, url_of(language, "threads", ("la-foule", "the-crowd")[LANGUAGES.index(language)]))
    found = drawings(main)
    told = [svg for svg in found if svg.get("aria-hidden") != "true"]
    assert len(told) == 1, "one drawing is told, the others are the same for other widths"
    assert told[0].get("role") == "img"
    assert told[0].get("aria-label") or told[0].findtext(".//title")
    lists = [node for node in main.iter("ol") if only(hrefs(node), url_of(language, "articles"))]
    assert len(lists) == 1
    for svg in found:
        numbers, statuses = labels(svg)
        assert statuses
        assert {word for text in statuses for word in text.split(", ")} <= set(STATUS_WORDS[language].values())
        assert len(statuses) == len(numbers)
        assert numbers == list(range(1, len(CROWD) + 1)) == list(range(1, len(lists[0].findall("li")) + 1))


def out_of_the_picture(svg: HtmlElement) -> list[tuple[str, float, float]]:
    """Return the shapes and numbers of ``svg`` that its view box cuts off."""
    left, top, width, height = (float(number) for number in str(svg.get("viewbox") or svg.get("viewBox")).split())
    points = []
    for node in svg.iter("circle"):
        points += [("circle", float(node.get("cx")) + side, float(node.get("cy")) + side) for side in (-RADIUS, RADIUS)]
    points += [("text", float(node.get("x")), float(node.get("y"))) for node in svg.iter("text")]
    for node in svg.iter("path"):
        starts = re.findall(r"M\s*(-?[\d.]+)[ ,](-?[\d.]+)", str(node.get("d")))
        points += [("path", float(x), float(y)) for x, y in starts]
    return [point for point in points if not (left <= point[1] <= left + width and top <= point[2] <= top + height)]


@pytest.mark.parametrize("slug", ["tickets", "the-cable", "the-crowd"])
def test_nothing_drawn_falls_out_of_the_picture(watch: Path, slug: str) -> None:
    """The crowd has eleven articles in two days: eleven tracks."""
    found = drawings(read_main(watch, url_of("en", "threads", slug)))
    assert found
    assert [out_of_the_picture(svg) for svg in found] == [[] for _ in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thread_is_followed_in_three_formats_with_the_same_items(watch: Path, language: str) -> None:
    url = url_of(language, "threads", ("des-billets", "tickets")[LANGUAGES.index(language)])
    ids = {
        f"tag:sillage.example,2026:articles/{key}/{language}" for key in ("ticket-rumour", "ticket-price", "first-crew")
    }
    for form, items in read_feeds(watch, url).items():
        assert {item["id"] for item in items} == ids, form
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert f"{url}{name}" in [link.get("href") for link in read_page(watch, url).iter("link", "a")]


# --- the index -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_lists_open_threads_first_and_every_thread_once(watch: Path, language: str) -> None:
    main = read_main(watch, url_of(language, "threads"))
    slugs = {"fr": ("la-foule", "des-billets", "le-cable"), "en": ("the-crowd", "tickets", "the-cable")}[language]
    assert only(hrefs(main), url_of(language, "threads")) == [url_of(language, "threads", slug) for slug in slugs]
    for thread in THREADS.values():
        name, claim, story = thread[1 + LANGUAGES.index(language)]
        assert standing_in_order(words(main), name, claim, story)


# --- what an article says of its threads -----------------------------------------------------


def place_in_thread(output: Path, key: str, language: str) -> HtmlElement:
    """Return the part of an article's page that tells where it stands in its thread."""
    main = read_main(output, article_url(key, language))
    links = [link for link in main.iter("a") if link.get("href").startswith(url_of(language, "threads"))]
    return next(node for link in links for node in link.iterancestors() if node.tag in ("section", "nav", "aside"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "others"),
    [
        ("ticket-rumour", ["ticket-price", "first-crew"]),
        ("ticket-price", ["ticket-rumour", "first-crew"]),
        ("first-crew", ["ticket-price"]),
        ("crowd-01", ["crowd-02", "crowd-12"]),
        ("crowd-02", ["crowd-01", "crowd-03", "crowd-12"]),
        ("crowd-12", ["crowd-11"]),
    ],
)
def test_an_article_links_what_came_before_after_and_last_in_its_thread(
    watch: Path, key: str, others: list[str], language: str
) -> None:
    found = only(hrefs(place_in_thread(watch, key, language)), url_of(language, "articles"))
    assert found == [article_url(other, language) for other in others]


def test_an_article_tells_its_number_in_its_thread(watch: Path) -> None:
    assert "2 of 12" in words(place_in_thread(watch, "crowd-02", "en"))
    assert "2 sur 12" in words(place_in_thread(watch, "crowd-02", "fr"))


def under_the_title(output: Path, url: str) -> tuple[str, list[str], list[str]]:
    """Return the words, the links and the dates between the title of an article and its own text."""
    main = read_main(output, url)
    title = main.find(".//h1")
    header = next(node for node in title.iterancestors() if node.tag == "header")
    return words(header), hrefs(header), [str(time.get("datetime")) for time in header.iter("time")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_under_the_title_of_an_old_rumour_stands_how_it_ended_with_a_link(watch: Path, language: str) -> None:
    text, links, dates = under_the_title(watch, article_url("ticket-rumour", language))
    assert STATUS_WORDS[language]["confirmed"] in text
    assert links == [article_url("first-crew", language)]
    assert dates == ["2021-07-20"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_that_an_update_settled_says_so_under_its_title_with_a_link(watch: Path, language: str) -> None:
    text, links, dates = under_the_title(watch, article_url("ticket-price", language))
    assert STATUS_WORDS[language]["cancelled"] in text
    assert {"fr": "Le prix est retiré.", "en": "The price is withdrawn."}[language] in text
    assert links == ["#updates", url_of(language, "threads", {"fr": "des-billets", "en": "tickets"}[language])]
    assert dates == ["2020-01-10"]


def test_an_open_claim_whose_thread_went_on_says_where_it_stands_under_its_title(watch: Path) -> None:
    text, links, dates = under_the_title(watch, article_url("cable-plan", "en"))
    assert "denied" in text
    assert links == [article_url("cable-refused", "en")]
    assert dates == ["2020-06-17"]


@pytest.mark.parametrize("key", ["first-crew", "recent-plan", "cable-refused"])
def test_nothing_is_said_to_have_come_after_what_came_last(watch: Path, key: str) -> None:
    assert under_the_title(watch, article_url(key, "en"))[1:] == ([], [])
