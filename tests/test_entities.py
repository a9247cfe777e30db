"""Players: a page for each that occurs, in every language, and an index by kind."""

from pathlib import Path

import pytest
from conftest import Build
from page_reading import file_of, hrefs, item_with, only, read_feeds, read_main, read_page, standing_in_order, words
from site_builder import LANGUAGES, Site, set_value
from watch_site import article_url, url_of

pytest_plugins = ("watch_fixtures",)

OCCURRING = ("etoile", "faro", "moreau", "regulator", "zephyr")


def player_url(key: str, language: str) -> str:
    """Return the address of a player."""
    return url_of(language, "entities", key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_player_that_occurs_has_a_page_and_no_other(watch: Path, language: str) -> None:
    """Not one that is never named, nor one that only a draft names."""
    folder = file_of(watch, url_of(language, "entities")).parent
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == list(OCCURRING)


def test_a_player_that_occurs_no_more_loses_its_pages_and_one_that_begins_to_gets_them(
    watch_site: Site, build: Build
) -> None:
    output = build(watch_site).output
    set_value(watch_site.article("unfinished", "fr"), "draft", False)
    for key in ("ticket-rumour", "first-crew"):
        set_value(watch_site.article(key, "fr"), "entities", ["zephyr"])
    build(watch_site)
    for language in LANGUAGES:
        assert file_of(output, player_url("only-drafted", language)).is_file()
        assert not file_of(output, player_url("moreau", language)).parent.exists()


@pytest.mark.parametrize("key", OCCURRING)
def test_the_pages_of_a_player_are_each_others_counterpart(watch: Path, key: str) -> None:
    for language in LANGUAGES:
        links = read_page(watch, player_url(key, language)).xpath("//link[@rel='alternate' and @hreflang]")
        alternates = {link.get("hreflang"): link.get("href").removeprefix("http://localhost:8000") for link in links}
        assert {code: alternates[code] for code in LANGUAGES} == {code: player_url(key, code) for code in LANGUAGES}


@pytest.mark.parametrize(
    ("key", "language", "kind", "name"),
    [
        ("zephyr", "fr", "Entreprise", "Zéphyr"),
        ("zephyr", "en", "Company", "Zéphyr"),
        ("regulator", "fr", "Agence", "le régulateur"),
        ("regulator", "en", "Agency", "the regulator"),
        ("moreau", "fr", "Personne", "Élise Moreau"),
        ("moreau", "en", "Person", "Élise Moreau"),
    ],
)
def test_a_page_tells_the_kind_and_the_name_of_its_player_in_its_language(
    watch: Path, key: str, language: str, kind: str, name: str
) -> None:
    main = read_main(watch, player_url(key, language))
    assert words(main.find(".//h1")) == name
    assert standing_in_order(words(main), kind, name)


@pytest.mark.parametrize(
    ("key", "articles", "threads", "companions"),
    [
        ("zephyr", ["first-crew", "ticket-price", "ticket-rumour"], ["tickets"], [("moreau", 2), ("regulator", 1)]),
        ("etoile", ["recent-plan", "cable-refused"], ["cable"], [("faro", 1), ("regulator", 1)]),
        ("faro", ["cable-refused", "cable-plan"], ["cable"], [("regulator", 2), ("etoile", 1)]),
        (
            "regulator",
            ["copper-off", "cable-refused", "ticket-price", "cable-plan"],
            ["cable", "tickets"],
            [("faro", 2), ("etoile", 1), ("zephyr", 1)],
        ),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_lists_articles_newest_first_threads_and_most_frequent_companions(
    watch: Path, *, key: str, articles: list[str], threads: list[str], companions: list[tuple[str, int]], language: str
) -> None:
    main = read_main(watch, player_url(key, language))
    part = {section.get("aria-labelledby"): section for section in main.iter("section")}
    listed = only(hrefs(part["articles"]), url_of(language, "articles"))
    if language == "en" and "copper-off" in articles:
        assert article_url("copper-off", "fr") in hrefs(main), "told in the language it has"
        articles = [article for article in articles if article != "copper-off"]
    assert listed == [article_url(article, language) for article in articles]
    slugs = {"fr": {"tickets": "des-billets", "cable": "le-cable"}, "en": {"tickets": "tickets", "cable": "the-cable"}}
    assert only(hrefs(part["threads"]), url_of(language, "threads")) == [
        url_of(language, "threads", slugs[language][thread]) for thread in threads
    ]
    assert only(hrefs(part["companions"]), url_of(language, "entities")) == [
        player_url(other, language) for other, _ in companions
    ]
    for other, count in companions:
        assert words(item_with(part["companions"], player_url(other, language))).endswith(f" {count}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_links_its_players_where_they_are_listed_and_not_inside_its_sentences(
    watch: Path, language: str
) -> None:
    main = read_main(watch, article_url("ticket-rumour", language))
    links = [link for link in main.iter("a") if link.get("href").startswith(url_of(language, "entities"))]
    assert [(words(link), link.get("href")) for link in links] == [
        ("Zéphyr", player_url("zephyr", language)),
        ("Élise Moreau", player_url("moreau", language)),
    ]
    sentence = {"fr": "Élise Moreau se tait.", "en": "Élise Moreau is silent."}[language]
    (paragraph,) = [node for node in main.iter("p") if sentence in words(node)]
    assert only(hrefs(paragraph), url_of(language, "entities")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_lists_players_by_kind_in_the_order_of_the_alphabet_with_counts(watch: Path, language: str) -> None:
    """Letters before accents: Étoile stands before Faro, and before Zéphyr."""
    main = read_main(watch, url_of(language, "entities"))
    kinds = {"fr": ("Entreprises", "Agences", "Personnes"), "en": ("Companies", "Agencies", "People")}[language]
    assert [words(heading) for heading in main.iter("h2")] == list(kinds)
    rows = [("etoile", 2), ("faro", 2), ("zephyr", 3), ("regulator", 4), ("moreau", 2)]
    assert only(hrefs(main), url_of(language, "entities")) == [player_url(key, language) for key, _ in rows]
    for key, count in rows:
        assert words(item_with(main, player_url(key, language))).endswith(f" {count}")
    assert standing_in_order(words(main), kinds[0], "Zéphyr", kinds[1], kinds[2], "Moreau")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_player_is_followed_in_three_formats(watch: Path, language: str) -> None:
    for form, items in read_feeds(watch, player_url("zephyr", language)).items():
        keys = ("first-crew", "ticket-price", "ticket-rumour")
        ids = [f"tag:sillage.example,2026:articles/{key}/{language}" for key in keys]
        assert sorted(item["id"] for item in items) == sorted(ids), form


def test_the_articles_of_a_player_are_cut_into_pages_with_counterparts(watch_site: Site, build: Build) -> None:
    output = build(watch_site, DEFAULT_PAGINATION=2).output
    assert file_of(output, f"{player_url('zephyr', 'fr')}page/2/").is_file()
    second = f"{player_url('zephyr', 'en')}page/2/"
    assert only(hrefs(read_main(output, second)), url_of("en", "articles")) == [article_url("ticket-rumour", "en")]
    switch = read_page(output, second).xpath("//header//a[@hreflang='fr']/@href")
    assert switch == [f"{player_url('zephyr', 'fr')}page/2/"]
