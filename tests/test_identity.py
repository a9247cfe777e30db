"""Names that stay: slugs that stand in addresses, ids of items that never move."""

from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from all_views import feed_views
from content_reading import SOUND, english, french, read, write_files
from hypothesis import given
from hypothesis import strategies as st
from properties import examples

from newsroom.content.identity import tag_uri
from newsroom.keys import KEY
from newsroom.text.slugs import slugify
from newsroom.views.feed_items import FeedItem, FeedView
from newsroom.views.feeds import FEEDS


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’Arcep ouvre la France : à l’œuvre", "l-arcep-ouvre-la-france-a-l-oeuvre"),
        ("Kuiper becomes Amazon Leo", "kuiper-becomes-amazon-leo"),
        ("« Confiance » : 82,7 km, 9 Md€ !", "confiance-82-7-km-9-mdeur"),
        ("  Deux\u00a0\u202fespaces  ", "deux-espaces"),
        ("ÀÉÎÕÜ ß æ Ø ł", "aeiou-ss-ae-o-l"),
        ("Київ, Ελλάδα, 東京", "kiyiv-ellada-dong-jing"),
        ("a/b\\c..d%2e?e#f", "a-b-c-d-2e-e-f"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("---", ""),
        ("« … »", ""),
        ("", ""),
    ],
)
def test_a_slug_is_made_of_the_words_of_the_title(title: str, slug: str) -> None:
    assert slugify(title) == slug


@examples(300)
@given(st.text(max_size=120))
def test_a_slug_can_stand_in_an_address_or_is_nothing(title: str) -> None:
    slug = slugify(title)
    assert len(slug) <= 80
    assert slug == "" or KEY.match(slug)
    assert quote(slug) == slug


@given(st.text(max_size=120))
def test_a_slug_is_its_own_slug(title: str) -> None:
    assert slugify(slugify(title)) == slugify(title)


@given(st.lists(st.text("abcdef", min_size=1, max_size=30), min_size=1, max_size=20))
def test_a_long_slug_ends_with_a_whole_word(words: list[str]) -> None:
    kept = slugify(" ".join(words)).split("-")
    assert kept == words[: len(kept)]


def test_a_word_longer_than_any_slug_is_cut() -> None:
    assert slugify("a" * 200) == "a" * 80


@given(st.text("abcxyz-", min_size=1), st.sampled_from(["fr", "en"]))
def test_an_id_is_a_tag_uri_of_authority_year_key_and_language(key: str, language: str) -> None:
    uri = tag_uri("example.org", 2026, f"articles/{key}/{language}")
    assert uri == f"tag:example.org,2026:articles/{key}/{language}"
    assert urlsplit(uri).scheme == "tag"


# --- ids through the real path --------------------------------------------------------------


def feeds(root: Path, **settings: object) -> list[FeedView]:
    catalogue = read(root, **settings)
    return list(feed_views(catalogue, [kind for kind in FEEDS if kind.name in ("site", "topics")]))


def items(root: Path, **settings: object) -> list[FeedItem]:
    return [item for feed in feeds(root, **settings) for item in feed.items]


FR, EN = "articles/cable/index.fr.md", "articles/cable/index.en.md"
CHANGES = {
    "title": {FR: french('title: "Autre chose"'), EN: english('title: "Something else"')},
    "slug": {FR: french("slug: autre-chose"), EN: english("slug: something-else")},
    "date": {FR: french("date: 2019-01-02T08:30")},
    "status": {FR: french("status: [rumour, denied]")},
    "body": {FR: french(body="Tout autre chose.")},
    "slug-of-its-topic": {"topics/fibre/index.en.md": "---\nname: Fiber\nslug: fiber\n---\n"},
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path / "content", SOUND)
    return tmp_path


def test_an_item_has_one_id_per_language_in_every_feed_and_format(project: Path) -> None:
    found = items(project)
    assert {item.id for item in found} == {f"tag:sillage.example,2026:articles/cable/{code}" for code in ("fr", "en")}
    assert len(found) == 2 * 2 * 3


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_an_id_does_not_change_with_what_an_editor_changes(change: dict[str, str], project: Path) -> None:
    before = {item.id for item in items(project)}
    write_files(project / "content", change)
    assert {item.id for item in items(project)} == before


@pytest.mark.parametrize(
    "settings",
    [
        {"SITEURL": "https://example.net/revue"},
        {"SITENAME": "Autre"},
        {"TIMEZONE": "Pacific/Auckland"},
        {"DEFAULT_LANG": "fr"},
        {"FEED_MAX_ITEMS": 5},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_an_id_does_not_change_with_the_address_or_the_name_of_the_site(
    settings: dict[str, object], project: Path
) -> None:
    assert {item.id for item in items(project, **settings)} == {item.id for item in items(project)}
    assert {feed.id for feed in feeds(project, **settings)} == {feed.id for feed in feeds(project)}


def test_an_id_says_the_authority_and_the_year_of_the_settings(project: Path) -> None:
    found = items(project, TAG_AUTHORITY="example.org", TAG_YEAR=2031)
    assert all(item.id.startswith("tag:example.org,2031:") for item in found)


def test_the_formats_of_a_feed_share_its_id_and_two_feeds_do_not(project: Path) -> None:
    ids: dict[str, set[str]] = {}
    for feed in feeds(project):
        ids.setdefault(feed.id, set()).add(feed.form)
    assert set(map(frozenset, ids.values())) == {frozenset(("rss", "atom", "json"))}
    assert len(ids) == 2 * 2
