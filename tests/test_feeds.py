"""Feeds that readers can trust: valid, whole, in one language, with ids that never move."""

import datetime as dt
import json
import re
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import lxml.etree
import lxml.html
import pytest
from conftest import SITES, Build
from content_reading import pelicanconf
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from page_reading import moment_of
from properties import examples, quick
from site_builder import NOW, Site, change, set_value, write_entry

from newsroom.text.typography import typeset
from newsroom.writers.feeds import Feed, FeedEntry, write_feed, written_in_all

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
ORIGIN = "http://localhost:8000"
LANGUAGE_SETTINGS = pelicanconf()["LANGUAGES"]


class Entry(Struct, frozen=True):
    """What a feed reader knows of an item, in any format; RSS has one date."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    published: dt.datetime
    updated: dt.datetime | None
    tags: tuple[str, ...]


class Channel(Struct, frozen=True):
    """What a feed reader knows of a feed, in any format."""

    title: str
    url: str
    self_url: str
    description: str
    language: str
    entries: tuple[Entry, ...]


def read_rss(path: Path) -> Channel:
    channel = lxml.etree.parse(path).getroot().find("channel")
    return Channel(
        title=channel.findtext("title"),
        url=channel.findtext("link"),
        self_url=next(link.get("href") for link in channel.iter(f"{ATOM}link") if link.get("rel") == "self"),
        description=lxml.html.fromstring(f"<p>{channel.findtext('description')}</p>").text_content(),
        language=channel.findtext("language"),
        entries=tuple(
            Entry(
                id=item.findtext("guid"),
                url=item.findtext("link"),
                title=item.findtext("title"),
                summary=lxml.html.fromstring(f"<p>{item.findtext('description')}</p>").text_content(),
                content=item.findtext(CONTENT),
                published=parsedate_to_datetime(item.findtext("pubDate")),
                updated=None,
                tags=tuple(tag.text for tag in item.iter("category")),
            )
            for item in channel.iter("item")
        ),
    )


def read_atom(path: Path) -> Channel:
    feed = lxml.etree.parse(path).getroot()
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    return Channel(
        title=feed.findtext(f"{ATOM}title"),
        url=links["alternate"],
        self_url=links["self"],
        description=feed.findtext(f"{ATOM}subtitle"),
        language=feed.get(LANG),
        entries=tuple(
            Entry(
                id=item.findtext(f"{ATOM}id"),
                url=next(link.get("href") for link in item.iter(f"{ATOM}link") if link.get("rel") == "alternate"),
                title=item.findtext(f"{ATOM}title"),
                summary=lxml.html.fromstring(f"<p>{item.findtext(f'{ATOM}summary')}</p>").text_content(),
                content=item.findtext(f"{ATOM}content"),
                published=dt.datetime.fromisoformat(item.findtext(f"{ATOM}published")),
                updated=dt.datetime.fromisoformat(item.findtext(f"{ATOM}updated")),
                tags=tuple(tag.get("term") for tag in item.iter(f"{ATOM}category")),
            )
            for item in feed.iter(f"{ATOM}entry")
        ),
    )


def read_json(path: Path) -> Channel:
    feed = json.loads(path.read_text(encoding="utf-8"))
    return Channel(
        title=feed["title"],
        url=feed["home_page_url"],
        self_url=feed["feed_url"],
        description=feed["description"],
        language=feed["language"],
        entries=tuple(
            Entry(
                id=item["id"],
                url=item["url"],
                title=item["title"],
                summary=item["summary"],
                content=item["content_html"],
                published=dt.datetime.fromisoformat(item["date_published"]),
                updated=dt.datetime.fromisoformat(item["date_modified"]),
                tags=tuple(item["tags"]),
            )
            for item in feed["items"]
        ),
    )


READERS = {"rss": read_rss, "atom": read_atom, "json": read_json}


def read_all(folder: Path) -> dict[str, Channel]:
    """Return the three feeds that stand in ``folder``."""
    return {form: READERS[form](folder / name) for form, name in FILES.items()}


def entry(output: Path, folder: str, title: str) -> Entry:
    """Return the item called ``title`` of the Atom feed in ``folder``."""
    (found,) = (item for item in read_atom(output / folder / "atom.xml").entries if item.title == title)
    return found


@pytest.fixture(scope="module", params=SITES)
def output(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


def folders(output: Path) -> list[Path]:
    """Return the folders that hold feeds, each in every format."""
    found = sorted({path.parent for name in FILES.values() for path in output.rglob(name)})
    assert found
    for folder in found:
        for name in FILES.values():
            assert (folder / name).is_file(), f"{folder.name} has no {name}"
    return found


def same_moment(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)


# --- every feed of the site ------------------------------------------------------------------


def test_every_feed_is_read_without_a_complaint(output: Path) -> None:
    for folder in folders(output):
        for form, version in (("rss", "rss20"), ("atom", "atom10")):
            read = feedparser.parse((folder / FILES[form]).read_bytes(), sanitize_html=False)
            assert not read.bozo, f"{folder}/{FILES[form]}: {read.get('bozo_exception')}"
            assert read.version == version


def test_the_three_formats_of_a_feed_say_the_same(output: Path) -> None:
    for folder in folders(output):
        rss, atom, made = read_all(folder).values()
        for other in (atom, made):
            assert (other.title, other.url, other.language, other.description) == (
                *(rss.title, rss.url, rss.language, rss.description),
            )
            assert len(other.entries) == len(rss.entries)
            for one, two in zip(rss.entries, other.entries, strict=True):
                assert (one.id, one.url, one.title, one.summary, one.content, one.tags) == (
                    *(two.id, two.url, two.title, two.summary, two.content, two.tags),
                )
                assert same_moment(one.published) == same_moment(two.published)
        assert [item.updated for item in atom.entries] == [item.updated for item in made.entries]


def test_every_feed_says_where_it_is_and_what_it_follows(output: Path) -> None:
    for folder in folders(output):
        place = folder.relative_to(output).as_posix()
        for form, channel in read_all(folder).items():
            assert channel.self_url == f"{ORIGIN}/{place}/{FILES[form]}"
            assert channel.url == f"{ORIGIN}/{place}/"
            assert (folder / "index.html").is_file(), f"{place} is followed and has no page"
            assert channel.language == place.split("/")[0]
            assert channel.title.startswith("Sillage")
            assert channel.description


def test_a_feed_holds_one_language(output: Path) -> None:
    for folder in folders(output):
        for channel in read_all(folder).values():
            for item in channel.entries:
                assert item.id.endswith(f"/{channel.language}"), f"{item.id} in a feed in {channel.language}"
                assert item.url.startswith(f"{ORIGIN}/{channel.language}/"), item.url


def test_feeds_of_articles_lead_to_pages_that_are_there(output: Path) -> None:
    for folder in folders(output):
        for item in read_atom(folder / "atom.xml").entries:
            path, _, fragment = item.url.removeprefix(f"{ORIGIN}/").partition("#")
            page = output / path / "index.html"
            assert page.is_file(), item.url
            assert not fragment or f'id="{fragment}"' in page.read_text(encoding="utf-8"), item.url


def test_an_id_stands_once_in_a_feed_and_is_a_tag_uri(output: Path) -> None:
    for folder in folders(output):
        for channel in read_all(folder).values():
            ids = [item.id for item in channel.entries]
            assert len(ids) == len(set(ids))
            assert all(re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:[a-z0-9/.-]+", found) for found in ids), ids


def test_every_address_in_the_content_of_an_item_is_absolute(output: Path) -> None:
    for folder in folders(output):
        for item in read_atom(folder / "atom.xml").entries:
            check_addresses(item.content, item.id)


def check_addresses(content: str, place: str) -> None:
    """Check that content that is read outside the site leads back to it."""
    for node in lxml.html.fragment_fromstring(content, create_parent="div").iter():
        found = [node.get(name) for name in ("href", "src", "cite", "poster", "data")]
        found += [part.split()[0] for part in (node.get("srcset") or "").split(",") if part.strip()]
        for url in filter(None, found):
            assert re.match(r"https?://[^/]+/|mailto:|tel:", url), f"{place}: {url}"


def test_the_newest_change_comes_first(output: Path) -> None:
    for folder in folders(output):
        days = [item.updated.date() for item in read_atom(folder / "atom.xml").entries if item.updated]
        assert days == sorted(days, reverse=True), folder


def test_no_two_items_of_a_feed_changed_at_one_moment(output: Path) -> None:
    """Where they did, readers that sort by it have no order, and validators warn."""
    for folder in folders(output):
        for form in ("atom", "json"):
            moments = [item.updated for item in READERS[form](folder / FILES[form]).entries]
            assert len(set(moments)) == len(moments), folder


# --- field by field --------------------------------------------------------------------------

TICKETS = Entry(
    id="tag:sillage.example,2026:articles/ticket-rumour/en",
    url=f"{ORIGIN}/en/articles/tickets-rumour/",
    title="Zéphyr said to sell tickets",
    summary="A rumoured price for a suborbital flight.",
    content="",
    published=dt.datetime.fromisoformat(moment_of("2018-07-12", "articles/ticket-rumour")),
    updated=dt.datetime.fromisoformat(moment_of("2020-03-02", "articles/ticket-rumour")),
    tags=("Orbital tourism",),
)


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("folder", ["en", "en/topics/orbital-tourism"])
def test_an_item_says_all_that_is_known_of_an_article(small_output: Path, form: str, folder: str) -> None:
    channel = READERS[form](small_output / folder / FILES[form])
    (item,) = (item for item in channel.entries if item.id == TICKETS.id)
    for name in ("url", "title", "summary", "tags", "published"):
        assert getattr(item, name) == getattr(TICKETS, name), name
    assert item.updated in (TICKETS.updated, None)
    read = lxml.html.fragment_fromstring(item.content, create_parent="div")
    text = " ".join(read.text_content().split())
    for words in ("A suborbital flight, they say.", "The price", "The flight is late.", "La Gazette"):
        assert words in text
    assert f"{ORIGIN}/media/articles/ticket-rumour/seat" in item.content
    assert read.xpath("//h2/text()")[0] == "The price"


def test_an_rss_feed_has_what_rss_asks_for(small_output: Path) -> None:
    root = lxml.etree.parse(small_output / "fr" / "rss.xml").getroot()
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    assert channel.findtext("language") == "fr"
    (link,) = (link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert link.get("href") == f"{ORIGIN}/fr/rss.xml"
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")).date() == dt.date(2026, 1, 27)
    for item in channel.iter("item"):
        assert item.find("guid").get("isPermaLink") == "false"
        assert item.findtext(CONTENT)
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo


def test_an_atom_feed_has_what_atom_asks_for(small_output: Path) -> None:
    root = lxml.etree.parse(small_output / "fr" / "atom.xml").getroot()
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id") == "tag:sillage.example,2026:feeds/site/fr"
    assert root.findtext(f"{ATOM}updated").startswith("2026-01-27T")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Sillage"
    assert root.get(LANG) == "fr"
    for item in root.iter(f"{ATOM}entry"):
        assert item.get(LANG, "fr") == "fr"
        assert item.find(f"{ATOM}content").get("type") == "html"
        for name in ("id", "title", "updated", "published", "summary"):
            assert len(item.findall(f"{ATOM}{name}")) == 1, name


def test_a_json_feed_has_what_json_feed_asks_for(small_output: Path) -> None:
    feed: dict[str, Any] = json.loads((small_output / "fr" / "feed.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "fr"
    assert feed["authors"] == [{"name": "Sillage", "url": f"{ORIGIN}/fr/"}]
    for item in feed["items"]:
        assert item["language"] == "fr"
        assert {name: type(value) for name, value in item.items() if name in JSON_TYPES} == JSON_TYPES
    pictured = {item["id"]: item["image"] for item in feed["items"] if "image" in item}
    assert pictured == {TICKETS.id.replace("/en", "/fr"): f"{ORIGIN}/media/articles/ticket-rumour/capsule.png"}


JSON_TYPES = {
    "id": str,
    "url": str,
    "title": str,
    "summary": str,
    "content_html": str,
    "date_published": str,
    "date_modified": str,
    "tags": list,
}


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


def test_what_is_not_public_is_in_no_feed_until_its_moment(site: Site, build: Build) -> None:
    output = build(site).output
    for folder in folders(output):
        for channel in read_all(folder).values():
            assert not [item.id for item in channel.entries if "embargoed" in item.id or "unfinished" in item.id]
    site.now = NOW + 2 * 86_400
    output = build(site).output
    assert entry(output, "en", "Under embargo").id == "tag:sillage.example,2026:articles/embargoed/en"
    assert not [item for item in read_atom(output / "en" / "atom.xml").entries if "unfinished" in item.id]


def test_a_full_feed_holds_what_changed_last(site: Site, build: Build) -> None:
    note = {"date": "2026-10-01", "significant": True, "fr": "Un arrêt.", "en": "A ruling."}
    set_value(site.article("cloud-ruling", "fr"), "updates", [note])
    output = build(site, FEED_MAX_ITEMS=2).output
    for channel in read_all(output / "en").values():
        assert [item.title for item in channel.entries] == ["The award is contested", "The vault opens"]


def test_a_topic_without_articles_has_feeds_that_wait(site: Site, build: Build) -> None:
    texts = {"fr": ({"name": "Vide"}, "Rien encore."), "en": ({"name": "Empty"}, "Nothing yet.")}
    write_entry(site.content, "topics", "empty", {"order": 9}, texts)
    output = build(site).output
    first = {form: (output / "en" / "topics" / "empty" / name).read_bytes() for form, name in FILES.items()}
    for form, channel in read_all(output / "en" / "topics" / "empty").items():
        assert channel.entries == ()
        assert channel.title == "Sillage – Empty (English)"
        assert channel.description
        if form != "json":
            assert not feedparser.parse(first[form]).bozo
    site.now += 400 * 86_400
    build(site)
    for form, name in FILES.items():
        assert (output / "en" / "topics" / "empty" / name).read_bytes() == first[form], "an empty feed has no clock"


def test_addresses_in_feeds_follow_the_address_of_the_site(site: Site, build: Build) -> None:
    output = build(site, SITEURL="https://host.example/sub/folder").output
    base = "https://host.example/sub/folder/"
    for folder in folders(output):
        for channel in read_all(folder).values():
            assert channel.self_url.startswith(base)
            for item in channel.entries:
                assert item.url.startswith(base)
                check_addresses(item.content, item.id)
                assert "localhost" not in item.content
                own = re.findall(r'https://host\.example/[^"\s]*', item.content)
                assert all(url.startswith(base) for url in own), own
    seats = entry(output, "en", TICKETS.title).content
    assert f"{base}media/articles/ticket-rumour/seat" in seats


def test_a_feed_names_its_hub_where_there_is_one(site: Site, build: Build) -> None:
    """WebSub, section 4: in every format, beside the address of the feed itself."""
    folder = build(site, FEED_HUB="https://hub.example/push").output / "en"
    for form in ("rss", "atom"):
        links = lxml.etree.parse(folder / FILES[form]).getroot().iter(f"{ATOM}link")
        assert [link.get("href") for link in links if link.get("rel") == "hub"] == ["https://hub.example/push"], form
    said = json.loads((folder / "feed.json").read_text(encoding="utf-8"))
    assert said["hubs"] == [{"type": "WebSub", "url": "https://hub.example/push"}]
    plain = build(site).output / "en"
    assert not [name for name in FILES.values() if b"hub" in (plain / name).read_bytes()]


@pytest.mark.parametrize("form", FILES)
def test_a_feed_stays_short_whatever_the_archive_and_keeps_its_newest_items(form: str, tmp_path: Path) -> None:
    moment = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    long = f"<p>{'é' * 60_000}</p>"
    items = (
        FeedEntry(f"tag:a,2026:{place}", "https://a.example/", f"T{place}", "s", long, moment, moment)
        for place in range(20)
    )
    written = tuple(written_in_all(item, "fr") for item in items)
    feed = Feed("tag:a,2026:f", "T", "d", "fr", "https://a.example/", "https://a.example/f", "A", moment, written)
    data = write_feed(feed, form)
    assert len(data) <= 512_000
    (tmp_path / "feed").write_bytes(data)
    kept = [entry.title for entry in READERS[form](tmp_path / "feed").entries]
    assert kept == [f"T{place}" for place in range(len(kept))]
    assert len(kept) >= 3
    assert len(READERS[form](_written(tmp_path, write_feed(feed, form, 10))).entries) == 1, "the newest, however long"


def _written(folder: Path, data: bytes) -> Path:
    (folder / "feed").write_bytes(data)
    return folder / "feed"


# --- identity --------------------------------------------------------------------------------


def ids(output: Path) -> set[str]:
    """Return the ids of every item of the site's feeds, and of the feeds."""
    found = set()
    for code in ("fr", "en"):
        root = lxml.etree.parse(output / code / "atom.xml").getroot()
        found |= {node.text for node in root.iter(f"{ATOM}id")}
        found |= {item.id for channel in read_all(output / code).values() for item in channel.entries}
    return found


