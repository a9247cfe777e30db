"""Bodies: Markdown becomes the HTML an article may hold, nothing else, in seconds whatever it is."""

import re
import time
from collections.abc import Iterator
from functools import cache
from html import unescape

import lxml.html
import pytest
from content_reading import converter
from hypothesis import example, given
from hypothesis import strategies as st
from lxml.html import HtmlElement
from properties import examples, quick

from newsroom.problems import Invalid
from newsroom.text.body import Converter
from newsroom.text.finishing import FragmentContext, place, publish, publish_elsewhere
from newsroom.text.glossary import Term
from newsroom.text.sanitise import STORED, sanitise

MEDIA = "/media/articles/cable"
#: What an article may hold, said here again on purpose: the policy must not be its own judge.
INLINE = (
    "a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
)
BLOCK = "blockquote dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre section summary ul"
TABLE = "caption col colgroup table tbody td tfoot th thead tr"
ALLOWED_TAGS = frozenset(f"{INLINE} {BLOCK} {TABLE}".split())
GLOBAL = "class dir id lang title"
OWN = "alt colspan datetime height href hreflang loading open reversed rowspan scope span src start value width"
ALLOWED_ATTRIBUTES = frozenset(f"{GLOBAL} {OWN}".split())
ALLOWED_SCHEMES = frozenset(("http", "https", "mailto", "tel", "article"))
ADDRESSES = frozenset(("href", "src"))


def tree(html: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def scheme_of(address: str) -> str:
    """Return the scheme of an address as a browser reads it: without controls and spaces, in lower case."""
    found = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20\x7f-\xa0]", "", unescape(address)).lower())
    return found[1] if found else ""


def assert_harmless(html: str) -> None:
    """Read ``html`` as a browser may and look at everything in it."""
    root, shown = tree(html), repr(html[:300])
    for node in root.iter():
        assert isinstance(node.tag, str), f"a comment or an instruction in {shown}"
        if node is root:
            continue
        assert node.tag in ALLOWED_TAGS, f"<{node.tag}> in {shown}"
        for name, value in node.attrib.items():
            assert name in ALLOWED_ATTRIBUTES, f"{name}= in {shown}"
            if name in ADDRESSES:
                assert scheme_of(value) in {*ALLOWED_SCHEMES, ""}, f"{value!r} in {shown}"
        if node.tag == "img":
            assert node.get("src", "").startswith(f"{MEDIA}/"), f"a picture from elsewhere in {shown}"
    assert not re.search(r"<(?:script|style|iframe|svg|math|base|meta|link|form)\b", html, re.IGNORECASE)


@cache
def shared(language: str) -> Converter:
    """Return one converter for many texts, as a build has."""
    return converter(language)


def convert_or_refuse(text: str, language: str = "en") -> tuple[str, Invalid | None]:
    try:
        return shared(language).convert(text, MEDIA).html, None
    except Invalid as error:
        return "", error


def html_of(text: str, language: str = "en") -> str:
    return converter(language).convert(text, MEDIA).html


