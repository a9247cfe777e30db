"""The names under which pictures of a folder can be published."""

import re

from newsroom.problems import Invalid

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
#: Disks take 255 bytes, and the copies of a picture have longer names.
_LONGEST_NAME = 100


def picture_name(name: str, line: int) -> str:
    """Return ``name`` if a picture of the folder can be published under it.

    Raises :class:`Invalid` for what is a path, for a text, and for a name that does not end like a
    picture’s: servers tell by the end of a name what a file is.
    """
    shown = f"“{name[:80]}”" if name else "this"
    if not _FILE_NAME.match(name):
        raise Invalid(line, f"{shown} is not the name of a file of this folder.", "Write the plain file name.")
    if name.startswith("index."):
        raise Invalid(line, f"{shown} is the name of a text.", "Show a picture, under another name.")
    if not name.lower().endswith((".jpg", ".jpeg", ".png", ".webp")):
        remedy = "Use a JPEG, PNG or WebP whose name ends in .jpg, .jpeg, .png or .webp."
        raise Invalid(line, f"{shown} is not the name of a picture.", remedy)
    if len(name) > _LONGEST_NAME:
        raise Invalid(line, f"{len(name)} characters are too many for a file name.", f"Keep it within {_LONGEST_NAME}.")
    return name
