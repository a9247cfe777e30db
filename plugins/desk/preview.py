"""The process behind ``make serve``: it keeps the site in memory and answers what is at a path.

Started by :mod:`desk.preview_process`, and again whenever the code or the settings change;
it rereads content, theme and words of the interface by itself. It answers one question after
another: ``("read", path)`` with bytes or None, ``("built", path)`` with what the last build
made, ``("facts", path)`` with what the page is about,
``("groups", "")`` with what waits for work, ``("unpublished", "")`` with what is shown but
not public, as addresses and words; ``("saved", paths)`` with what is wrong now, as a text.
``("proofread", subject)`` is followed by a handle, to which a process of its own sends what
the rules find.
"""

import argparse
import logging
import os
import signal
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.generators import Generator
from pelican.log import init
from pelican.settings import read_settings

from desk import browser_desk
from desk.overview import Group, ShownPage, groups, page_facts, state
from desk.project import require_readable
from desk.proofreading import Subject, aside, proofread
from newsroom.build.rendering import Templates
from newsroom.content.catalogue import every_one
from newsroom.outputs.preview import Preview
from newsroom.plain_files import unreadable
from newsroom.problems import Problems
from newsroom.reports import words_for
from newsroom.settings import build_moment


class Answers:
    """Answers the questions about one preview."""

    def __init__(self, pelican: Pelican, connection: Connection) -> None:
        self._connection = connection
        # A generator has the environment that renders templates in a build.
        stage = Generator({}, pelican.settings, pelican.path, pelican.theme, pelican.output_path)
        self._session = pelican.settings["SESSION"]
        self._session.shown = every_one
        self._preview = Preview(self._session, Templates(stage.env))

    def open(self) -> str:
        """Read everything; return what is wrong."""
        return _report_of(lambda: self._preview.open(self._now))

    def read(self, path: str) -> bytes | None:
        """Return what is at ``path``."""
        if path.startswith(browser_desk.FOLDER):
            return browser_desk.answer(path, Path(), self._session.settings.codes)
        return self._preview.read(path, self._now)

    def built(self, path: str) -> bytes | None:
        """Return what the last build made."""
        return self._preview.read_built(path)

    def unpublished(self, _: str) -> dict[str, str]:
        """Return the addresses of drafts and of what is waiting, with the words that say so."""
        words = words_for()
        return {address: state(moment).text(words) for address, moment in self._preview.unpublished.items()}

    def facts(self, path: str) -> ShownPage:
        """Return what the page at ``path`` is about."""
        return page_facts(self._preview, path)

    def groups(self, _: str) -> tuple[Group, ...]:
        """Return what waits for somebody's work."""
        return groups(self._preview)

    def proofread(self, subject: Subject) -> None:
        """Let a process send what the rules find about ``subject`` to the handle that follows the question."""
        answer = Connection(recv_handle(self._connection), readable=False)
        aside(partial(proofread, self._session, subject, words_for()), answer, self._connection)

    def saved(self, paths: list[str]) -> str:
        """Take note of what was saved; return what is wrong."""
        return _report_of(lambda: self._preview.saved([Path(path) for path in paths], self._now))

    @property
    def _now(self) -> Any:
        return build_moment(os.environ, self._preview.zone)


def _report_of(work: Callable[[], None]) -> str:
    try:
        work()
    except Problems as problems:
        return problems.text(words_for())
    except (OSError, UnicodeError) as error:
        return _unread(error)
    return ""


def _unread(error: OSError | UnicodeError) -> str:
    """Return what is told of a file that went away while it was read, or of one of the theme that is no text.

    That it went away, or is mended, is a save, which is read next.
    """
    where = error.filename if isinstance(error, OSError) else None
    name = os.path.relpath(str(where)) if where else "theme"
    return Problems([unreadable(name, error if isinstance(error, OSError) else OSError(str(error)))]).text(words_for())


def main() -> None:
    """Answer until the other end is closed."""
    parser = argparse.ArgumentParser(prog="desk.preview", description="What make serve starts; type that instead.")
    parser.add_argument("handle", type=int, help="of the connection that questions arrive on")
    parser.add_argument("address", help="of the site, as its pages say it")
    given = parser.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent process, which then closes the connection
    connection = Connection(given.handle)
    init(logging.WARNING, fatal="errors")
    require_readable("pelicanconf.py")
    answers = Answers(Pelican(read_settings("pelicanconf.py", override={"SITEURL": given.address})), connection)
    connection.send(answers.open())
    while True:
        try:
            question, about = connection.recv()
        except EOFError:
            return
        try:
            connection.send((getattr(answers, question)(about), ""))
        except Problems as problems:
            connection.send((None, problems.text(words_for())))
        except (OSError, UnicodeError) as error:
            connection.send((None, _unread(error)))


if __name__ == "__main__":
    main()
