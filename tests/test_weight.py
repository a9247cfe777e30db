"""What a page costs its reader: bytes, requests, and text that jumps while it loads."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from browser import DESKTOP, PHONE, OpenPage, Served, Specimen, address, headers_of
from playwright.sync_api import Browser, Page, Route

#: The last word of an article; its sources, what to read next and what machines read of it follow.
END_OF_TEXT = '<footer class="hangs">'
#: An article with more words than this is a long read.
LONG_READ = 1_200
#: What a server may send before it waits for an answer: ten segments of 1,460 bytes.
FIRST_WINDOW = 14_600
FONTS = 80_000
#: The page, which holds its style sheet and its script, and three fonts: text, its italic, and labels.
REQUESTS = 4
#: Search needs its index and its own script; only its page may ask for them.
ASKS_FOR_MORE = "search"
#: As a server compresses what it was given plain; what is compressed beforehand is lighter still.
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, 9),
    "brotli": lambda data: brotli.compress(data, quality=5),
}
_PARTS = re.compile(r'<script [^>]*src="([^"]+)"|<link [^>]*rel="?stylesheet"? [^>]*href="([^"]+)"')

pytestmark = pytest.mark.browser


@dataclass
class Visit:
    """What a browser asked for and complained about while it showed a page."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def asked_for(self, *types: str) -> list[str]:
        """Return the addresses asked for, of these resource types."""
        return [url for kind, url in self.asked if kind in types]

    @property
    def before_pictures(self) -> list[str]:
        """Every address that is not a picture (the icon of the site is one)."""
        return [
            url
            for kind, url in self.asked
            if kind not in ("image", "media") and not (guess_type(url)[0] or "").startswith("image/")
        ]


