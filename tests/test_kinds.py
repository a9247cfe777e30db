"""One table of kinds of page: what the site has, its sitemaps and its addresses all follow from the rows."""

import re
from pathlib import Path

import pytest
from all_views import feed_views, page_views
from content_reading import read
from site_builder import ROOT, make_site, write_small_site

from newsroom.content.catalogue import Catalogue
from newsroom.views.feeds import FEEDS
from newsroom.views.kinds import PAGES, PATH_WORDS
from newsroom.views.sitemap import sitemap_views


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    site = make_site(tmp_path_factory.mktemp("kinds") / "site", write_small_site)
    return read(site.root)


def test_every_page_of_the_output_is_one_of_the_table(catalogue: Catalogue, small_output: Path) -> None:
    made = {path.relative_to(small_output).as_posix() for path in small_output.rglob("*.html")}
    assert {view.file for view in page_views(catalogue, PAGES)} == made


def test_every_feed_of_the_output_is_one_of_the_table(catalogue: Catalogue, small_output: Path) -> None:
    names = {view.file.rpartition("/")[2] for view in feed_views(catalogue, FEEDS)}
    made = {path.relative_to(small_output).as_posix() for path in small_output.rglob("*") if path.name in names}
    assert {view.file for view in feed_views(catalogue, FEEDS)} == made


def test_the_sitemaps_list_every_page_that_may_be_indexed_and_no_other(catalogue: Catalogue) -> None:
    absolute = catalogue.addresses.absolute
    indexed = {absolute(view.url) for view in page_views(catalogue, PAGES) if view.indexed}
    listed = [location.url for view in sitemap_views(catalogue) for location in view.locations]
    assert len(listed) == len(set(listed))
    assert set(listed) == indexed


def test_every_kind_has_a_template_of_its_name_and_no_template_is_without_a_kind() -> None:
    templates = {path.stem for path in (ROOT / "theme/templates").glob("*.html")}
    assert templates == {kind.name for kind in PAGES} | {"base"}


def test_no_two_kinds_share_a_name_or_a_word() -> None:
    names, words = [kind.name for kind in PAGES], [kind.word for kind in PAGES if kind.word]
    assert len(names) == len(set(names))
    assert len(words) == len(set(words))


def test_the_words_of_addresses_that_code_asks_for_are_those_of_the_table() -> None:
    asked = {
        word
        for path in (ROOT / "plugins").rglob("*.py")
        for word in re.findall(r'\.(?:section|item)\([^"()]*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert asked <= set(PATH_WORDS)
