"""Any text in any field: pages and feeds stay well-formed, and say that text.

``SILLAGE_EXAMPLES=1000 pytest tests/test_any_text.py`` looks longer.
"""

import json
import re
import shutil
import unicodedata
from pathlib import Path

import icalendar
import lxml.etree
import pytest
from conftest import Build
from hypothesis import example, given
from hypothesis import strategies as st
from properties import examples
from published_pages import Page, read_pages
from site_builder import Site, files_of
from test_safety import skeleton, write_loaded_site

from newsroom.text.characters import FORBIDDEN
from newsroom.text.typography import typeset

#: What means something in one of the forms that a text goes through.
MARKS = (
    "< > & \" ' \\ / ]]> <!-- --> --!> <![CDATA[ &amp; &#0; &lt; %0A % {{ }} {% %} {# $ ` * _ [ ] ( ) | # ~ ^ : ; , ="
)
WORDS = "\\n \\u0000 2e 1er ... «a» <script> </title> </script> <b> onerror= javascript: %s FTTH ﬁ ſ İ 𝔘 א 👩‍👩‍👧"
UNSEEN = ("\u200f", "\u200b", "\u00ad", "\ufeff", "\u00a0", "\u202f", "e\u0301", " ?", " :", "No. 1")
PIECES = (*MARKS.split(" "), *WORDS.split(" "), *UNSEEN)
characters = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
texts = (
    st.lists(st.sampled_from(PIECES) | st.text(characters, max_size=4), min_size=1, max_size=12)
    .map("".join)
    .filter(lambda text: not FORBIDDEN.search(text) and len(text) <= 100)
)


class Bench:
    """A site with a text in every field, built again and again in the same place, and its pages as they are meant."""

    def __init__(self, folder: Path, build: Build) -> None:
        self._site = Site(folder / "site")
        self._build = build
        self.sage = read_pages(self.publish(" sage"))

    def publish(self, load: str) -> Path:
        """Build with ``load`` at the end of every field; return the output."""
        shutil.rmtree(self._site.content, ignore_errors=True)
        self._site.content.mkdir(parents=True)
        write_loaded_site(self._site.content, load)
        return self._build(self._site).output


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Bench:
    return Bench(tmp_path_factory.mktemp("any"), build)


#: What drawings are laid out with, by the width of the words in them.
LAID_OUT = {"text", "tspan", "line", "circle", "rect", "path"}


def elements(page: Page) -> list[tuple[str, ...]]:
    """Return the elements of a page but for those that words may add: an ordinal is raised, a label set on lines."""
    return [element for element in skeleton(page) if element != ("sup",) and element[0] not in LAID_OUT]


def plain(text: str) -> str:
    """Return ``text`` as readers see it: the white space of markup is one space."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip()


def assert_says(page: Page, language: str, typography: str, load: str) -> None:
    """Check that the page of the first article says ``load`` wherever it stands."""
    root = page.root
    title, summary, alt = (plain(typeset(f"{word}{load}", typography)) for word in ("Titre", "Résumé", "Image"))
    assert plain(root.find(".//h1").text_content()) == title
    (description,) = root.xpath("//meta[@name='description']/@content")
    assert plain(description) == summary
    assert alt in [plain(found) for found in root.xpath("//img/@alt")]
    data = [json.loads(node.text) for node in root.iter("script") if node.get("type") == "application/ld+json"]
    assert title in [plain(str(part.get("headline", ""))) for part in parts_of(data)]
    said = plain(root.text_content())
    assert plain(load) in said or plain(typeset(load, typography)) in said, language


def parts_of(data: object) -> list[dict[str, object]]:
    """Return every object of structured data."""
    if isinstance(data, list):
        return [part for item in data for part in parts_of(item)]
    if isinstance(data, dict):
        return [data, *(part for item in data.values() for part in parts_of(item))]
    return []


@pytest.mark.slow
@examples(40)
@given(texts)
@example("]]>&amp;<script>alert(1)</script><!--")
@example("\u200f\u200b\ufeff")
@example("\\,;:\\n\\N")
@example("e\u0301")
def test_any_text_in_every_field_is_said_and_changes_no_markup(bench: Bench, text: str) -> None:
    written = f" {text} fin"
    output = bench.publish(written)
    load = unicodedata.normalize("NFC", written)  # files are read so: accents with their letters
    pages = read_pages(output)
    assert pages.keys() == bench.sage.keys()
    for url, page in pages.items():
        assert elements(page) == elements(bench.sage[url]), url
    for language, typography in (("fr", "french"), ("en", "english")):
        assert_says(pages[f"/{language}/articles/premier/"], language, typography, load)
        title = typeset(f"Titre{load}", typography)
        feeds = files_of(output / language)
        rss = lxml.etree.fromstring(feeds["rss.xml"])
        assert plain(title) in [plain(found.text) for found in rss.iterfind(".//item/title")]
        atom = lxml.etree.fromstring(feeds["atom.xml"])
        assert plain(title) in [plain(found.text) for found in atom.iterfind(".//{*}entry/{*}title")]
        assert title in [item["title"] for item in json.loads(feeds["feed.json"])["items"]]
    for path, data in files_of(output).items():
        if path.endswith((".xml", ".opml", ".svg")):
            lxml.etree.fromstring(data)
        elif path.endswith((".json", ".webmanifest")):
            json.loads(data)
        elif path.endswith(".ics"):
            icalendar.Calendar.from_ical(data)
