"""A subscriber with a real feed reader, newsboat: everything arrives, and nothing arrives twice."""

import shutil
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import serving
from conftest import Build
from site_builder import LANGUAGES, Site, set_value

FEEDS = ("rss.xml", "atom.xml")

pytestmark = pytest.mark.programs


@dataclass
class Newsboat:
    """A newsboat of its own, subscribed to feeds of the site served at ``origin``."""

    folder: Path
    origin: str

    def run(self, *feeds: str) -> set[str]:
        """Fetch ``feeds`` (addresses on the site); return the titles that are new, and read them all."""
        program = shutil.which("newsboat")
        if program is None:
            pytest.fail("newsboat is missing: run make test, which installs it", pytrace=False)
        urls, settings, cache = (self.folder / name for name in ("urls", "config", "cache.db"))
        urls.write_text("".join(f"{self.origin}{feed}\n" for feed in feeds), encoding="utf-8")
        settings.write_text("reload-threads 1\n", encoding="utf-8")
        command = [program, "-u", urls, "-C", settings, "-c", cache, "-x", "reload"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        with sqlite3.connect(cache) as kept:
            new = {str(title) for (title,) in kept.execute("SELECT title FROM rss_item WHERE unread = 1")}
            kept.execute("UPDATE rss_item SET unread = 0")
        return new

    def content(self, title: str) -> str:
        """Return what newsboat kept of an item to be read."""
        with sqlite3.connect(self.folder / "cache.db") as kept:
            return str(kept.execute("SELECT content FROM rss_item WHERE title = ?", (title,)).fetchone()[0])


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_arrives_whole_and_in_its_language(
    site: Site, build: Build, tmp_path: Path, language: str, feed: str
) -> None:
    with serving(build(site).output) as served:
        reader = Newsboat(tmp_path, served.origin)
        found = reader.run(f"/{language}/{feed}")
        title = {"fr": "Quatre passagers à bord", "en": "Four passengers aboard"}[language]
        assert len(found) >= 5
        assert title in found
        assert "<p>" in reader.content(title)
        assert reader.run(f"/{language}/{feed}") == set()


@pytest.mark.parametrize("feed", FEEDS)
def test_nothing_old_is_new_again_when_slug_title_date_and_address_change(
    site: Site, build: Build, tmp_path: Path, feed: str
) -> None:
    output = build(site).output
    with serving(output) as served:
        reader = Newsboat(tmp_path, served.origin)
        assert reader.run(f"/en/{feed}")
        set_value(site.article("first-crew", "en"), "slug", "renamed")
        set_value(site.article("first-crew", "en"), "title", "Five passengers on board")
        set_value(site.article("cloud-ruling", "fr"), "date", "2021-07-01")
        build(site, SITEURL="https://elsewhere.example")
        assert reader.run(f"/en/{feed}") == set()


def test_rss_and_atom_name_an_item_alike(site: Site, build: Build, tmp_path: Path) -> None:
    """Who follows the site and a topic, in whatever format, reads an article once."""
    with serving(build(site).output) as served:
        reader = Newsboat(tmp_path, served.origin)
        assert reader.run("/en/rss.xml")
        assert reader.run("/en/rss.xml", "/en/atom.xml") == set()


def test_a_new_article_arrives_alone(site: Site, build: Build, tmp_path: Path) -> None:
    output = build(site).output
    with serving(output) as served:
        reader = Newsboat(tmp_path, served.origin)
        assert reader.run("/fr/rss.xml")
        folder = site.content / "articles" / "brand-new"
        shutil.copytree(site.article("cloud-ruling", "fr").parent, folder)
        for language in LANGUAGES:
            set_value(folder / f"index.{language}.md", "title", f"Tout neuf {language}")
            set_value(folder / f"index.{language}.md", "slug", "tout-neuf")
        build(site)
        assert reader.run("/fr/rss.xml") == {"Tout neuf fr"}