@pytest.fixture(scope="module")
def visits(served: Served, chromium: Browser) -> dict[Specimen, Visit]:
    """Return the visit of a page of every kind, nothing of it in the cache."""
    page = chromium.new_page(viewport={"width": DESKTOP, "height": 800})
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    visits: dict[Specimen, Visit] = {}
    visit = Visit()
    page.on("request", lambda request: visit.asked.append((request.resource_type, request.url)))
    page.on("console", lambda message: visit.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    for specimen in served.specimens:
        visit = visits[specimen] = Visit()
        page.goto(served.url(specimen))
        page.evaluate("document.fonts.ready")
    page.context.close()
    return visits


@pytest.mark.parametrize("compressor", COMPRESSORS)
def test_a_page_arrives_in_the_first_window_of_a_connection(real_output: Path, compressor: str) -> None:
    """HTML, CSS and JavaScript, compressed as a server sends them. Of a long read, all there is to read and to see.

    A browser shows what it has of a compressed page: what follows the last word may follow it in time.
    """
    compress = COMPRESSORS[compressor]
    sizes: dict[str, int] = {}

    def size(file: str) -> int:
        return sizes.setdefault(file, len(compress((real_output / file).read_bytes())))

    def excess() -> Iterator[str]:
        for file, html in pages(real_output):
            parts = [(script or sheet).lstrip("/") for script, sheet in _PARTS.findall(html)]
            text, _, _ = html.partition(END_OF_TEXT)
            long = len(re.findall(r"\w+", re.sub("<[^>]+>", " ", text.partition('class="prose"')[2]))) > LONG_READ
            weight = (len(compress(text.encode())) if long else size(file)) + sum(map(size, parts))
            if weight > FIRST_WINDOW:
                yield f"{file}: {weight:,} bytes, {weight - FIRST_WINDOW:,} too many"

    assert list(excess()) == []


def pages(output: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of every page; it has a style sheet, and an article an end."""
    found = {file.relative_to(output).as_posix(): file.read_text("utf-8") for file in sorted(output.rglob("*.html"))}
    found = {file: html for file, html in found.items() if '<body class="page-' in html}
    assert len(found) > 100, "too few pages were built"
    for file, html in found.items():
        assert "<style>" in html, f"{file} holds no style sheet: the sum would be of nothing"
        assert END_OF_TEXT in html or '<body class="page-article"' not in html, f"{file} has no end"
        yield file, html


def articles(output: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of every article page."""
    for file, html in pages(output):
        if '<body class="page-article"' in html:
            yield file, html


def test_a_page_makes_four_requests_before_pictures(visits: dict[Specimen, Visit]) -> None:
    """Fonts included; and none of them keeps the page from being painted."""
    found = {page: visit.before_pictures for page, visit in visits.items() if page.kind != ASKS_FOR_MORE}
    assert {page.path: asked for page, asked in found.items() if len(asked) > REQUESTS} == {}


def test_no_page_asks_another_host(visits: dict[Specimen, Visit], served: Served) -> None:
    inside = (f"{served.origin}/", "data:", "blob:")
    asked = {page.path: [url for _, url in visit.asked if not url.startswith(inside)] for page, visit in visits.items()}
    assert {page: urls for page, urls in asked.items() if urls} == {}


def test_no_page_makes_the_browser_complain(visits: dict[Specimen, Visit]) -> None:
    """Nor breaks the Content-Security-Policy, whose violations are told in the console."""
    assert {page.path: visit.complaints for page, visit in visits.items() if visit.complaints} == {}


def test_the_policy_that_pages_carry_is_strict(served: Served, open_page: OpenPage) -> None:
    page = open_page()
    answer = page.goto(served.url("/"))
    assert answer is not None
    assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"
    policy = page.get_attribute("meta[http-equiv='Content-Security-Policy']", "content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy


def test_the_policy_lets_no_other_inline_code_run(served: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(served.url("/"))
    page.evaluate("""() => {
        const [script, style] = ["script", "style"].map((name) => document.createElement(name));
        script.textContent = "document.title = 'broken in'";
        style.textContent = "body { display: none }";
        document.head.append(script, style);
    }""")
    assert page.title() != "broken in"
    assert page.is_visible("body")


def test_every_page_carries_its_policy_before_anything_it_rules(real_output: Path) -> None:
    """A policy in a ``meta`` element does not hold for what stands before it."""
    for file in real_output.rglob("*.html"):
        html = file.read_text("utf-8")
        before, found, _ = html.partition('<meta http-equiv="Content-Security-Policy"')
        assert found or "<script" not in html, file
        assert not re.search("<(script|style|link)", before), file


def test_nothing_keeps_a_page_from_being_painted(served: Served, open_page: OpenPage) -> None:
    for specimen in served.specimens:
        page = open_page()
        page.goto(served.url(specimen))
        blocking = page.evaluate(
            """() => performance.getEntriesByType("resource")
                .filter((entry) => entry.renderBlockingStatus === "blocking").map((entry) => entry.name)"""
        )
        assert blocking == [], specimen


def test_what_is_cached_for_ever_is_named_by_its_content(real_output: Path) -> None:
    rules = [
        pattern for pattern, said in headers_of(real_output).items() if "immutable" in said.get("Cache-Control", "")
    ]
    files = {file.relative_to(real_output).as_posix() for file in real_output.rglob("*") if file.is_file()}
    for rule in rules:
        found = {file for file in files if fnmatchcase(f"/{file}", rule)}
        assert found, f"no file is meant by {rule}"
        assert [file for file in found if not re.search(r"[._][0-9a-f]{7,}\.[a-z_0-9]+$", file)] == []
    assert len(rules) == 1 + 3 * 2, "the files of the theme, three parts of two indexes"


def test_fonts_are_light_and_few(visits: dict[Specimen, Visit], real_output: Path) -> None:
    fonts = {
        address(real_output, file): file.stat().st_size
        for suffix in ("woff2", "woff", "ttf", "otf")
        for file in real_output.rglob(f"*.{suffix}")
    }
    assert sum(fonts.values()) <= FONTS, f"{sum(fonts.values()) - FONTS:,} bytes too many: {fonts}"
    asked = {url for visit in visits.values() for url in visit.asked_for("font")}
    assert {urlsplit(url).path for url in asked} <= fonts.keys()


#: Pages of these kinds are read, the others are looked things up in.
READ = ("home", "article", "thread", "topic", "edition", "claims", "page")
#: A paragraph may end a line earlier or later in the other font; 0.1 is still “good” (Core Web Vitals).
MOST_SHIFT, MEAN_SHIFT = 0.05, 0.01


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_text_stays_where_it_is_when_the_fonts_arrive(served: Served, open_page: OpenPage, width: int) -> None:
    """Though they arrive late, after the page was painted: they replace letters of the same widths."""
    shifts = {}
    for specimen in (specimen for kind in READ for specimen in served.of_kind(kind)):
        page = open_page(width)
        read_before_fonts_arrive(page, served.url(specimen))
        shifts[specimen.path], moved = layout_shift(page)
        assert shifts[specimen.path] < MOST_SHIFT, f"{specimen} at {width} px: {moved}"
    assert sum(shifts.values()) / len(shifts) < MEAN_SHIFT, shifts


def read_before_fonts_arrive(page: Page, url: str) -> None:
    """Open a page, and let its fonts go only when its text is shown without them."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*.woff2", hold)
    page.goto(url, wait_until="domcontentloaded")
    wait_for_first_paint(page)
    assert held, "the page uses no font of its own"
    for route in held:
        route.continue_()


def wait_for_first_paint(page: Page) -> None:
    """Wait until the page shows text in the font that stands in for the one to come."""
    page.evaluate(
        """() => new Promise((shown) => {
            const look = () => performance.getEntriesByName("first-contentful-paint").length
                ? setTimeout(shown, 150) : requestAnimationFrame(look);
            look();
        })"""
    )


def layout_shift(page: Page) -> tuple[float, list[str]]:
    """Return the cumulative layout shift of a page that has loaded, and what moved."""
    shift, moved = page.evaluate(
        """async () => {
            await document.fonts.ready;
            const shifts = [];
            new PerformanceObserver((list) => shifts.push(...list.getEntries()))
                .observe({type: "layout-shift", buffered: true});
            await new Promise((settled) => setTimeout(settled, 200));
            const name = (node) => node?.nodeType === 1 ? node.outerHTML : node?.textContent;
            return [
                shifts.reduce((sum, shift) => sum + shift.value, 0),
                shifts.flatMap((shift) => shift.sources.map((source) => name(source.node)?.slice(0, 80))),
            ];
        }"""
    )
    return float(shift), moved
