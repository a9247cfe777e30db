"""Fragments: one tree, sanitised and written last, whatever stands beside what and wherever it is shown."""

import json
import re
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from browser import OpenPage
from conftest import Build
from content_reading import converter
from hypothesis import example, given
from hypothesis import strategies as st
from lxml.html import HtmlElement
from playwright.sync_api import Page, Route
from properties import examples, quick
from published_pages import read_pages
from site_builder import Site, files_of
from test_body import ADDRESSES, ALLOWED_ATTRIBUTES, ALLOWED_SCHEMES, ALLOWED_TAGS, XSS, scheme_of, tree

from newsroom.pictures import Picture, picture_element
from newsroom.problems import Invalid
from newsroom.text.body import Converter
from newsroom.text.finishing import FragmentContext, place, publish, publish_elsewhere
from newsroom.text.glossary import Term
from newsroom.text.sanitise import FINISHED, RAW, STORED, sanitise

CORPUS: list[str] = json.loads((Path(__file__).parent / "corpora" / "attacks.json").read_text(encoding="utf-8"))
MEDIA = "/media/articles/cable"
PICTURE = Picture("media/articles/cable/p.png", b"12345", 600, 400)
SITE = "http://site.test"
LOAD = "<img src=x onerror=alert(1)>"
LEAD = "<meta http-equiv=refresh content=0;url=https://evil.example/>"
#: What this program, its libraries or its predecessors mark their work with.
MARKS = (
    *("<!--0-->", "<!--0--><!-- --!>", "<!--1-->", "</div>", "<div>", "article:jedi", "article:none", "{}"),
    *("\x02wzxhzdk:0\x03", "\x02klzzwxh:0001\x03", "&#2;klzzwxh:0&#3;", "klzzwxh:0", "wzxhzdk:0", "<![CDATA["),
    *('<h2 id="a">', "</h2>", '<a href="article:jedi">', '<a href="/', '" href="/', "<pre>\n\n"),
    *("</picture>", "<source>"),
    *("FAI", "1er", "«", "&nbsp;", "[^n]", "|", "﻿", "￼"),
)  # fmt: skip
#: An attribute, words, a comment, code, the text of a picture, the title of a link.
HOLDERS = (
    '<span title="{}">z</span>',
    '<time datetime="{}">q</time>',
    "{}",
    "<!-- {} -->",
    "`{}`",
    "![{}](p.png)",
    '[z](/fr/ "{}")',
    "[z](</fr/{}>)",
    '<h2 id="{}">z</h2>',
    "## z {{#{}}}",
)
NEIGHBOURS = {
    "nothing": "",
    "a picture": "![a](p.png)\n\n![b](p.png)",
    "a table": "| a | b |\n|---|--:|\n| 1er | c |",
    "a footnote": "a[^n]\n\n[^n]: b",
    "a term": "Un FAI.",
    "an ordinal": "Le 1er juin, le 2e étage.",
    "a heading": "## Titre\n\n### Autre",
    "links": "[a](article:jedi#x) [b](/fr/) <https://example.org/>",
    "code": "```\n<!--0-->\n```",
    "a quotation": "> a\n>\n> — b",
}


@cache
def shared() -> Converter:
    return converter("fr", terms=(Term("fai", "FAI", "un <b> & \"'--><!--0-->", ""),), glossary_url="/fr/lexique/")


def illustrate(image: HtmlElement) -> HtmlElement | None:
    if image.get("src") != f"/sub/{PICTURE.place}":
        return None
    return picture_element(PICTURE, image.get("alt", ""), "/sub")


class _Links(dict[str, str]):
    """Every article that a text names."""

    def __missing__(self, key: str) -> str:
        return f"/sub/fr/articles/{key}/"


def published(text: str) -> dict[str, str]:
    """Return a body as a page shows it and as a feed does; nothing where it is refused."""
    try:
        html = shared().convert(text, MEDIA).html
    except Invalid:
        return {}
    page = publish(html, FragmentContext(_Links(), "/sub", illustrate=illustrate, anchors=True))
    feed = publish_elsewhere(place(html, FragmentContext(_Links(), "/sub")), f"{SITE}/sub/fr/articles/x/")
    return {"page": page, "feed": feed}


