"""What is in the way of the outputs of a build on disk, looked for before the first of them is moved into place.

A folder that is a link could lead anywhere. A file where a folder belongs, or a
folder where a file does, would stop the move half-way, and every later build.
"""

from collections.abc import Iterable
from pathlib import Path

from newsroom.problems import Problem
from newsroom.sentences import Sentence, say


def blocked_outputs(root: Path, paths: Iterable[str]) -> list[Problem]:
    """Return what prevents the files ``paths`` under ``root`` from being written or removed, in order of name."""
    targets = {root / path for path in paths}
    folders = {folder for target in targets for folder in target.parents} - {root, *root.parents}
    found: dict[Path, Sentence] = {}
    for folder in folders:
        if folder.is_symlink():
            found[folder] = say("this folder is a link that leads elsewhere.")
        elif folder.exists() and not folder.is_dir():
            found[folder] = say("this file stands where a folder belongs.")
    for target in targets:
        if target.is_dir() and not target.is_symlink():
            found[target] = say("this folder stands where a file belongs.")
    return [
        Problem(f"{root.name}/{path.relative_to(root).as_posix()}", 0, "", found[path], say("Remove it."))
        for path in sorted(found)
    ]
