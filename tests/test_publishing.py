"""What is said of publishing can be done: the workflows run targets there are, in order, every day."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
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


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
#: Programs of the machines that run the workflows; the expressions of the services stand for texts.
_PROGRAMS = {"bash", "cp", "echo", "exit", "git", "make", "test"}


def scripts() -> list[str]:
    """Return every script of every workflow, as the shell gets it but for the expressions of the services."""
    jobs = [job for path in WORKFLOWS for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()]
    found = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    found += [line for job in GITLAB.values() for line in job["script"]]
    return [re.sub(r"\$\{\{.*?\}\}", "text", script) for script in found]


@pytest.mark.parametrize("script", scripts())
def test_each_script_of_a_workflow_is_shell_and_runs_what_there_is(script: str) -> None:
    done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    commands = re.findall(r"(?:^|&&|\|\||[{;])[ \t]*([a-z][\w-]*)", script, re.MULTILINE)
    assert commands
    assert set(commands) <= _PROGRAMS, commands
    assert set(re.findall(r"\bmake ([a-z-]+)", script)) <= TARGETS
    for file in re.findall(r"\bbash (\S+)", script):
        assert (ROOT / file).is_file(), file


def test_each_step_of_a_workflow_is_a_command_or_an_action_with_its_version() -> None:
    for path in WORKFLOWS:
        jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
        assert all(job["timeout-minutes"] <= 360 for job in jobs), path.name
        for step in (step for job in jobs for step in job["steps"]):
            assert ("run" in step) != ("uses" in step), step
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/x@v1")), step


def test_a_store_gets_what_pages_need_before_the_pages_and_loses_nothing_before_the_end() -> None:
    commands = re.findall(r"^rclone (\w+) (.*)$", PAGE, re.MULTILINE)
    assert [name for name, _ in commands] == ["copy", "copy", "sync"]
    assert "*.html" in commands[0][1]
    assert "*.html" not in commands[1][1]
    assert [line.endswith("&&") for _, line in commands] == [True, True, False]


def test_a_library_with_a_hole_or_a_failed_check_keeps_nothing_due_from_being_published_on_gitlab() -> None:
    assert GITLAB["pages"]["needs"] == []
    assert GITLAB["check"]["rules"][0] == {"if": '$CI_PIPELINE_SOURCE == "schedule"', "when": "never"}


def recipe(of: str) -> str:
    """Return the block of shell that holds the command ``of``, without the build."""
    (block,) = (block for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) if of in block)
    return re.sub(r"^make publish.*\n", "", block, flags=re.MULTILINE)


class Server:
    """A folder in the place of a server, to which the recipe of the page publishes."""

    def __init__(self, root: Path) -> None:
        self.root, self.project = root / "server", root / "project"
        (self.root / "releases").mkdir(parents=True)
        self.project.mkdir()
        near = recipe("rsync -rc").replace("news.example.org:", "").replace("ssh news.example.org", "sh -c")
        self._recipe = near.replace("/srv/sillage", str(self.root))

    def publish(self, release: str, files: dict[str, str]) -> int:
        """Publish ``files`` as a machine does that has never built before; return the status."""
        shutil.rmtree(self.project / "output", ignore_errors=True)
        for name, text in files.items():
            path = self.project / "output" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            os.utime(path, (int(release), int(release)))
        commands = re.sub(r"^release=.*$", f"release={release}", self._recipe, flags=re.MULTILINE)
        done = subprocess.run(["sh", "-c", commands], cwd=self.project, capture_output=True, check=False)
        return done.returncode

    @property
    def releases(self) -> list[str]:
        return sorted(path.name for path in (self.root / "releases").iterdir())

    @property
    def current(self) -> str:
        return (self.root / "current").resolve().name


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


@pytest.mark.programs
def test_the_recipe_of_rsync_shares_what_is_the_same_and_keeps_five(server: Server) -> None:
    for number in range(10, 17):
        assert server.publish(str(number), {"index.html": f"page {number}", "theme/a.js": "same"}) == 0
    assert (server.current, server.releases) == ("16", ["12", "13", "14", "15", "16"])
    assert (server.root / "current/index.html").read_text(encoding="utf-8") == "page 16"
    assert (server.root / "current/theme/a.js").stat().st_nlink == 5


@pytest.mark.programs
def test_the_recipe_of_rsync_switches_to_no_release_that_did_not_arrive(server: Server) -> None:
    assert server.publish("10", {"index.html": "one"}) == 0
    assert server.publish("11", {}) != 0
    assert server.current == "10"


@pytest.mark.programs
def test_the_recipe_of_rsync_goes_on_after_one_that_was_killed_before_the_switch(server: Server) -> None:
    assert server.publish("10", {"index.html": "one"}) == 0
    (server.root / "next").symlink_to("releases/10")
    assert server.publish("11", {"index.html": "two"}) == 0
    assert server.current == "11"
    assert not (server.root / "releases/10/11").is_symlink()
