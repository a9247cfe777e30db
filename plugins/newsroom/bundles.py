"""Finding the files of content: one folder a key, one ``index.<language>.md`` a language.

Only plain files of the content folder are ever opened: a symbolic link could
publish a file of the machine, a pipe would hang the build. Both are problems.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from newsroom.fields import KEY
from newsroom.problems import Problem, nearest

_INDEX = re.compile(r"index\.([A-Za-z-]+)\.md\Z")
_IGNORED = re.compile(r"\.|#.*#\Z|.*~\Z|.*\.sw[op]\Z|__pycache__\Z")


class Stat(Struct, frozen=True, array_like=True):
    """What tells that a file has changed without opening it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class SourceFile(Struct, frozen=True):
    """One content file: where it is, what it is the text of, and its state on disk.

    ``name`` is its path relative to the project, with slashes, as messages show it.
    """

    path: Path
    name: str
    folder: str
    key: str
    language: str
    stat: Stat


class Scan(Struct, frozen=True):
    """What the content folder holds: files in order of kind, key, language; and problems."""

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]


def scan(content: Path, folders: Iterable[str], codes: tuple[str, ...]) -> Scan:
    """List the content files of ``folders`` for the language ``codes``."""
    problems: list[Problem] = []
    files = [file for folder in folders for file in _bundles(content, folder, codes, problems)]
    return Scan(
        tuple(sorted(files, key=lambda file: (file.folder, file.key, codes.index(file.language)))), tuple(problems)
    )


def regular(path: Path, name: str) -> Stat | Problem:
    """Return the state of a plain file, or the problem that it is not one."""
    try:
        found = os.lstat(path)
    except OSError as error:
        return Problem(name, 0, "", f"cannot be read: {error.strerror}.", "Check the file.")
    if not stat.S_ISREG(found.st_mode):
        return Problem(
            name, 0, "", "this is not a plain file.", "Replace the link, pipe or folder by a copy of the file."
        )
    return Stat(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _bundles(content: Path, folder: str, codes: tuple[str, ...], problems: list[Problem]) -> Iterator[SourceFile]:
    root = content / folder
    if not root.is_dir():
        return
    for entry in _entries(root):
        name = f"{content.name}/{folder}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            problems.append(
                Problem(name, 0, "", "content stands in folders.", f"Move it to {folder}/<key>/index.<language>.md.")
            )
        elif not KEY.match(entry.name):
            problems.append(Problem(name, 0, "", "a key is made of a-z, 0-9 and hyphens.", "Rename the folder."))
        else:
            yield from _texts(Path(entry.path), name, folder, codes, problems)


def _texts(
    bundle: Path, name: str, folder: str, codes: tuple[str, ...], problems: list[Problem]
) -> Iterator[SourceFile]:
    found = False
    for entry in _entries(bundle):
        index = _INDEX.match(entry.name)
        if not index:
            continue
        file = f"{name}/{entry.name}"
        if index[1] not in codes:
            problems.append(
                Problem(file, 0, "", f"“{index[1]}” is not a language of the site.", nearest(index[1], codes))
            )
            continue
        found = True
        state = regular(Path(entry.path), file)
        if isinstance(state, Problem):
            problems.append(state)
        else:
            yield SourceFile(Path(entry.path), file, folder, bundle.name, index[1], state)
    if not found:
        expected = " or ".join(f"index.{code}.md" for code in codes)
        problems.append(Problem(name, 0, "", "this folder holds no text.", f"Add {expected}, or remove the folder."))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not ignored(entry.name)]


def ignored(name: str) -> bool:
    """Tell whether a file of this name is the system’s or an editing program’s, and no content."""
    return _IGNORED.match(name) is not None
