"""``make check``: read everything, and report what an editor should correct.

Errors that stop a build are reported first and alone, as the build reports
them. Then every rule of :mod:`newsroom.rules` reads the whole content, drafts
included; what it finds is printed in order of file and line. Notes (an
article in no edition yet, a player that no article names) are reported and fail nothing.
"""

import argparse
import gettext
import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desk.acknowledged import acknowledge, unacknowledged
from desk.hunspell import Hunspell
from desk.project import begun, read_project
from newsroom.build.rendering import Templates
from newsroom.content.catalogue import Catalogue
from newsroom.outputs.dead_ends import dead_ends
from newsroom.outputs.lookup import Lookup
from newsroom.outputs.rendering import Renderer
from newsroom.problems import Problem, Problems
from newsroom.reports import words_for
from newsroom.rules import notes_in, problems_in
from newsroom.rules.corpus import Corpus, read_corpus
from newsroom.sentences import Sentence, nsay, say
from newsroom.session import Session
from newsroom.settings import Settings
from newsroom.views.chrome import chrome
from templating import environment_of


def check(settings: Settings, templates: dict[str, Any]) -> tuple[Corpus, list[Problem], list[Problem]]:
    """Return every text of the content, what should be corrected in them, and what is worth knowing.

    Raises :class:`Problems` where the content or its word lists cannot be read.
    """
    corpus = corpus_of(settings, templates)
    return corpus, problems_in(corpus, Hunspell()), notes_in(corpus)


def corpus_of(settings: Settings, templates: dict[str, Any]) -> Corpus:
    """Return every text of the content; raise :class:`Problems` where it cannot be read, or leads nowhere.

    ``templates`` are the options of Jinja: a page is rendered where a link leads to a part of it.
    """
    with begun(settings) as (session, catalogue):
        dead = list(dead_ends(catalogue, _site(session, catalogue, templates), settings))
        if dead:
            raise Problems(dead)
        return read_corpus(catalogue, session.library, session.fragments.text_html)


def _site(session: Session, catalogue: Catalogue, templates: dict[str, Any]) -> Lookup:
    """Return the site that ``catalogue`` makes, rendered where a link leads to a part of a page."""
    chromes = {code: chrome(catalogue, code, session.assets) for code in catalogue.settings.codes}
    return Lookup(session, catalogue, Renderer(session, Templates(environment_of(session, templates)), chromes))


def inventory(corpus: Corpus) -> Sentence:
    """Return what was read, as in “41 articles, 12 threads, in 2 languages”."""
    counts = Counter(
        proof.kind.folder for proof in corpus.texts if proof.text is next(iter(proof.entry.texts.values()))
    )
    count = len(corpus.catalogue.settings.languages)
    languages = nsay("in {count} language", "in {count} languages", count)
    for folder in reversed(list(counts)):
        languages = say("{one}, {others}", one=_counted(folder, counts[folder]), others=languages)
    return languages


def _counted(folder: str, count: int) -> Sentence:
    known = {
        "articles": nsay("{count} article", "{count} articles", count),
        "topics": nsay("{count} topic", "{count} topics", count),
        "threads": nsay("{count} thread", "{count} threads", count),
        "editions": nsay("{count} edition", "{count} editions", count),
        "pages": nsay("{count} page", "{count} pages", count),
    }
    return known.get(folder) or say("{count} {kind}", count=count, kind=folder)


def about(problem: Problem, keys: Iterable[str]) -> bool:
    """Tell whether a problem is in the folder of one of ``keys``, or in a file of that name."""
    parts = Path(problem.file).parts
    return bool({*parts[2:3], Path(problem.file).stem, problem.file} & set(keys))


def as_json(found: Iterable[tuple[str, Problem]], words: gettext.NullTranslations) -> str:
    """Return what was found, for programs: a list of objects with texts in the language of ``words``."""
    rows = [
        {
            "level": level,
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "key": problem.key,
            "message": problem.message.text(words),
            "remedy": problem.remedy.text(words),
        }
        for level, problem in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make check", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", nargs="+", metavar="KEY", help="tell what is in the folders of these keys alone")
    parser.add_argument("--json", action="store_true", help="write what is found as JSON")
    parser.add_argument("--acknowledge", action="store_true", help="keep the notes of today silent from now on")
    return parser.parse_args()


def main() -> int:
    """Check the project whose ``pelicanconf.py`` is in the current folder; return the exit status."""
    arguments, words = _arguments(), words_for(os.environ)
    settings, templates = read_project()
    try:
        corpus, problems, notes = check(settings, templates)
    except Problems as errors:
        chosen = _chosen(errors.items, arguments.only) or list(errors.items)
        if arguments.json:
            print(as_json((("error", problem) for problem in chosen), words))
            return 1
        raise SystemExit(Problems(chosen).text(words)) from errors
    if arguments.acknowledge:
        acknowledge(settings.content, notes)
    notes = _chosen(unacknowledged(settings.content, notes), arguments.only)
    problems = _chosen(problems, arguments.only)
    if arguments.json:
        print(as_json([*(("note", note) for note in notes), *(("problem", problem) for problem in problems)], words))
        return 1 if problems else 0
    for note in notes:
        print(say("note: {note}", note=note.text(words)).text(words))
    for problem in problems:
        print(problem.text(words))
    count = (
        nsay("{count} thing to mend", "{count} things to mend", len(problems)) if problems else say("nothing to mend")
    )
    print(say("{inventory}: {count}.", inventory=inventory(corpus), count=count).text(words))
    return 1 if problems else 0


def _chosen(problems: Iterable[Problem], keys: list[str] | None) -> list[Problem]:
    return [problem for problem in problems if keys is None or about(problem, keys)]


if __name__ == "__main__":
    raise SystemExit(main())
