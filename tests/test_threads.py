"""Threads: a claim and the line it leaves, drawn to scale and told in words."""

from pathlib import Path

import pytest
from lxml.html import HtmlElement
from page_reading import hrefs, item_with, only, read_feeds, read_main, read_page, standing_in_order, words
from site_builder import LANGUAGES
from watch_site import STATUS_WORDS, THREADS, article_url, url_of

pytest_plugins = ("watch_fixtures",)

#: The claim that each thread is known by, and its verdict.
LEADS = {
    "tickets": (
        {"fr": "Il y aura seats.", "en": "There will be seats."},
        {"fr": "Tenu, 2 ans de retard", "en": "Kept, 2 years late"},
    ),
    "cable": (
        {"fr": "Il y aura service.", "en": "There will be service."},
        {"fr": "En retard de 8 ans", "en": "8 years overdue"},
    ),
    "crowd": ({"fr": "Il y aura a crowd.", "en": "There will be a crowd."}, {"fr": "Tenu", "en": "Kept"}),
}

# --- the page of a thread --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", THREADS)
def test_a_thread_page_states_its_claim_and_where_its_story_stands(watch: Path, key: str, language: str) -> None:
    name, story = THREADS[key][1 + LANGUAGES.index(language)]
    slug = {
        "tickets": ("des-billets", "tickets"),
        "cable": ("le-cable", "the-cable"),
        "crowd": ("la-foule", "the-crowd"),
    }
    main = read_main(watch, url_of(language, "threads", slug[key][LANGUAGES.index(language)]))
    assert words(main.find(".//h1")) == name
    lead, large = LEADS[key]
    assert standing_in_order(words(main), name, lead[language], large[language], story)
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
    (story,) = [text for thread in THREADS.values() for name, text in thread[1:] if name == words(main.find(".//h1"))]
    section = next(node.getparent() for node in main.iter("p") if words(node) == story)
    assert standing_in_order(words(section), story, date)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thread_page_lists_its_articles_oldest_first_with_date_and_status_in_words(
    watch: Path, language: str
) -> None:
    main = read_main(watch, url_of(language, "threads", ("des-billets", "tickets")[LANGUAGES.index(language)]))
    keys = ("ticket-rumour", "ticket-price", "first-crew")
    steps = main.xpath(".//*[@id='steps']/..")[0]
    assert only(hrefs(steps), url_of(language, "articles")) == [article_url(key, language) for key in keys]
    for key, date, status in zip(
        keys, ("2018-07-12", "2019-03-01", "2021-07-20"), ("rumour", "announced", "confirmed"), strict=True
    ):
        item = item_with(main.xpath(".//*[@id='steps']/..")[0], article_url(key, language))
        assert [time.get("datetime") for time in item.iter("time")] == [date]
        assert STATUS_WORDS[language][status] in words(item)


def test_an_article_with_two_statuses_shows_both_in_words_in_its_thread(watch: Path) -> None:
    main = read_main(watch, url_of("en", "threads", "the-cable"))
    item = item_with(main.xpath(".//*[@id='steps']/..")[0], article_url("cable-plan", "en"))
    assert standing_in_order(words(item), "rumour", "announced")


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
        name, story = thread[1 + LANGUAGES.index(language)]
        assert standing_in_order(words(main), name, story)


# --- what an article says of its threads -----------------------------------------------------


def place_in_thread(output: Path, key: str, language: str) -> HtmlElement:
    """Return the part of an article's page that tells where it stands in its thread."""
    main = read_main(output, article_url(key, language))
    links = [link for link in main.iter("a") if link.get("href").startswith(url_of(language, "threads"))]
    return next(node for link in links for node in link.iterancestors() if node.get("class") == "place")


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["crowd-02", "cable-refused"])
def test_the_episodes_around_an_article_promise_no_outcome(watch: Path, key: str, language: str) -> None:
    """No status and no verdict stands beside the title of another article."""
    text = words(place_in_thread(watch, key, language))
    assert [word for word in STATUS_WORDS[language].values() if word in text.casefold()] == []
