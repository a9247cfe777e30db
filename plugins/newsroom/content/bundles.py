"""Finding the files of content: one folder per key, one ``index.<language>.md`` per language.

Only plain files of the content folder are ever opened: a symbolic link could
publish a file of the machine, a pipe would hang the build. Both are problems,
and so is whatever cannot be read: nothing is left out silently. Texts in the
wrong place are found by :mod:`newsroom.content.misplaced`.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from newsroom.content.misplaced import misnamed_texts, unread_folders, unread_sections
from newsroom.content.proposals import new_name
from newsroom.keys import KEY
from newsroom.plain_files import Stat, ignored, regular, unreadable
from newsroom.problems import Problem, nearest
from newsroom.sentences import either, say

_INDEX = re.compile(r"index\.([A-Za-z-]+)\.md\Z")


class SourceFile(Struct, frozen=True):
    """One content file: where it is, what it is the text of, and its state on disk.

    ``place`` is its path, and ``name`` that relative to the project, with slashes, as messages show it.
    """

    place: str
    name: str
    folder: str
    key: str
    language: str
    stat: Stat

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.place)


class Bundle(Struct, frozen=True):
    """The folder of one key: its files in order of language, and what is wrong with the folder or with others."""

    folder: str
    key: str
    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]


class Scan(Struct, frozen=True):
    """What the content folder holds: bundles in order of kind and key; and what is wrong with the rest."""

    bundles: tuple[Bundle, ...]
    problems: tuple[Problem, ...]


def scan(content: Path, folders: Sequence[str], codes: tuple[str, ...]) -> Scan:
    """List the bundles of ``folders`` for the language ``codes``; a folder that does not exist has none."""
    top = _entries(content, content.name)
    if isinstance(top, Problem):
        return Scan((), (top,))
    sections = {entry.name: entry for entry in top}
    problems = list(unread_sections(content, folders))
    bundles = [
        bundle
        for folder in sorted(sections.keys() & set(folders))
        for bundle in _bundles(sections[folder], content.name, codes, problems)
    ]
    return Scan(tuple(bundles), tuple(problems))


def _bundles(section: os.DirEntry[str], content: str, codes: tuple[str, ...], problems: list[Problem]) -> list[Bundle]:
    """Return the bundles of one folder of the content, in order of their keys."""
    folder, place = section.name, f"{content}/{section.name}"
    if section.is_symlink():
        problems.append(Problem(place, 0, "", say("this is a link."), say("Replace it with the folder it leads to.")))
        return []
    found = _entries(Path(section.path), place)
    if isinstance(found, Problem):
        problems.append(found)
        return []
    problems.extend(unread_folders(Path(section.path), place))
    bundles: list[Bundle] = []
    for entry in sorted(found, key=lambda entry: entry.name):
        name = f"{place}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            remedy = say("Move it to {folder}/<key>/index.<language>.md.", folder=folder)
            problems.append(Problem(name, 0, "", say("content stands in folders."), remedy))
        elif not KEY.match(entry.name):
            what = say("a key is made of a-z, 0-9 and hyphens.")
            problems.append(Problem(name, 0, "", what, new_name(entry.name)))
        else:
            bundles.append(_bundle(entry.path, name, folder, codes))
    return bundles


def bundle_at(content: Path, folder: str, key: str, codes: tuple[str, ...]) -> Bundle | None:
    """Return the bundle of one key as it is on disk now, None where it is gone."""
    path = content / folder / key
    return _bundle(str(path), f"{content.name}/{folder}/{key}", folder, codes) if os.path.lexists(path) else None


def _bundle(path: str, name: str, folder: str, codes: tuple[str, ...]) -> Bundle:
    entries, key = _entries(path, name), name.rpartition("/")[2]
    if isinstance(entries, Problem):
        return Bundle(folder, key, (), (entries,))
    indexes = [found for entry in entries if (found := _INDEX.match(entry.name))]
    files: list[SourceFile] = []
    problems = list(misnamed_texts(entries, name, codes))
    for index in indexes:
        place, file, code = f"{path}/{index[0]}", f"{name}/{index[0]}", index[1]
        state = regular(place, file) if code in codes else _unknown_language(file, code, codes)
        if isinstance(state, Problem):
            problems.append(state)
        else:
            files.append(SourceFile(place, file, folder, key, code, state))
    if not any(index[1] in codes for index in indexes) and not problems:
        expected = either([f"index.{code}.md" for code in codes])
        remedy = say("Add {expected}, or remove the folder.", expected=expected)
        problems.append(Problem(name, 0, "", say("this folder holds no text."), remedy))
    files.sort(key=lambda file: codes.index(file.language))
    return Bundle(folder, key, tuple(files), tuple(problems))


def _unknown_language(file: str, code: str, codes: tuple[str, ...]) -> Problem:
    return Problem(file, 0, "", say("“{code}” is not a language of the site.", code=code), nearest(code, codes))


def _entries(folder: Path | str, name: str) -> list[os.DirEntry[str]] | Problem:
    """Return the content that a folder holds, or the problem that it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not ignored(entry.name)]
    except NotADirectoryError:
        remedy = say("Replace the file with a folder, or remove it.")
        return Problem(name, 0, "", say("a folder belongs here."), remedy)
    except OSError as error:
        return unreadable(name, error)
