"""Plain files on disk: how to tell that one has changed, and what is wrong with those that are not plain.

A symbolic link could publish a file of the machine, a pipe would hang the build.
"""

import os
import re
import stat
from pathlib import Path

from msgspec import Struct

from newsroom.problems import Problem
from newsroom.sentences import say

_IGNORED = re.compile(r"\.|#.*#\Z|.*~\Z|.*\.sw[op]\Z|__pycache__\Z")
#: A file changed twice within the resolution of its clock keeps its state: a state
#: younger than this (nanoseconds) is not trusted next time, as in git's racy index.
_RACY = 2_000_000_000
#: Bytes of a text or a register: many times the longest body, and read in a few seconds.
_LARGEST = 4_000_000


class Stat(Struct, frozen=True, array_like=True):
    """What tells that a file has changed without opening it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


def read_plain(path: Path, name: str) -> bytes | Problem:
    """Return the bytes of a plain file, b"" where there is no such file, or the problem that it cannot be read."""
    if not os.path.lexists(path):
        return b""
    found = regular(path, name)
    if isinstance(found, Problem):
        return found
    try:
        return path.read_bytes()
    except OSError as error:
        return unreadable(name, error)


def unreadable(name: str, error: OSError) -> Problem:
    """Return the problem that the file or folder ``name`` cannot be read, for the reason of ``error``."""
    message = say("cannot be read: {reason}.", reason=str(error.strerror or error))
    return Problem(name, 0, "", message, say("Check that it exists and may be read."))


def regular(path: Path | str, name: str, largest: int = _LARGEST) -> Stat | Problem:
    """Return the state of a plain file of at most ``largest`` bytes, or the problem that it is not one."""
    try:
        found = os.lstat(path)
    except OSError as error:
        return unreadable(name, error)
    if not stat.S_ISREG(found.st_mode):
        remedy = say("Replace the link, pipe or folder with a copy of the file.")
        return Problem(name, 0, "", say("this is not a plain file."), remedy)
    if found.st_size > largest:
        megabytes = {"size": f"{found.st_size / 1e6:.0f}", "most": f"{largest / 1e6:.0f}"}
        what, remedy = (
            say("{size} megabytes are too many.", **megabytes),
            say("Keep it within {most} megabytes.", **megabytes),
        )
        return Problem(name, 0, "", what, remedy)
    return Stat(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def ignored(name: str) -> bool:
    """Tell whether a file of this name belongs to the system or an editing program rather than to the content."""
    return _IGNORED.match(name) is not None


def trusted(stat: Stat, now_ns: int) -> Stat | None:
    """Return ``stat`` if a later change is sure to show in it, else None."""
    newest = max(stat.mtime_ns, stat.ctime_ns)
    return stat if newest < now_ns - _RACY else None
