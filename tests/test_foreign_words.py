"""Words of another language than the page say so with ``lang``, so that a voice reads them as they sound."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from browser import address
from conftest import SITES
from content_reading import pelicanconf
from lxml import html
from page_reading import words
from site_builder import ROOT

LANGUAGES: dict[str, dict[str, Any]] = pelicanconf()["LANGUAGES"]


@dataclass(frozen=True)
class Page:
    """A built page."""

    path: str
    tree: html.HtmlElement

    @property
    def language(self) -> str:
        """The language of the page as a whole."""
        return str(self.tree.get("lang"))

    @property
    def heading(self) -> str:
        """The text of the first heading."""
        return letters(next((words(heading) for heading in self.tree.iter("h1")), ""))

    def all(self, name: str, part: str = "") -> list[html.HtmlElement]:
        """Return the elements of a name, or those of a class."""
        return self.tree.xpath(f'//{name}[contains(concat(" ", @class, " "), " {part} ")]' if part else f"//{name}")


def letters(text: str) -> str:
    """Return the letters and digits of a text: what no typography changes."""
    return "".join(re.findall(r"\w", text.casefold()))


def spoken_in(element: html.HtmlElement) -> str:
    """Return the language in which a voice reads an element."""
    return str(next(node.get("lang") for node in [element, *element.iterancestors()] if node.get("lang")))


@pytest.fixture(scope="module", params=SITES)
def output(request: pytest.FixtureRequest) -> Path:
    """Return a site that has texts in one language only, then that of this repository."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def pages(output: Path) -> dict[str, Page]:
    """Return every page by its path."""
    files = {address(output, file): file for file in sorted(output.rglob("*.html"))}
    return {path: Page(path, html.fromstring(file.read_bytes())) for path, file in files.items()}


def links_to_other_languages(pages: dict[str, Page]) -> Iterator[tuple[Page, html.HtmlElement, Page]]:
    """Yield the links from a page to a page in another language."""
    for page in pages.values():
        for link in page.all("a"):
            target = pages.get(link.get("href", "").partition("#")[0])
            if target and target.language != page.language:
                yield page, link, target


def test_a_title_in_another_language_says_so(pages: dict[str, Page]) -> None:
    titles = [
        (page.path, words(link), spoken_in(link), target.language)
        for page, link, target in links_to_other_languages(pages)
        if letters(words(link)) in (target.heading, letters(LANGUAGES[target.language]["name"]))
    ]
    assert len(titles) >= len(pages) - 3, "the switch between the languages is on every page"
    assert [title for title in titles if title[2] != title[3]] == []


def test_links_to_another_language_say_it_or_are_said_in_it(pages: dict[str, Page]) -> None:
    """A reader must not be led into another language unawares."""
    silent = [
        (page.path, html.tostring(link, encoding="unicode", with_tail=False))
        for page, link, target in links_to_other_languages(pages)
        if target.language not in (link.get("hreflang"), spoken_in(link))
    ]
    assert silent == []


def test_words_of_the_page_inside_a_foreign_card_are_its_own_again(pages: dict[str, Page]) -> None:
    """The name of a language, a status and a date are words of the page wherever they stand."""
    found = [
        (page.path, words(element), spoken_in(element), page.language)
        for page in pages.values()
        for element in [*page.all("*", "language"), *page.all("*", "status"), *page.all("time")]
    ]
    assert found
    assert [word for word in found if word[2] != word[3]] == []


def test_the_title_of_a_foreign_source_says_its_language(output: Path, pages: dict[str, Page]) -> None:
    found = []
    for path, source in foreign_sources(output):
        shown = [element for element in pages[path].all("i") if letters(element.text or "") == letters(source["title"])]
        assert shown, f"{path} does not show “{source['title']}”"
        found += [(path, source["title"]) for title in shown if spoken_in(title) != source["language"]]
    assert found == []


def foreign_sources(output: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the path of an article and each of its sources in another language that has a title."""
    for language in LANGUAGES:
        items = json.loads((output / "api" / "v1" / language / "items.json").read_text(encoding="utf-8"))["items"]
        for item in items:
            for source in item.get("sources", ()):
                if source.get("title") and source["language"] != language:
                    yield urlsplit(item["url"]).path, source


@pytest.mark.slow
def test_a_term_in_another_language_says_so(real_output: Path) -> None:
    terms = yaml.safe_load((ROOT / "content" / "glossary.yaml").read_text(encoding="utf-8"))
    looked_at = 0
    for language, facts in LANGUAGES.items():
        file = real_output / language / facts["paths"]["glossary"] / "index.html"
        page = Page(str(file), html.fromstring(file.read_bytes()))
        for key, texts in terms.items():
            for other in texts.keys() - {language}:
                term, own = letters(texts[other]["term"]), letters(texts[language]["term"])
                for element in page.tree.get_element_by_id(key).iter():
                    if term != own and letters(element.text or "") == term:
                        looked_at += 1
                        assert spoken_in(element) == other, f"{file}: {texts[other]['term']}"
    assert looked_at
