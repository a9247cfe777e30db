"""Subscribers with real feed readers, newsboat and rss2email: everything arrives, and nothing arrives twice."""

import mailbox
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from browser import serving
from conftest import Build
from content_reading import settings_for
from site_builder import LANGUAGES, Site, set_value

from desk.rename import rename

FEEDS = ("rss.xml", "atom.xml")

pytestmark = pytest.mark.programs


@dataclass
class Newsboat:
    """A newsboat of its own, subscribed to feeds of the site served at ``origin``."""

    folder: Path
    origin: str
    settings: str = ""

    def run(self, *feeds: str) -> set[str]:
        """Fetch ``feeds`` (addresses on the site); return the titles that are new, and read them all."""
        program = shutil.which("newsboat")
        if program is None:
            pytest.fail("newsboat is missing: run make test, which installs it", pytrace=False)
        urls, settings, cache = (self.folder / name for name in ("urls", "config", "cache.db"))
        urls.write_text("".join(f"{self.origin}{feed}\n" for feed in feeds), encoding="utf-8")
        settings.write_text(f"reload-threads 1\n{self.settings}", encoding="utf-8")
        command = [program, "-u", urls, "-C", settings, "-c", cache, "-x", "reload"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        with sqlite3.connect(cache) as kept:
            new = {str(title) for (title,) in kept.execute("SELECT title FROM rss_item WHERE unread = 1")}
            kept.execute("UPDATE rss_item SET unread = 0")
        return new

    def content(self, title: str) -> str:
        """Return what newsboat kept of an item to be read."""
        with sqlite3.connect(self.folder / "cache.db") as kept:
            return str(kept.execute("SELECT content FROM rss_item WHERE title = ?", (title,)).fetchone()[0])


@dataclass
class Rss2email:
    """An rss2email of its own, which sends what is new of the feeds of the site at ``origin`` into a mailbox."""

    folder: Path
    origin: str
    settings: str = ""
    known: set[str] = field(default_factory=set)

    def run(self, *feeds: str) -> set[str]:
        """Fetch ``feeds`` (addresses on the site); return the titles that were sent, and read them all."""
        self.folder.mkdir(exist_ok=True)
        mails = mailbox.Maildir(self.folder / "mail" / "in") if (self.folder / "mail").exists() else self._begin()
        for feed in set(feeds) - self.known:
            self._do("add", f"feed{len(self.known)}", f"{self.origin}{feed}")
            self.known.add(feed)
        self._do("run")
        titles = {str(make_header(decode_header(" ".join(str(mail["Subject"]).split())))) for mail in mails}
        mails.clear()
        return titles

    def _begin(self) -> mailbox.Maildir:
        lines = ("from = a@example.org", "to = b@example.org", "html-mail = True", "email-protocol = maildir")
        place = (f"maildir-path = {self.folder / 'mail'}", "maildir-mailbox = in", self.settings)
        (self.folder / "config").write_text("\n".join(["[DEFAULT]", *lines, *place]), encoding="utf-8")
        mailbox.Maildir(self.folder / "mail")
        return mailbox.Maildir(self.folder / "mail" / "in")

    def _do(self, *command: str) -> None:
        program = shutil.which("r2e")
        if program is None:
            pytest.fail("rss2email is missing: run make test, which installs it", pytrace=False)
        options = [program, "-c", self.folder / "config", "-d", self.folder / "data.json"]
        done = subprocess.run([*options, *command], capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, done.stderr
        assert "rror" not in done.stderr, done.stderr


def add_words(site: Site) -> None:
    path = site.article("first-crew", "en")
    path.write_text(path.read_text(encoding="utf-8") + "\nA paragraph more.\n", encoding="utf-8")


def add_note(site: Site, *, significant: bool) -> None:
    note = {"date": "2026-11-20", "significant": significant, "fr": "Du neuf.", "en": "Some news."}
    set_value(site.article("cloud-ruling", "fr"), "updates", [note])


def rename_thing(site: Site, key: str) -> None:
    rename(settings_for(site.root), key, "another-name")


#: What editors and hosts change; settings stay as the last change left them.
EDITS: dict[str, Callable[[Site], None] | dict[str, object]] = {
    "words": add_words,
    "title": lambda site: set_value(site.article("first-crew", "en"), "title", "Five passengers on board"),
    "summary": lambda site: set_value(site.article("first-crew", "en"), "summary", "Another summary."),
    "slug": lambda site: set_value(site.article("first-crew", "en"), "slug", "renamed"),
    "slug of a topic": lambda site: set_value(site.text("topics", "space", "en"), "slug", "moved"),
    "date": lambda site: set_value(site.article("cloud-ruling", "fr"), "date", "2021-07-01"),
    "status": lambda site: set_value(site.article("cloud-ruling", "fr"), "status", ["denied"]),
    "a note that is not significant": lambda site: add_note(site, significant=False),
    "time zone": {"TIMEZONE": "America/New_York"},
    "host": {"SITEURL": "https://elsewhere.example"},
    "scheme": {"SITEURL": "http://elsewhere.example"},
    "path": {"SITEURL": "https://elsewhere.example/review"},
    "name": {"SITENAME": "Remous"},
    "key": lambda site: rename_thing(site, "first-crew"),
    "key of a topic": lambda site: rename_thing(site, "topics/space"),
}


def test_after_every_kind_of_edit_neither_reader_sees_an_old_item_as_new(
    site: Site, build: Build, tmp_path: Path
) -> None:
    settings: dict[str, object] = {}
    output = build(site).output
    with serving(output) as served:
        readers = [Newsboat(tmp_path, served.origin), Rss2email(tmp_path / "r2e", served.origin)]
        feeds = ("/en/rss.xml", "/en/atom.xml")
        for reader in readers:
            assert len(reader.run(*feeds)) >= 5
        for name, edit in EDITS.items():
            if callable(edit):
                edit(site)
            else:
                settings.update(edit)
            build(site, **settings)
            assert [reader.run(*feeds) for reader in readers] == [set(), set()], name


def test_a_significant_update_comes_back_where_the_reader_is_told_to_follow_changes(
    site: Site, build: Build, tmp_path: Path
) -> None:
    """By default newsboat and rss2email know an item by its id alone; each has a setting that brings it back."""
    output = build(site).output
    with serving(output) as served:
        feed = "/en/atom.xml"
        again = f'reset-unread-on-update "{served.origin}{feed}"\n'
        readers = {
            "newsboat": Newsboat(tmp_path, served.origin),
            "newsboat, told so": Newsboat(tmp_path / "told", served.origin, again),
            "rss2email": Rss2email(tmp_path / "r2e", served.origin),
            "rss2email, told so": Rss2email(tmp_path / "r2e-told", served.origin, "reply-changes = True"),
        }
        (tmp_path / "told").mkdir()
        for reader in readers.values():
            assert reader.run(feed)
        add_note(site, significant=True)
        build(site)
        title = "The award is contested"
        assert {name: reader.run(feed) for name, reader in readers.items()} == {
            "newsboat": set(),
            "newsboat, told so": {title},
            "rss2email": set(),
            "rss2email, told so": {title},
        }


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
