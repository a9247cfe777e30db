"""The project in the current folder, as the commands of the desk read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from newsroom.content.catalogue import Catalogue
from newsroom.problems import legible
from newsroom.session import Session
from newsroom.settings import Settings, settings_from
from newsroom.views.kinds import PATH_WORDS

_PLUGINS = Path(__file__).resolve().parents[1]


def read_project(configuration: str = "pelicanconf.py") -> tuple[Settings, dict[str, Any]]:
    """Return the settings, and the options of Jinja; end the command in one line where a setting is wrong."""
    try:
        options = read_settings(configuration)
        return settings_from(options, PATH_WORDS), options["JINJA_ENVIRONMENT"]
    except ValueError as error:
        raise SystemExit(f"{configuration}: {legible(str(error))}") from error


@contextmanager
def begun(settings: Settings) -> Iterator[tuple[Session, Catalogue]]:
    """Read the content for as long as the block lasts; raise :class:`Problems` where it cannot be read."""
    session = Session(settings, _PLUGINS)
    try:
        yield session, session.begin()
    finally:
        session.end()
        session.store.close()