#: Parsers disagree about where these end, or in which language their children are (mutation XSS).
_FOREIGN = (
    "<math><mtext>",
    "<math><annotation-xml encoding=text/html>",
    "<svg><foreignObject>",
    "<svg><desc>",
    "<svg>",
)
_RAW = (
    *("style", "noscript", "template", "textarea", "title", "xmp", "noembed", "noframes", "iframe", "select"),
    *("plaintext", "table><mglyph><style", "p><table><caption", "form><math><mtext></form><form", "option><svg><title"),
)
_ENDS = (
    '<a id="</{}><img src=x onerror=alert(1)>">',
    "</{}><img src=x onerror=alert(1)>",
    "<!--</{}><img src=x onerror=alert(1)>-->",
)
MUTATIONS = [
    f"{foreign}<{raw}>{end.format(raw.rpartition('<')[2].split('>')[0])}"
    for foreign in ("", *_FOREIGN)
    for raw in _RAW
    for end in _ENDS
]
#: Addresses that run, as browsers read them, in every attribute that was ever an address.
_RUN = (
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
    ),
    *(
        "java&Tab;script&colon;alert(1)",
        "&#x6A;avascript:alert(1)",
        "javascript&#58;alert(1)",
        "java&NewLine;script:alert(1)",
    ),
    *("data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg onload=alert(1)>", "vbscript:msgbox(1)"),
    *("//evil.example/x", "\\\\evil.example\\x", "https:evil.example", "/\\evil.example", "blob:x", "view-source:x"),
)
_HELD = (
    *(
        "<a {}='{}'>z</a>",
        "<img {}='{}'>",
        "<svg><a {0}='{1}'><text>z</text></a><use {0}='{1}'/></svg>",
        "<q {}='{}'>z</q>",
    ),
    *(
        "<math {0}='{1}'><mi {0}='{1}'>z</mi></math>",
        "<del {}='{}'>z</del>",
        "<iframe {}='{}'></iframe>",
        "<table {}='{}'></table>",
    ),
)
_NAMES = (
    "href",
    "xlink:href",
    "src",
    "srcset",
    "srcdoc",
    "action",
    "formaction",
    "cite",
    "background",
    "data",
    "ping",
    "style",
)
ADDRESSED = [held.format(name, run) for held in _HELD for name in _NAMES for run in _RUN]

PAGE_TAGS = ALLOWED_TAGS | {"picture", "source"}
PAGE_ATTRIBUTES = ALLOWED_ATTRIBUTES | {"type", "sizes", "srcset"}


def assert_published(html: str) -> None:
    """Look at everything in a fragment that is about to be shown."""
    root = tree(html)
    for node in root.iter():
        assert isinstance(node.tag, str), f"a comment in {html[:300]!r}"
        assert node is root or node.tag in PAGE_TAGS, f"<{node.tag}> in {html[:300]!r}"
        assert set(node.attrib) <= PAGE_ATTRIBUTES, f"{node.attrib} in {html[:300]!r}"
        assert all(scheme_of(node.get(name, "")) in {*ALLOWED_SCHEMES, ""} for name in ADDRESSES)
        assert node.tag != "img" or node.get("src", "").removeprefix(SITE).startswith(("/sub/media/", "/media/"))
        assert node.tag != "source" or node.get("srcset", "").startswith("/sub/media/")


@pytest.mark.parametrize("neighbour", quick(1, NEIGHBOURS))
def test_marks_in_any_place_beside_anything_stay_words(neighbour: str) -> None:
    for mark in MARKS:
        for holder in HOLDERS:
            for load in ("", LOAD, f"{LOAD}-->", f'">{LOAD}', f"--!>{LOAD}-->", LEAD):
                text = f"{holder.format(mark + load)}\n\n{NEIGHBOURS[neighbour]}\n"
                for html in published(text).values():
                    assert_published(html)


def test_a_comment_in_an_attribute_beside_a_picture_is_no_picture() -> None:
    html = published('<time datetime="<!--0-->">q</time>\n\n![a](p.png)')["page"]
    (time,) = tree(html).iter("time")
    assert (time.get("datetime"), len(tree(html).xpath("//picture"))) == ("<!--0-->", 1)


@pytest.mark.parametrize("attack", XSS)
def test_an_attack_is_as_harmless_where_it_is_shown_as_in_the_store(attack: str) -> None:
    for neighbour in ("a picture", "a heading"):
        for html in published(f"{attack}\n\n{NEIGHBOURS[neighbour]}").values():
            assert_published(html)


def test_what_parsers_disagree_about_and_addresses_that_run_are_harmless() -> None:
    for attack in (*MUTATIONS, *ADDRESSED):
        for html in published(f"{attack}\n\n![a](p.png)\n").values():
            assert_published(html)


