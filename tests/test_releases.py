"""A release says what is new, when, under which number; its tag, its section and the version agree."""

import datetime as dt
import re
import subprocess
import tomllib

from site_builder import ROOT

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
HEADINGS = re.findall(r"^## \[(.+?)\](?: - (.+))?$", CHANGELOG, re.MULTILINE)
RELEASES = [(tuple(map(int, number.split("."))), dt.date.fromisoformat(day)) for number, day in HEADINGS[1:]]


def git(*arguments: str) -> list[str]:
    """Return the lines that git answers; none where this is not a repository."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else []


def test_what_is_new_stands_first_then_releases_from_the_newest_to_the_first() -> None:
    assert HEADINGS[0] == ("Unreleased", "")
    assert len(RELEASES) > 1
    assert sorted(RELEASES, reverse=True) == RELEASES
    assert len({number for number, _ in RELEASES}) == len(RELEASES)


def test_the_version_is_that_of_the_newest_release() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == HEADINGS[1][0]


def test_every_section_has_the_parts_that_keep_a_changelog_names() -> None:
    parts = set(re.findall(r"^### (.+)$", CHANGELOG, re.MULTILINE))
    assert parts <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_a_tag_is_a_release_of_its_day() -> None:
    """Where tags are fetched; the newest section may still wait for its own."""
    days = {f"v{number}": day for number, day in HEADINGS[1:]}
    for line in git("for-each-ref", "refs/tags/v*", "--format=%(refname:short) %(*committerdate:short) %(objecttype)"):
        name, day, kind = line.split(" ")
        assert kind == "tag", f"{name}: tag it with -a"
        assert days.get(name) == day, name
