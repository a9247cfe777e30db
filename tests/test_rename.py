"""A renamed thing stays itself to readers and subscribers: ids, addresses, pictures, records of mails."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import Build
from content_reading import SOUND, english, french, problems_of, read, settings_for, write_files
from hypothesis import given
from hypothesis import strategies as st
from properties import examples, quick
from site_builder import Site, change, copy_program, desk, tree_of

from desk.mentions import Thing, renamed
from desk.published import remember
from desk.refused import Refused
from desk.rename import rename
from newsroom.content.published import read_published
from newsroom.problems import Problems
from newsroom.session import Session

#: What the small site holds of each kind that can be renamed.
THINGS = {
    "articles": "ticket-rumour",
    "topics": "space",
    "threads": "tickets",
    "editions": "2026-11-21",
    "entities": "zephyr",
    "claims": "seats",
    "glossary": "suborbital",
}
_ID = re.compile(r"tag:[^\s\"<>,]+,\d+:[^\s\"<>]+|UID:\S+")
FR = "articles/cable/index.fr.md"


def ids_of(output: Path) -> set[str]:
    """Return every permanent id of the feeds, the data and the calendars of a site."""
    found = [path for path in output.rglob("*") if path.suffix in (".xml", ".json", ".ics")]
    return {name for path in found for name in _ID.findall(path.read_text(encoding="utf-8").replace("\r\n ", ""))}


def addresses_of(output: Path) -> set[str]:
    """Return what has an address: pages, pictures, feeds, cards; with the places within the pages."""
    files = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    files = {name for name in files if "pagefind" not in name}
    pages = [output / name for name in files if name.endswith(".html")]
    places = {
        f"{page.relative_to(output).as_posix()}#{name}"
        for page in pages
        for name in re.findall(r' id="([^"]+)"', page.read_text(encoding="utf-8"))
    }
    return files | places


# --- one build before, one after -----------------------------------------------------------


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


@pytest.mark.parametrize("folder", quick(3, THINGS))
def test_nothing_that_was_published_moves_and_no_item_is_new(folder: str, site: Site, build: Build) -> None:
    key = THINGS[folder]
    before = build(site).output
    ids, addresses = ids_of(before), addresses_of(before)
    assert any(f"{folder}/{key}" in name for name in ids) or folder == "glossary"
    rename(settings_for(site.root), f"{folder}/{key}", "another-name")
    after = build(site).output
    assert ids_of(after) == ids
    gone = addresses - addresses_of(after)
    # Where the page of a player was, another leads on.
    assert {name for name in gone if f"/{key}/index.html#" not in name} == set()


def test_an_article_is_followed_wherever_it_is_named(site: Site, build: Build) -> None:
    build(site)
    changed = rename(settings_for(site.root), "ticket-rumour", "seats-rumour")
    assert "content/articles/first-crew/index.fr.md" in changed
    left = [
        path
        for path in site.content.rglob("*")
        if path.suffix in (".md", ".yaml") and "ticket-rumour" in path.read_text(encoding="utf-8")
    ]
    assert left == []
    output = build(site).output
    page = (output / "fr/articles/billets-rumeur/index.html").read_text(encoding="utf-8")
    assert "/media/articles/seats-rumour/capsule" in page
    assert (output / "media/articles/ticket-rumour/capsule.png").is_file()


def test_a_renamed_player_is_found_at_its_earlier_address(site: Site, build: Build) -> None:
    rename(settings_for(site.root), "zephyr", "zephyr-space")
    output = build(site).output
    for language, word in (("fr", "acteurs"), ("en", "players")):
        old = (output / language / word / "zephyr/index.html").read_text(encoding="utf-8")
        assert f"/{language}/{word}/zephyr-space/" in old
        assert (output / language / word / "zephyr-space/index.html").is_file()


def test_a_mail_that_was_sent_is_known_by_the_first_key(site: Site) -> None:
    from newsroom.mail.letter import letter_of

    rename(settings_for(site.root), "2026-11-21", "november")
    session = Session(settings_for(site.root), Path(__file__).parents[1] / "plugins")
    try:
        letter = letter_of(session.begin(), session.library, "november", ["fr"], test=True)
    finally:
        session.end()
        session.store.close()
    assert letter.name == "2026-11-21.fr"


@pytest.mark.slow
def test_it_can_be_renamed_again_and_back(site: Site, build: Build) -> None:
    ids = ids_of(build(site).output)
    for key, to in (("cable-plan", "one"), ("one", "two"), ("two", "cable-plan"), ("cable-plan", "three")):
        rename(settings_for(site.root), key, to)
        assert ids_of(build(site).output) == ids
    assert read_published(site.content).former["articles/three"] == ("cable-plan", "one", "two")


# --- renamed by hand -----------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with sound content that was published once."""
    write_files(tmp_path / "content", SOUND)
    remember(read(tmp_path))
    return tmp_path


