"""An alias redirects from an address of its own: what stands there already is told where the alias is written."""

from pathlib import Path

import pytest
from conftest import Build
from content_reading import SOUND, Files, english, french, problems_of, read, write_files
from site_builder import Site, set_value

FR, EN = "articles/cable/index.fr.md", "articles/cable/index.en.md"
FIRST, LAST = "articles/aaa/index.fr.md", "articles/zzz/index.fr.md"
PAGE, OTHER = "pages/us/index.fr.md", "pages/you/index.fr.md"


def page(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", "summary: a", "date: 2026-11-21", *lines, "---", ""])


def article(title: str, *lines: str) -> str:
    return french(f"title: {title}", "date: 2017-01-02", *lines)


@pytest.mark.parametrize(
    ("files", "file", "line", "message"),
    [
        ({FR: french("slug: cable", "aliases: [cable]")}, FR, 8, f"“cable” is the slug of content/{FR}"),
        ({FR: french("aliases: [un-cable-est-promis]")}, FR, 7, f"“un-cable-est-promis” is the slug of content/{FR}"),
        ({FR: french("aliases:\n  - a\n  - autre"), LAST: article("Autre")}, FR, 9, f"the slug of content/{LAST}"),
        ({FR: french("aliases: [autre]"), FIRST: article("Autre")}, FR, 7, f"“autre” is the slug of content/{FIRST}"),
        ({FR: french('"aliases": [autre]'), LAST: article("Autre")}, FR, 7, f"the slug of content/{LAST}"),
        (
            {FR: french("aliases: [b, a]"), FIRST: article("Autre", "aliases: [a]")},
            FR,
            7,
            f"“a” is an alias of content/{FIRST}",
        ),
        ({PAGE: page("Nous", "aliases: [articles]")}, PAGE, 5, "“articles” is the word of a section"),
        ({PAGE: page("Nous", "aliases:\n- a\n- sujets")}, PAGE, 7, "“sujets” is the word of a section"),
        ({PAGE: page("Nous", "aliases: [vous]"), OTHER: page("Vous")}, PAGE, 5, f"the slug of content/{OTHER}"),
    ],
    ids=[
        "its-own-slug",
        "the-slug-made-from-its-title",
        "the-slug-of-a-later-folder",
        "the-slug-of-an-earlier-folder",
        "a-key-in-quotation-marks",
        "another-alias",
        "a-section",
        "a-section-in-a-list-of-lines",
        "another-page",
    ],
)
def test_an_alias_that_is_taken_is_told_where_it_is_written(
    files: Files, file: str, line: int, message: str, tmp_path: Path
) -> None:
    write_files(tmp_path / "content", {**SOUND, **files})
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.line, problem.key) == (f"content/{file}", line, "aliases")
    assert message in str(problem.message)
    assert str(problem.remedy) == "Take it out of the list."


def test_a_slug_is_told_on_its_own_line_however_it_is_written(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, LAST: article("Autre", '"slug": un-cable-est-promis')})
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.line, problem.key) == (f"content/{LAST}", 7, "slug")


def test_an_alias_may_be_what_stands_in_another_language_or_section(tmp_path: Path) -> None:
    files = {FR: french("aliases: [about, sujets, fibre]"), EN: english("slug: cable", "aliases: [mer]")}
    own = {PAGE: page("Nous", "slug: about", "aliases: [cable, topics]")}
    write_files(tmp_path / "content", {**SOUND, **files, **own})
    assert problems_of(tmp_path) == ()
    assert read(tmp_path).articles[0].texts["fr"].aliases == ["about", "sujets", "fibre"]


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


def test_the_aliases_of_a_page_lead_to_it_as_the_guide_says(site: Site, build: Build) -> None:
    text = next((site.content / "pages").glob("*/index.fr.md"))
    set_value(text, "aliases", ["ancienne-page"])
    output = build(site).output
    assert (output / "fr/ancienne-page/index.html").is_file()
    assert "/fr/ancienne-page/ " in (output / "_redirects").read_text(encoding="utf-8")