# --- Markdown -------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["![Weiß][Plan  B]", "![Weiß][ß]", "![Weiß][]", "![Weiß]"])
def test_a_picture_is_found_by_its_label_as_a_link_is(typed: str) -> None:
    html = html_of(f"{typed}\n\n[plan `b`]: a.png\n[SS]: a.png\n[weiss]: a.png")
    assert html == f'<figure><img alt="Weiß" src="{MEDIA}/a.png"></figure>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("[a](https://example.org/?b=c&d=e)", '<p><a href="https://example.org/?b=c&amp;d=e">a</a></p>'),
        ("<https://example.org/>", '<p><a href="https://example.org/">https://example.org/</a></p>'),
        ("a\n: b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"),
        ("```\na <b>\n```", "<pre><code>a &lt;b&gt;\n</code></pre>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ('<span lang="fr">bons de commande</span>', '<p><span lang="fr">bons de commande</span></p>'),
        ("<details><summary>a</summary>b</details>", "<details><summary>a</summary>b</details>"),
        ("H<sub>2</sub>O, <mark>m</mark>", "<p>H<sub>2</sub>O, <mark>m</mark></p>"),
        ("\\*a\\*", "<p>*a*</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert html_of(text) == html


def test_headings_have_ids_to_link_to() -> None:
    converted = converter().convert("## The price\n\n### L’été\n\n## The price", MEDIA)
    ids = [node.get("id") for node in tree(converted.html).iter("h2", "h3")]
    assert converted.body.headings == ((2, ids[0], "The price"), (3, ids[1], "L’été"), (2, ids[2], "The price"))
    assert len(set(ids)) == 3
    assert all(ids)


def test_a_footnote_leads_there_and_back_and_says_so() -> None:
    converted = converter(back="Back to note {}").convert("a[^x]\n\n[^x]: b", MEDIA)
    root = tree(converted.html)
    (there,) = root.xpath(".//a[@class='footnote-ref']")
    (back,) = root.xpath(".//a[@class='footnote-backref']")
    assert root.xpath(f".//li[@id='{there.get('href')[1:]}']")
    assert root.xpath(f".//sup[@id='{back.get('href')[1:]}']")
    assert back.get("title") == "Back to note 1"


def test_a_quotation_that_ends_with_a_dash_says_who_speaks() -> None:
    figure = tree(html_of("> Rien n’est *fixé*.\n>\n> — Un porte-parole\n\nSuite.", "fr"))[0]
    assert (figure.tag, figure.get("class")) == ("figure", "quotation")
    quotation, caption = figure
    assert (quotation.tag, caption.tag) == ("blockquote", "figcaption")
    assert quotation.text_content().strip() == "Rien n’est fixé."
    assert caption.text_content() == "Un porte-parole"


@pytest.mark.parametrize(
    "text", ["> Rien n’est fixé.", "> — Seul", "> Rien.\n>\n> - a\n> - b", "> Rien.\n> — Même ligne"]
)
def test_a_quotation_of_nobody_is_a_quotation(text: str) -> None:
    assert tree(html_of(text))[0].tag == "blockquote"


def test_a_table_scrolls_by_itself_and_its_columns_are_aligned_without_style() -> None:
    root = tree(html_of("| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |"))
    assert [node.get("class") for node in root.iter("td")] == [None, "start", "centre", "end"]
    (table,) = root.iter("table")
    assert table.getparent().get("class") == "scroll"
    assert not root.xpath(".//@style | .//@align")


def test_a_body_says_what_it_holds() -> None:
    text = "Un mot.\n\n![a](a.png) [b](article:jedi) [c](article:jedi#d)\n\n[e](article:new-glenn) ![f](a.png)"
    body = converter("fr").convert(text, MEDIA).body
    assert body.files == ("a.png",)
    assert body.links == ("jedi", "new-glenn")
    assert body.words == 5


def test_a_picture_is_served_from_the_folder_of_its_article() -> None:
    (image,) = tree(html_of("Before ![A cable](cable.jpg) after")).iter("img")
    assert (image.get("src"), image.get("alt")) == (f"{MEDIA}/cable.jpg", "A cable")


def test_the_same_text_gives_the_same_html_whatever_was_converted_before() -> None:
    one = converter("fr")
    texts = ["## a\n\n[^1]\n\n[^1]: b", "[x]: https://a.b/\n\n[x]", "[x]", "## a", "<div>", "- a\n    - b", "> c"]
    assert [one.convert(text, MEDIA) for text in texts] == [converter("fr").convert(text, MEDIA) for text in texts]


REFUSED = ("[^1]", "1. " * 2000, "![a](https://e.org/a.png)", "&#27;", "<a " * 5000)


@pytest.mark.parametrize("bad", REFUSED, ids=lambda bad: repr(bad[:12]))
def test_a_text_that_was_refused_leaves_no_trace_in_the_next(bad: str) -> None:
    one = converter("fr")
    text = "> a\n\n- b\n\n    c\n\n1. d\n\ne\n: f[^1]\n\n[^1]: g\n"
    with pytest.raises(Invalid):
        one.convert(bad, MEDIA)
    assert one.convert(text, MEDIA) == converter("fr").convert(text, MEDIA)


# --- links and pictures of the site ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](article:jedi)", '<p><a href="/sub/en/articles/x/">a</a></p>'),
        ("[a](article:jedi#prix)", '<p><a href="/sub/en/articles/x/#prix">a</a></p>'),
        ('[a](article:jedi "b > c")', '<p><a href="/sub/en/articles/x/" title="b &gt; c">a</a></p>'),
        ('<a title="b > c" href=" article:jedi">a</a>', '<p><a title="b &gt; c" href="/sub/en/articles/x/">a</a></p>'),
        ("[a](/en/about/)", '<p><a href="/sub/en/about/">a</a></p>'),
        ("[a](/)", '<p><a href="/sub/">a</a></p>'),
        ("<a href='&nbsp;article:jedi '>a</a>", '<p><a href="/sub/en/articles/x/">a</a></p>'),
        ("[a](https://example.org/)", '<p><a href="https://example.org/">a</a></p>'),
        ("[a](//example.org/)", '<p><a href="//example.org/">a</a></p>'),
        ("[a](#main)", '<p><a href="#main">a</a></p>'),
        ("`article:jedi`", "<p><code>article:jedi</code></p>"),
    ],
)
def test_links_within_the_site_are_resolved_under_its_path(text: str, html: str) -> None:
    assert publish(html_of(text), FragmentContext({"jedi": "/sub/en/articles/x/"}, "/sub")) == html


