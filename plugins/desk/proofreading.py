"""What the rules of the house say while the site is served: of one thing, or of all.

The rules take longer than a page, so they are asked in a process that is forked
from the one that answers: it has the content in memory as it is, gives way to
everything else, and ends when it has told what it found.
"""

import gettext
import os
import signal
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from msgspec import Struct

from desk.acknowledged import unacknowledged
from desk.hunspell import Hunspell
from newsroom.content.catalogue import Catalogue, is_public
from newsroom.content.models import AnyEntry
from newsroom.content.registers import CLAIMS, ENTITIES
from newsroom.content.threads import THREAD
from newsroom.problems import Problem, Problems
from newsroom.rules import notes_in, problems_in
from newsroom.rules.corpus import read_corpus
from newsroom.session import Session

#: How much the rules give way to the preview (nice(2)).
_NICE = 10


class Subject(Struct, frozen=True):
    """What a page is about: the folder of a kind and a key, or a key of a register; nothing means the whole content."""

    folder: str = ""
    key: str = ""

    def holds(self, entry: AnyEntry) -> bool:
        """Tell whether ``entry`` belongs to it."""
        return not self.key or (entry.kind, entry.key) == (self.folder, self.key)


def subjects_of(paths: Iterable[str], content: Path) -> set[Subject]:
    """Return the entries whose folders under ``content`` hold ``paths``."""
    inside = (Path(path).relative_to(content).parts for path in paths if Path(path).is_relative_to(content))
    return {Subject(*parts[:2]) for parts in inside if len(parts) > 2}


class Findings(Struct, frozen=True):
    """What is to be mended or worth knowing, a line each as compilers print it, in the language of the terminal."""

    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def proofread(session: Session, subject: Subject, words: gettext.NullTranslations) -> Findings:
    """Return what the rules find about ``subject``; for a process of its own, since it changes the session.

    What is shared by a whole archive is told for the whole content alone.
    """
    session.store.reopen()
    session.shown = is_public  # rules are about what readers will see
    try:
        catalogue = session.read_again(())
        corpus = read_corpus(catalogue, session.library, session.fragments.text_html, subject.holds)
        problems, notes = problems_in(corpus, Hunspell()), notes_in(corpus)
    except Problems as unsound:
        return Findings(_texts(_own(unsound.items, subject, None), words))
    notes = unacknowledged(session.settings.content, notes)
    return Findings(_texts(_own(problems, subject, catalogue), words), _texts(_own(notes, subject, catalogue), words))


def _texts(problems: Iterable[Problem], words: gettext.NullTranslations) -> tuple[str, ...]:
    return tuple(problem.text(words) for problem in problems)


def _own(problems: Iterable[Problem], subject: Subject, catalogue: Catalogue | None) -> list[Problem]:
    """Return those of ``problems`` that are about ``subject``: in its folder, or of its key in a register."""
    if not subject.key:
        return list(problems)
    claims = catalogue.claims_of.get(subject.key, ()) if catalogue else ()
    own = {
        "entities": {(ENTITIES, subject.key)},
        THREAD.folder: {(CLAIMS, claim.key) for claim in claims},
    }.get(subject.folder, set())
    folder = f"/{subject.folder}/{subject.key}/"
    return [problem for problem in problems if folder in problem.file or (Path(problem.file).name, problem.key) in own]


def aside(work: Callable[[], Any], answer: Connection, *others: Connection) -> None:
    """Send what ``work`` returns to ``answer``, from a process forked now, which keeps none of the ``others``."""
    process = get_context("fork").Process(target=_work, args=(work, answer, others), daemon=True)
    process.start()
    answer.close()


def _work(work: Callable[[], Any], answer: Connection, others: Iterable[Connection]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for connection in others:
        connection.close()
    os.nice(_NICE)
    try:
        answer.send(work())
    except BaseException:  # noqa: BLE001 - who asked is told by an end without an answer
        os._exit(1)
