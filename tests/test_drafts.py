"""``make serve`` shows drafts and what waits for its day, marked; what a build writes beside knows nothing of them."""

import shutil
from collections.abc import Iterator

import pytest
from browser import OpenPage
from playwright.sync_api import expect
from served_desk import Desk, served
from site_builder import change
from test_scheduling import CASES, WORD, files_with_the_word, write_waiting

MARK = ".preview-state"
DRAFT, WAITING = "/fr/articles/pas-fini/", "/fr/articles/sous-embargo/"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return the small site in a project of its own, served."""
    with served(tmp_path_factory.mktemp("desk") / "project") as desk:
        yield desk


@pytest.mark.browser
@pytest.mark.parametrize(("address", "said"), [(DRAFT, "Draft"), (WAITING, "2026-11-23 08:00")])
def test_what_is_not_public_is_shown_and_marked(desk: Desk, open_page: OpenPage, address: str, said: str) -> None:
    page = open_page(390)
    desk.settle()
    page.goto(f"{desk.url}{address}")
    mark = page.locator(f"body > {MARK}")
    expect(mark).to_contain_text(said)
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    expect(mark).to_be_in_viewport()
    page.goto(f"{desk.url}/fr/archives/2026/")
    expect(page.locator(f"main a[href='{address}'] {MARK}").first).to_contain_text(said)


@pytest.mark.browser
def test_what_is_public_bears_no_mark(desk: Desk, open_page: OpenPage) -> None:
    page = open_page()
    desk.settle()
    with page.expect_response("**/.page.json?*"):
        page.goto(f"{desk.url}/fr/articles/quatre-passagers/")
    expect(page.locator(f"body > {MARK}")).to_have_count(0)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["draft", "edition of tomorrow"])
def test_no_build_of_the_preview_writes_what_it_shows(desk: Desk, name: str) -> None:
    kind, facts = CASES[name]
    write_waiting(desk.site.content, kind, facts)
    desk.wait_until(lambda: desk.ask(f"/fr/{'articles' if kind == 'articles' else 'numeros'}/la-{WORD}/")[0] == 200)
    # What was built after it is known by another edit.
    change(desk.site.article("first-crew", "fr"), "Quatre passagers à bord", f"Passagers : {name}")
    page = desk.output / "fr/articles/quatre-passagers/index.html"
    desk.wait_until(lambda: page.exists() and name in page.read_text(encoding="utf-8"))
    shutil.rmtree(desk.site.content / kind / f"{WORD}-key")
    change(desk.site.article("first-crew", "fr"), f"Passagers : {name}", "Quatre passagers à bord")
    assert files_with_the_word(desk.output) == []
