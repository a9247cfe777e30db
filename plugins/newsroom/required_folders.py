"""The folders that settings name and that Pelican wants before it asks any step: it would print a traceback."""

from pathlib import Path

from newsroom.problems import Invalid
from newsroom.reports import words_for
from newsroom.sentences import say
from newsroom.setting_places import WrongSettings, located, parsed


def require_folders(file: str, **folders: str) -> None:
    """End the program where one of ``folders``, by the names of their settings in ``file``, is not there."""
    mistakes = [
        Invalid(0, say("there is no folder “{path}”.", path=path), say("Make it, or name another."), name)
        for name, path in folders.items()
        if not Path(path).is_dir()
    ]
    if mistakes:
        wrong = WrongSettings(located(mistake, [parsed(file)]) for mistake in mistakes)
        raise SystemExit(wrong.text(words_for()))
