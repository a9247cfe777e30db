"""What ``make new`` makes is read at once; a translation says what is left, and nothing is published half."""

import errno
import os
import shlex
import subprocess
from pathlib import Path

import pytest
from content_reading import SOUND, french, problems_of, read, settings_for, write_files
from editorial_site import make_clone
from site_builder import ROOT, Site, desk, tree_of

from desk.new import create, enter
from desk.refused import Refused
from desk.register_entries import add_entry
from desk.translating import translate
from newsroom.content.articles import ARTICLE
from newsroom.content.editions import EDITION
from newsroom.content.kinds import KINDS
from newsroom.content.pages import PAGE
from newsroom.content.schema import Kind
from newsroom.content.threads import THREAD
from newsroom.problems import Invalid

FR = "articles/cable/index.fr.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_files(tmp_path / "content", SOUND)
    return tmp_path


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("title", ["Kuiper : la suite", 'Un "mot"', "@wired", "- tiret", "#1 : l’été"])
def test_what_is_new_is_read_without_a_problem(kind: Kind, language: str, title: str, root: Path) -> None:
    path = create(settings_for(root), kind, title, language, {})
    assert path.name == f"index.{language}.md"
    assert problems_of(root) == ()


def test_a_new_article_shows_how_sources_are_cited(root: Path) -> None:
    path = create(settings_for(root), ARTICLE, "Neuf", "fr", {"topic": "fibre"})
    written = path.read_text(encoding="utf-8").replace("\n# ", "\n").replace("\n#", "\n").replace("draft: true\n", "")
    path.write_text(written.replace("date: 2026-11-21", "date: 2026-11-20", 1), encoding="utf-8")
    (source,) = next(article for article in read(root).articles if article.key == "neuf").facts.sources
    assert (source.publisher, source.url) == ("…", "https://…")


def test_a_new_article_is_a_draft_and_a_new_edition_has_the_next_number(root: Path) -> None:
    create(settings_for(root), ARTICLE, "Neuf", "fr", {"topic": "fibre", "key": "neuf"})
    create(settings_for(root), EDITION, "Numéro", "fr", {"key": "un"})
    create(settings_for(root), EDITION, "Numéro deux", "fr", {"key": "deux"})
    assert "neuf" not in {article.key for article in read(root).articles}
    text = (root / "content/editions/deux/index.fr.md").read_text(encoding="utf-8")
    assert "number: 2" in text