def move_slug(site: Site) -> dict[str, object]:
    set_value(site.article("ticket-rumour", "en"), "slug", "elsewhere")
    return {}


def move_title(site: Site) -> dict[str, object]:
    set_value(site.article("ticket-rumour", "en"), "title", "Another headline")
    return {}


def move_date(site: Site) -> dict[str, object]:
    set_value(site.article("ticket-rumour", "fr"), "date", "2019-01-01")
    return {}


def move_site(_: Site) -> dict[str, object]:
    return {"SITEURL": "https://other.example/base"}


def move_addresses(_: Site) -> dict[str, object]:
    english = LANGUAGE_SETTINGS["en"]
    moved = {**english, "paths": {**english["paths"], "articles": "pieces"}}
    return {"LANGUAGES": {**LANGUAGE_SETTINGS, "en": moved}}


def move_names(_: Site) -> dict[str, object]:
    return {"SITENAME": "Remous", "DEFAULT_LANG": "fr", "TIMEZONE": "America/New_York"}


@pytest.mark.parametrize("move", quick(3, [move_slug, move_title, move_date, move_site, move_addresses, move_names]))
def test_nothing_an_editor_or_a_host_changes_moves_an_id(
    small_output: Path, site: Site, build: Build, move: Any
) -> None:
    before = ids(small_output)
    assert TICKETS.id in before
    overrides = move(site)
    assert ids(build(site, **overrides).output) == before


