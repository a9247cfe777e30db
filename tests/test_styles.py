"""Style sheets: rules in layers, each said once, in the file of the pages it is for."""

import re
from pathlib import Path

import pytest
import rcssmin
from site_builder import ROOT

from newsroom.theme.assets import load_assets
from newsroom.views.kinds import PAGES

CSS = ROOT / "theme" / "static" / "css"
SHEETS = sorted(CSS.rglob("*.css"))
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def name_of(sheet: Path) -> str:
    return sheet.relative_to(CSS).as_posix()


def plain(sheet: Path) -> str:
    return _COMMENT.sub("", sheet.read_text(encoding="utf-8"))


def rules(sheet: Path) -> list[tuple[str, str]]:
    """Return what stands before each block of declarations: the at-rules around it, and its selectors."""
    found, around = [], []
    for part in re.findall(r"[^{};]+\{|[^{};]+;|\}|[^{};]+(?=\})", plain(sheet)):
        text = " ".join(part.rstrip("{;").split())
        if part.endswith("{"):
            around.append(text)
            found.append((" ".join(around[:-1]), text))
        elif part == "}":
            around.pop()
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=name_of)
def test_lines_fit_a_screen(sheet: Path) -> None:
    assert [line for line in sheet.read_text(encoding="utf-8").splitlines() if len(line) > 120] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=name_of)
def test_no_rule_is_written_twice(sheet: Path) -> None:
    found = [rule for rule in rules(sheet) if not rule[1].startswith("@")]
    assert sorted({rule for rule in found if found.count(rule) > 1}) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=name_of)
def test_every_rule_stands_in_a_layer(sheet: Path) -> None:
    """But for fonts and sheets of paper, which have no selectors that could win."""
    outside = [text for around, text in rules(sheet) if not around and not text.startswith("@")]
    assert outside == []


@pytest.mark.parametrize("sheet", SHEETS, ids=name_of)
def test_the_minifier_keeps_every_selector(sheet: Path) -> None:
    """In a layer it takes the space before a colon for one of a declaration: “.a :is(b)” would be “.a:is(b)”."""
    before = re.findall(r"[\w\])*] :[a-z-]+\(?", " ".join(plain(sheet).split()))
    after = rcssmin.cssmin(plain(sheet))
    assert [found for found in before if found not in after and not re.search(r"\w :[a-z-]+$", found)] == []


def test_a_sheet_of_pages_is_named_for_their_kind() -> None:
    kinds = {kind.name for kind in PAGES}
    assert {sheet.stem for sheet in (CSS / "pages").glob("*.css")} <= kinds


def test_a_page_holds_the_rules_of_its_kind_and_of_no_other() -> None:
    assets = load_assets(ROOT / "theme", "")
    assert ".search" in assets.style_of("search")
    assert ".search" not in assets.style_of("article")
    assert assets.style_of("article").startswith(assets.style_of("redirect"))


def test_a_colour_is_written_in_one_place() -> None:
    """By day and by night at once; paper for printing has its own."""
    written = {name_of(sheet): found for sheet in SHEETS if (found := re.findall(r"#[0-9a-f]{3,8}\b", plain(sheet)))}
    assert set(written) == {"tokens.css", "print.css"}
    assert len(set(written["tokens.css"])) == len(written["tokens.css"])
