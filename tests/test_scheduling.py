"""What waits for its day is nowhere in the output until then, and everywhere it belongs from then on."""

import datetime as dt
import gzip
from pathlib import Path

import pytest
from conftest import Build
from properties import quick
from site_builder import NOW, Site, copy_program, make_site, pair, pelican, write_entry, write_small_site

#: A word that only what waits says: title, summary, body, slug and picture text hold it.
WORD = "zorglubine"
ZONE = dt.timezone(dt.timedelta(hours=1))
TODAY = dt.datetime.fromtimestamp(NOW, ZONE)
TOMORROW = (TODAY + dt.timedelta(days=1)).date().isoformat()


def write_waiting(content: Path, kind: str, facts: dict[str, object]) -> None:
    """Write an article or an edition that says the word wherever it can."""
    texts = pair(
        (f"La {WORD}", f"De la {WORD}.", f"Voici la {WORD}."), (f"The {WORD}", f"Of {WORD}.", f"This is {WORD}.")
    )
    write_entry(content, kind, f"{WORD}-key", facts, texts)


FACTS = {"topics": ["space"], "status": "rumour", "thread": "tickets", "entities": ["moreau"]}
LISTED = {"number": 2, "articles": ["first-crew"]}
CASES: dict[str, tuple[str, dict[str, object]]] = {
    "article of tomorrow": ("articles", {**FACTS, "date": TOMORROW}),
    "article that waits": ("articles", {**FACTS, "date": "2026-01-01", "publish": TOMORROW}),
    "article whose publish is over": ("articles", {**FACTS, "date": TOMORROW, "publish": "2026-01-01"}),
    "draft": ("articles", {**FACTS, "date": "2026-01-01", "draft": True}),
    "edition of tomorrow": ("editions", {**LISTED, "date": TOMORROW}),
    "edition that waits": ("editions", {**LISTED, "date": "2026-11-20", "publish": TOMORROW}),
    "draft of an edition": ("editions", {**LISTED, "date": "2026-11-20", "draft": True}),
}


def files_with_the_word(output: Path) -> list[str]:
    """Return the files of the output whose name or bytes say the word, unpacked where they are packed."""
    found = []
    for path in sorted(output.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if data[:2] == b"\x1f\x8b":
                data += gzip.decompress(data)
            if WORD in path.as_posix().lower() or WORD.encode() in data.lower():
                found.append(path.relative_to(output).as_posix())
    return found


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


@pytest.mark.parametrize("name", CASES)
def test_what_is_not_public_is_nowhere_in_the_output(name: str, site: Site, build: Build) -> None:
    kind, facts = CASES[name]
    write_waiting(site.content, kind, facts)
    assert files_with_the_word(build(site).output) == []


@pytest.mark.parametrize("name", quick(2, [name for name in CASES if "draft" not in name]))
def test_what_waited_is_published_by_the_first_build_of_its_day(name: str, site: Site, build: Build) -> None:
    kind, facts = CASES[name]
    write_waiting(site.content, kind, facts)
    build(site)
    due = int(dt.datetime.fromisoformat(f"{TOMORROW}T00:00:00+01:00").timestamp())
    found = files_with_the_word(build(Site(site.root, due)).output)
    assert f"fr/{'articles' if kind == 'articles' else 'numeros'}/la-{WORD}/index.html" in found
    assert any(file.endswith("rss.xml") for file in found)
    assert any("sitemap" in file for file in found)


@pytest.mark.slow
def test_the_counts_at_the_end_of_a_build_are_true(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", write_small_site)
    copy_program(site)
    write_waiting(site.content, *CASES["article of tomorrow"])
    done = " ".join(pelican(site, "--fatal", "errors").stdout.split())
    # A draft and two that wait, in two languages each, are three articles.
    assert "1 draft, 2 hidden articles" in done
