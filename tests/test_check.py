"""``make check`` as an editor runs it: what it prints, in which order, with which status."""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from editorial_site import copy_of, line_of, settings_of
from site_builder import ROOT, Site, change, desk, pelican, set_value

from desk.check import check
from newsroom.problems import Problems

pytestmark = pytest.mark.programs


@pytest.fixture
def project(clone: Site, tmp_path: Path) -> Site:
    """Return a copy of the project, to be spoiled."""
    return copy_of(clone, tmp_path / "site")


def set_locale(site: Site, locale: str) -> None:
    """Give English another locale in the settings of ``site``."""
    change(site.root / "pelicanconf.py", '"locale": "en_GB"', f'"locale": "{locale}"')


def test_a_sound_project_gives_one_line_and_status_0(project: Site) -> None:
    done = desk(project, "check")
    assert done.stdout == "2 articles, 1 topic, 1 thread, 1 edition, 1 page, in 2 languages: nothing to mend.\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_problems_stand_in_order_of_file_and_line_with_a_count_and_status_1(project: Site) -> None:
    for key in ("refusal", "plan"):
        path = project.article(key, "en")
        with path.open("a", encoding="utf-8") as file:
            file.write("\nA wrod.\n\n#### Too deep\n\nSee [here](https://example.org/).\n")
    done = desk(project, "check")
    *problems, count = done.stdout.splitlines()
    places = [re.match(r"(content/\S+?):(\d+)(?::\d+)?: \S", line) for line in problems]
    assert all(places)
    assert [(place[1], int(place[2])) for place in places if place] == [
        (f"content/articles/{key}/index.en.md", line_of(project.article(key, "en"), fragment))
        for key in ("plan", "refusal")
        for fragment in ("wrod", "####", "[here]")
    ]
    assert count.endswith("in 2 languages: 6 things to mend.")
    assert done.returncode == 1


def test_what_stops_a_build_is_reported_as_the_build_reports_it(project: Site) -> None:
    set_value(project.article("plan", "fr"), "topics", ["netwroks"])
    done = desk(project, "check")
    build = pelican(project, "--fatal", "errors")
    assert "topics: there is no “netwroks”. Did you mean “networks”?" in done.stderr
    assert done.stderr.strip() in build.stderr
    assert (done.returncode, build.returncode, done.stdout) == (1, 1, "")


def test_a_link_into_the_site_that_leads_nowhere_is_reported(project: Site) -> None:
    for address in ("/en/inexistent/", "/en/glossary/#nowhere", "/en/glossary/"):
        with project.article("plan", "en").open("a", encoding="utf-8") as file:
            file.write(f"\n[A place of the site]({address})\n")
    done = desk(project, "check")
    said = done.stderr.splitlines()
    assert "the link “/en/glossary/#nowhere” leads nowhere." in done.stderr
    assert "the link “/en/inexistent/” leads nowhere." in done.stderr
    assert (len(said), done.returncode) == (3, 1)


def test_a_wrong_setting_is_one_line(project: Site) -> None:
    change(project.root / "pelicanconf.py", "Europe/Paris", "Europe/Pari")
    done = desk(project, "check")
    assert re.match(r"pelicanconf\.py:\d+:\d+: TIMEZONE", done.stderr)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


def test_a_language_without_a_dictionary_is_one_clear_sentence_and_no_pass(project: Site) -> None:
    set_locale(project, "en_NZ")
    with project.article("plan", "fr").open("a", encoding="utf-8") as file:
        file.write("\nUne ortographe.\n")
    done = desk(project, "check")
    spelled, missing, count = done.stdout.splitlines()
    assert "“ortographe”" in spelled
    assert missing.startswith("pelicanconf.py: LANGUAGES['en']: spelling in en_NZ needs its hunspell dictionary")
    assert (done.returncode, count.endswith(": 2 things to mend.")) == (1, True)


def test_without_hunspell_every_language_says_so(project: Site, tmp_path: Path) -> None:
    done = desk(project, "check", PATH=str(tmp_path))
    assert done.stdout.count("needs hunspell, which is not installed.") == 2
    assert done.returncode == 1


def test_one_call_looks_up_all_the_words_of_a_language(project: Site, tmp_path: Path) -> None:
    real = shutil.which("hunspell")
    log = tmp_path / "calls"
    shim = tmp_path / "bin" / "hunspell"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho "$@" >> "{log}"\nexec {real} "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    assert desk(project, "check", PATH=f"{shim.parent}:{os.environ['PATH']}").returncode == 0
    calls = log.read_text(encoding="utf-8").splitlines()
    assert [call.split()[:2] for call in calls] == [["-d", "fr_FR"], ["-d", "en_GB"]]


def misspell(site: Site, *keys: str) -> None:
    for key in keys:
        with site.article(key, "en").open("a", encoding="utf-8") as file:
            file.write("\nA wrod.\n")


def test_only_the_articles_that_are_asked_for_are_told(project: Site) -> None:
    misspell(project, "plan", "refusal")
    done = desk(project, "check", "--only", "plan")
    *told, count = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in told] == ["content/articles/plan/index.en.md"]
    assert (done.returncode, count.endswith(": 1 thing to mend.")) == (1, True)
    assert desk(project, "check", "--only", "cable").returncode == 0


