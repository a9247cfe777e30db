"""The browser desk: a field for every key and no other, a real form in a real browser, and nothing of it published."""

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import PATIENCE, OpenPage
from conftest import Build
from hypothesis import example, given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, Page
from properties import examples
from served_desk import Desk, served

from desk import browser_desk
from desk.cms_config import backend_of, configuration, style
from newsroom.content import frontmatter
from newsroom.content.articles import ARTICLE
from newsroom.content.kinds import KINDS
from newsroom.content.readers import Context

CODES = ("fr", "en")
CONTEXT = Context(CODES, "Europe/Paris")
CONFIG = configuration(CODES, {"name": "github", "repo": "local/sillage"})
#: The private file system of the page stands for the folder that an editor chooses in a dialogue.
CHOOSE = """
window.showDirectoryPicker = () => navigator.storage.getDirectory();
FileSystemDirectoryHandle.prototype.requestPermission = async () => "granted";
"""
COPY = """async (files) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle(".git", { create: true });
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/");
    let folder = root;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
    const stream = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable();
    await stream.write(text);
    await stream.close();
  }
}"""
READ = """async (path) => {
  const parts = path.split("/");
  let folder = await navigator.storage.getDirectory();
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
  return await (await (await folder.getFileHandle(parts.at(-1))).getFile()).text();
}"""

WRITTEN = """async ([entry, style]) => {
  const { written } = await import("/admin/front-matter.js");
  return written(entry, style);
}"""
#: A text with every kind of value, as people write it by hand.
BY_HAND = """\
---
title: "Un câble : « promis » pour 2028 ?"
slug: un-cable-promis
summary: "Un opérateur annonce 900 km de câble, \\"sans prix\\"."
aliases: [cable-promis]
date: 2026-11-20T08:00
written: 2026-11
draft: true
topics: [fibre]
thread: [cable]
status: announced
sources:
  - {publisher: L’Usine (Paris), title: "A # b", date: 2026, language: fr, url: "https://example.org/?a=b#c"}
  - {publisher: "20", date: 2026-11, language: "no"}
updates:
  - {date: 2026-11-21, significant: false, fr: "Un prix.", en: "A price."}
image: {file: cable.jpg, credit: A / B}
alt: "Un câble"
---
Un *texte*.

---

| a | b |
|---|---|
| `x\\|y` | 2 |
"""

LOADED_FONTS = "[...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family).join()"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with served(tmp_path_factory.mktemp("desk") / "site") as desk:
        yield desk


def test_the_desk_has_a_field_for_every_key_of_every_kind_and_no_other() -> None:
    shown = {form["name"]: form["fields"] for form in CONFIG["collections"]}
    assert list(shown) == [kind.folder for kind in KINDS]
    for kind in KINDS:
        *fields, body = shown[kind.folder]
        assert body["name"] == "body"
        assert [(field["name"], field["required"], field["i18n"]) for field in fields] == [
            (field.name, field.required, not field.neutral) for field in kind.fields
        ]


def test_the_fields_of_a_note_are_its_keys_with_a_text_per_language() -> None:
    articles = next(form for form in CONFIG["collections"] if form["name"] == "articles")
    updates = next(field for field in articles["fields"] if field["name"] == "updates")
    field = ARTICLE.field("updates")
    assert field
    known = field.reader.schema["items"]["properties"]
    assert [part["name"] for part in updates["fields"]] == [*known, *CODES]


