"""``make serve``: what is saved is shown, what is broken is said, and nothing but the site is served."""

import http.client
import resource
import socket
from collections.abc import Iterator

import pytest
from browser import OpenPage
from playwright.sync_api import Page, expect
from served_desk import PATIENCE, Desk, free_port, served, start
from site_builder import Site, change, copy_program

BUILD = PATIENCE * 1000
BANNER = "[role=alert]"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return the small site in a project of its own, served."""
    with served(tmp_path_factory.mktemp("desk") / "project") as desk:
        yield desk


def open_article(desk: Desk, open_page: OpenPage) -> Page:
    """Open the article that the tests edit."""
    page = open_page()
    desk.settle()
    page.goto(f"{desk.url}/fr/articles/quatre-passagers/")
    return page


def test_the_site_is_served_with_its_files(desk: Desk) -> None:
    status, page = desk.ask("/fr/articles/billets-rumeur/")
    assert status == 200
    assert "Zéphyr vendrait des billets" in page
    font = page.partition("url(")[2].partition(")")[0]
    assert desk.ask(font)[0] == 200
    assert desk.ask("/fr/rss.xml")[0] == 200


def test_pages_say_the_address_they_are_served_at(desk: Desk) -> None:
    for address in ("/fr/articles/quatre-passagers/", "/fr/rss.xml", "/robots.txt"):
        text = desk.ask(address)[1]
        assert f"{desk.url}/" in text, address
        assert "localhost:8000" not in text, address


def test_an_address_without_its_slash_leads_to_the_page(desk: Desk, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{desk.url}/fr/articles/quatre-passagers")
    assert page.url == f"{desk.url}/fr/articles/quatre-passagers/"


def test_a_saved_article_shows_by_itself_in_the_page_that_is_open(desk: Desk, open_page: OpenPage) -> None:
    page = open_article(desk, open_page)
    change(desk.site.article("first-crew", "fr"), "Quatre passagers à bord", "Cinq passagers à bord")
    expect(page.locator("h1")).to_have_text("Cinq passagers à bord", timeout=BUILD)


def test_a_saved_style_sheet_shows_by_itself_in_the_page_that_is_open(desk: Desk, open_page: OpenPage) -> None:
    page = open_article(desk, open_page)
    sheet = desk.site.theme / "static" / "css" / "base.css"
    sheet.write_text(f"{sheet.read_text(encoding='utf-8')}\nh1 {{ color: rgb(1, 2, 3); }}\n", encoding="utf-8")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)", timeout=BUILD)


def test_a_problem_is_shown_on_the_old_page_until_it_is_mended(desk: Desk, open_page: OpenPage) -> None:
    page = open_article(desk, open_page)
    title = page.locator("h1").inner_text()
    article = desk.site.article("cloud-ruling", "en")
    good = article.read_text(encoding="utf-8")
    article.write_text(good.replace("title:", "titel:"), encoding="utf-8")
    line = next(number for number, text in enumerate(good.splitlines(), 1) if text.startswith("title:"))
    expect(page.locator(BANNER)).to_contain_text(f"articles/cloud-ruling/index.en.md:{line}", timeout=BUILD)
    expect(page.locator(BANNER)).to_contain_text("titel", timeout=BUILD)
    assert page.locator("h1").inner_text() == title
    article.write_text(good, encoding="utf-8")
    expect(page.locator(BANNER)).to_have_count(0, timeout=BUILD)
    assert page.locator("h1").inner_text() == title


def test_a_page_opened_while_there_is_a_problem_shows_it(desk: Desk, open_page: OpenPage) -> None:
    before = open_article(desk, open_page)
    article = desk.site.article("cloud-ruling", "en")
    good = article.read_text(encoding="utf-8")
    article.write_text(good.replace("title:", "titel:"), encoding="utf-8")
    expect(before.locator(BANNER)).to_have_count(1, timeout=BUILD)
    page = open_page()
    page.goto(before.url)
    expect(page.locator(BANNER)).to_contain_text("titel", timeout=BUILD)
    article.write_text(good, encoding="utf-8")
    expect(page.locator(BANNER)).to_have_count(0, timeout=BUILD)


def test_a_page_that_its_template_no_longer_makes_is_the_last_good_one(desk: Desk) -> None:
    desk.wait_until_printed("outputs, removed")
    template = desk.site.theme / "templates" / "topic.html"
    good = template.read_text(encoding="utf-8")
    for fault, said in (("{{ page.nope }}", "has no attribute 'nope'"), ("{% if %}", "Expected an expression")):
        template.write_text(good.replace("{% block main %}", f"{{% block main %}}{fault}"), encoding="utf-8")
        desk.wait_until(
            lambda said=said: bool(desk.ask("/en/topics/sovereign-computing/")) and said in "".join(desk.printed)
        )
        status, page = desk.ask("/en/topics/sovereign-computing/")
        assert (status, "<h1>Sovereign computing" in page) == (200, True), page[:2000]
    template.write_text(good, encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/fr/nulle-part/", "fr", "Page introuvable"),
        ("/fr/articles/rien?x=1", "fr", "Page introuvable"),
        ("/en/nowhere/", "en", "Page not found"),
        ("/en/articles/nothing/", "en", "Page not found"),
        ("/nowhere", "en", "Page introuvable"),
        ("/nowhere", "en", "Page not found"),
        ("/theme/", "en", "Page not found"),
    ],
)
def test_what_does_not_exist_is_said_in_the_language_of_the_address(
    desk: Desk, path: str, language: str, words: str
) -> None:
    status, page = desk.ask(path)
    assert status == 404
    assert f'<html lang="{language}"' in page
    assert words in page


@pytest.mark.parametrize(
    "way",
    [
        "/../{}",
        "/fr/../../{}",
        "/./../{}",
        "//../{}",
        "/..//{}",
        "/%2e%2e/{}",
        "/%2E%2E%2F{}",
        "/..%2f{}",
        "/%252e%252e/{}",
        "/..%5c{}",
        "/..\\{}",
        "/fr/..%2f..%2f{}",
        "/%c0%ae%c0%ae/{}",
        "/..;/{}",
        "/{}%00.html",
        "/../{}/",
        "/../{}?x=.html",
        "{root}/{}",
        "//{root}/{}",
        "/{root}/{}",
        "/%2F{root}/{}",
        "file://{root}/{}",
    ],
)
def test_nothing_outside_the_site_is_served(desk: Desk, way: str) -> None:
    for file in ("secret.txt", "pelicanconf.py", "content/articles/first-crew/index.fr.md"):
        path = way.replace("{}", file).replace("{root}", str(desk.site.root))
        for method in ("GET", "HEAD"):
            status, text = desk.ask(path, method)
            assert status in (400, 404), f"{method} {path}"
            assert (desk.site.root / file).read_text(encoding="utf-8")[:40] not in text


def test_a_link_out_of_the_site_is_not_followed(desk: Desk) -> None:
    desk.output.mkdir(exist_ok=True)  # the first build may not have ended
    link = desk.output / "way-out.html"
    link.symlink_to(desk.site.root / "secret.txt")
    try:
        assert "not to be read" not in desk.ask("/way-out.html")[1]
    finally:
        link.unlink()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_nothing_can_be_changed_through_the_server(desk: Desk, method: str) -> None:
    assert desk.ask("/fr/index.html", method)[0] == 501


def test_another_machine_cannot_connect(desk: Desk) -> None:
    """The server of an editor’s desk listens to the desk alone."""
    with socket.socket() as caller, pytest.raises(OSError, match="refused"):
        caller.connect(("127.0.0.2", desk.port))


def test_ctrl_c_ends_it_cleanly_with_a_page_open(site: Site, open_page: OpenPage) -> None:
    copy_program(site)
    desk = start(site, free_port())
    desk.wait_until_printed(desk.url)
    open_article(desk, open_page)
    assert desk.interrupt() == 0
    assert not any("Traceback" in line for line in desk.printed), "".join(desk.printed)
    with socket.socket() as caller, pytest.raises(OSError, match="refused"):
        caller.connect(("127.0.0.1", desk.port))


def test_ctrl_c_ends_it_cleanly_during_the_first_build(site: Site) -> None:
    copy_program(site)
    desk = start(site, free_port())
    desk.wait_until(site.cache.exists)  # until the build has begun
    assert desk.interrupt() == 0
    assert not any("Traceback" in line for line in desk.printed), "".join(desk.printed)


def test_a_port_that_is_taken_is_said_in_one_line(site: Site) -> None:
    copy_program(site)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        desk = start(site, port)
        assert desk.end() == 1
    assert desk.printed == [f"Port {port}: Address already in use. Choose another: make serve PORT={port + 1}\n"]


def test_what_is_saved_during_the_first_build_is_built_too(site: Site) -> None:
    copy_program(site)
    desk = start(site, free_port())
    try:
        # until all is read and pages are being made
        desk.wait_until(lambda: (site.output / ".staging").exists() or any("outputs" in line for line in desk.printed))
        change(site.article("first-crew", "fr"), "Quatre passagers à bord", "Cinq passagers à bord")
        desk.wait_until_printed(desk.url)
        desk.wait_until_shown("/fr/articles/quatre-passagers/", "Cinq passagers")
    finally:
        desk.interrupt()


def test_a_full_disk_is_told_and_the_desk_goes_on_with_the_next_save_when_there_is_room(desk: Desk) -> None:
    article, process = desk.site.article("first-crew", "en"), desk.process.pid
    page = "en/articles/four-passengers/index.html"
    before = resource.prlimit(process, resource.RLIMIT_FSIZE, (1_000, resource.RLIM_INFINITY))
    try:
        change(article, "Four passengers", "Six passengers")
        desk.wait_until_printed("Make room for it")
        status, shown = desk.ask(f"/{page}")
        assert (status, "Six passengers" in shown) == (200, True)
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)
    change(article, "Six passengers", "Seven passengers")
    built = desk.output / page
    desk.wait_until(lambda: built.exists() and "Seven passengers" in built.read_text(encoding="utf-8"))
    assert not any("Traceback" in line for line in desk.printed), "".join(desk.printed)


def test_a_page_that_missed_a_build_is_reloaded_at_once(desk: Desk) -> None:
    """It was sent as the build ended, and asks for events after."""
    page = desk.ask("/fr/")[1]
    shown = int(page.partition("/.reload.js?")[2].partition('"')[0])
    assert shown > 0
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=PATIENCE)
    connection.request("GET", f"/.events?{shown - 1}")
    assert connection.getresponse().readline() == b"event: built\n"
    connection.close()