def test_only_a_significant_update_makes_an_item_new(site: Site, build: Build) -> None:
    path = site.article("cloud-ruling", "fr")
    fresh = entry(build(site).output, "en", "The award is contested")
    assert fresh.updated == fresh.published
    change(site.article("cloud-ruling", "en"), "The judge will read.", "The judge has read.")
    note = {"date": "2020-02-03", "significant": False, "fr": "Coquille.", "en": "A typo."}
    set_value(path, "updates", [note])
    touched = entry(build(site).output, "en", "The award is contested")
    assert (touched.updated, touched.published) == (fresh.updated, fresh.published)
    assert "A typo." in touched.content
    assert "The judge has read." in touched.content
    set_value(path, "updates", [note, {**note, "date": "2026-11-02", "significant": True, "en": "A ruling."}])
    output = build(site).output
    settled = entry(output, "en", "The award is contested")
    assert settled.published == fresh.published
    assert settled.updated == dt.datetime.fromisoformat(moment_of("2026-11-02", "articles/cloud-ruling"))
    assert read_atom(output / "en" / "atom.xml").entries[0] == settled, "it comes back to its readers"


# --- hostile words ---------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "]]> & <!-- --> <![CDATA[ x",
    "A & B < C > D &amp; &lt;b&gt; &#0; &nope;",
    "“quoted” \"straight\" 'single'",
    "{{ 7 * 7 }} {% raw %} ${x} %(name)s",
    "עברית \u2067txt.exe\u2069 漢字 🛰️ Zalgo̴",
    "\\u0000 \\ud800 %00 \\x1b[31m",
)