@pytest.mark.parametrize(
    ("address", "backend"),
    [
        ("git@github.com:press/sillage.git", {"name": "github", "repo": "press/sillage"}),
        ("https://gitlab.com/press/letters/sillage", {"name": "gitlab", "repo": "press/letters/sillage"}),
        ("https://git.example.org/sillage.git", {"name": "github", "repo": "local/clone"}),
    ],
)
def test_the_desk_saves_to_the_repository_the_folder_is_a_clone_of(
    address: str, backend: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    git = tmp_path / "clone" / ".git"
    (git / "config").write_text(f'[core]\n\tbare = false\n[remote "origin"]\n\turl = {address}\n', encoding="utf-8")
    (git / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (git / "objects").mkdir()
    (git / "refs").mkdir()
    assert backend_of(tmp_path / "clone") == backend


@pytest.mark.parametrize("path", ["admin/sveltia/../cms_config.py", "admin/cms_config.py", "admin/sveltia/", "admin/"])
def test_the_desk_answers_nothing_but_its_own_files(path: str, tmp_path: Path) -> None:
    assert browser_desk.answer(path, tmp_path, CODES) is None


def test_nothing_of_the_desk_is_published(small_output: Path) -> None:
    assert not (small_output / "admin").exists()
    for file in small_output.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert b"/admin/" not in data
            assert b"sveltia" not in data.lower()


def opened(desk: Desk, page: Page, **others: str) -> dict[str, str]:
    """Open the desk on a copy of the content and ``others``; return the files of that by path."""
    files = {
        path.relative_to(desk.site.root).as_posix(): path.read_text(encoding="utf-8")
        for path in desk.site.content.rglob("*")
        if path.suffix in (".md", ".yaml")
    }
    files |= {f"content/articles/{key}/index.fr.md": text for key, text in others.items()}
    page.add_init_script(CHOOSE)
    page.goto(f"{desk.url}/admin/config.json")
    page.evaluate(COPY, files)
    page.goto(f"{desk.url}/admin/")
    page.get_by_role("button", name="Work with Local Repository").click()
    return files


def facts(text: str) -> dict[str, object]:
    """Return what the front matter of an article says."""
    mapping = frontmatter.parse_mapping(frontmatter.split(text)[0], 1).data
    assert isinstance(mapping, dict)
    return {name: field.reader(mapping[name], CONTEXT) for name in mapping if (field := ARTICLE.field(name))}


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait as long as a busy machine may take; the page’s policy lets no test wait inside of it."""
    for _ in range(PATIENCE // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail(page.inner_text("body"))


def title_of(page: Page, start: str) -> Locator:
    """Return the field whose text starts so, once it is there."""
    boxes = page.locator("input")

    def number() -> int:
        return int(boxes.evaluate_all("(boxes, start) => boxes.findIndex((box) => box.value.startsWith(start))", start))

    wait_until(page, lambda: number() >= 0)
    return boxes.nth(number())


@pytest.mark.browser
def test_the_desk_opens_on_the_collections_without_an_error_and_asks_no_other_host(
    desk: Desk, open_page: OpenPage
) -> None:
    page = open_page()
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "been ignored" in message.text else None)
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: asked.remove(request.url) if request.failure == "csp" else None)
    files = opened(desk, page)
    for kind in KINDS:
        count = len({path.rsplit("/", 1)[0] for path in files if path.startswith(f"content/{kind.folder}/")})
        shown = f"{kind.folder.capitalize()}\n{count}\n"
        wait_until(page, lambda shown=shown: shown in page.inner_text("body"))  # type: ignore[misc]
    assert errors == []
    assert {url for url in asked if not url.startswith((desk.url, "blob:"))} == set()
    wait_until(page, lambda: "Material Symbols Outlined" in page.evaluate(LOADED_FONTS))


@pytest.mark.browser
def test_the_desk_keeps_what_somebody_types_while_others_save(desk: Desk, open_page: OpenPage) -> None:
    page = open_page()
    opened(desk, page)
    page.get_by_text("Zéphyr vendrait des billets").first.click()
    title = title_of(page, "Zéphyr vendrait")
    title.fill("Zéphyr vendra peut-être")
    file = desk.site.article("ticket-rumour", "en")
    file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: Saved, "), encoding="utf-8")
    other = open_page()
    other.goto(f"{desk.url}/en/")
    wait_until(other, lambda: "Saved, " in other.content())
    assert title.input_value() == "Zéphyr vendra peut-être"
    assert "reload" not in desk.ask("/admin/")[1]


@pytest.mark.browser
def test_what_the_desk_saves_says_the_same_but_for_what_was_changed_and_is_published(
    desk: Desk, open_page: OpenPage, build: Build
) -> None:
    page = open_page()
    files = opened(desk, page)
    page.get_by_text("Zéphyr vendrait des billets").first.click()
    title = title_of(page, "Zéphyr vendrait")
    title.fill("Zéphyr vendra des billets")
    page.get_by_role("button", name="Save", exact=True).click()
    path = "content/articles/ticket-rumour/index.fr.md"
    wait_until(page, lambda: "vendra des" in page.evaluate(READ, path))
    saved = page.evaluate(READ, path)
    before = {**facts(files[path]), "title": "Zéphyr vendra des billets"}
    assert {name: said for name, said in facts(saved).items() if said is not False} == before
    for code in CODES:
        file = desk.site.article("ticket-rumour", code)
        file.write_text(page.evaluate(READ, file.relative_to(desk.site.root).as_posix()), encoding="utf-8")
    apart = {name: str(desk.site.root / f"apart-{name}") for name in ("CACHE_PATH", "OUTPUT_PATH")}
    output = build(desk.site, **apart).output
    page_of = output / "fr/articles/billets-rumeur/index.html"
    assert "Zéphyr vendra des billets" in page_of.read_text(encoding="utf-8")


@pytest.mark.browser
def test_what_nobody_changed_stays_as_people_wrote_it(desk: Desk, open_page: OpenPage) -> None:
    page = open_page()
    opened(desk, page, cable=BY_HAND)
    page.get_by_text("Un câble : « promis »").first.click()
    wait_until(page, lambda: page.locator("[data-key-path=summary] textarea").count() > 0)
    page.locator("[data-key-path=title] input").first.fill("Un autre câble")
    page.get_by_role("button", name="Save", exact=True).click()
    path = "content/articles/cable/index.fr.md"
    wait_until(page, lambda: "autre" in page.evaluate(READ, path))
    assert page.evaluate(READ, path) == BY_HAND.replace("Un câble : « promis » pour 2028 ?", "Un autre câble")


@pytest.fixture(scope="module")
def writing(desk: Desk, chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    page.goto(f"{desk.url}/admin/config.json")
    yield page
    page.close()


def normal(text: str) -> str:
    """Return ``text`` as every file is read: its accents with their letters, no space around it."""
    return unicodedata.normalize("NFC", text).strip() or "a"


LINES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\u2028\u2029"), min_size=1)


@pytest.mark.browser
@examples(60, cost=20)
@given(st.lists(LINES.map(normal), min_size=1, max_size=5))
@example(["- a", "a: b", "a #b", "#", "'", '"', "\\", "[a]", "{a}", "a, b", "&a", "*a", "!a", "|", ">", "%", "@", "`"])
@example(["yes", "no", "null", "~", "true", "1.10", "08", "2026", "2026-11-20", "?", "-", "---", "\ufeff"])
@example(["<<", "=", "a:", ":a", "1:30", "0x1F", "1e3", ".5", "+1", "é", "🚀", "\u200b", "a\u00a0b", "’"])
def test_a_text_is_read_as_it_was_typed_whatever_it_holds(writing: Page, texts: list[str]) -> None:
    sources = [{"publisher": text, "title": text} for text in texts]
    entry = {"title": texts[0], "aliases": texts, "sources": sources, "image": {"credit": texts[-1]}, "body": "a\n"}
    front, body, _ = frontmatter.split(writing.evaluate(WRITTEN, [entry, style(CODES)]))
    assert {**plain(frontmatter.parse_mapping(front, 1)), "body": body} == entry


def plain(value: frontmatter.Value) -> Any:
    """Return what a value of YAML holds, without its places."""
    if isinstance(value.data, dict):
        return {name: plain(part) for name, part in value.data.items()}
    return [plain(item) for item in value.data] if isinstance(value.data, list) else value.data


def test_a_form_says_what_is_expected_with_an_example() -> None:
    articles = next(form for form in CONFIG["collections"] if form["name"] == "articles")
    expected = {field["name"]: field["pattern"][1] for field in articles["fields"] if "pattern" in field}
    assert expected["date"] == "As in 2026-04-01 or 2026-04-01T08:00"
    assert expected["title"] == "On one line"
    assert not any(set("^$[]\\\\") & set(words) for words in expected.values())
