"""OPML: every feed of a language in one file, which a real reader imports and follows."""

import shutil
import subprocess
from pathlib import Path

import lxml.etree
import pytest
from browser import serving
from conftest import Build
from content_reading import pelicanconf
from page_reading import read_main
from site_builder import LANGUAGES, Site

ORIGIN = "http://localhost:8000"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_names_every_feed_of_its_language_once_with_whole_addresses(small_output: Path, language: str) -> None:
    root = lxml.etree.parse(small_output / language / "feeds.opml").getroot()
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title")
    outlines = root.findall(".//outline[@xmlUrl]")
    urls = [outline.get("xmlUrl") for outline in outlines]
    written = {
        f"{ORIGIN}/{path.relative_to(small_output).as_posix()}" for path in (small_output / language).rglob("atom.xml")
    }
    assert len(urls) == len(set(urls))
    assert set(urls) == written
    for outline in outlines:
        feed = lxml.etree.parse(small_output / outline.get("xmlUrl").removeprefix(f"{ORIGIN}/")).getroot()
        assert outline.get("text") == outline.get("title") == feed.findtext("{http://www.w3.org/2005/Atom}title")
        assert outline.get("htmlUrl") == outline.get("xmlUrl").removesuffix("atom.xml")
        assert (outline.get("type"), outline.get("language")) == ("rss", language)


def test_titles_tell_every_feed_of_both_languages_apart(small_output: Path) -> None:
    titles = [
        outline.get("text")
        for language in LANGUAGES
        for outline in lxml.etree.parse(small_output / language / "feeds.opml").getroot().findall(".//outline[@xmlUrl]")
    ]
    assert len(titles) == len(set(titles))


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


@pytest.mark.programs
@pytest.mark.parametrize("language", LANGUAGES)
def test_newsboat_imports_the_file_and_follows_all_of_it(
    site: Site, build: Build, tmp_path: Path, language: str
) -> None:
    program = shutil.which("newsboat")
    if program is None:
        pytest.fail("newsboat is missing: run make test, which installs it", pytrace=False)
    output = build(site).output
    with serving(output) as served:
        build(site, SITEURL=served.origin)
        urls, cache = tmp_path / "urls", tmp_path / "cache.db"
        urls.touch()
        options = [program, "-u", urls, "-c", cache]
        subprocess.run([*options, "-i", output / language / "feeds.opml"], check=True, timeout=600, capture_output=True)
        imported = [line.split()[0] for line in urls.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert len(imported) == len(list((output / language).rglob("atom.xml")))
        done = subprocess.run([*options, "-x", "reload"], check=True, timeout=600, capture_output=True, text=True)
        assert done.stderr == ""
        listed = subprocess.run(
            [*options, "-x", "print-unread"], check=True, timeout=600, capture_output=True, text=True
        )
        assert int(listed.stdout.split()[0]) > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_recommends_one_address_and_says_how_to_begin(small_output: Path, language: str) -> None:
    place = {"fr": "abonnement", "en": "subscribe"}[language]
    main = read_main(small_output, f"/{language}/{place}/")
    address = f"{ORIGIN}/{language}/atom.xml"
    (link,) = main.xpath(".//a[@class='copied']")
    assert (link.get("href"), link.text_content()) == (address, address), "an address to copy, whole"
    first, second, *_ = (section.get("aria-labelledby") for section in main.iter("section"))
    assert (first, second) == ("one-feed", "beginning")
    assert len(main.xpath(".//section[@aria-labelledby='beginning']//li")) == 3
    assert main.xpath(".//section[@aria-labelledby='by-email']//a/@href")[0].startswith("mailto:")
    assert main.xpath(".//a[@download]/@href") == [f"/{language}/feeds.opml"]


def test_a_site_without_mail_offers_none(site: Site, build: Build) -> None:
    languages = {code: {**facts, "signup": ""} for code, facts in pelicanconf()["LANGUAGES"].items()}
    main = read_main(build(site, LANGUAGES=languages).output, "/en/subscribe/")
    assert not main.xpath(".//section[@aria-labelledby='by-email']")
