"""The names under which pictures of a folder can be published."""

import re

from unidecode import unidecode

from newsroom.problems import Invalid
from newsroom.sentences import Sentence, say

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_NOT_SAFE = re.compile(r"[^A-Za-z0-9._]+")
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
#: File systems take 255 bytes, and the copies of a picture have longer names.
_LONGEST_NAME = 100
#: The suffix of figures, which are shown like pictures and drawn from data.
FIGURE = ".yaml"


def figure_name(name: str, line: int) -> str:
    """Return ``name`` if it can be that of a figure; raise :class:`Invalid` for a path or a name that is too long."""
    if not _FILE_NAME.match(name) or len(name) > _LONGEST_NAME:
        raise Invalid(line, *_not_a_file_name(name))
    return name


def picture_name(name: str, line: int) -> str:
    """Return ``name`` if a picture of the folder can be published under it.

    Raises :class:`Invalid` for a path, for a text, and for a name without the suffix of a picture:
    servers tell by the suffix what a file is.
    """
    if not _FILE_NAME.match(name):
        raise Invalid(line, *_not_a_file_name(name))
    if name.startswith("index."):
        raise Invalid(
            line, say("“{name}” is the name of a text.", name=name), say("Show a picture, under another name.")
        )
    if not name.lower().endswith(_ENDINGS):
        remedy = say("Use a JPEG, PNG or WebP whose name ends in .jpg, .jpeg, .png or .webp.")
        raise Invalid(line, say("“{name}” is not the name of a picture.", name=name), remedy)
    if len(name) > _LONGEST_NAME:
        what = say("{count} characters are too many for a file name.", count=len(name))
        raise Invalid(line, what, say("Keep it within {most}.", most=_LONGEST_NAME))
    return name


def _not_a_file_name(name: str) -> tuple[Sentence, Sentence]:
    meant = _NOT_SAFE.sub("-", unidecode(name)).strip("-.")
    if not name:
        return say("this is not the name of a file of this folder."), say("Write the plain file name.")
    # A path or an address is not a file name that could be changed.
    if re.search(r"[/\\:%\x00-\x1f]", name) or name.startswith(".") or not meant.lower().endswith(_ENDINGS):
        what = say("“{name}” is not the name of a file of this folder.", name=name)
        return what, say("Write the plain file name.")
    what = say("“{name}” cannot be the name of a published file: it has spaces, accents or signs.", name=name)
    return what, say("Rename the file “{name}”, and write this name here.", name=meant)