pieces = st.sampled_from((*MARKS, *HOLDERS, *NEIGHBOURS.values(), *XSS, LOAD, LEAD, "-->", "--!>", '"', "\n\n", "z"))


@examples(300)
@given(st.lists(pieces, max_size=6).map("".join))
def test_any_mixture_is_published_harmless(text: str) -> None:
    for html in published(text).values():
        assert_published(html)


@examples(200)
@given(st.lists(pieces, max_size=4).map("".join))
def test_what_is_published_twice_says_the_same(text: str) -> None:
    """A feed's item holds a body that was published already."""
    for html in published(text).values():
        assert publish(html, FragmentContext()) == html


# --- what the place makes of a kept body is put between its tags --------------------------------------------------

TAGS_AND_TEXT = re.compile(r'(?:[^<>]|</?[a-z][a-z0-9]*(?: [^\s"=<>]+="[^"<>]*")*>)*')


@examples(300)
@given(st.lists(pieces, max_size=6).map("".join))
@example('<time datetime="<a>">')
def test_what_is_sanitised_has_no_sign_of_a_tag_within_one(html: str) -> None:
    for policy in (RAW, STORED, FINISHED):
        assert TAGS_AND_TEXT.fullmatch(sanitise(html, policy))


SAID = (
    *('" href="/x', " href=", ' href="/x"', "href=/x", "&quot; href=&quot;/x", "/x", "article:jedi", "#", "\u00a0"),
    *(
        '<a href="/x">',
        '"><a href="/x">',
        "<h2 id=a>",
        "</a>",
        "</h2>",
        ">",
        "<",
        "&",
        "&amp;lt;",
        "'",
        "\\1",
        "\\g<0>",
    ),
)


@pytest.mark.parametrize("said", SAID)
def test_an_attribute_that_looks_like_a_link_stays_beside_the_link(said: str) -> None:
    title = escape(said)
    body = (
        f'<h2 id="a" title="{title}">a</h2><p><a title="{title}" href="article:jedi#b">b</a>'
        f'<a href="/c" title="{title}">c</a><img alt="{title}" src="/{PICTURE.place}"></p>'
    )
    stored = sanitise(body, STORED)
    page = tree(publish(stored, FragmentContext(_Links(), "/sub", illustrate=illustrate, anchors=True)))
    assert [(node.get("href"), node.get("title")) for node in page.iter("a")] == [
        ("#a", None),
        ("/sub/fr/articles/jedi/#b", said),
        ("/sub/c", said),
    ]
    assert [node.get("title") for node in page.iter("h2")] == [said]
    assert [(node.get("src"), node.get("alt")) for node in page.iter("img")] == [(f"/sub/{PICTURE.place}", said)]
    assert len(list(page.iter("picture"))) == 1


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("/fr/\"x y'&amp;é", "/sub/fr/&quot;x%20y'&amp;%C3%A9"),
        ('article:jedi#"é', "/sub/fr/articles/jedi/#&quot;%C3%A9"),
        (" article:jedi", ""),
        ("Article:jedi", ""),
        ("//host/a", "//host/a"),
        ("a/article:jedi", "a/article:jedi"),
    ],
)
def test_an_address_is_completed_and_no_other(written: str, published: str) -> None:
    stored = sanitise(f'<a href="{escape(written)}">x</a>'.replace("&amp;amp;", "&amp;"), STORED)
    href = f' href="{published}"' if published else ""
    assert publish(stored, FragmentContext(_Links(), "/sub")) == f"<a{href}>x</a>"


WHERE = (
    *(
        "https://",
        "HTTPS://",
        "http:",
        "mailto:",
        "tel:",
        "javascript:",
        "article:",
        "//",
        "/",
        "e.org",
        "e",
        ".",
        "..",
    ),
    *("?", "#", ";", "a=b", "&", ":80", "@", "é", "%20", "jedi"),
)
addresses = st.lists(st.sampled_from((*WHERE, " ", "\\", "\t", "\u00a0", '"', "'", "<")), max_size=6).map("".join)


@examples(500)
@given(addresses)
def test_elsewhere_an_address_is_the_one_that_it_is_on_its_page(address: str) -> None:
    url = "https://example.org/fr/articles/x/"
    allowed = tree(sanitise(f'<a href="{escape(address)}">x</a>', FINISHED))[0].get("href")
    published = tree(publish_elsewhere(f'<a href="{escape(address)}">x</a>', url))[0].get("href")
    assert (published is None) == (allowed is None)
    if published is not None and allowed is not None:
        assert unquote(published) == unquote(urljoin(url, allowed).lstrip())
        assert scheme_of(published) in ALLOWED_SCHEMES


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ('<a class="address" href="/x">y</a>', '<a href="/x">y</a>'),
        ('<a class="address term" href="/x">y</a>', '<a class="term" href="/x">y</a>'),
        ('<p class="">y</p>', "<p>y</p>"),
    ],
)
def test_an_element_that_keeps_none_of_its_classes_has_no_class(written: str, published: str) -> None:
    assert publish(written, FragmentContext()) == published


