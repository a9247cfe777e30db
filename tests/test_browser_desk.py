"""The browser desk: a field for every key and no other, a real form in a real browser, and nothing of it published."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import PATIENCE, OpenPage
from conftest import Build
from playwright.sync_api import Locator, Page
from served_desk import Desk, served

from desk import browser_desk
from desk.cms_config import backend_of, configuration
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


def opened(desk: Desk, page: Page) -> dict[str, str]:
    """Open the desk on a copy of the content; return the files of that by path."""
    files = {
        path.relative_to(desk.site.root).as_posix(): path.read_text(encoding="utf-8")
        for path in desk.site.content.rglob("*")
        if path.suffix in (".md", ".yaml")
    }
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
