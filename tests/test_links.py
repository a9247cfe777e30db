"""Nothing on the site leads nowhere, comes from elsewhere, or stands where a strict policy forbids it."""

import json
import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from conftest import SITES
from lxml.html import HtmlElement
from page_reading import file_of
from published_pages import ORIGIN, Page, inside, read_pages

#: Elements whose address is fetched when the page is shown, without a click.
FETCHED = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "use": ("href", "{http://www.w3.org/1999/xlink}href"),
    "image": ("href", "{http://www.w3.org/1999/xlink}href"),
    "link": ("href", "imagesrcset"),
}
#: Links that name something and fetch nothing.
NAMING = {"alternate", "canonical", "license", "author", "me", "next", "prev", "help", "search"}
_ADDRESS = re.compile(rf"{re.escape(ORIGIN)}[^\s\"'<>\\)\]}}]*")


@pytest.fixture(scope="module", params=SITES)
def output(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def pages(output: Path) -> dict[str, Page]:
    return read_pages(output)


def candidates(value: str) -> list[str]:
    """Return the addresses of a ``srcset``."""
    return [part.split()[0] for part in value.split(",") if part.strip()]


def addresses(node: HtmlElement) -> list[str]:
    """Return every address that an element holds."""
    found = [node.get(name) for name in ("href", "src", "action", "poster", "data", "cite", "formaction")]
    for name in ("srcset", "imagesrcset"):
        found += candidates(node.get(name) or "")
    if node.tag == "meta" and (node.get("property") or node.get("name") or "").endswith((":url", ":image")):
        found.append(node.get("content"))
    return [url for url in found if url is not None]


def test_no_link_of_a_page_is_dead(output: Path, pages: dict[str, Page]) -> None:
    dead = set()
    for page in pages.values():
        for node in page.root.iter():
            for url in addresses(node) if isinstance(node.tag, str) else ():
                target = inside(url, page.url)
                if target and not file_of(output, target[0]).is_file():
                    dead.add(f"{page.url}: {url}")
    assert sorted(dead) == []


def test_no_fragment_of_a_link_is_dead(pages: dict[str, Page]) -> None:
    dead = set()
    for page in pages.values():
        for link in page.links():
            target = inside(link.get("href"), page.url)
            if target and target[1] and target[0] in pages and target[1] not in pages[target[0]].ids:
                dead.add(f"{page.url}: {link.get('href')}")
    assert sorted(dead) == []


def test_no_address_in_a_feed_a_map_or_a_data_file_is_dead(output: Path, pages: dict[str, Page]) -> None:
    dead, seen = set(), 0
    for path in sorted(output.rglob("*")):
        if path.suffix not in (".xml", ".json", ".ics", ".opml", ".txt", ".html") or "theme" in path.parts:
            continue
        text = (
            re.sub(r"\r?\n[ \t]", "", path.read_text(encoding="utf-8"))
            if path.suffix == ".ics"
            else path.read_text("utf-8")
        )
        for found in set(_ADDRESS.findall(unescape(text))):
            whole = urlsplit(found.rstrip(".,;"))
            target, seen = unquote(whole.path) or "/", seen + 1
            page = pages.get(target)
            if not file_of(output, target).is_file() or (page and whole.fragment and whole.fragment not in page.ids):
                dead.add(f"{path.relative_to(output)}: {found}")
    assert seen
    assert sorted(dead) == []


def test_no_address_in_a_style_sheet_is_dead_or_elsewhere(output: Path) -> None:
    texts = {text for page in read_pages(output).values() for text in page.root.xpath("//style/text()")}
    assert texts
    for text in texts:
        assert "@import" not in text
        for url in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
            assert url.startswith("data:") or file_of(output, url).is_file(), url


def test_a_page_tells_no_third_party_that_it_is_read(pages: dict[str, Page]) -> None:
    elsewhere = set()
    for page in pages.values():
        for node in page.root.iter(*FETCHED):
            if node.tag == "link" and set((node.get("rel") or "").split()) <= NAMING:
                continue
            for name in FETCHED[node.tag]:
                value = node.get(name)
                for url in candidates(value) if value and name.endswith("srcset") else [value] if value else []:
                    if inside(url, page.url) is None:
                        elsewhere.add(f"{page.url}: <{node.tag}> {url}")
    assert sorted(elsewhere) == []


def test_no_code_stands_in_a_page_but_what_its_policy_names(pages: dict[str, Page]) -> None:
    """By its digest; data blocks are not scripts."""
    for page in pages.values():
        policy = "".join(page.root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content"))
        for node in page.root.iter():
            if not isinstance(node.tag, str):
                continue
            handlers = [name for name in node.attrib if name.lower().startswith("on") or name.lower() == "style"]
            assert not handlers, f"{page.url}: <{node.tag} {handlers[0]}>"
            assert not any(url.strip().lower().startswith(("javascript:", "data:text")) for url in addresses(node))
            if node.get("type") == "application/ld+json":
                json.loads(node.text)
            elif node.tag == "style" or (node.tag == "script" and not node.get("src")):
                assert f"{node.tag}-src" in policy
                assert f"'sha256-{b64encode(sha256(node.text.encode()).digest()).decode()}'" in policy, page.url


def test_an_id_stands_once_in_a_page(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert [found for found, count in Counter(page.ids).items() if count > 1] == [], page.url


def test_what_names_another_element_names_one_that_is_there(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "for", "list", "headers"):
            for value in page.root.xpath(f"//@{name}"):
                assert set(str(value).split()) <= set(page.ids), f"{page.url}: {name}={value}"


def test_a_page_has_one_title_and_skips_no_level_of_headings(pages: dict[str, Page]) -> None:
    for page in pages.values():
        levels = [int(node.tag[1]) for node in page.root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, f"{page.url}: {levels}"
        assert levels[0] == 1, f"{page.url}: {levels}"
        for one, two in pairwise(levels):
            assert two <= one + 1, f"{page.url}: {levels}"


def test_every_page_can_be_reached_from_the_root(pages: dict[str, Page]) -> None:
    reached, waiting = set(), ["/"]
    while waiting:
        url = waiting.pop()
        if url not in reached and url in pages:
            reached.add(url)
            waiting += [target[0] for link in pages[url].links() if (target := inside(link.get("href"), url))]
    alone = {
        url
        for url in pages
        if not url.endswith("404.html") and "non-traduit" not in url and "not-translated" not in url
    }
    assert sorted(alone - reached) == []
