"""First step: validate the settings once, and open the session that the other steps share.

A wrong setting ends the build here, in one line, before anything is read.
"""

from pathlib import Path

from pelican import Pelican, signals

from newsroom.problems import Problems, legible
from newsroom.reports import localised_report
from newsroom.session import Session
from newsroom.settings import settings_from
from newsroom.views.kinds import PATH_WORDS


def open_session(pelican: Pelican) -> None:
    """Put a :class:`Session` where every generator and the writer find it."""
    try:
        settings = settings_from(pelican.settings, PATH_WORDS)
    except ValueError as error:
        raise SystemExit(f"pelicanconf.py: {legible(str(error))}") from error
    try:
        pelican.settings["SESSION"] = Session(settings, Path(__file__).parent)
    except Problems as problems:
        raise SystemExit(localised_report(problems.items)) from problems


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(open_session)
