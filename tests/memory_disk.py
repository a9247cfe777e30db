"""Temporary folders of tests lie in memory where the machine has room for them there.

A test that builds a site waits for the disk half of its time: the store makes sure that what it notes is on
the disk, which is no promise that a test can look at. Nothing else differs: a file system in memory has links,
renames, modes and locks too. ``TMPDIR=/tmp make test`` puts them elsewhere.
"""

import os
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")
#: What a run of all tests holds at a time, and some more.
ROOM = 6 * 1024**3


def has_room(folder: Path, room: int = ROOM) -> bool:
    """Tell whether temporary files can lie in ``folder``, and programs be run from there."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= room and not found.f_flag & os.ST_NOEXEC and _memory() >= 2 * room


def _memory() -> int:
    """Return how many bytes of memory can still be used; 0 where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))


def use(folder: Path = _MEMORY) -> None:
    """Have ``folder`` hold all temporary files of this process and its children, unless somebody chose another."""
    if "TMPDIR" not in os.environ and has_room(folder):
        os.environ["TMPDIR"] = str(folder)
        tempfile.tempdir = None  # read the environment again
