"""``make bench``: Sillage beside Hugo and Pelican with i18n-subsites, in turn, on the same archive.

What counts are the ratios: the machine is as slow for one as for the other. The
peers come from their packages (``peers.txt``) into an environment that is thrown away.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from live import Live, measure_live
from measure import Cost, run
from sites import edit, output_of, write_hugo, write_sillage, write_subsites

HERE = Path(__file__).resolve().parent
_CACHES = ("output", "public", "cache", "resources", ".hugo_build.lock")


class Contender(NamedTuple):
    """A generator: how its project is written, built and edited, and which of its runs are measured."""

    name: str
    write: Callable[[Path, int], None]
    command: tuple[str, ...]
    output: str
    text: str
    environment: dict[str, str] = {}
    runs: tuple[str, ...] = ("cold", "one edit", "nothing changed")
    live: Live | None = None


def contenders(peers: Path, count: int) -> list[Contender]:
    """Return who is measured; the text edited is in the middle of the archive."""
    python, middle = sys.executable, f"article-{count // 2:05}"
    pelican = (python, "-m", "desk.build", "content", "--fatal", "errors", "-s")
    own = {"PYTHONPATH": "plugins", "PYTHONDONTWRITEBYTECODE": ""}  # compiled modules are kept, as by default
    article = f"content/articles/{middle}/index.fr.md"
    serve = Live(
        (python, "-m", "desk.serve", "--port", "{port}"),
        {"title": "/fr/articles/fr-{number}/", "list": "/fr/articles/", "feed": "/fr/rss.xml"},
        "content/articles/article-{number}/index.fr.md",
    )
    hugo = Live(
        (str(peers / "hugo"), "server", "--port", "{port}", "--disableLiveReload", "--disableFastRender"),
        {"title": "/fr/articles/fr-{number}/", "list": "/fr/articles/", "feed": "/fr/index.xml"},
        "content/fr/articles/article-{number}/index.md",
    )
    return [
        Contender("sillage", write_sillage, (*pelican, "pelicanconf.py"), "output", article, own, live=serve),
        Contender("lean", write_sillage, (*pelican, "leanconf.py"), "output", article, own, ("cold",)),
        Contender(
            "hugo", write_hugo, (str(peers / "hugo"),), "public", f"content/fr/articles/{middle}/index.md", live=hugo
        ),
        Contender(
            "subsites",
            write_subsites,
            (str(peers / "pelican"), "content", "-s", "pelicanconf.py"),
            "output",
            f"content/articles/{middle}.fr.md",
        ),
    ]


def install_peers(folder: Path) -> Path:
    """Install the peers in a new environment; return its folder of programs."""
    venv.create(folder, with_pip=True)
    pip = (str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check")
    subprocess.run([*pip, "-r", str(HERE / "peers.txt")], check=True)
    return folder / "bin"


def measure(who: Contender, root: Path, what: str, number: int) -> Cost:
    """Bring the project of ``who`` into the state before ``what``, and measure the build."""
    if what == "cold":
        for name in _CACHES:
            shutil.rmtree(root / name, ignore_errors=True)
    elif what == "one edit":
        edit(root / who.text, f"Un ajout, n° {number}.")
    return run(who.command, root, who.environment)


def table(costs: dict[tuple[str, str], list[Cost]], names: list[str]) -> list[str]:
    """Return the medians as lines of a table, and what each is of Hugo's and of i18n-subsites': by clock and by CPU."""
    lines = [
        "| run | who | wall s | cpu s | PSS MiB | × hugo, wall | cpu | PSS | × subsites, wall | cpu |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for what in ("cold", "one edit", "nothing changed"):
        for name in names:
            found = costs.get((name, what))
            if not found:
                continue
            wall, cpu, pss = (median(getattr(cost, field) for cost in found) for field in Cost._fields)
            ratios = [
                ratio(found, costs.get((peer, what), []), field)
                for peer, fields in (("hugo", Cost._fields), ("subsites", ("wall", "cpu")))
                for field in fields
            ]
            lines.append(f"| {what} | {name} | {wall:.2f} | {cpu:.2f} | {pss:.0f} | {' | '.join(ratios)} |")
    return lines


def ratio(ours: list[Cost], theirs: list[Cost], field: str) -> str:
    """Return the median of the ratios round by round: rounds differ more than the two of one round."""
    pairs = [(getattr(one, field), getattr(other, field)) for one, other in zip(ours, theirs, strict=False)]
    return f"{median(one / other for one, other in pairs):.2f}" if pairs else "–"


def measure_in_turn(chosen: list[Contender], work: Path, rounds: int) -> dict[tuple[str, str], list[Cost]]:
    """Return what the builds of everybody cost, by name and run, round by round."""
    costs: dict[tuple[str, str], list[Cost]] = defaultdict(list)
    for number in range(rounds):
        for what in ("cold", "one edit", "nothing changed"):
            for who in chosen:
                if what in who.runs:
                    cost = measure(who, work / who.name, what, number)
                    costs[who.name, what].append(cost)
                    print(f"{who.name}: {what}: {cost.wall:.2f} s", file=sys.stderr)
    return costs


def options_from(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--saves", type=int, default=20, help="saves of the live preview (0: none)")
    parser.add_argument("--only", default="", help="names of those to measure, with commas")
    parser.add_argument("--peers", type=Path, help="programs of an environment that has the peers already")
    parser.add_argument("--keep", type=Path, help="folder for the projects, kept")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the projects, measure in turn, print the tables."""
    options = options_from(arguments)
    with tempfile.TemporaryDirectory(prefix="sillage-bench-") as folder:
        work = options.keep or Path(folder)
        peers = options.peers or install_peers(Path(folder) / "peers")
        names = options.only.split(",") if options.only else []
        chosen = [one for one in contenders(peers, options.pairs) if not names or one.name in names]
        for who in chosen:
            shutil.rmtree(work / who.name, ignore_errors=True)
            (work / who.name).mkdir(parents=True)
            who.write(work / who.name, options.pairs)
        costs = measure_in_turn(chosen, work, options.rounds)
        print(
            f"{options.pairs} pairs, {options.rounds} rounds, {os.cpu_count()} processors, "
            f"Python {platform.python_version()}\n"
        )
        print("\n".join(table(costs, [who.name for who in chosen])))
        print("\n| who | pages | files | MB |\n|---|---|---|---|")
        for who in chosen:
            pages, files, size = output_of(work / who.name / who.output)
            print(f"| {who.name} | {pages} | {files} | {size / 1e6:.1f} |")
        if options.saves:
            print("\n| live | page s | list s | feed s | PSS MiB |\n|---|---|---|---|---|")
        for who in chosen if options.saves else ():
            if who.live:
                print(measure_live(who.name, who.live, work / who.name, options.pairs, options.saves, who.environment))


if __name__ == "__main__":
    main()
