"""An edition as a mail: what its page says, readable in every program, by night, without pictures and without HTML."""

import ast
import json
import re
from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import lxml.html
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browser import OpenPage
from conftest import Build
from hypothesis import example, given
from hypothesis import strategies as st
from mail_site import EDITION, make_mail_site, read_message, work_in
from properties import examples, quick
from site_builder import ROOT, Site, picture, write_entry
from watch_site import url_of

from desk.mail import send
from desk.mail.rendering import Studio, studio
from newsroom.mail.document import ENGINES, MOST_BYTES, harmless
from newsroom.mail.message import unsubscribe_address
from newsroom.mail.plain_text import WIDTH, TextWriter
from newsroom.text.bodies import Style
from newsroom.text.body import Converter

SITE = "https://sillage.example"
RICH = "2026-11-21"
#: By which the sender would leave, for whom dry runs write the mail.
WAY_OUT = unsubscribe_address(f"{SITE}/unsubscribe?t={{token}}&a={{address}}", "letter@sillage.example", "x")
FIGURE = """figure: bars
title: {fr: "Deux lots", en: "Two parts"}
caption: {fr: "Selon l’exploitant.", en: "As the operator says."}
unit: {fr: "km", en: "km"}
source:
  - {publisher: Le Courrier, date: 2026-01, language: fr, url: "https://courrier.example/lots"}
items:
  - {label: {fr: "premier lot", en: "first part"}, value: 82.7}
  - {label: {fr: "second lot", en: "second part"}, value: 100}
"""
#: All that the dialect of the editors has.
BODY = """Un *début*, **fort**, du `code` et [une adresse](https://else.example/a?b=1&c=2).[^1]

## Un titre

![Un carré gris](square.png)

![Des lots](lots.yaml)

- une chose
- une autre, [la rumeur](article:cable-plan)

1. premier
2. second

> Nous attendons une réponse.
>
> — Un ministre

| Part | km |
|---|--:|
| Mer | 12 800 |

```
pre  formatted
```

### Plus bas

<abbr title="fibre">FttH</abbr>, H<sub>2</sub>O, <del>faux</del> <ins>vrai</ins>, <q>dit-il</q>.

---

[^1]: Une note.
"""