def test_pictures_are_found_under_the_path_of_the_site() -> None:
    (image,) = tree(publish(html_of("a ![1 > 0](cable.jpg) b"), FragmentContext(base_path="/sub"))).iter("img")
    assert (image.get("src"), image.get("alt")) == (f"/sub{MEDIA}/cable.jpg", "1 > 0")


def test_outside_the_site_every_address_is_whole() -> None:
    text = "[a](#main) [c](/en/d/) [e](https://f.g/) a ![h](i.png) b [j](article:jedi) [k](mailto:l@m.n)"
    placed = place(html_of(text), FragmentContext({"jedi": "/en/articles/x/"}))
    html = publish_elsewhere(placed, "https://example.org/en/articles/y/")
    root = tree(html)
    assert [node.get("href") for node in root.iter("a")] == [
        "https://example.org/en/articles/y/#main",
        "https://example.org/en/d/",
        "https://f.g/",
        "https://example.org/en/articles/x/",
        "mailto:l@m.n",
    ]
    assert [node.get("src") for node in root.iter("img")] == [f"https://example.org{MEDIA}/i.png"]


def test_outside_the_site_nothing_stays_nothing() -> None:
    assert publish_elsewhere("", "https://example.org/") == ""


# --- typography -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "`Pourquoi ? l'été...`",
        "```\nPourquoi ? l'été...\n```",
        "    Pourquoi ? l'été...",
        "<kbd>Pourquoi ? l'été...</kbd>",
        "<pre>Pourquoi ? l'été...</pre>",
        "<samp>Pourquoi ? l'été...</samp>",
        "<var>Pourquoi ? l'été...</var>",
        '<span lang="de">Pourquoi ? l\'été...</span>',
    ],
)
def test_code_and_words_of_other_languages_are_left_alone(text: str) -> None:
    assert tree(html_of(text, "fr")).text_content().strip() == "Pourquoi ? l'été..."


def test_attributes_are_left_alone() -> None:
    text = "[a](https://e.org/l'a?b=c;d \"Pourquoi ? l'été...\") a ![Pourquoi ? l'été...](a.png)"
    root = tree(html_of(text, "fr"))
    (link,) = root.iter("a")
    (image,) = root.iter("img")
    assert (link.get("href"), link.get("title")) == ("https://e.org/l'a?b=c;d", "Pourquoi ? l'été...")
    assert image.get("alt") == "Pourquoi ? l'été..."


def test_prose_is_set_wherever_it_stands() -> None:
    blocks = "Oui ?\n\n## Oui ?\n\n- *Oui ?*\n\n> Oui ?\n\n| Oui ? |\n|---|\n| Oui ? |\n\n"
    text = f"{blocks}[Oui ?](https://e.org/)[^1]\n\n[^1]: Oui ?"
    found = tree(html_of(text, "fr")).text_content()
    assert found.count("Oui\u202f?") == text.count("Oui ?")
    assert " ?" not in found


def test_words_in_another_language_are_set_in_its_typography() -> None:
    text = '<p>Oui ? <span lang="en">l\'a ?</span> Oui ? <span lang="en">a <i lang="fr">Oui ?</i> ?</span></p>'
    assert tree(html_of(text, "fr")).text_content() == "Oui\u202f? l’a ? Oui\u202f? a Oui\u202f? ?"


