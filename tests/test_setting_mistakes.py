"""A file of settings that Python cannot run is told in one line: its place, what is wrong, what to write."""

import re
import sys
from pathlib import Path

import pytest
from site_builder import ROOT, Site, desk

from desk.project import require_readable

SOUND = 'SITENAME = "Sillage"\nLANGUAGES = {\n    "fr": {"name": "Français"},\n    "en": {"name": "English"},\n}\n'


def told(text: bytes, folder: Path) -> str:
    """Return what is said of settings that hold ``text``."""
    sys.modules.pop("pelicanconf", None)
    file = folder / "pelicanconf.py"
    file.write_bytes(text)
    try:
        require_readable(str(file))
    except SystemExit as end:
        return str(end)
    finally:
        sys.modules.pop("pelicanconf", None)
    return ""


def sound(before: str, after: str) -> bytes:
    assert before in SOUND
    return SOUND.replace(before, after).encode()


MISTAKES = {
    "bracket": (sound("\n}\n", "\n"), r"2:13: “{” is never closed\. Write “}”\."),
    "other-bracket": (sound("\n}\n", "\n)\n"), r"5:1: this bracket closes none\. .*before it"),
    "apostrophe": (sound('"Sillage"', "'L'eau'"), r"1:\d+: a text is not closed\. .*apostrophe"),
    "quotation-mark": (sound('"Sillage"', '"Sillage'), r"1:12: a text is not closed\."),
    "no-quotation-marks": (sound('"Sillage"', "Sillage"), r'1:12: “Sillage” is not defined\. .*: "Sillage"\.'),
    "curly-quotation-marks": (sound('"Sillage"', "“Sillage”"), r"1:12: the character U\+201C cannot"),
    "no-break-space": (sound("= ", "=\u00a0"), r"1:11: the character U\+00A0 cannot .* a plain space\."),
    "comma": (sound('"Français"},', '"Français"}'), r"3:11: a comma is missing\. Write it between"),
    "words": (sound('"Sillage"', "Le Sillage"), r"1:15: Python cannot read this: invalid syntax\. Look just before"),
    "margin": (sound("LANGUAGES", "  LANGUAGES"), r"2:2: this line does not begin where it should\."),
    "name": (sound("SITENAME", "SITE-NAME"), r"1:1: this is no name of a setting\. .*letters, digits and “_”"),
    "date": (sound('"Sillage"', "2026-04-01"), r"1:17: this is no number\. Put a date"),
    "colon": (sound("SITENAME =", "SITENAME:"), r"1:9: SITENAME: “:” gives a setting no value\. Write “=”"),
    "true": (b"PRECOMPRESS = true\n", r"1:15: “true” is not defined\. Did you mean “True”\?"),
    "near": (b"FEED_HUB = ''\nA = FEED_HUD\n", r"2:5: “FEED_HUD” is not defined\. Did you mean “FEED_HUB”\?"),
    "after-an-accent": (b"A = '\xc3\xa9' + B\n", r"1:11: “B” is not defined\."),
    "module": (b"import feedparserr\n", r"1:1: there is no module “feedparserr”\."),
    "name-in-a-module": (b"from pathlib import Pathe\n", r"1:1: the module “pathlib” has no such name: .*Pathe"),
    "language": (b"L = {}\nL['de']['name'] = 1\n", r"2:1: nothing is called “de” here\."),
    "file": (b"A = open('nothing')\n", r"1:5: Python stops here: FileNotFoundError: .*nothing"),
    "merge": (sound("SITENAME", "<<<<<<< HEAD\nSITENAME"), r"1:1: a merge left “<<<<<<< HEAD” here\. Keep one"),
    "latin-1": (SOUND.encode("latin-1"), r"3:\d+: this is not text in UTF-8\. Save the file as UTF-8\."),
    "utf-16": (SOUND.encode("utf-16"), r" this is not text in UTF-8\. Save the file as UTF-8\."),
    "outside": (b"return\n", r"1:1: Python cannot read this: 'return' outside function\. Correct this line"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_a_remedy(case: str, tmp_path: Path) -> None:
    text, said = MISTAKES[case]
    report = told(text, tmp_path)
    assert re.match(rf"pelicanconf\.py:{said}", report), report
    assert "\n" not in report
    assert len(report) < 300


def test_it_is_told_in_the_language_of_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert told(b"A = true\n", tmp_path).endswith(
        "1:5: «\u00a0true\u00a0» n’est pas défini. Vouliez-vous dire «\u00a0True\u00a0»\u202f?"
    )


def test_sound_settings_are_taken() -> None:
    for name in ("pelicanconf.py", "publishconf.py"):
        require_readable(str(ROOT / name))


def test_settings_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"pelicanconf\.py: cannot be read"):
        require_readable(str(tmp_path / "pelicanconf.py"))


def test_the_file_is_named_that_holds_the_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``publishconf.py`` begins with all of ``pelicanconf.py``."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "pelicanconf", raising=False)
    (tmp_path / "pelicanconf.py").write_text("A = (\n", encoding="utf-8")
    (tmp_path / "publishconf.py").write_text("from pelicanconf import *\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"pelicanconf\.py:1:5: “\(” is never closed"):
        require_readable(str(tmp_path / "publishconf.py"))


def test_a_build_ends_with_the_line_alone(clone: Site) -> None:
    settings = clone.root / "pelicanconf.py"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f"{before}A = (\n", encoding="utf-8")
    done = desk(clone, "build", "content", "-s", "pelicanconf.py", "--fatal", "errors", PYTHONDONTWRITEBYTECODE="1")
    settings.write_text(before, encoding="utf-8")
    assert re.fullmatch(r"pelicanconf\.py:\d+:5: “\(” is never closed\. Write “\)”\.\n", done.stderr)
    assert (done.returncode, done.stdout) == (1, "")
