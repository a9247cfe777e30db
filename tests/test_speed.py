"""One edit in a site of 1,000 pairs reads, converts, renders and writes what shows it, and nothing else.

Counts are exact where times are not; ``make bench`` measures times, beside others. ``SILLAGE_PAIRS=5000
pytest tests/test_speed.py -s`` looks at a larger site and prints what it finds.
"""

import os
import re
import time
from pathlib import Path

import pytest
from msgspec import Struct
from site_builder import Site, change, copy_program, files_of, make_site, pelican, settle, write_pairs

PAIRS = int(os.environ.get("SILLAGE_PAIRS", "1000"))
#: The texts of the topics, the threads and the page that stand beside the pairs.
OTHERS = 2 * (3 + 2 + 1)


class Run(Struct, frozen=True):
    """One build by the command that editors type: how long it took, what it says that it did."""

    seconds: float
    read: int
    converted: int
    rendered: int
    written: int
    removed: int


def run(site: Site) -> Run:
    started = time.monotonic()
    done = pelican(site, "--fatal", "errors")
    seconds = time.monotonic() - started
    assert done.returncode == 0, done.stderr
    counts = re.search(
        r"read (\d+), converted (\d+), rendered (\d+), wrote (\d+) of \d+ outputs, removed (\d+)", done.stdout
    )
    assert counts, done.stdout
    return Run(seconds, *(int(count) for count in counts.groups()))


@pytest.mark.slow
def test_one_edit_of_a_thousand_pairs_makes_what_shows_it(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", lambda content: write_pairs(content, PAIRS))
    copy_program(site)
    settle(site)
    cold = run(site)
    texts = 2 * PAIRS + OTHERS
    outputs = files_of(site.output)
    templated = [path for path in outputs if path.endswith((".html", "/rss.xml", "/atom.xml", "/feed.json"))]
    assert (cold.read, cold.converted, cold.removed) == (texts, texts, 0)
    assert (cold.rendered, cold.written) == (len(templated), len(outputs))

    unchanged = run(site)
    assert (unchanged.read, unchanged.converted, unchanged.rendered, unchanged.written) == (0, 0, 0, 0)

    # An article of the middle of the list: it is in no feed of the newest.
    words = "with [a link](https://example.org/500)"
    change(site.article("item-500", "fr"), words, f"{words}, et *un ajout*")
    edit = run(site)
    after = files_of(site.output)
    made = {path for path, data in after.items() if outputs.get(path) != data}
    shown = {path for path, data in after.items() if b"un ajout" in data}
    assert (edit.read, edit.converted) == (1, 1)
    assert edit.rendered == len(shown)
    assert made & set(templated) == shown
    assert (edit.written, edit.removed) == (len(made), len(outputs.keys() - after.keys()))

    settle(site)
    again = run(site)
    # The edited text is opened once more where its edit was younger than the clock can tell apart.
    assert again.read <= 1
    assert (again.converted, again.rendered, again.written) == (0, 0, 0)
    print(f"\n{PAIRS} pairs, {len(outputs)} outputs")
    for name, one in (("cold", cold), ("one edit", edit), ("unchanged", unchanged)):
        print(f"{name}: {one}")