# --- safety ---------------------------------------------------------------------------------

XSS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<script>alert(1)",
    "<<script>alert(1)//<</script>",
    "<script/xss src=data:,alert(1)></script>",
    "<img src=x.png alt=a onerror=alert(1)>",
    "<img src=x.png alt=a onerror\n=\nalert(1)>",
    "<img/src=x.png/alt=a/onerror=alert(1)>",
    '<img src="x.png" alt="a" ""onerror="alert(1)">',
    '<img src="x.png" alt="`><script>alert(1)</script>">',
    "<img src=javascript:alert(1) alt=a>",
    "<img src=x.png alt=a style=background:url(javascript:alert(1))>",
    "<img src=x.png alt=a srcset='https://evil.example/a 1x'>",
    "<img src=//evil.example/a.png alt=a>",
    "<img src=https:evil.example/a.png alt=a>",
    "<img src=\\\\evil.example\\a.png alt=a>",
    "<img src=/\\evil.example/a.png alt=a>",
    "<image src=//evil.example/a.png alt=a>",
    "<image xlink:href=//evil.example/a.png>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>a</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><style><img src=//evil.example/a.png alt=a onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 alt=a onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href=javascript:alert(1)>a</a>",
    "<a href=' javascript:alert(1)'>a</a>",
    "<a href='java\tscript:alert(1)'>a</a>",
    "<a href='java\nscript:alert(1)'>a</a>",
    "<a href='jAvAsCrIpT:alert(1)'>a</a>",
    "<a href='javascript&colon;alert(1)'>a</a>",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)'>a</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
    "<a href='vbscript:alert(1)'>a</a>",
    "<a href='view-source:javascript:alert(1)'>a</a>",
    "<a href='blob:https://evil.example/a'>a</a>",
    "<a href='file:///etc/passwd'>a</a>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](&#x6A;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a]: javascript:alert(1)\n\n[a]",
    "<javascript:alert(1)>",
    '[a](https://e.org/ "b\\" onmouseover=\\"alert(1)")',
    '[a](https://e.org/"onmouseover="alert(1))',
    '![a"onerror="alert(1)](x.png)',
    '![a](x.png"onerror="alert(1))',
    "a{: onclick=alert(1) }",
    "a\n{: onclick=alert(1) style=color:red .footnote #main }",
    "## a {: onmouseover=alert(1) }",
    "[a](https://e.org/){: href=javascript:alert(1) }",
    "![a](x.png){: onerror=alert(1) src=//evil.example/a.png }",
    "<p style='position:fixed;inset:0'>a</p>",
    "<p onclick=alert(1)>a</p>",
    "<p ONCLICK=alert(1)>a</p>",
    "<p on\x0aclick=alert(1)>a</p>",
    "<body onload=alert(1)>a</body>",
    "<html onmouseover=alert(1)>a</html>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<frameset onload=alert(1)></frameset>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<video poster=//evil.example/a.png onloadstart=alert(1)></video>",
    "<audio autoplay onplay=alert(1)></audio>",
    "<details open ontoggle=alert(1)>a</details>",
    "<form action=javascript:alert(1)><button>a</button></form>",
    "<button formaction=javascript:alert(1)>a</button>",
    "<input autofocus onfocus=alert(1)>",
    "<input type=image src=//evil.example/a.png>",
    "<select><style></select><img src=1 alt=a onerror=alert(1)></style></select>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><img src=1 onerror=alert(1)></title>",
    "<noscript><p title='</noscript><img src=1 alt=a onerror=alert(1)>'></noscript>",
    "<noembed><img src='</noembed><script>alert(1)</script>'></noembed>",
    "<xmp><p title='</xmp><script>alert(1)</script>'></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<style>@import url(//evil.example/a.css);</style>",
    "<style>p{background:url(//evil.example/a.png)}</style>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<table background=//evil.example/a.png><tr><td background=javascript:alert(1)>a</td></tr></table>",
    "<table><caption><script>alert(1)</script></caption></table>",
    "<blockquote cite=javascript:alert(1)>a</blockquote>",
    "<q cite=javascript:alert(1)>a</q>",
    "<del cite=javascript:alert(1)>a</del>",
    "<!--><img src=//evil.example/a.png alt=a>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<![CDATA[><img src=//evil.example/a.png alt=a>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<?php '><script>alert(1)</script>' ?>",
    "<!DOCTYPE x [<!ENTITY a '<script>alert(1)</script>'>]>&a;",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<custom-tag onclick=alert(1)>a</custom-tag>",
    "<marquee onstart=alert(1)>a</marquee>",
    "<isindex action=javascript:alert(1)>",
    "<bgsound src=javascript:alert(1)>",
    "<portal src=https://evil.example/></portal>",
    "<dialog open onclose=alert(1)>a</dialog>",
    "<p/onclick=alert(1)//>a",
    "<p class='masthead'>a</p><div class='skip'>b</div>",
    "<a href=https://e.org/ target=_blank ping=https://evil.example/>a</a>",
    "<a href='https://e.org/' rel='import' download>a</a>",
    "\"><script>alert(1)</script>",
    "'-alert(1)-'",
    "{{ page }} {% raw %} ${alert(1)}",
    "`<script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
    "```html onclick=alert(1)\na\n```",
    "[^a]\n\n[^a]: <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|---|\n| <img src=1 alt=a onerror=alert(1)> |",
    "[TOC]\n\n## <script>alert(1)</script>",
    "a\n: <script>alert(1)</script>",
    "<sc\u200bript>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "<p title='FAI'>FAI</p>",
)  # fmt: skip


