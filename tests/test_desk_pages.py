"""What ``make serve`` shows editors beside the site: the desk, the rules of the house, two languages side by side."""

import json
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import OpenPage
from playwright.sync_api import Page, expect
from served_desk import PATIENCE, Desk, served
from site_builder import change, pair, write_entry
from test_scheduling import CASES, write_waiting

BUILD = PATIENCE * 1000
LONG = "/fr/articles/long-texte/"
#: Where the headings of a frame stand in its window.
HEADINGS = """index => [...document.querySelectorAll("iframe")[index].contentDocument.querySelectorAll("main h2")]
  .map(heading => heading.getBoundingClientRect().top)"""
SCROLL = """([index, heading]) => {
  const { contentWindow, contentDocument } = document.querySelectorAll("iframe")[index];
  const top = contentDocument.querySelectorAll("main h2")[heading].getBoundingClientRect().top;
  contentWindow.scrollBy({ top: top - contentWindow.innerHeight / 3, behavior: "instant" });
}"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return the small site, told in French, with an article whose languages differ in length, served."""
    locale = pytest.MonkeyPatch()
    locale.setenv("LC_ALL", "fr_FR.UTF-8")
    with served(tmp_path_factory.mktemp("desk") / "project") as desk:
        write_long(desk.site.content)
        desk.wait_until_shown(LONG, "Partie 3")
        yield desk
    locale.undo()


def write_long(content: Path) -> None:
    """Write an article whose French parts are two, four and six times as long as the English ones."""
    parts = {
        word: "\n\n".join(
            f"## {word} {part}\n\n" + "Un mot. " * 60 * (part * 2 if word == "Partie" else 1) for part in (1, 2, 3)
        )
        for word in ("Partie", "Part")
    }
    facts = {"date": "2026-11-01", "topics": ["space"], "status": "rumour", "entities": ["moreau"]}
    texts = pair(("Long texte", "Long.", parts["Partie"]), ("Long text", "Long.", parts["Part"]))
    write_entry(content, "articles", "long-text", facts, texts)


def beside(desk: Desk, page: Page) -> None:
    """Open the long article in both languages and wait until both are there."""
    desk.settle()
    page.goto(f"{desk.url}/desk/side-by-side{LONG}")
    for number in (0, 1):
        page.wait_for_function(
            f"index => ({HEADINGS})(index).length > 2",
            arg=number,
        )
    expect(page.frame_locator("iframe").nth(1).locator("h1")).to_have_text("Long text")


def together(page: Page, heading: int) -> None:
    """Wait until a heading stands at the same height in both languages."""
    page.wait_for_function(f"heading => Math.abs(({HEADINGS})(0)[heading] - ({HEADINGS})(1)[heading]) < 3", arg=heading)


@pytest.mark.browser
@pytest.mark.parametrize("leader", [0, 1])
def test_the_languages_of_a_page_scroll_together_heading_by_heading(
    desk: Desk, open_page: OpenPage, leader: int
) -> None:
    page = open_page(1280)
    beside(desk, page)
    boxes = [box.bounding_box() for box in page.locator("iframe").all()]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]  # type: ignore[index]
    for heading in (2, 1):
        page.evaluate(SCROLL, [leader, heading])
        together(page, heading)
    for to in ("0", "1e6"):
        page.evaluate(
            f"document.querySelectorAll('iframe')[{leader}].contentWindow.scrollTo({{top: {to}, behavior: 'instant'}})"
        )
        page.wait_for_function(
            """to => [...document.querySelectorAll("iframe")].every(({ contentWindow, contentDocument }) =>
              Math.abs(contentWindow.scrollY - (to && contentDocument.documentElement.scrollHeight
                - contentWindow.innerHeight)) < 2)""",
            arg=float(to),
        )