def write_rich_edition(site: Site) -> None:
    """Write an edition that uses all of the dialect, and says what engines would obey."""
    said = {"title": "Tout {{ 7 * 7 }} & <b> *|FNAME|* {% now %}", "slug": RICH, "summary": "En deux mots : « tout »."}
    english = {**said, "title": "Everything {{ 7 * 7 }} & <b> *|FNAME|* {% now %}", "summary": "All of it."}
    facts = {"number": 9, "date": RICH, "articles": ["first-crew", "cable-plan"]}
    write_entry(site.content, "editions", RICH, facts, {"fr": (said, BODY), "en": (english, BODY)})
    (site.content / "editions" / RICH / "square.png").write_bytes(picture(90, 900))
    (site.content / "editions" / RICH / "lots.yaml").write_text(FIGURE, encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = make_mail_site(tmp_path_factory.mktemp("mail") / "site")
    write_rich_edition(site)
    return site


@pytest.fixture(scope="module")
def outbox(project: Site) -> Iterator[Path]:
    """Return the folder of the letters: French, English, both in either order, rich and plain."""
    with pytest.MonkeyPatch.context() as patch:
        work_in(project, patch)
        for key in (RICH, EDITION):
            for languages in ("fr", "en", "fr,en", "en,fr"):
                order = ["--key", key, "--to", "ada@example.org", "--in", languages, "--dry-run"]
                assert send.main(order, {"MAIL_SECRET": "x"}) == 0
        yield project.root / "outbox"


def html_of(outbox: Path, name: str) -> str:
    return (outbox / f"{name}.html").read_text(encoding="utf-8")


def text_of(outbox: Path, name: str) -> str:
    return (outbox / f"{name}.txt").read_text(encoding="utf-8")


NAMES = [f"{key}.{languages}" for key in (RICH, EDITION) for languages in ("fr", "en", "fr.en", "en.fr")]
every_letter = pytest.mark.parametrize("name", NAMES)


# --- one model -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", quick(1, ["fr", "en"]))
def test_mail_page_and_feed_say_the_same(project: Site, outbox: Path, build: Build, language: str) -> None:
    output = build(project, SITEURL=SITE).output
    feed = feedparser.parse((output / url_of(language, "editions").strip("/") / "atom.xml").read_bytes())
    (item,) = (entry for entry in feed.entries if entry.id.endswith(f"editions/{EDITION}/{language}"))
    page = lxml.html.fromstring((output / urlsplit(item.link).path.strip("/") / "index.html").read_bytes())
    mail = lxml.html.fromstring(html_of(outbox, f"{EDITION}.{language}").encode())
    text = text_of(outbox, f"{EDITION}.{language}")
    cards = [(link.text_content(), link.get("href")) for link in mail.xpath("//h3/a")]
    assert item.title == mail.findtext(".//h1") == page.findtext(".//h1")
    shown = page.xpath("//main//section[@aria-labelledby='articles']//a[contains(@href, '/articles/')]")
    assert cards == [(" ".join(link.text_content().split()), SITE + link.get("href")) for link in shown]
    listed = lxml.html.fragment_fromstring(item.content[0].value, create_parent="div")
    assert [url for _, url in cards] == [link.get("href") for link in listed.xpath(".//ol/li/p[1]/a")]
    for words in (item.title, item.link, *(part for card in cards for part in card)):
        assert words in text
    assert item.link in {link.get("href") for link in mail.iter("a")}


@every_letter
def test_html_and_text_say_the_same_words(outbox: Path, name: str) -> None:
    mail = lxml.html.fromstring(html_of(outbox, name).encode())
    for node in mail.xpath("//*[@class='preheader'] | //*[contains(@class,'footnote')]//a | //sup | //q"):
        node.drop_tree()
    words = re.findall(r"\w+", " ".join(mail.find("body").itertext()).split("[if mso]")[0])
    text = " ".join(text_of(outbox, name).split())
    assert len(words) > 30
    assert not [word for word in words if word not in text]
    assert "[Un carré gris]" in text or not name.startswith(RICH)


@every_letter
def test_the_text_reads_well_without_html(outbox: Path, name: str) -> None:
    text = text_of(outbox, name)
    assert not re.search(r"</?[a-z]+[ >]|&[a-z]+;|&#", text.replace("& <b>", ""))
    for line in text.splitlines():
        assert len(line) <= WIDTH or "://" in line, line
        assert line == line.rstrip() or line == "-- "
    if name == f"{RICH}.fr":
        for block in (
            "Un titre\n--------",
            "Deux lots\nSelon l’exploitant.\n\n             km\npremier lot  82,7\nsecond lot   100",
            "Source\u00a0: Le Courrier [2]",
            "- une chose\n- une autre, la rumeur [3]",
            "1. premier\n2. second",
            "> Nous attendons une réponse.\n\n– Un ministre",
            "Mer   12 800",
            "    pre  formatted",
            "[1] https://else.example/a?b=1&c=2",
            f"[2] https://courrier.example/lots\n[3] {SITE}/fr/articles/cable-plan-fr/",
        ):
            assert block.replace("12 800", "12\u202f800") in text, block


@every_letter
def test_every_part_is_marked_with_its_language_and_the_first_leads_to_the_others(outbox: Path, name: str) -> None:
    languages = name.split(".")[1:]
    mail = lxml.html.fromstring(html_of(outbox, name).encode())
    assert mail.get("lang") == languages[0]
    parts = mail.xpath("//div[@class='part']")
    assert [part.get("lang") for part in parts] == languages
    for part in parts:
        assert part.get("dir") == "ltr"
        unsubscribe = {"fr": "Se désabonner", "en": "Unsubscribe"}[part.get("lang")]
        assert part.xpath(f".//a[text()='{unsubscribe}']/@href") == [WAY_OUT]
    anchors = mail.xpath("//a[starts-with(@href, '#')]")
    assert [link.get("href") for link in anchors if "part" in link.get("href")] == [
        f"#part-{code}" for code in languages[1:]
    ]
    names = mail.xpath("//a/@name")
    assert all(link.get("href").removeprefix("#part-") in link.get("hreflang") for link in anchors if link.get("lang"))
    assert names == [f"part-{code}" for code in languages]


# --- what mail programs need -----------------------------------------------------------------


@every_letter
def test_a_mail_holds_no_script_no_form_nothing_that_is_fetched_but_its_pictures(outbox: Path, name: str) -> None:
    html = html_of(outbox, name)
    mail = lxml.html.fromstring(html.encode())
    assert not list(mail.iter("script", "form", "iframe", "object", "embed", "link", "video", "audio", "svg"))
    assert not [key for node in mail.iter(lxml.etree.Element) for key in node.attrib if key.startswith("on")]
    assert "url(" not in html
    assert "@import" not in html
    for image in mail.iter("img"):
        assert image.get("src").startswith(f"{SITE}/media/editions/")
        assert image.get("alt")
        assert int(image.get("width")) <= 560
    assert len(list(mail.iter("img"))) == (len(name.split(".")) - 1 if name.startswith(RICH) else 0)


@every_letter
def test_every_address_of_a_mail_is_whole_and_followed_by_nobody(outbox: Path, name: str) -> None:
    mail = lxml.html.fromstring(html_of(outbox, name).encode())
    for url in mail.xpath("//@href | //@src"):
        if not url.startswith("#"):
            parts = urlsplit(url)
            assert (parts.scheme, bool(parts.netloc)) == ("https", True), url
            assert "utm_" not in url
    hosts = {urlsplit(url).netloc for url in mail.xpath("//@href | //@src") if not url.startswith("#")}
    assert hosts <= {"sillage.example", "courrier.example", "else.example"}


@every_letter
def test_a_mail_begins_with_a_preheader_that_is_not_seen(outbox: Path, name: str) -> None:
    mail = lxml.html.fromstring(html_of(outbox, name).encode())
    first = mail.find("body")[0]
    assert "display: none" in first.get("style")
    assert first.text_content().split("\u00a0\u200c")[0].strip(" \u00a0\u200c") in (
        *("En deux mots\u00a0: «\u00a0tout\u00a0».", "All of it.", "N°\u00a01.", "No.\u00a01."),
    )


@every_letter
def test_a_mail_is_short_enough_to_be_shown_whole(outbox: Path, name: str) -> None:
    assert len(html_of(outbox, name).encode()) <= MOST_BYTES


def test_a_mail_that_would_be_cut_is_refused(
    project: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    work_in(project, monkeypatch)
    path = project.text("editions", EDITION, "fr")
    before = path.read_text(encoding="utf-8")
    path.write_text(before + f"{'Une phrase de plus. ' * 40}\n\n" * 130, encoding="utf-8")
    try:
        assert send.main(["--key", EDITION, "--to", "ada@example.org", "--in", "fr"], {}) == 1
        assert "Gmail cuts it at 102000. Shorten the editorial" in capsys.readouterr().out
    finally:
        path.write_text(before, encoding="utf-8")


# --- the message -----------------------------------------------------------------------------


@every_letter
def test_the_eml_is_a_message_that_a_mail_program_opens(outbox: Path, name: str) -> None:
    raw = (outbox / f"{name}.eml").read_bytes()
    message = read_message(raw)
    assert not message.defects
    assert [part.get_content_type() for part in message.walk()] == [
        *("multipart/alternative", "text/plain", "text/html"),
    ]
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert parseaddr(message["From"]) == ("Sillage", "letter@sillage.example")
    assert message["Content-Language"] == ", ".join(name.split(".")[1:])
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    assert "Unsubscribe" in html.get_content() or "Se désabonner" in html.get_content()
    assert text.get_content().count(WAY_OUT) == name.count(".")
    assert text.get_content().replace("\r\n", "\n").startswith("Sillage\n")


@every_letter
def test_one_click_leaves_the_list(outbox: Path, name: str) -> None:
    """RFC 8058: an https address that needs nothing else, and the header that says that a POST is enough."""
    raw = (outbox / f"{name}.eml").read_bytes()
    message = read_message(raw)
    assert f"\r\nList-Unsubscribe: <{WAY_OUT}>\r\n".encode() in raw, "on one line, as it is"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = message.get_body(("html",))
    assert html
    links = {link.get("href") for link in lxml.html.fromstring(html.get_content().encode()).iter("a")}
    assert WAY_OUT in links
    assert re.fullmatch(r"<[a-z.-]+\.editions\.sillage\.example>", message["List-Id"])
    assert message["Archived-At"].startswith(f"<{SITE}/")
    assert message["Precedence"] == "list", "nobody’s absence is answered to us"


def test_the_same_letter_to_the_same_reader_is_the_same_message(
    project: Site, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_in(project, monkeypatch)
    raw = (outbox / f"{RICH}.fr.eml").read_bytes()
    assert send.main(["--key", RICH, "--to", "b@example.org", "--in", "fr", "--dry-run"], {"MAIL_SECRET": "x"}) == 0
    assert (outbox / f"{RICH}.fr.eml").read_bytes() == raw
    assert unsubscribe_address("{token}", "A@b.org", "x") == unsubscribe_address("{token}", "a@b.org", "x")
    assert unsubscribe_address("{token}", "a@b.org", "x") != unsubscribe_address("{token}", "a@b.org", "y")


# --- engines ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened(project: Site) -> Iterator[Studio]:
    with pytest.MonkeyPatch.context() as patch:
        work_in(project, patch)
        with studio() as found:
            yield found


PLACEHOLDERS = {"listmonk": "{{ UnsubscribeURL }}", "buttondown": "{{ unsubscribe_url }}", "mailchimp": "*|UNSUB|*"}


@pytest.mark.parametrize("engine", ENGINES)
def test_no_word_of_an_author_is_an_order_to_an_engine(opened: Studio, engine: str) -> None:
    way_out = PLACEHOLDERS.get(engine, "https://a.example/?a=1&b=2")
    made = opened.composer(opened.letter(RICH, ("fr",)), engine)(way_out)
    for text in (made.html, made.text):
        for sign in map("".join, ENGINES[engine]):
            assert text.count(sign) == way_out.count(sign), "the way out alone"
    assert not [pair for pair in ENGINES[engine] if "".join(pair) in made.subject]
    shown = lxml.html.fromstring(made.html.encode())
    title = (shown.findtext(".//h1") or "").replace("\u2060", "")
    assert title == "Tout {{ 7 * 7 }} & <b> *|FNAME|* {% now %}", "and readers see what was written"
    assert {"https://else.example/a?b=1&c=2", way_out} <= {link.get("href") for link in shown.iter("a")}


@given(
    st.text(st.sampled_from("ab{}%*|#é\u2060 "), max_size=30),
    st.sampled_from([name for name in ENGINES if ENGINES[name]]),
)
def test_harmless_words_read_as_they_were_written(text: str, engine: str) -> None:
    made = harmless(text, engine)
    assert made.replace("\u2060", "") == text.replace("\u2060", "")
    assert not [pair for pair in ENGINES[engine] if "".join(pair) in made]


ADDRESS = st.text(st.sampled_from("ab/?&=;<>\"'{}%#*|é +\\"), max_size=40).map("https://a.example/{}".format)


def test_headers_hold_addresses_in_ascii_whatever_the_name_of_the_site(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_in(project, monkeypatch)
    monkeypatch.setenv("SITEURL", "https://lettre-d’été.example")
    order = ["--key", EDITION, "--to", "ada@example.org", "--in", "fr", "--dry-run"]
    assert send.main(order, {"MAIL_SECRET": "x"}) == 0
    headers = read_message((project.root / "outbox" / f"{EDITION}.fr.eml").read_bytes())
    for name in ("List-Archive", "Archived-At"):
        assert headers[name].startswith("<https://lettre-d%E2%80%99%C3%A9t%C3%A9.example/fr/")


@examples(25)
@given(ADDRESS)
@example('https://a.example/"><script>alert(1)</script>')
@example("https://a.example/?a=1&amp;b=2&copy=3")
@example("https://a.example/</a></body></html><!--")
def test_whatever_address_a_reader_leaves_by_stands_in_one_place_and_changes_nothing_else(
    opened: Studio, way_out: str
) -> None:
    compose = opened.composer(opened.letter(EDITION, ("en",)), "smtp")
    tame, made = compose("https://a.example/tame"), compose(way_out)
    one, two = (lxml.html.fromstring(content.html.encode()) for content in (tame, made))
    places = [(mine.get("href"), other.get("href")) for mine, other in zip(one.iter("a"), two.iter("a"), strict=True)]
    assert [pair for pair in places if pair[0] != pair[1]] in ([("https://a.example/tame", way_out)], [])
    for link in two.iter("a"):
        if link.get("href") == way_out:
            link.set("href", "https://a.example/tame")
    assert lxml.html.tostring(one) == lxml.html.tostring(two)
    assert made.text == f"{way_out}".join(tame.text.rsplit("https://a.example/tame", 1))


def test_nothing_edits_the_html_of_a_mail_as_a_string() -> None:
    """One tree, one template: what belongs into a mail is put there before it is written."""
    edits = {"replace", "sub", "subn", "format", "translate", "removesuffix", "removeprefix", "split"}
    for path in (*(ROOT / "plugins/newsroom/mail").glob("*.py"), *(ROOT / "plugins/desk/mail").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in edits:
                told = ast.unparse(node)
                assert not re.search(r"html|document|body", told), f"{path.name}: {told}"


# --- the text of a body ----------------------------------------------------------------------

WORD = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["", "- ", "> ", "## ", "1. ", "    ", "| a | "]), WORD), max_size=12))
def test_no_word_of_a_body_is_lost_in_its_text(lines: list[tuple[str, str]]) -> None:
    markdown = "\n\n".join(
        f"{mark}{word} [lié](https://a.example/{number})" for number, (mark, word) in enumerate(lines)
    )
    html = CONVERTER.convert(markdown, "/media/x/y").html
    text = TextWriter().write(html)
    for word in re.findall(r"\w+", lxml.html.fromstring(f"<div>{html}</div>").text_content()):
        assert word in text


CONVERTER = Converter(Style("fr", {"fr": "french"}))


# --- looked at -------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 600, 1200])
def test_a_mail_fits_every_screen_by_day_and_by_night(
    outbox: Path, open_page: OpenPage, width: int, scheme: str
) -> None:
    for name in (f"{RICH}.fr.en", f"{EDITION}.en"):
        page = open_page(width, color_scheme=scheme, java_script_enabled=True)
        page.route("**/media/**", lambda route: route.fulfill(body=picture(90, 900), content_type="image/png"))
        page.goto((outbox / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        sheet = page.locator(".sheet").bounding_box()
        assert sheet
        assert sheet["width"] <= 600
        ground = page.evaluate("getComputedStyle(document.querySelector('.paper')).backgroundColor")
        assert ground == {"light": "rgb(248, 248, 245)", "dark": "rgb(11, 25, 34)"}[scheme]
        page.evaluate(AXE_SCRIPT)
        rules = {"rules": {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}}}
        found = page.evaluate("rules => axe.run(document, rules)", rules)
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []


@pytest.mark.browser
def test_a_mail_without_pictures_says_what_they_show(outbox: Path, open_page: OpenPage) -> None:
    page = open_page(600)
    page.route("**/media/**", lambda route: route.abort())
    page.goto((outbox / f"{RICH}.fr.html").as_uri())
    image = page.locator("img")
    assert image.get_attribute("alt") == "Un carré gris"
    assert page.evaluate("document.images[0].naturalWidth") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 600
    assert page.get_by_text("Plus bas").is_visible()


# --- what programs show ----------------------------------------------------------------------

SUPPORT = json.loads((ROOT / "tests" / "corpora" / "caniemail.json").read_text(encoding="utf-8"))
PROGRAMS = {"gmail": "Gmail", "outlook": "Outlook", "apple-mail": "Apple Mail"}
#: Features that go by another name than their element or property.
ELEMENTS = {
    **dict.fromkeys(("h1", "h2", "h3"), "h1-h6"),
    **dict.fromkeys(("ul", "ol", "dl"), "lists"),
    **dict.fromkeys(("figure", "figcaption"), "semantics"),
}
PROPERTIES = {"border-top": "border", "border-bottom": "border", "border-left": "border", "border-color": "border"}


def features_of(mail: lxml.html.HtmlElement, html: str) -> set[str]:
    """Return the features of caniemail.com that a mail uses."""
    sheets = "".join(node.text or "" for node in mail.iter("style"))
    inline = ";".join(mail.xpath("//@style"))
    declared = re.findall(r"([a-z-]+)\s*:\s*([^;{}]+)", inline + re.sub(r"[^{}]*\{", "{", sheets))
    found = {f"css-{PROPERTIES.get(name, name)}" for name, _ in declared}
    found |= {f"css-{name}-{value.split()[0]}" for name, value in declared}
    found |= {
        f"css-unit-{unit.replace('%', 'percent')}"
        for _, value in declared
        for unit in re.findall(r"\d([a-z%]+)", value)
    }
    found |= {"css-at-media"} | {f"css-at-media-{name}" for name in re.findall(r"@media \(([a-z-]+):", sheets)}
    found |= {"css-important", "css-selector-class", "css-selector-descendant", "css-selector-grouping"}
    found |= {"css-selector-attribute"} if "[" in sheets else set()
    found |= {f"html-{ELEMENTS.get(str(node.tag), node.tag)}" for node in mail.iter(lxml.etree.Element)}
    found |= {f"html-{name}" for node in mail.iter(lxml.etree.Element) for name in node.attrib}
    found |= {f"html-meta-{node.get('name')}" for node in mail.iter("meta") if node.get("name")}
    found |= {f"image-{node.get('src').rpartition('.')[2]}" for node in mail.iter("img")}
    found |= {"html-comments", "html-doctype"} | ({"html-anchor-links"} if 'href="#' in html else set())
    return found & SUPPORT.keys()


def lacking(feature: str) -> str:
    """Return which programs do not show a feature, or only in part, as the table of the documentation says it."""
    said = []
    for family, name in PROGRAMS.items():
        letters = {letter for program, letter in SUPPORT[feature].items() if program.startswith(family)}
        if letters - {"u"}:
            said.append(f"{name} ({'no' if 'n' in letters else 'in part'})")
    return ", ".join(said)


def test_the_documentation_says_of_everything_that_programs_do_not_show_what_is_seen_then(outbox: Path) -> None:
    html = html_of(outbox, f"{RICH}.fr.en")
    used = features_of(lxml.html.fromstring(html.encode()), html)
    assert len(used) > 40
    table = re.findall(
        r"^\| `([a-z0-9-]+)` \| ([^|]+) \| [^|]{10,} \|$", (ROOT / "docs" / "mail.md").read_text(encoding="utf-8"), re.M
    )
    assert dict(table) == {feature: lacking(feature) for feature in sorted(used) if lacking(feature)}
