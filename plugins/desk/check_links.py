"""``make check-links``: ask the web whether the addresses that the content cites still lead somewhere.

Sources, their copies, proofs of claims, and links of texts. A page that is gone
is to be mended; one that moved for good, and one that could not be asked
(a wall, a timeout, a certificate, ``robots.txt``), are notes and fail nothing.
What was fine is not asked again for a month: ``cache/links.json`` remembers it.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator

from desk.check import corpus_of
from desk.links import LinkState, Manners, Memory, check
from desk.project import read_project
from newsroom.content import frontmatter
from newsroom.content.models import Source
from newsroom.content.registers import CLAIMS, ENTITIES
from newsroom.problems import Problem, Problems
from newsroom.progress import Progress
from newsroom.reports import words_for
from newsroom.rules.corpus import Corpus
from newsroom.sentences import nsay, say
from newsroom.settings import Settings

#: Where an address is cited: file, the key it is part of, whether readers have a copy of the page.
Citation = tuple[str, str, bool]


def cited(corpus: Corpus) -> Iterator[tuple[str, Citation]]:
    """Yield every address outside the site that the content cites, with where."""
    claims, players = map(corpus.catalogue.settings.in_content, (CLAIMS, ENTITIES))
    for proof in corpus.texts:
        sources = getattr(proof.entry.facts, "sources", ())
        file = proof.entry.lines.get("sources", (proof.text.file, 0))[0]
        for address, copied in _of_sources(sources) if file == proof.text.file else ():
            yield address, (file, "sources", copied)
        for node in proof.root.iter("a"):
            href = node.get("href", "")
            if href.startswith(("http://", "https://")):
                yield href, (proof.text.file, "", False)
    for claim in corpus.catalogue.claims.values():
        sources = [verdict.proof.source for verdict in claim.verdicts if verdict.proof.source]
        for address, copied in _of_sources(sources):
            yield address, (claims, claim.key, copied)
    for player in corpus.catalogue.entities.values():
        for address, copied in _of_sources([player.source] if player.source else ()):
            yield address, (players, player.key, copied)


def _of_sources(sources: Iterable[Source]) -> Iterator[tuple[str, bool]]:
    for source in sources:
        if source.url:
            yield source.url, bool(source.archive)
        if source.archive:
            yield source.archive, False


def findings(
    settings: Settings, address: str, places: Iterable[Citation], found: LinkState
) -> Iterator[tuple[str, Problem]]:
    """Yield what an editor should know of an address, for every place that cites it: its level and the problem."""
    for file, key, copied in places if found.state != "fine" else ():
        line = _line(settings, file, address)
        if found.state == "moved":
            what = say("{address} has moved for good ({why}).", address=address, why=found.why)
            yield "note", Problem(file, line, key, what, say("Write {to}", to=found.to))
        elif found.state == "unsure":
            what = say("{address} gave no clear answer ({why}).", address=address, why=found.why)
            yield "note", Problem(file, line, key, what, say("Look at it in a browser."))
        else:
            what = say("{address} is gone ({why}).", address=address, why=found.why)
            remedy = say("Write where it is now, or the address of a copy, from web.archive.org for instance.")
            if copied:
                remedy = say("Readers have the copy; leave it, or write where it is now.")
            yield "note" if copied else "problem", Problem(file, line, key, what, remedy)


def _line(settings: Settings, file: str, address: str) -> int:
    """Return the line of ``file`` on which ``address`` stands first, 0 where it is written otherwise."""
    text = frontmatter.decode((settings.content.parent / file).read_bytes())
    at = text.find(address)
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def ask(settings: Settings, corpus: Corpus, manners: Manners, *, again: bool) -> list[tuple[str, Problem]]:
    """Return what is found out of all that the content cites, in order of file and line; ``again`` asks all anew."""
    places: dict[str, list[Citation]] = {}
    for address, place in cited(corpus):
        if place not in places.setdefault(address.partition("#")[0], []):
            places[address.partition("#")[0]].append(place)
    memory = Memory(settings.cache / "links.json", settings.now.date())
    found = {} if again else dict(memory.fresh(places))
    progress, asked = Progress(sys.stderr), places.keys() - found.keys()
    done = iter(range(1, len(asked) + 1))
    progress.begin("asked", lambda: len(asked))
    found |= check(asked, manners, lambda: progress.tell(next(done)))
    progress.end()
    memory.keep(found)
    report = [row for address in places for row in findings(settings, address, places[address], found[address])]
    return sorted(report, key=lambda row: (row[0], row[1]))


def main() -> int:
    """Ask, and tell what was found out; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="make check-links", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--again", action="store_true", help="ask what was fine a short while ago too")
    parser.add_argument("--pause", type=float, default=Manners.pause, help="seconds between two questions to a host")
    arguments, words = parser.parse_args(), words_for()
    settings, templates = read_project()
    try:
        corpus = corpus_of(settings, templates)
    except Problems as problems:
        raise SystemExit(problems.text(words)) from problems
    manners = Manners(f"{settings.site_name} link check ({settings.site_url})", arguments.pause)
    report = ask(settings, corpus, manners, again=arguments.again)
    for level, problem in report:
        text = problem.text(words)
        print(say("note: {note}", note=text).text(words) if level == "note" else text)
    count = sum(level == "problem" for level, _ in report)
    print(nsay("{count} address is gone.", "{count} addresses are gone.", count).text(words))
    return 1 if count else 0


if __name__ == "__main__":
    raise SystemExit(main())