def test_the_words_of_a_body_are_those_of_its_page() -> None:
    text = "\n\n".join(NEIGHBOURS.values())
    stored = shared().convert(text, MEDIA).html
    assert tree(published(text)["page"]).text_content() == tree(stored).text_content()


# --- a whole site, and a real browser ------------------------------------------------------------


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


def test_no_page_and_no_feed_of_a_site_is_changed_by_marks_in_its_bodies(site: Site, build: Build) -> None:
    for path in site.content.glob("articles/*/index.*.md"):
        shown = "\n\n![a](seat.png)\n" if (path.parent / "seat.png").is_file() else ""
        attack = f'<span title="<!--0--><!-- --!>{LOAD}-->{LEAD}">z</span> `<!--0-->`'
        path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{attack}{shown}\n", encoding="utf-8")
    output = build(site).output
    for page in read_pages(output).values():
        for node in page.root.iter():
            assert not isinstance(node.tag, str) or not any(name.startswith("on") for name in node.attrib), page.url
        assert not page.root.xpath("//meta[@http-equiv='refresh'][contains(@content, 'evil')]"), page.url
    for path, data in files_of(output).items():
        if path.endswith(("rss.xml", "atom.xml", "feed.json")):
            assert b"onerror=alert(1)>-->" not in data, path


WATCH = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = (...words) => { window.ran.push(name + ': ' + words.join()); };
for (const event of ['error', 'unhandledrejection', 'securitypolicyviolation'])
  window.addEventListener(event, found => window.ran.push(event + ': ' + (found.message || found.blockedURI)));
"""
#: Elements and attributes that no body may bring to a page, as the browser sees them.
LOOK = """() => [...document.querySelectorAll('main *')].filter(node =>
  node.matches('script, style, meta, base, form, input, button, iframe, object, embed, link, svg, math, video, audio')
  || [...node.attributes].some(found => found.name.startsWith('on') || found.name === 'style'
       || /^\\s*(java|vb)script:/i.test(found.value))).map(node => node.outerHTML.slice(0, 200))"""
POLICY = {"Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"}


@cache
def sheets() -> list[str]:
    """Return pages of two hundred attacks each, beside a picture, as pages and as feed readers show them."""
    own = [holder.format(mark + LOAD + LEAD) for mark in MARKS for holder in HOLDERS]
    fragments = [
        html
        for attack in (*CORPUS, *XSS, *own, *MUTATIONS, *ADDRESSED)
        for html in published(f"{attack}\n\n![a](p.png)\n").values()
    ]
    return [
        "<!doctype html><meta charset=utf-8><title>a</title><main>"
        + "".join(f"<article>{html}</article>" for html in fragments[start : start + 200])
        + "</main><p id=end>end</p>"
        for start in range(0, len(fragments), 200)
    ]


@pytest.mark.browser
@pytest.mark.parametrize("headers", [{}, POLICY], ids=["without a policy", "with the policy"])
def test_nothing_of_a_public_corpus_runs_or_leaves_the_site_in_a_browser(
    open_page: OpenPage, headers: dict[str, str]
) -> None:
    page, elsewhere = open_page(), []
    page.add_init_script(WATCH)
    for sheet in sheets():
        elsewhere += show(page, sheet, headers)
        assert page.locator("#end").inner_text() == "end"
        assert page.evaluate("window.ran") == []
        assert page.evaluate(LOOK) == []
        assert page.url == f"{SITE}/"
    assert elsewhere == []


def show(page: Page, sheet: str, headers: dict[str, str]) -> list[str]:
    """Show ``sheet`` at the address of the site; return what it asks of others."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        url = route.request.url
        if url == f"{SITE}/":
            route.fulfill(body=sheet, content_type="text/html", headers=headers)
        else:
            if not url.startswith((f"{SITE}/sub/media/", f"{SITE}/favicon.ico")):
                asked.append(url)
            route.fulfill(body="", content_type="image/avif")

    page.unroute_all()
    page.route("**/*", answer)
    page.goto(f"{SITE}/", wait_until="load")
    return asked
