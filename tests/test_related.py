"""What to read next: the same story first, then the same subject and players, in one language, without chance."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_articles import made_article, made_catalogue
from page_reading import hrefs, only, read_main
from properties import examples
from site_builder import LANGUAGES
from watch_site import CROWD, article_url, url_of

from newsroom.content.articles import Article
from newsroom.views.related import related

pytest_plugins = ("watch_fixtures",)

DAY = dt.date(2020, 1, 1)


@st.composite
def _articles(draw: st.DrawFn) -> list[Article]:
    count = draw(st.integers(1, 12))

    def some(names: str, least: int = 0) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(names.split()), unique=True, min_size=least, max_size=5)))

    return [
        made_article(
            f"a{number}",
            DAY + dt.timedelta(days=draw(st.integers(0, 400))),
            languages=draw(st.sampled_from([("fr", "en"), ("fr",), ("en",)])),
            topics=some("space fibre cloud", 1),
            thread=some("t1 t2"),
            entities=some("p1 p2 p3 p4 p5"),
        )
        for number in range(count)
    ]


ARTICLES = _articles()


def chosen(articles: list[Article], key: str, language: str) -> list[str]:
    """Return the keys of what is read after the article ``key``."""
    catalogue = made_catalogue(articles)
    return [article.key for article in related(catalogue, catalogue.by_key[key], language)]


@examples(40)
@given(ARTICLES, st.sampled_from(LANGUAGES), st.randoms(use_true_random=False))
def test_what_to_read_next_does_not_depend_on_the_order_of_reading(articles, language, random) -> None:
    shuffled = [*articles]
    random.shuffle(shuffled)
    for article in articles[:5]:
        assert chosen(articles, article.key, language) == chosen(shuffled, article.key, language)


@examples(60)
@given(ARTICLES, st.sampled_from(LANGUAGES))
def test_only_other_articles_of_the_same_language_that_share_something_are_proposed_each_once(
    articles, language
) -> None:
    by_key = {article.key: article for article in articles}
    for article in articles[:8]:
        found = chosen(articles, article.key, language)
        assert article.key not in found
        assert len(found) == len(set(found)) <= 3
        for other in (by_key[key] for key in found):
            assert language in other.texts
            shared = [
                set(getattr(article.facts, name)) & set(getattr(other.facts, name))
                for name in ("thread", "topics", "entities")
            ]
            assert any(shared)


@examples(60)
@given(ARTICLES, st.sampled_from(LANGUAGES))
def test_articles_of_the_same_thread_come_before_all_others(articles, language) -> None:
    by_key = {article.key: article for article in articles}
    for article in articles[:8]:
        same = {other.key for other in articles if set(other.facts.thread) & set(article.facts.thread)} - {article.key}
        same = {key for key in same if language in by_key[key].texts}
        found = chosen(articles, article.key, language)
        in_thread = [key in same for key in found]
        assert in_thread == sorted(in_thread, reverse=True)
        assert sum(in_thread) == min(3, len(same))


def test_the_same_topic_with_shared_players_comes_before_the_same_topic_alone() -> None:
    articles = [
        made_article("read", DAY, entities=("p1", "p2")),
        made_article("topic", DAY),
        made_article("one-player", DAY, entities=("p1",)),
        made_article("two-players", DAY, entities=("p2", "p1")),
    ]
    assert chosen(articles, "read", "en") == ["two-players", "one-player", "topic"]


def test_between_equals_the_nearest_in_time_comes_first_and_then_the_first_key() -> None:
    days = {"read": 0, "far": -30, "near": 2, "b-same-day": 9, "a-same-day": 9}
    articles = [made_article(key, DAY + dt.timedelta(days=days[key])) for key in days]
    assert chosen(articles, "read", "en") == ["near", "a-same-day", "b-same-day"]


@pytest.mark.parametrize("shared", ["topics", "thread", "entities"])
@pytest.mark.parametrize("sooner", [True, False])
def test_much_in_one_language_does_not_hide_what_there_is_in_the_other(shared: str, sooner: bool) -> None:
    """Forty articles in French alone, all earlier or all later than the one in English."""
    facts = {"topics": ("fibre",), shared: ("x",)}
    many = [
        made_article(
            f"fr-{number}",
            DAY + dt.timedelta(days=(-number if sooner else number) - 500 * sooner + 5),
            ("fr",),
            **facts,
        )
        for number in range(40)
    ]
    articles = [made_article("read", DAY, **facts), made_article("other", DAY + dt.timedelta(days=1), **facts), *many]
    assert chosen(articles, "read", "en") == ["other"]


def test_in_a_long_thread_the_nearest_articles_are_found() -> None:
    articles = [
        made_article(f"step-{number:02}", DAY + dt.timedelta(days=10 * number), thread=("t",)) for number in range(40)
    ]
    assert chosen(articles, "step-30", "en") == ["step-29", "step-31", "step-28"]
    assert chosen(articles, "step-02", "en") == ["step-01", "step-03", "step-00"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_proposes_what_to_read_next_at_its_foot(watch: Path, language: str) -> None:
    main = read_main(watch, article_url("crowd-05", language))
    foot = [node for node in main.iter("section") if node.xpath("ancestor::footer")][-1]
    found = only(hrefs(foot), url_of(language, "articles"))
    assert len(found) == 3
    assert set(found) <= {article_url(key, language) for key in CROWD}