def test_the_collection_of_attacks_is_large() -> None:
    assert len(set(XSS)) == len(XSS)
    assert len(XSS) >= 100


@pytest.mark.parametrize("attack", XSS)
def test_an_attack_is_made_harmless_or_refused(attack: str) -> None:
    for around in ("{}", "a {} b", "- {}", "> {}", "<div>{}</div>"):
        html, error = convert_or_refuse(around.format(attack))
        assert_harmless(html)
        assert not error or str(error.message)


@pytest.mark.parametrize("attack", XSS)
def test_the_policy_alone_makes_an_attack_harmless(attack: str) -> None:
    root = tree(sanitise(attack, STORED))
    for node in root.iter():
        assert node is root or node.tag in ALLOWED_TAGS
        assert set(node.attrib) <= ALLOWED_ATTRIBUTES
        assert all(scheme_of(node.get(name, "")) in {*ALLOWED_SCHEMES, ""} for name in ADDRESSES)


@pytest.mark.parametrize("attack", XSS)
def test_what_was_made_harmless_stays_so(attack: str) -> None:
    """What comes out is read again by feeds and mail: a second look must see the same."""
    html, _ = convert_or_refuse(attack)
    assert sanitise(html, STORED) == html
    elsewhere = publish_elsewhere(html, "https://example.org/en/")
    assert_harmless(elsewhere.replace("https://example.org/media", "/media"))


@pytest.mark.parametrize(
    "text",
    [
        "<details open><summary>Notes</summary>Text</details>",
        '<time datetime="2016-10-12">12 October 2016</time>',
        '<q lang="fr">a</q> <del datetime="2016">b</del> <ins>c</ins>',
        '<ol start="3" reversed><li value="7">a</li></ol>',
        '<bdo dir="rtl">a</bdo> <abbr title="b">c</abbr> <kbd>d</kbd> <s>e</s> <u>f</u> <wbr>',
        '<table><caption>a</caption><tbody><tr><th scope="row">b</th><td colspan="2">c</td></tr></tbody></table>',
    ],
)
def test_good_html_is_kept(text: str) -> None:
    written, kept = tree(text), tree(html_of(text))
    missing = {node.tag for node in written.iter()} - {node.tag for node in kept.iter()}
    assert not missing
    attributes = {name for node in written.iter() for name in node.attrib}
    assert attributes <= {name for node in kept.iter() for name in node.attrib}