def test_a_folder_renamed_by_hand_is_told_and_the_remedy_mends_it(root: Path) -> None:
    before = {article.permanent for article in read(root).articles}
    (root / "content/articles/cable").rename(root / "content/articles/long-cable")
    (problem,) = problems_of(root)
    assert problem.file == "content/articles/long-cable/index.fr.md"
    found = re.search(r"make rename KEY=(\S+) TO=([a-z-]+)", str(problem.remedy))
    assert found
    rename(settings_for(root), found[1], found[2])
    assert problems_of(root) == ()
    assert {article.permanent for article in read(root).articles} == before


def test_what_names_a_folder_renamed_by_hand_follows_too(root: Path) -> None:
    (root / "content/threads/mer").rename(root / "content/threads/ocean")
    assert {problem.file for problem in problems_of(root)} >= {
        "content/claims.yaml",
        "content/threads/ocean/index.fr.md",
    }
    rename(settings_for(root), "mer", "ocean")
    assert problems_of(root) == ()
    assert read(root).claims["cable-laid"].thread == "ocean"


def test_another_text_under_the_title_of_one_that_is_gone_can_be_published(root: Path) -> None:
    (root / "content/articles/cable").rename(root / "content/articles/new")
    (problem,) = problems_of(root)
    place = re.search(r"take (\S+) out of content/published.txt", str(problem.remedy))
    assert place
    path = root / "content/published.txt"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(f"{place[1]} ")), encoding="utf-8")
    assert problems_of(root) == ()


def test_a_key_is_never_given_a_second_time(root: Path) -> None:
    shutil.copytree(root / "content/articles/cable", root / "copy")
    rename(settings_for(root), "cable", "long-cable")
    (root / "copy").rename(root / "content/articles/cable")
    write_files(root / "content", {FR: french("slug: x"), FR.replace(".fr", ".en"): english("slug: x")})
    assert [str(problem.message) for problem in problems_of(root)] == [
        "“cable” was the key of articles/long-cable, which keeps its ids."
    ]
    rename(settings_for(root), "cable-laid", "laid")
    change(root / "content/claims.yaml", "laid:", "cable-laid:")
    assert ("content/claims.yaml", 1) in {(problem.file, problem.line) for problem in problems_of(root)}


# --- the text stays as it was written ------------------------------------------------------

MENTIONS = [
    ("articles/a/index.fr.md", "thread: cable # le fil", "threads", "thread: new # le fil"),
    ("articles/a/index.fr.md", "thread: [mer, 'cable', \"cable\"]", "threads", "thread: [mer, 'new', \"new\"]"),
    (
        "articles/a/index.fr.md",
        "topics:\n# un\n- cable\n- cable-two # cable",
        "topics",
        "topics:\n# un\n- new\n- cable-two # cable",
    ),
    ("articles/a/index.fr.md", "topics: [cable]\nthread: cable", "topics", "topics: [new]\nthread: cable"),
    ("articles/a/index.fr.md", 'topics: ["\\u0063able"]', "topics", "topics: [new]"),
    ("articles/a/index.fr.md", "title: cable\nslug: cable", "articles", "title: cable\nslug: cable"),
    ("editions/a/index.fr.md", "articles:\r\n- cable\r\n- b", "articles", "articles:\r\n- new\r\n- b"),
]
BODIES = [
    ("[a](article:cable)", "[a](article:new)"),
    ("[a](article:cable#part) article:cable-two", "[a](article:new#part) article:cable-two"),
    ("[a](../cable/index.fr.md#cable)", "[a](../new/index.fr.md#cable)"),
    ("[a][1]\n\n[1]: ../../articles/cable/", "[a][1]\n\n[1]: ../../articles/new/"),
    ('<a href="article:cable">x</a>', '<a href="article:new">x</a>'),
    ("[a](https://a.example/articles/cable/)", "[a](https://a.example/articles/cable/)"),
    ("[a](//a.example/articles/cable)", "[a](//a.example/articles/cable)"),
    ("[a](/fr/articles/cable/) cable", "[a](/fr/articles/cable/) cable"),
    ("![a](cable.jpg)", "![a](cable.jpg)"),
    ("[a](http://[cable)", "[a](http://[cable)"),
]


