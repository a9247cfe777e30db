"""Saving what editors wrote: the file holds the old text or the new one, whatever ends the command."""

import os
import shutil
from pathlib import Path

from newsroom.content.frontmatter import unpublishable
from newsroom.problems import Invalid
from newsroom.sentences import say
from newsroom.text.characters import FORBIDDEN


def save(path: Path, text: str) -> None:
    """Replace the file ``path`` with ``text``, or begin it; the ends of lines are those of ``text``.

    Raises :class:`UnicodeEncodeError` before anything is touched, :class:`OSError` with the file as it was.
    """
    data = text.encode("utf-8")
    # A name that the build leaves alone as an editing program's, should this be killed before the end.
    beside = path.with_name(f".{path.name}.{os.getpid()}~")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def check_line(text: str) -> None:
    """Raise :class:`Invalid` where ``text``, to be written into a file, is not one line that can be published."""
    found = FORBIDDEN.search(text)
    if found:
        raise Invalid(0, unpublishable(found[0]), say("Delete it."))
    if text.splitlines() != [text]:
        raise Invalid(0, say("this must stand on one line."), say("Remove the line break."))