OTHER_TAGS = "script style svg math iframe object form input h1 template noscript title base html body"
OTHER_NAMES = "onclick onerror style srcdoc data action xlink:href formaction poster srcset cite"
TAGS = sorted({*ALLOWED_TAGS, *OTHER_TAGS.split()})
NAMES = sorted({*ALLOWED_ATTRIBUTES, *OTHER_NAMES.split()})
VALUES = (
    *("", "a", "a.png", "1", "javascript:alert(1)", " JAVASCRIPT:alert(1)", "data:text/html,a", "//evil.example/"),
    *(
        "https://example.org/",
        '"><script>alert(1)</script>',
        "'onclick=alert(1)",
        "&#106;avascript:a",
        "java\tscript:a",
    ),
    *("article:a", "<b>", "-->", "]]>", "</style>", "`", "\u2028", "footnote", "scroll"),
)
BETWEEN = ("", "a", " b ", "\n\n", "<!--", "-->", "&lt;", "*", "`", "[a](", "<![CDATA[", "]]>", "?>")


@st.composite
def hypertext(draw: st.DrawFn) -> str:
    """Return HTML that is well formed in places."""
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 8))):
        tag = draw(st.sampled_from(TAGS))
        pairs = draw(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)), max_size=3))
        quote = draw(st.sampled_from(['"', "'", ""]))
        attributes = "".join(f" {name}={quote}{value}{quote}" for name, value in pairs)
        parts.append(draw(st.sampled_from([f"<{tag}{attributes}>", f"</{tag}>", f"<{tag}{attributes}/>", f"<{tag} "])))
        parts.append(draw(st.sampled_from(BETWEEN)))
    return "".join(parts)


@examples(250)
@example(text="<pre <a><![CDATA[<a>\n\n<a>")
@given(hypertext())
def test_any_html_is_made_harmless_or_refused(text: str) -> None:
    html, error = convert_or_refuse(text)
    assert_harmless(html)
    assert sanitise(html, STORED) == html
    assert not error or 1 <= error.line <= text.count("\n") + 1


@examples(200)
@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_made_harmless_or_refused(text: str) -> None:
    html, error = convert_or_refuse(text)
    assert_harmless(html)
    assert not error or 1 <= error.line <= text.count("\n") + 1


# --- time -----------------------------------------------------------------------------------