def after(root: Path, name: str, text: str, folder: str) -> str:
    path = root / "text.md"
    path.write_bytes(text.encode("utf-8"))
    return renamed(path, name, Thing(folder, "cable"), "new")


@pytest.mark.parametrize(("name", "head", "folder", "expected"), MENTIONS)
def test_a_key_is_replaced_where_it_is_one_and_nowhere_else(
    name: str, head: str, folder: str, expected: str, tmp_path: Path
) -> None:
    for opening, closing in (("---\n", "\n---\nCâble cable.\n"), ("\ufeff---\r\n", "\r\n---\r\nCâble.\r\n")):
        assert after(tmp_path, name, f"{opening}{head}{closing}", folder) == f"{opening}{expected}{closing}"


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_a_link_is_followed_however_it_is_written(body: str, expected: str, tmp_path: Path) -> None:
    head = "---\ntitle: cable\n---\n"
    assert after(tmp_path, "articles/a/index.fr.md", head + body, "articles") == head + expected


def test_a_register_keeps_its_remarks_and_its_order(tmp_path: Path) -> None:
    text = "# nos promesses\nb: {thread: cable, by: [x]} # cable\ncable: # celle-ci\n  thread: mer\n"
    assert after(tmp_path, "claims.yaml", text, "claims") == text.replace("\ncable:", "\nnew:")
    assert after(tmp_path, "claims.yaml", text, "threads") == text.replace("thread: cable,", "thread: new,")


@examples(100)
@given(st.text(st.sampled_from("cable ne\n\r-:#[](){}'\"/.&*!|>é\ufeff\0article"), max_size=80))
def test_whatever_is_written_the_rest_of_a_file_stays(text: str) -> None:
    import tempfile

    from newsroom.problems import Invalid

    with tempfile.TemporaryDirectory() as folder:
        for name in ("articles/a/index.fr.md", "claims.yaml"):
            try:
                found = after(Path(folder), name, text, "articles")
            except Invalid:
                continue
            assert found.replace("new", "cable") == text.replace("new", "cable")


# --- what is refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "to", "said"),
    [
        ("cabel", "x", "there is no “cabel”. Did you mean “cable”?"),
        ("cable", "X y", "cannot be a key"),
        ("cable", "cable", "already exists"),
        ("articles/cable", "threads/x", "stays in articles"),
        ("article/cable", "x", "there is no “article”. Did you mean “articles”?"),
        ("twice", "x", "“twice” is the key of several: write KEY=topics/twice or threads/twice."),
        ("about", "x", "the theme names pages by their key"),
    ],
)
def test_what_cannot_be_renamed_is_told_and_nothing_changes(key: str, to: str, said: str, root: Path) -> None:
    for folder in ("topics/twice", "threads/twice", "pages/about"):
        (root / "content" / folder).mkdir(parents=True)
    before = tree_of(root / "content")
    with pytest.raises(Refused, match=re.escape(said)):
        rename(settings_for(root), key, to)
    assert tree_of(root / "content") == before


def test_where_a_file_cannot_be_read_nothing_changes(root: Path) -> None:
    write_files(root / "content", {FR: "---\ntopics: [fibre\n---\n", "articles/b/index.fr.md": b"---\na: \xff\n---\n"})
    before = tree_of(root / "content")
    with pytest.raises(Problems) as refused:
        rename(settings_for(root), "topics/fibre", "x")
    assert {problem.file for problem in refused.value.items} == {f"content/{FR}", "content/articles/b/index.fr.md"}
    assert tree_of(root / "content") == before


def test_a_command_that_was_stopped_can_be_given_again(root: Path) -> None:
    for stop in ("after the texts", "after the note"):
        key, to = ("fibre", "fiber") if stop == "after the texts" else ("fiber", "optic")
        change(root / "content" / FR, f"topics: [{key}]", f"topics: [{to}]")
        if stop == "after the note":
            with (root / "content/published.txt").open("a", encoding="utf-8") as file:
                file.write(f"topics/{key} became topics/{to}\n")
        rename(settings_for(root), key, to)
        assert problems_of(root) == ()
    assert read(root).topics[0].permanent == "fibre"


def test_the_command_tells_the_files_and_what_to_keep(site: Site) -> None:
    copy_program(site)
    done = desk(site, "rename", "--key", "ticket-rumour", "--to", "seats-rumour")
    assert done.returncode == 0, done.stderr
    assert "content/articles/first-crew/index.fr.md\n" in done.stdout
    assert "keep content/published.txt in the repository" in done.stdout
    again = desk(site, "rename", "--key", "ticket-rumour", "--to", "seats-rumour")
    assert (again.returncode, again.stdout) == (1, "")
