"""What is said of publishing can be done: the workflows run targets there are, in order, every day."""

import re
from typing import Any

import yaml
from site_builder import ROOT

GITHUB = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8"))
GITLAB = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def steps() -> list[dict[str, Any]]:
    return GITHUB["jobs"]["build"]["steps"]


def place(of: str) -> int:
    return next(place for place, step in enumerate(steps()) if of in f"{step.get('run')} {step.get('uses')}")


def test_the_workflow_of_github_restores_tests_publishes_and_only_then_deploys() -> None:
    order = ["actions/cache", "make test-fast", "make publish SITEURL=", "upload-pages-artifact", "published.txt"]
    assert [place(name) for name in order] == sorted(place(name) for name in order)
    assert GITHUB["jobs"]["deploy"]["needs"] == "build"
    assert steps()[place("actions/cache")]["with"]["path"] == "cache"


def test_the_workflow_of_github_publishes_every_day_what_is_due() -> None:
    # YAML 1.1 takes the key "on" for a truth.
    (schedule,) = GITHUB[True]["schedule"]
    minute, hour, *days = schedule["cron"].split()
    assert (minute.isdigit(), hour.isdigit(), days) == (True, True, ["*", "*", "*"])
    assert steps()[place("make test-fast")]["if"] == "github.event_name != 'schedule'"


def test_the_job_of_gitlab_tests_publishes_and_hands_over_the_folder_pages_takes() -> None:
    job = GITLAB["pages"]
    script = "\n".join(job["script"])
    order = ["make test-fast", "make publish SITEURL=", "cp -RL output public", "git add content/published.txt"]
    assert [script.index(command) for command in order] == sorted(script.index(command) for command in order)
    assert "cache" in job["cache"]["paths"]
    assert "public" in job["artifacts"]["paths"]


def test_the_workflows_and_the_page_name_targets_there_are() -> None:
    texts = [str(GITHUB), str(GITLAB), PAGE]
    assert {name for text in texts for name in re.findall(r"\bmake ([a-z-]+)", text)} <= TARGETS


def test_a_store_gets_what_pages_need_before_the_pages_and_loses_nothing_before_the_end() -> None:
    commands = re.findall(r"^rclone (\w+) (.*)$", PAGE, re.MULTILINE)
    assert [name for name, _ in commands] == ["copy", "copy", "sync"]
    assert "--exclude *.html" in commands[0][1]
    assert "--exclude *.html" not in commands[1][1]
