"""What the release of a site needs from the kernel: flushing, exchanging two names, sharing a file.

Linux has calls for the first two that Python does not wrap; elsewhere there is a portable way,
whose cost each function states.
"""

import ctypes
import errno
import os
import shutil
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
#: Errors that mean that the kernel or the file system has no such call.
_ABSENT = frozenset((errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP))
#: Errors that mean that a file can have no second name here.
_NO_SECOND_NAME = _ABSENT | {errno.EMLINK, errno.EXDEV, errno.EPERM, errno.EACCES}


def flush(folder: Path) -> None:
    """Wait until all that was written to the file system of ``folder`` is on the disk.

    One call serves the thousands of files of a release, and those that it shares with a build that
    did not wait. Without syncfs(2), all disks are flushed.
    """
    if not hasattr(_libc, "syncfs"):
        os.sync()
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        if _libc.syncfs(opened):
            raise _error(folder)
    finally:
        os.close(opened)


def flush_names(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk, though not the files."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def exchange(one: Path, other: Path) -> None:
    """Exchange ``one`` and ``other`` in one step (renameat2(2)).

    Without that call it takes three steps, and ``other`` is missing for a moment.
    """
    if hasattr(_libc, "renameat2"):
        if not _libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE):
            return
        if ctypes.get_errno() not in _ABSENT:
            raise _error(other)
    aside = one.with_name(f"{one.name}.aside")
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


def share(source: Path, target: Path) -> None:
    """Give the file ``source`` a second name, or copy it where it can have none (link(2)).

    A file system may have no second names, or no more for this file, or be another one; its owner may forbid them.
    Any other error is raised, and so is that of a copy which may not be made either.
    """
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_SECOND_NAME:
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def copy(source: Path, target: Path) -> None:
    """Copy a file, a link or a whole folder, if it exists."""
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True)
    elif os.path.lexists(source):
        shutil.copy2(source, target, follow_symlinks=False)


def files_under(folder: Path) -> set[str]:
    """Return the paths of everything under ``folder`` that is not a folder."""
    found, waiting = set[str](), [""]
    while waiting:
        place = waiting.pop()
        with os.scandir(folder / place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{place}{entry.name}/")
                else:
                    found.add(f"{place}{entry.name}")
    return found


def remove(path: Path) -> None:
    """Remove a file, a link or a whole folder, if it exists."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _error(path: Path) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number), str(path))
