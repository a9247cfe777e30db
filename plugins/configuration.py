"""First step: validate the settings once, and open the session that the other steps share.

Wrong settings end the build here, in a line each, before anything is read.
"""

from pathlib import Path

from pelican import Pelican, signals

from newsroom.problems import Problems
from newsroom.reports import words_for
from newsroom.session import Session
from newsroom.settings import settings_from
from newsroom.views.kinds import PATH_WORDS


def open_session(pelican: Pelican) -> None:
    """Put a :class:`Session` where every generator and the writer find it."""
    try:
        settings = settings_from(pelican.settings, PATH_WORDS)
        pelican.settings["SESSION"] = Session(settings, Path(__file__).parent)
    except Problems as problems:
        raise SystemExit(problems.text(words_for())) from problems


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(open_session)