@pytest.mark.browser
def test_a_narrow_screen_switches_between_the_languages_at_the_same_place(desk: Desk, open_page: OpenPage) -> None:
    page = open_page(390)
    beside(desk, page)
    first, second = page.locator("iframe").all()
    expect(first).to_be_visible()
    expect(second).not_to_be_visible()
    page.evaluate(SCROLL, [0, 2])
    together(page, 2)
    page.get_by_label("English").check()
    expect(second).to_be_visible()
    expect(first).not_to_be_visible()
    together(page, 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
def test_a_save_shows_in_both_frames_and_keeps_the_place(desk: Desk, open_page: OpenPage) -> None:
    page = open_page(1280)
    beside(desk, page)
    page.evaluate(SCROLL, [0, 2])
    together(page, 2)
    place = page.evaluate("document.querySelector('iframe').contentWindow.scrollY")
    change(desk.site.article("long-text", "en"), "## Part 3", "## Part three")
    expect(page.frame_locator("iframe").nth(1).locator("h2", has_text="Part three")).to_be_attached(timeout=BUILD)
    page.wait_for_function(
        "place => Math.abs(document.querySelector('iframe').contentWindow.scrollY - place) < 5", arg=place
    )
    together(page, 2)
    change(desk.site.article("long-text", "en"), "## Part three", "## Part 3")


@pytest.mark.browser
def test_a_link_followed_in_one_language_leads_the_other_along(desk: Desk, open_page: OpenPage) -> None:
    page = open_page(1280)
    beside(desk, page)
    page.frame_locator("iframe").first.locator("a[href='/fr/']").first.click()
    page.wait_for_url("**/desk/side-by-side/fr/")
    expect(page.frame_locator("iframe").nth(1).locator("html")).to_have_attribute("lang", "en")


@pytest.mark.slow
def test_a_language_that_is_missing_is_said_to_be(desk: Desk) -> None:
    status, html = desk.ask("/desk/side-by-side/fr/articles/pas-fini/")
    assert status == 200
    assert html.count("<iframe") + html.count("Il n’y a pas de texte dans cette langue.") == 2
    assert desk.ask("/desk/side-by-side/fr/nulle-part/")[0] == 404
    assert desk.ask("/desk/side-by-side/../secret.txt")[0] == 404


@pytest.mark.browser
def test_the_desk_lists_what_waits_in_the_language_of_the_terminal(desk: Desk, open_page: OpenPage) -> None:
    write_waiting(desk.site.content, *CASES["edition that waits"])
    desk.wait_until_shown("/desk/", "2026-11-22")
    page = open_page(390)
    desk.settle()
    page.goto(f"{desk.url}/fr/")
    page.get_by_role("link", name="Bureau").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    drafts, waiting, behind, missing, mend = page.locator("section").all()[:5]
    expect(drafts).to_contain_text("Brouillons 1")
    expect(drafts.locator("a.title[href$='/articles/unfinished/']")).to_be_visible()
    expect(waiting).to_contain_text("Pas publié avant 2026-11-23 08:00")
    expect(behind).to_contain_text("Aucun.")
    expect(missing).to_contain_text("English\u00a0: manque.")
    expect(mend.locator("li").first).to_be_visible(timeout=BUILD)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(waiting.locator("a.file").first).to_have_attribute(
        "href", re.compile(r"^vscode://file/.*/index\.fr\.md:1:1$")
    )


@pytest.mark.browser
def test_the_rules_of_the_house_are_told_in_the_page_they_are_about_and_in_the_terminal(
    desk: Desk, open_page: OpenPage
) -> None:
    page = open_page(390)
    desk.settle()
    page.goto(f"{desk.url}/fr/articles/quatre-passagers/")
    path = desk.site.article("first-crew", "fr")
    good = path.read_text(encoding="utf-8")
    tools = page.locator(".preview-tools")
    path.write_text(f"{good}\n## Un Titre Tout En Majuscules Curieuses\n", encoding="utf-8")
    said = "met une capitale à la plupart de ses mots"
    expect(tools.locator("summary")).to_contain_text("à reprendre", timeout=BUILD)
    tools.locator("summary").click()
    entry = tools.locator("li", has_text=said)
    expect(entry).to_be_visible()
    line = len(path.read_text(encoding="utf-8").splitlines())
    expect(entry.locator("a")).to_have_attribute("href", f"vscode://file{path}:{line}:{len('## ') + 1}")
    assert all("/first-crew/" in (place or "") for place in tools.locator("li a").all_inner_texts())
    desk.wait_until_printed(said)
    page.reload()
    expect(entry).to_be_visible()  # it stays open while one mends
    path.write_text(good, encoding="utf-8")
    expect(entry).to_have_count(0, timeout=BUILD)


@pytest.mark.slow
def test_pages_are_served_while_the_rules_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dictionary of this test answers when it is told to, and not before."""
    program, go = tmp_path / "bin" / "hunspell", tmp_path / "go"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nwhile ! test -e {go}; do sleep 0.05; done\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    with served(tmp_path / "project") as desk:
        answers: list[str] = []
        asking = threading.Thread(target=lambda: answers.append(desk.ask("/.proofs.json?articles/first-crew")[1]))
        asking.start()
        for _ in range(3):
            assert desk.ask("/fr/articles/quatre-passagers/")[0] == 200
        change(desk.site.article("first-crew", "fr"), "Quatre passagers à bord", "Cinq passagers à bord")
        desk.wait_until_shown("/fr/articles/quatre-passagers/", "Cinq passagers")
        assert asking.is_alive()
        assert answers == []
        go.touch()
        asking.join(PATIENCE)
        assert json.loads(answers[0])["summary"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    ["articles/nothing", "articles/..%2f..", "../..", "a", "/", "%", "articles/first-crew/x", "entities/moreau"],
)
def test_any_question_about_the_rules_is_answered(desk: Desk, query: str) -> None:
    status, text = desk.ask(f"/.proofs.json?{query}")
    assert status == 200
    assert json.loads(text) is None or json.loads(text)["summary"]
    assert desk.ask(f"/.page.json?{query}")[0] == 200


@pytest.mark.browser
def test_ten_pages_that_are_open_all_show_what_was_saved(desk: Desk, open_page: OpenPage) -> None:
    """A browser opens six connections to a server: pages that held one each would leave none for the seventh."""
    first = open_page()
    pages = [first, *(first.context.new_page() for _ in range(9))]
    for page in pages:
        page.goto(f"{desk.url}/fr/articles/quatre-passagers/")
    change(desk.site.article("first-crew", "fr"), "Quatre passagers à bord", "Dix passagers à bord")
    for page in pages:
        expect(page.locator("h1")).to_have_text("Dix passagers à bord", timeout=BUILD)
    change(desk.site.article("first-crew", "fr"), "Dix passagers à bord", "Quatre passagers à bord")


@pytest.mark.slow
def test_nothing_of_the_desk_is_in_what_a_build_writes(desk: Desk) -> None:
    desk.wait_until((desk.output / "fr/index.html").exists)  # until the build beside has ended
    assert not (desk.output / "desk").exists()
    assert not [path for path in desk.output.rglob("*.html") if "/desk/" in path.read_text(encoding="utf-8")]
