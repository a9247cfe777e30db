"""What validators check, as rules of our own over every feed: errors by the specifications, warnings by W3C’s names.

The validator of the W3C (https://validator.w3.org/feed/) is not in the package index, so its rules that our formats
can break are written here: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1. A rule yields the name of what it found.
"""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import pytest
from conftest import SITES

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ONCE = {"id", "title", "updated"}
#: RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry may hold.
FEED = {"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle"}
ENTRY = {"author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary"}
CHANNEL = {"title", "link", "description", "language", "lastBuildDate", "item", f"{ATOM}link", "category", "copyright"}
ITEM = {"title", "link", "description", "pubDate", "guid", "category", CONTENT}
RISKS = ("script", "style", "iframe", "object", "embed", "form", "input", "meta", "link", "base")


def is_moment(text: str) -> bool:
    """Tell whether ``text`` is a moment as RFC 3339 writes it."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text):
        return False
    return bool(dt.datetime.fromisoformat(text))


def address(text: str | None) -> Iterator[str]:
    parts = urlsplit(text or "")
    if not (parts.scheme in ("http", "https") and parts.netloc) or not (text or "").isascii() or " " in (text or ""):
        yield f"InvalidFullLink {text}"


def html(text: str | None, place: str) -> Iterator[str]:
    """Yield what readers would throw away, or could not resolve."""
    if not (text or "").strip():
        yield f"NotBlank {place}"
        return
    for node in lxml.html.fragment_fromstring(text, create_parent="div").iter(lxml.etree.Element):
        if node.tag in RISKS:
            yield f"SecurityRisk {place}: {node.tag}"
        for name, value in node.attrib.items():
            if name.startswith("on") or name == "style":
                yield f"SecurityRiskAttr {place}: {name}"
            if name in ("href", "src") and not re.match(r"https?://|mailto:|tel:", value):
                yield f"ContainsRelRef {place}: {value}"


def words(text: str | None, place: str) -> Iterator[str]:
    """Yield what is wrong with a title: empty, or HTML where text is expected."""
    if not (text or "").strip():
        yield f"MissingTitle {place}"
    elif re.search(r"<[a-z]+[ >/]|&(amp|lt|gt|quot|nbsp);", text or ""):
        yield f"ContainsHTML {place}: {text}"


def twice(values: list[str | None], name: str) -> Iterator[str]:
    yield from (f"{name} {value}" for value, count in Counter(values).items() if count > 1)


def atom(path: Path, place: str) -> Iterator[str]:
    root = lxml.etree.parse(path).getroot()
    links = [(link.get("rel"), link.get("type"), link.get("href")) for link in root.findall(f"{ATOM}link")]
    yield from (f"MissingSelf {place}" for _ in [0] if [rel for rel, *_ in links].count("self") != 1)
    yield from (f"DuplicateAtomLink {place}" for _ in [0] if len(set(links)) != len(links))
    yield from (f"MissingAuthor {place}" for _ in [0] if not root.findtext(f"{ATOM}author/{ATOM}name"))
    entries = root.findall(f"{ATOM}entry")
    for node, known in ((root, FEED | {"entry"}), *((entry, ENTRY) for entry in entries)):
        names = [str(child.tag).removeprefix(ATOM) for child in node]
        yield from (f"UndefinedElement {place}: {name}" for name in names if name not in known | ONCE)
        yield from (f"MissingElement {place}: {name}" for name in ONCE if names.count(name) != 1)
        for name in ("updated", "published"):
            yield from (
                f"InvalidRFC3339Date {when.text}" for when in node.findall(f"{ATOM}{name}") if not is_moment(when.text)
            )
        for link in node.findall(f"{ATOM}link"):
            yield from address(link.get("href"))
        yield from words(node.findtext(f"{ATOM}title"), place)
    for entry in entries:
        yield from html(entry.findtext(f"{ATOM}content"), place)
        yield from (f"MissingAlternate {place}" for _ in [0] if not entry.xpath("*[@rel='alternate']"))
    yield from twice([entry.findtext(f"{ATOM}id") for entry in entries], "DuplicateEntries")
    yield from twice([entry.findtext(f"{ATOM}updated") for entry in entries], "DuplicateUpdated")


def rss(path: Path, place: str) -> Iterator[str]:
    root = lxml.etree.parse(path).getroot()
    (channel,) = root
    yield from (f"InvalidVersion {place}" for _ in [0] if (root.tag, root.get("version")) != ("rss", "2.0"))
    names = [str(child.tag) for child in channel]
    yield from (f"UndefinedElement {place}: {name}" for name in names if name not in CHANNEL)
    yield from (
        f"MissingElement {place}: {name}" for name in ("title", "link", "description") if names.count(name) != 1
    )
    rels = [link.get("rel") for link in channel.findall(f"{ATOM}link")]
    yield from (f"MissingAtomSelfLink {place}" for _ in [0] if rels.count("self") != 1)
    items = channel.findall("item")
    for item in items:
        names = [str(child.tag) for child in item]
        yield from (f"UndefinedElement {place}: {name}" for name in names if name not in ITEM)
        yield from (f"DuplicateElement {place}: {name}" for name in ITEM - {"category"} if names.count(name) != 1)
        yield from address(item.findtext("link"))
        yield from words(item.findtext("title"), place)
        yield from html(item.findtext(CONTENT), place)
        yield from html(item.findtext("description"), place)
        yield from (f"MissingGuid {place}" for _ in [0] if item.find("guid").get("isPermaLink") != "false")
    for date in (channel.findtext("lastBuildDate"), *(item.findtext("pubDate") for item in items)):
        told = parsedate_to_datetime(date)
        yield from (f"ProblematicalRFC822Date {date}" for _ in [0] if format_datetime(told) != date)
    yield from twice([item.findtext("guid") for item in items], "DuplicateEntries")


def json_feed(path: Path, place: str) -> Iterator[str]:
    feed: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if feed["version"] != "https://jsonfeed.org/version/1.1":
        yield f"InvalidVersion {place}"
    yield from words(feed["title"], place)
    for name in ("home_page_url", "feed_url"):
        yield from address(feed[name])
    for item in feed["items"]:
        yield from address(item["url"])
        yield from words(item["title"], place)
        yield from html(item["content_html"], place)
        moments = [item[name] for name in ("date_published", "date_modified")]
        yield from (f"InvalidRFC3339Date {moment}" for moment in moments if not is_moment(moment))
    yield from twice([item["id"] for item in feed["items"]], "DuplicateEntries")
    yield from twice([item["date_modified"] for item in feed["items"]], "DuplicateUpdated")


RULES = {"atom.xml": atom, "rss.xml": rss, "feed.json": json_feed}


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("name", RULES)
def test_no_feed_has_an_error_or_a_warning(request: pytest.FixtureRequest, site: str, name: str) -> None:
    output: Path = request.getfixturevalue(site)
    feeds = sorted(output.rglob(name))
    assert len(feeds) > 10
    found = [fault for path in feeds for fault in RULES[name](path, path.parent.relative_to(output).as_posix())]
    assert found == []
    assert max(path.stat().st_size for path in feeds) < 512_000


@pytest.fixture(scope="module")
def grammar() -> lxml.etree.RelaxNG:
    """Return the grammar of Atom that RFC 4287 gives: a judge that is not ours."""
    return lxml.etree.RelaxNG(lxml.etree.parse(Path(__file__).with_name("corpora") / "atom.rng"))


@pytest.mark.parametrize("site", SITES)
def test_every_atom_feed_is_one_by_the_grammar_of_its_specification(
    request: pytest.FixtureRequest, grammar: lxml.etree.RelaxNG, site: str
) -> None:
    for path in request.getfixturevalue(site).rglob("atom.xml"):
        assert grammar.validate(lxml.etree.parse(path)), f"{path}: {grammar.error_log.last_error}"


def test_the_grammar_refuses_a_feed_that_is_none(small_output: Path, grammar: lxml.etree.RelaxNG) -> None:
    feed = lxml.etree.parse(small_output / "en" / "atom.xml")
    entry = feed.getroot().find(f"{ATOM}entry")
    entry.remove(entry.find(f"{ATOM}id"))
    assert not grammar.validate(feed)


DAMAGES = {
    "DuplicateUpdated": ("atom.xml", r"<updated>[^<]+", "<updated>2026-11-20T00:00:00+01:00"),
    "DuplicateEntries": ("rss.xml", r"(<guid[^>]*>)[^<]+", r"\1tag:x"),
    "ContainsRelRef": ("feed.json", r'href=\\"https?://[^/]+', r'href=\\"'),
    "SecurityRisk ": ("atom.xml", r"&lt;p&gt;", "&lt;script&gt;"),
    "ContainsHTML": ("rss.xml", r"<title>", "<title>&lt;b&gt;"),
    "InvalidRFC3339Date": ("atom.xml", r"T(\d\d:\d\d):\d\d", r" \1"),
    "MissingSelf": ("atom.xml", r'rel="self"', 'rel="related"'),
    "ProblematicalRFC822Date": ("rss.xml", r"<pubDate>\w+", "<pubDate>Xyz"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_each_rule_finds_what_it_is_for(small_output: Path, tmp_path: Path, name: str) -> None:
    file, pattern, other = DAMAGES[name]
    text = (small_output / "en" / file).read_text(encoding="utf-8")
    (tmp_path / file).write_text(re.sub(pattern, other, text), encoding="utf-8")
    assert [fault for fault in RULES[file](tmp_path / file, "en") if fault.startswith(name)]
