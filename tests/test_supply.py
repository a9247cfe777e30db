"""What the program is made of is pinned, listed and licensed, and what is served ships from the site itself."""

import json
import os
import re
import subprocess
import sys
import tomllib
from hashlib import sha256
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from published_pages import read_pages
from site_builder import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
LICENCES = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIN = re.compile(r"^([a-z0-9-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """Return the pinned versions by name; every line of the lock must be part of one."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    rest = [line for line in PIN.sub("", text).splitlines() if line and not line.startswith("# ")]
    assert rest == [], "what is not pinned with a hash"
    return {name: version for name, version, _ in PIN.findall(text)}


WANTED = (PROJECT["dependencies"], PROJECT["optional-dependencies"]["dev"])


@pytest.mark.parametrize(("lock", "wanted"), list(zip(LOCKS, WANTED, strict=True)), ids=LOCKS)
def test_every_library_is_pinned_with_its_hash(lock: str, wanted: list[str]) -> None:
    names = {re.split(r"[\[<>=]", name)[0].lower() for name in wanted}
    assert names <= pins(lock).keys()


def test_what_tests_use_is_what_a_build_uses() -> None:
    build, dev = (pins(lock).items() for lock in LOCKS)
    names = dict(build).keys() & dict(dev).keys()
    assert {pin for pin in build if pin[0] in names} == {pin for pin in dev if pin[0] in names}


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the bill of materials that the recipe of the Makefile makes."""
    path = tmp_path_factory.mktemp("bill") / "sbom.json"
    recipe = re.search(r"^sbom:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    for line in recipe[1].splitlines():
        program, *arguments = line.strip().removeprefix("$(BIN)/").replace("sbom.json", str(path)).split()
        command = [Path(sys.executable).with_name(program), *arguments]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=environment)
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.slow
def test_the_bill_of_materials_lists_every_library_with_its_hashes_and_licence(bill: dict[str, Any]) -> None:
    assert bill["metadata"]["component"]["name"] == PROJECT["name"]
    libraries = [part for part in bill["components"] if part["purl"].startswith("pkg:pypi/")]
    assert {part["name"]: part["version"] for part in libraries} == pins(LOCKS[0])
    assert all(reference["hashes"] for part in libraries for reference in part["externalReferences"])
    assert [part["name"] for part in libraries if not part["licenses"]] == []


@pytest.mark.slow
def test_the_bill_of_materials_lists_every_file_that_was_made_elsewhere(bill: dict[str, Any]) -> None:
    parts = [part for part in bill["components"] if part["purl"].startswith("pkg:npm/")]
    files = {file["name"]: file["hashes"] for part in parts for file in part["components"]}
    shipped = [
        *(ROOT / "plugins/desk/sveltia").rglob("*.js"),
        *(path for path in (ROOT / "theme").rglob("*") if path.suffix in (".woff2", ".ttf", ".otf", ".woff")),
    ]
    for path in shipped:
        [found] = files.pop(str(path.relative_to(ROOT)))
        assert found["content"] == sha256(path.read_bytes()).hexdigest()
    assert files == {}
    packed = set(re.findall(r"npm pack (@[\w-]+)/\$family@([\d.]+)", (ROOT / "theme/fonts/subset.py").read_text()))
    stated = {(part["name"].partition("/")[0], part["version"]) for part in parts if "font" in part["name"]}
    assert stated == packed


@pytest.mark.parametrize("workflow", [".github/workflows/audit.yml", ".gitlab-ci.yml"])
def test_holes_in_libraries_are_asked_for_without_being_thought_of(workflow: str) -> None:
    text = (ROOT / workflow).read_text(encoding="utf-8")
    assert "make audit" in text
    assert "schedule" in text
    assert "requirements*.txt" in text


def test_the_one_hole_that_is_not_asked_for_is_out_of_reach_and_cannot_be_mended() -> None:
    """The day Pelican allows the mended Pygments, this fails: pin it, and let the audit ask again."""
    audit = re.search(r"^audit:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert audit
    assert re.findall(r"--ignore-vuln \S+", audit[1]) == ["--ignore-vuln CVE-2026-4539"]
    (allowed,) = [need for need in requires("pelican") or () if need.startswith("pygments")]
    assert "<2.20.0" in allowed
    for path in (ROOT / "plugins").rglob("*.py"):
        assert not re.search(r"pygments|codehilite|docutils", path.read_text(encoding="utf-8"), re.IGNORECASE), path


def test_every_typeface_and_script_that_is_served_is_among_the_licences() -> None:
    for path in sorted((ROOT / "theme").rglob("*")):
        name = path.relative_to(ROOT)
        if path.suffix in (".woff2", ".ttf", ".otf", ".woff"):
            assert f"`{name.parent}/*{path.suffix}`" in LICENCES, name
        elif path.suffix in (".js", ".png", ".ico", ".svg", ".wasm") and path.is_relative_to(ROOT / "theme" / "static"):
            assert f"`{name.parent}/`" in LICENCES, name


def test_the_licences_of_what_is_served_are_served(small_output: Path) -> None:
    fonts = list((small_output / "theme" / "fonts").iterdir())
    texts = [path.read_text(encoding="utf-8") for path in fonts if path.suffix == ".txt"]
    assert any(path.suffix == ".woff2" for path in fonts)
    assert texts
    assert all("SIL Open Font License" in text or "SIL OPEN FONT LICENSE" in text for text in texts)
    assert list(small_output.rglob("pagefind.js"))
    assert "Copyright 2022 CloudCannon" in (small_output / "licences.txt").read_text(encoding="utf-8")


ELSEWHERE = re.compile(r"(?:[a-z]+:)?//(?!localhost:8000/)", re.IGNORECASE)
LOADED = "//@src | //@srcset | //@poster | //@data | //link[not(contains('canonical alternate', @rel))]/@href"
CALLED = re.compile(r"(?:import|fetch|importScripts)\s*\(?\s*[\"'](?:https?:)?//")


def test_nothing_that_a_page_loads_comes_from_elsewhere(small_output: Path) -> None:
    for page in read_pages(small_output).values():
        for address in page.root.xpath(LOADED):
            assert not ELSEWHERE.match(address), f"{page.url}: {address}"
        for sheet in page.root.iter("style"):
            assert not re.search(r"@import|url\(\s*[\"']?(?!/theme/)", sheet.text_content()), page.url
    for script in small_output.rglob("*.js"):
        assert not CALLED.search(script.read_text(encoding="utf-8")), script