def test_hostile_words_reach_feed_readers_as_they_were_written(site: Site, build: Build) -> None:
    for number, words in enumerate(HOSTILE):
        name = f"hostile-{number}"
        text = {"title": words, "summary": words, "slug": name}
        topic = {"name": words, "summary": words, "slug": name}
        write_entry(site.content, "topics", name, {}, {"fr": (topic, ""), "en": (topic, "")})
        facts = {"date": "2026-06-01", "topics": [name], "status": "rumour"}
        write_entry(site.content, "articles", name, facts, {"fr": (text, "Ici."), "en": (text, "Here.")})
    output = build(site).output
    for number, words in enumerate(HOSTILE):
        said = typeset(words, LANGUAGE_SETTINGS["en"]["typography"])
        folder = output / "en" / "topics" / f"hostile-{number}"
        for form, channel in read_all(folder).items():
            assert (channel.title, channel.description) == (f"Sillage – {said} (English)", said), form
            (item,) = channel.entries
            assert (item.title, item.summary, item.tags) == (said, said, (said,)), form
            if form != "json":
                assert not feedparser.parse((folder / FILES[form]).read_bytes()).bozo, form


#: What the front matter lets through: no control characters, no lone surrogates, no noncharacters.
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn")).filter(lambda letter: letter not in "\ufffe\uffff"),
    max_size=60,
)


@examples(60)
@given(title=TEXT, summary=TEXT, content=TEXT, tag=TEXT)
def test_any_words_come_back_from_every_format(
    tmp_path_factory: pytest.TempPathFactory, title: str, summary: str, content: str, tag: str
) -> None:
    moment = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    item = FeedEntry("tag:a.example,2026:x", "https://a.example/x/", title, summary, content, moment, moment, (tag,))
    feed = Feed(
        "tag:a.example,2026:f",
        title,
        summary,
        "fr",
        "https://a.example/",
        "https://a.example/f",
        "A",
        moment,
        (written_in_all(item, "fr"),),
    )
    folder = tmp_path_factory.getbasetemp()
    for form, name in FILES.items():
        (folder / name).write_bytes(write_feed(feed, form))
        (read,) = READERS[form](folder / name).entries
        spaces = str.split if form != "json" else str
        for one, two in ((read.title, title), (read.summary, summary), (read.content, content)):
            assert spaces(one or "") == spaces(two), form
