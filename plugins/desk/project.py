"""The project in the current folder, as the commands of the desk read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pelican.settings import get_settings_from_file, read_settings

from newsroom.content.catalogue import Catalogue
from newsroom.problems import Invalid, Problem, Problems, legible
from newsroom.reports import words_for
from newsroom.sentences import Sentence
from newsroom.session import Session
from newsroom.setting_mistakes import mistake_in, unassigned
from newsroom.setting_places import FILES, WrongSettings, located, parsed
from newsroom.settings import Settings, settings_from
from newsroom.views.kinds import PATH_WORDS

_PLUGINS = Path(__file__).resolve().parents[1]


def read_project(configuration: str = "pelicanconf.py") -> tuple[Settings, dict[str, Any]]:
    """Return the settings, and the options of Jinja; end the command where settings are wrong, a line for each."""
    require_readable(configuration)
    try:
        options = read_settings(configuration)
        return settings_from(options, PATH_WORDS), options["JINJA_ENVIRONMENT"]
    except Problems as problems:
        raise SystemExit(problems.text(words_for())) from problems
    except ValueError as error:  # of Pelican
        raise SystemExit(f"{configuration}: {legible(str(error))}") from error


def require_readable(configuration: str) -> None:
    """End the command with a line where a file of settings is not there or Python cannot run it."""
    file = Path(configuration).resolve()
    try:
        given = get_settings_from_file(str(file))
    except Exception as error:
        raise SystemExit(mistake_in(error, file).text(words_for())) from error
    files = given.get(FILES) or [file]
    if isinstance(files, list) and (wrong := list(unassigned(Path(each) for each in files))):
        raise SystemExit(WrongSettings(wrong).text(words_for()))


def wrong_setting(name: str, message: Sentence, remedy: Sentence) -> Problem:
    """Return the problem that a command has with a setting, where the settings of the published site write it."""
    files = [parsed(file) for file in ("publishconf.py", "pelicanconf.py")]
    return located(Invalid(0, message, remedy, name), files)


@contextmanager
def begun(settings: Settings) -> Iterator[tuple[Session, Catalogue]]:
    """Read the content for as long as the block lasts; raise :class:`Problems` where it cannot be read."""
    session = Session(settings, _PLUGINS)
    try:
        yield session, session.begin()
    finally:
        session.end()
        session.store.close()