UNITS = (
    *(
        "[",
        "]",
        "![",
        "[[",
        "](",
        "[a](",
        "[a]: b\n",
        "[^1]",
        "[^1]: a\n",
        "[](",
        "[a](()",
        "[a](<",
        "x [",
        "![a](a.png)",
    ),
    *("<", "<a ", "<a href=", "<!--", "<!-- -->", "<?", "<![CDATA[", "</", "<b>", "<div>", "<p>", "<a><b>", "<ul><li>"),
    *(
        "*",
        "**",
        "***",
        "_",
        "*a ",
        "a*b",
        "**a",
        "*_",
        "_*",
        "`",
        "`a",
        "` `` ",
        "~~~\n",
        "```\n",
        "\\",
        "\\*",
        "&",
        "&#",
    ),
    *(
        "> ",
        ">",
        "- ",
        "- a\n",
        "* a\n\n    b\n",
        "1. ",
        "1. a\n",
        "+ ",
        "    a\n",
        "\t",
        " ",
        "  \n",
        "a  \n",
        "\n",
        "a\n\n",
    ),
    *("# ", "## a\n", "=\n", "-\n", "a\n=\n", "---\n", "* * *\n", "|", "| a |\n", "|a|\n|-|\n", "a\n: b\n", ": "),
    *("a", "é", "« ", " »", " ?", "1er ", "1 000 ", "'a'", "FAI ", "FAI-", "http://a ", "<http://a> ", "<a@b.c> ", "…"),
    *("<span lang=fr>", "<script>", "<svg>", "<details>", "<select>", "<template>", "[TOC]\n", "<b></i>", "{: #a }\n"),
    *("&amp; ", "<table><tr><td>", "\u00a0"),
)
#: As a long line, as the longest text that may be, and as paragraphs as full of signs as they may be.
SHAPES = {
    "line": lambda unit: unit * (1_000_000 // len(unit)),
    "text": lambda unit: (unit * (2_400 // max(1, unit.count("\n"))))[:130_000],
    "paragraphs": lambda unit: "\n\n".join([unit * (990 // weight(unit))] * 9),
}


def weight(unit: str) -> int:
    """Return what the signs of ``unit`` count for, at least 1."""
    return max(1, len(re.findall(r"[*_`\\&]", unit)) + 4 * len(re.findall(r"[\[<]", unit)))


@pytest.mark.parametrize("shape", quick(1, ["text", "line", "paragraphs"]))
@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_a_hostile_text_is_converted_or_refused_within_seconds(unit: str, shape: str) -> None:
    start = time.process_time()
    html, error = convert_or_refuse(SHAPES[shape](unit), "fr")
    assert time.process_time() - start < 5
    assert_harmless(html)
    assert not error or str(error.remedy)


@pytest.mark.parametrize(
    "text",
    [
        "a|" * 2_000 + "\n" + "-|" * 2_000 + "\n" + "x|\n" * 1_000,
        "a|" * 12_000 + "\n" + "-|" * 12_000 + "\n" + "x|\n" * 100,
        "~~~ " + " " * 100_000 + "x",
        "``` " + "{" * 100_000,
        "# h " + "{a " * 40_000,
        "## h " + "{: " * 900,
    ],
    ids=["cells", "columns", "fence", "fenced attributes", "attributes", "attribute lists"],
)
def test_a_text_that_only_one_extension_is_slow_to_read_is_refused_or_quick(text: str) -> None:
    start = time.process_time()
    convert_or_refuse(text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("    " * depth + f"- x{depth}" for depth in range(130)) + "\n\nEND",
        "\n\n".join(["<div>"] * 256) + "\n\nEND",
        "<b>" * 300 + "END" + "</b>" * 300,
        "<details>" * 120 + "END",
    ],
    ids=["list", "blocks", "inline", "unclosed"],
)
def test_a_text_too_deep_for_a_parser_is_refused_and_never_cut_short(text: str) -> None:
    html, error = convert_or_refuse(text)
    assert error or "END" in html
    assert not error or "too deep" in str(error.message) or "too many" in str(error.message)


@given(st.integers(1, 60), st.sampled_from(["> ", "<div>\n\n", "<span>"]))
def test_what_stands_deep_is_kept(depth: int, unit: str) -> None:
    html, error = convert_or_refuse(unit * depth + "END")
    assert error or "END" in html


def test_a_wide_and_a_long_table_are_converted() -> None:
    assert html_of("|a" * 12 + "|\n" + "|-" * 12 + "|\n" + ("|1" * 12 + "|\n") * 200).count("<td>") == 2_400


def test_markup_in_the_text_of_a_picture_is_refused_for_what_it_is() -> None:
    _, error = convert_or_refuse("One.\n\n![a\\_b [c\\_d](/fr/)](p.png)")
    assert error
    assert (error.line, str(error.message)) == (3, "the text of a picture cannot hold markup.")


@pytest.mark.parametrize("href", ["//[bad", "//[::1", "https://a]b/"])
def test_an_address_that_cannot_be_read_is_refused_with_its_line(href: str) -> None:
    _, error = convert_or_refuse(f"One.\n\n[x]({href})")
    if error:
        assert error.line == 3
        assert "is not an address" in str(error.message)
    else:
        publish_elsewhere(html_of(f"[x]({href})"), "https://example.org/en/")


def test_an_ordinary_long_article_is_converted() -> None:
    """Forty thousand signs, more than any article of a newsletter, with markup in every sentence."""
    sentence = "A *sentence* with `code`, a [link](https://example.org/a_b) and a note.[^1] "
    html = html_of("\n\n".join([sentence * 6] * 80) + "\n\n[^1]: A note.")
    assert html.count("<em>") == 480


def everything() -> Iterator[str]:
    yield 'Un FAI ?\n\n- FAI\n\n| FAI | 12 800 |\n|---|--:|\n| 1er | `a ?` |\n\n![a](b.png "c")\n\n> d[^1]\n\n[^1]: e'
    yield "## a\n\nb\n: c\n\n<details><summary>d</summary>e</details>"


@pytest.mark.parametrize("text", list(everything()))
def test_all_steps_together_end_in_what_an_article_may_hold(text: str) -> None:
    terms = (Term("fai", "FAI", "un <b>", "\"'"),)
    one = converter("fr", terms=terms, glossary_url="/fr/lexique/", back="<i>{}</i>")
    html = one.convert(text, MEDIA).html
    assert_harmless(html)
    assert sanitise(html, STORED) == html