@pytest.mark.parametrize(
    ("title", "given", "said"),
    [
        ("!!!", {}, "give one of a-z"),
        ("caf\udce9", {}, r"TITLE=: the character U\+DCE9 cannot be published. Delete it."),
        ("a\x1b[2J", {}, r"TITLE=: the character U\+001B cannot be published"),
        ("a\nb: c", {}, "TITLE=: this must stand on one line"),
        ("a\u2028b", {}, r"TITLE=: the character U\+2028 cannot be published"),
        ("Cable", {}, "already exists"),
        ("Neuf", {"topic": "fiber"}, "Did you mean “fibre”?"),
        ("Neuf", {"key": "../x"}, "cannot be a key"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    title: str, given: dict[str, str], said: str, root: Path
) -> None:
    before = sorted(root.rglob("*"))
    with pytest.raises(Refused, match=said.replace("?", r"\?")):
        create(settings_for(root), ARTICLE, title, "fr", given)
    assert sorted(root.rglob("*")) == before


def test_a_translation_holds_its_source_and_the_keys_of_its_language_alone(root: Path) -> None:
    (root / "content/articles/cable/index.en.md").unlink()
    write_files(root / "content", {FR: french("alt: Une carte", body="Un.\n\nDeux -- trois.")})
    text = translate(settings_for(root), "cable").read_text(encoding="utf-8")
    keys = [
        line.partition(":")[0] for line in text.partition("---\n")[2].partition("---")[0].splitlines() if line[0] != "#"
    ]
    assert keys == ["title", "summary", "alt", "translated_from"]
    assert "# fr: Un câble est promis" in text
    assert "<!-- Un. -->\n\n<!-- Deux - - trois. -->" in text
    assert {problem.key for problem in problems_of(root)} == {"title", "summary", "alt"}


def test_a_finished_translation_is_fresh(root: Path) -> None:
    (root / "content/articles/cable/index.en.md").unlink()
    path = translate(settings_for(root), "cable")
    text = path.read_text(encoding="utf-8").replace("title:", 'title: "A"').replace("summary:", 'summary: "B"')
    path.write_text(text, encoding="utf-8")
    texts = read(root).articles[0].texts
    assert texts["en"].translated_from == texts["fr"].body.text_hash


def test_a_paragraph_that_was_translated_before_is_proposed(root: Path) -> None:
    said = "Ces chiffres sont ceux de l’opérateur, et n’ont pas été vérifiés."
    write_files(
        root / "content",
        {
            FR: french(body=f"Un.\n\n{said}"),
            FR.replace(".fr.", ".en."): "---\ntitle: a\nsummary: b\n---\nOne.\n\nThe operator’s own figures.\n",
        },
    )
    write_files(root / "content", {"articles/new/index.fr.md": french('title: "Neuf"', body=f"Neuf.\n\n{said}")})
    text = translate(settings_for(root), "new").read_text(encoding="utf-8")
    assert text.endswith(f"<!-- {said} -->\n\nThe operator’s own figures.\n")


def with_memory(root: Path, source: str, target: str, body: str) -> str:
    """Return the translation begun of an article with ``body``, where ``source`` and ``target`` are a pair."""
    said = {FR: french(body=source), FR.replace(".fr.", ".en."): f"---\ntitle: a\nsummary: b\n---\n{target}\n"}
    write_files(root / "content", {**said, "articles/new/index.fr.md": french('title: "Neuf"', body=body)})
    text = translate(settings_for(root), "new").read_text(encoding="utf-8")
    return text.split("---\n", 2)[2].strip()


def test_what_was_said_of_another_matter_is_proposed_as_a_comment_alone(root: Path) -> None:
    begun = with_memory(root, "Le prix monte de 20 % en 2016.", "It rose.", "Le prix monte de 30 % en 2017.")
    assert begun == ("<!-- Le prix monte de 30 % en 2017. -->\n\n<!-- ≈ Le prix monte de 20 % en 2016.\n→ It rose. -->")


def test_nothing_is_proposed_from_texts_that_only_have_as_many_blocks(root: Path) -> None:
    source, target = "## Le prix\n\nLe prix monte.", "One.\n\n## The end"
    assert with_memory(root, source, target, "Le prix monte.") == "<!-- Le prix monte. -->"


def test_a_figure_is_the_same_in_both_languages(root: Path) -> None:
    write_files(root / "content", {"articles/new/prix.yaml": ""})
    assert with_memory(root, "![](dates.yaml)", "![](dates.yaml)", "Un.\n\n![](prix.yaml)").endswith(
        "<!-- Un. -->\n\n![](prix.yaml)"
    )


def test_what_has_every_language_and_what_is_not_there_is_told(root: Path) -> None:
    with pytest.raises(Refused, match="has every language"):
        translate(settings_for(root), "cable")
    with pytest.raises(Refused, match="Did you mean “cable”"):
        translate(settings_for(root), "cabel")


def test_the_command_says_where_the_file_is(tmp_path: Path) -> None:
    site = make_clone(tmp_path / "site")
    words = ["--kind", "page", "--title", "Contact", "--language", "en"]
    done = desk(site, "new", *words)
    assert (done.stdout, done.returncode) == ("content/pages/contact/index.en.md\n", 0)
    assert PAGE.folder == "pages"


# --- players and terms ---------------------------------------------------------------------

REGISTER = """\
# nos acteurs

amazon: {kind: company, name: Amazon}  # la maison
# suivi de près
zephyr:
  kind: agency
  name: Z"""


def test_a_player_takes_its_place_and_every_remark_stays(root: Path) -> None:
    path = root / "content/entities.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    assert enter(settings_for(root), "entities", "Élise Moreau", "", {"kind": "person"}) == path
    entry = 'elise-moreau:\n  kind: person\n  name: "Élise Moreau"\n'
    assert path.read_text(encoding="utf-8") == REGISTER.replace("# suivi", f"{entry}# suivi")
    enter(settings_for(root), "entities", 'Zoé: "la" suite', "", {})
    assert path.read_text(encoding="utf-8").endswith(
        '\nzoe-la-suite:\n  kind: company\n  name: "Zoé: \\"la\\" suite"\n'
    )
    assert problems_of(root) == ()
    assert read(root).entities["elise-moreau"].name["en"] == "Élise Moreau"


def test_a_register_in_an_order_of_its_own_is_added_to_at_the_end(root: Path) -> None:
    path = root / "content/glossary.yaml"
    before = "b:\n  fr: {term: B, expansion: b, definition: b}\na:\n  fr: {term: A, expansion: a, definition: a}\n"
    path.write_text(before, encoding="utf-8")
    enter(settings_for(root), "glossary", "AAA", "fr", {})
    assert path.read_text(encoding="utf-8") == f'{before}aaa:\n  fr: {{term: "AAA", expansion: "…", definition: "…"}}\n'
    assert problems_of(root) == ()


def test_the_first_entry_makes_the_register(root: Path) -> None:
    (root / "content/glossary.yaml").unlink()
    enter(settings_for(root), "glossary", "Débit", "fr", {"key": "rate"})
    assert read(root).terms["fr"][0].term == "Débit"


@pytest.mark.parametrize(
    ("before", "given", "said"),
    [
        (REGISTER, {"key": "amazon"}, "content/entities.yaml:3: amazon: “amazon” already exists."),
        (REGISTER, {"key": "A b"}, "cannot be a key"),
        (REGISTER, {"kind": "compagny"}, "Did you mean “company”?"),
        ("{a: {kind: company, name: A}}\n", {}, "Write one entry below another"),
        ("a: [\n", {}, "mend it first"),
    ],
)
def test_what_cannot_be_entered_is_told_and_the_register_stays(
    before: str, given: dict[str, str], said: str, root: Path
) -> None:
    path = root / "content/entities.yaml"
    path.write_text(before, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        enter(settings_for(root), "entities", "Neuf", "fr", given)
    assert said in str(refused.value)
    assert path.read_text(encoding="utf-8") == before


def test_a_thread_whose_claim_is_there_already_leaves_nothing_behind(root: Path) -> None:
    with pytest.raises(Refused, match="already exists"):
        create(settings_for(root), THREAD, "Neuf", "fr", {"key": "cable-laid"})
    assert not (root / "content/threads/cable-laid").exists()


# --- the commands of editors ---------------------------------------------------------------

COMMANDS = sorted(
    ".".join(path.relative_to(ROOT / "plugins/desk").with_suffix("").parts)
    for path in (ROOT / "plugins/desk").rglob("*.py")
    if '__name__ == "__main__"' in path.read_text(encoding="utf-8") and path.stem not in ("build", "preview")
)


@pytest.mark.parametrize(
    "command", [pytest.param(name, marks=() if name == "new" else pytest.mark.slow) for name in COMMANDS]
)
def test_help_is_help_and_does_nothing(command: str, tmp_path: Path) -> None:
    site = make_clone(tmp_path / "site")
    before = tree_of(site.root, "content", "theme")
    done = desk(site, command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: make ")
    assert tree_of(site.root, "content", "theme") == before


def test_what_make_serve_starts_says_so_to_who_starts_it_alone() -> None:
    done = desk(Site(ROOT), "preview")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((), []),
        (
            ("KIND=article", "TITLE=Un câble : promis", "TOPIC=fibre"),
            ["--kind=article", "--title=Un câble : promis", "--topic=fibre"],
        ),
        (("KIND=player", "TITLE=Ada", "OF=person"), ["--kind=player", "--title=Ada", "--of-kind=person"]),
        (("TRANSLATE=cable", "LANGUAGE=en"), ["--translate=cable", "--language=en"]),
    ],
)
def test_make_hands_on_what_is_given_and_nothing_of_its_own(given: tuple[str, ...], words: list[str]) -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--assume-old=.venv/ready", "new", *given],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[-1]
    asked = shlex.split(shown)
    asked = asked[asked.index("desk.new") + 1 :]
    assert set(words) <= set(asked)
    assert sum(word.startswith("--") for word in asked) == len(given)


#: What make, the shell or an option would read otherwise.
SPECIAL = "$(shell touch pwned) `touch pwned` $$HOME ${PATH} \"; touch pwned; ' # %s \\ {a,b} * ~ --help"


def given_to_a_command(folder: Path, *words: str, **environment: str) -> list[str]:
    """Return the words that the command behind ``make …`` is started with, one of which stands for Python."""
    (folder / "python").write_text('#!/bin/sh\nfor word; do printf "%s\\0" "$word"; done\n', encoding="utf-8")
    (folder / "python").chmod(0o755)
    command = ["make", "--silent", "-f", str(ROOT / "Makefile"), "--assume-old=.venv/ready", f"BIN={folder}", *words]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout.split("\0")[2:-1]


def test_make_and_the_shell_read_nothing_of_what_is_given(tmp_path: Path) -> None:
    given = given_to_a_command(tmp_path, "new", f"TITLE={SPECIAL}", f"KEY={SPECIAL}", "TOPIC=a b")
    assert given == [f"--title={SPECIAL}", "--topic=a b", f"--key={SPECIAL}"]
    assert given_to_a_command(tmp_path, "rename", f"KEY={SPECIAL}", "TO=") == [f"--key={SPECIAL}", "--to="]
    assert given_to_a_command(tmp_path, "new", "TITLE=-x\ny") == ["--title=-x y"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["python"]


def test_what_the_environment_holds_under_such_a_name_is_not_meant(tmp_path: Path) -> None:
    """Shells and package managers set HOST, systems set LANGUAGE: the preview would be shown to the network."""
    theirs = {"HOST": "0.0.0.0", "PORT": "1", "LANGUAGE": "fr_FR:en", "TITLE": "x", "KEY": "y"}
    assert given_to_a_command(tmp_path, "serve", **theirs) == []
    assert given_to_a_command(tmp_path, "new", "KIND=page", **theirs) == ["--kind=page"]


@pytest.mark.parametrize("name", ["entities.yaml", "claims.yaml"])
def test_a_register_is_whole_whatever_becomes_of_an_addition(
    name: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree_of(root)
    assert f"content/{name}" in before

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("desk.saving.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            add_entry(root / "content" / name, ["neuf:", "  kind: company"])
    with pytest.raises(UnicodeEncodeError):
        add_entry(root / "content" / name, ["neuf:", '  name: "\udce9"'])
    assert tree_of(root) == before


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_addition_ends_its_lines_as_the_register_does(end: str, tmp_path: Path) -> None:
    path = tmp_path / "entities.yaml"
    path.write_bytes(f"\ufeffb: {{}}{end}".encode())
    add_entry(path, ["a:", "  kind: company"])
    assert path.read_bytes().decode() == f"a:{end}  kind: company{end}b: {{}}{end}"
    path.write_bytes(b"b: {name: \xe9}\n")
    with pytest.raises(Invalid, match="not UTF-8"):
        add_entry(path, ["a:"])
