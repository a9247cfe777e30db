"""An address that was published leads to its text for ever, whatever becomes of its title."""

from pathlib import Path

import pytest
from conftest import Build
from content_reading import SOUND, english, french, read, write_files
from hypothesis import given
from hypothesis import strategies as st
from properties import examples
from site_builder import Site, set_value

from desk.published import remember
from newsroom.content.published import read_published

FR = "articles/cable/index.fr.md"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return sound content that was published once."""
    write_files(tmp_path / "content", SOUND)
    assert remember(read(tmp_path)) == 8
    return tmp_path / "content"


def test_what_was_published_is_remembered_once(content: Path) -> None:
    assert "articles/cable fr un-cable-est-promis\n" in (content / "published.txt").read_text(encoding="utf-8")
    before = (content / "published.txt").read_bytes()
    assert remember(read(content.parent)) == 0
    assert (content / "published.txt").read_bytes() == before


def test_a_changed_title_keeps_the_published_address(content: Path) -> None:
    write_files(content, {FR: french('title: "Un câble est abandonné"')})
    article = read(content.parent).articles[0]
    assert article.texts["fr"].title == "Un câble est abandonné"
    assert (article.texts["fr"].slug, article.texts["fr"].aliases) == ("un-cable-est-promis", ())


def test_a_new_slug_makes_the_old_address_lead_to_it(content: Path) -> None:
    write_files(content, {FR: french("slug: abandon")})
    text = read(content.parent).articles[0].texts["fr"]
    assert (text.slug, text.aliases) == ("abandon", ("un-cable-est-promis",))
    assert remember(read(content.parent)) == 1
    write_files(content, {FR: french("slug: renoncement")})
    assert read(content.parent).articles[0].texts["fr"].aliases == ("un-cable-est-promis", "abandon")
    write_files(content, {FR: french("slug: un-cable-est-promis")})
    text = read(content.parent).articles[0].texts["fr"]
    assert (text.slug, text.aliases) == ("un-cable-est-promis", ("abandon",))


def test_an_article_that_was_never_published_follows_its_title(content: Path) -> None:
    write_files(
        content,
        {FR.replace("cable", "new"): french('title: "Neuf"'), "articles/new/index.en.md": english('title: "New"')},
    )
    write_files(content, {FR.replace("cable", "new"): french('title: "Tout neuf"')})
    assert {text.slug for article in read(content.parent).articles for text in article.texts.values()} >= {"tout-neuf"}


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


def test_a_redirection_stands_at_the_old_address(site: Site, build: Build) -> None:
    (site.content / "published.txt").write_text("articles/cable-plan fr le-cable\n", encoding="utf-8")
    set_value(site.article("cable-plan", "fr"), "slug", "le-plan")
    output = build(site).output
    assert "/fr/articles/le-plan/" in (output / "fr/articles/le-cable/index.html").read_text(encoding="utf-8")


@examples(100)
@given(st.text())
def test_a_file_of_addresses_that_anybody_edited_never_stops_a_build(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "published.txt").write_text(text, encoding="utf-8", errors="replace")
        assert read_published(Path(folder)).places is not None


def test_who_subscribed_at_an_earlier_address_goes_on_to_receive(site: Site, build: Build) -> None:
    before = build(site).output
    old = {path.relative_to(before): path.read_bytes() for path in before.glob("fr/sujets/tourisme-orbital/*.xml")}
    calendars = [path.relative_to(before) for path in before.rglob("*.ics")]
    assert len(old) == 2
    (site.content / "published.txt").write_text("topics/space fr tourisme-orbital\n", encoding="utf-8")
    set_value(site.text("topics", "space", "fr"), "slug", "orbite")
    output = build(site).output
    for path, feed in old.items():
        now = (output / path).read_bytes()
        assert now == (output / "fr/sujets/orbite" / path.name).read_bytes()
        assert b"/fr/sujets/orbite/" in now
        assert now != feed
    assert all((output / path).is_file() for path in calendars)