def test_what_is_found_is_written_as_json_with_the_same_status(project: Site) -> None:
    misspell(project, "plan")
    done = desk(project, "check", "--json")
    (found,) = json.loads(done.stdout)
    assert (found["level"], found["file"]) == ("problem", "content/articles/plan/index.en.md")
    assert (found["message"], done.returncode) == ("“wrod” is not in the dictionary (en_GB).", 1)
    set_value(project.article("plan", "fr"), "topics", ["netwroks"])
    done = desk(project, "check", "--json", LC_ALL="fr_FR.UTF-8")
    (found,) = json.loads(done.stdout)
    assert (found["level"], found["key"], found["remedy"]) == (
        "error",
        "topics",
        "Vouliez-vous dire «\u00a0networks\u00a0»\u202f?",
    )
    assert done.returncode == 1


def test_a_note_is_silent_once_it_is_acknowledged_and_another_is_not(project: Site) -> None:
    players = project.content / "entities.yaml"
    with players.open("a", encoding="utf-8") as file:
        file.write('borealis: {kind: company, name: "Borealis"}\n')
    assert "note: content/entities.yaml:2: borealis" in desk(project, "check").stdout
    assert "note" not in desk(project, "check", "--acknowledge").stdout
    players.write_text(
        'austral: {kind: company, name: "Austral"}\n' + players.read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert [line for line in desk(project, "check").stdout.splitlines() if "note" in line] == [
        "note: content/entities.yaml:1: austral: no article names this player. "
        "Name it in the entities of an article, or delete it."
    ]


def test_the_check_is_told_in_the_language_of_the_terminal(project: Site) -> None:
    misspell(project, "plan")
    told, count = desk(project, "check", LC_ALL="fr_FR.UTF-8").stdout.splitlines()
    assert "«\u00a0wrod\u00a0» n’est pas dans le dictionnaire (en_GB). Vouliez-vous dire “" in told
    assert count == "2 articles, 1 sujet, 1 suite, 1 édition, 1 page, en 2 langues\u00a0: 1 chose à reprendre."


def test_help_is_help(project: Site) -> None:
    done = desk(project, "check", "--help")
    assert (done.returncode, "--only KEY" in done.stdout) == (0, True)


def test_a_commit_is_refused_for_what_it_touches_and_for_nothing_else(project: Site) -> None:
    """What was wrong in other articles before is no business of this commit."""
    (project.root / ".venv").symlink_to(sys.prefix)

    def git(*words: str) -> subprocess.CompletedProcess[str]:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        environ = {**os.environ, "SOURCE_DATE_EPOCH": str(project.now)}
        command = ["git", *who, *words]
        return subprocess.run(command, cwd=project.root, env=environ, capture_output=True, text=True, check=False)

    misspell(project, "refusal")
    git("init", "-q")
    git("add", "content")
    assert git("commit", "-qm", "all").returncode == 0
    shutil.copy(ROOT / "plugins/desk/pre-commit", project.root / ".git/hooks/pre-commit")
    with project.article("plan", "en").open("a", encoding="utf-8") as file:
        file.write("\nA word.\n")
    git("add", "content")
    assert git("commit", "-qm", "a word").returncode == 0
    misspell(project, "plan")
    git("add", "content")
    refused = git("commit", "-qm", "a mistake")
    assert refused.returncode == 1
    assert "articles/plan/index.en.md" in refused.stdout + refused.stderr
    assert "articles/refusal" not in refused.stdout + refused.stderr


def test_checking_writes_nothing_into_the_project_but_its_cache(project: Site) -> None:
    before = {path for path in project.root.rglob("*") if "__pycache__" not in path.parts}
    desk(project, "check")
    new = {path for path in project.root.rglob("*") if "__pycache__" not in path.parts} - before
    assert all(path.is_relative_to(project.cache) for path in new)


def test_the_same_content_gives_the_same_report(project: Site) -> None:
    with project.article("plan", "en").open("a", encoding="utf-8") as file:
        file.write("\nA wrod, a “knwon” thing, “Etat” and [here](https://example.org/)!\n")
    ways = [{"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"}]
    reports = {desk(project, "check", **way).stdout for way in ways}
    assert len(reports) == 1


@pytest.mark.parametrize("installer", ["id", "apt-get"])
def test_where_hunspell_cannot_be_installed_one_sentence_says_what_to_do(tmp_path: Path, installer: str) -> None:
    """Nobody but root may install packages, and not every machine has Debian’s."""
    for name, script in {"id": "echo 1000" if installer == "id" else "echo 0", "sudo": "exit 1"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "plugins/desk/install_hunspell.sh")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    sentence = done.stderr.splitlines()[-1]
    assert done.returncode == 1
    assert sentence.startswith("Spelling needs hunspell and it")
    assert "hunspell hunspell-fr hunspell-en-gb" in sentence


def test_the_content_of_this_repository_has_nothing_to_mend(tmp_path: Path) -> None:
    try:
        templates = runpy.run_path(str(ROOT / "pelicanconf.py"))["JINJA_ENVIRONMENT"]
        _, problems, _ = check(settings_of(Site(tmp_path, now=int(time.time())), ROOT / "content"), templates)
    except Problems as errors:
        problems = list(errors.items)
    assert [str(problem) for problem in problems] == []
