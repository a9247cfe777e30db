"""What the program is made of is pinned, listed and licensed, and what is served ships from the site itself."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

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


def test_the_bill_of_materials_lists_every_library_with_its_hashes(tmp_path: Path) -> None:
    recipe = re.search(r"^sbom:.*\n\t\$\(BIN\)/(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    command = recipe[1].replace("-o sbom.json", f"-o {tmp_path / 'sbom.json'}").split()
    program = Path(sys.executable).with_name(command[0])
    subprocess.run([program, *command[1:]], cwd=ROOT, check=True, capture_output=True)
    bill = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
    assert bill["metadata"]["component"]["name"] == PROJECT["name"]
    listed = {part["name"]: part["version"] for part in bill["components"]}
    assert listed == pins(LOCKS[0])
    assert all(reference["hashes"] for part in bill["components"] for reference in part["externalReferences"])


@pytest.mark.parametrize("workflow", [".github/workflows/audit.yml", ".gitlab-ci.yml"])
def test_holes_in_libraries_are_asked_for_without_being_thought_of(workflow: str) -> None:
    text = (ROOT / workflow).read_text(encoding="utf-8")
    assert "make audit" in text
    assert "schedule" in text
    assert "requirements*.txt" in text


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
