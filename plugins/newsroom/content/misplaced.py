"""Texts in places where nobody looks for them: an editor would wait for them in vain.

A text is recognised by its name, ``index.md``, ``index.….md`` or one that ends in a language and ``.md``; folders
of notes, editing programs and systems hold none.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from newsroom.content.proposals import new_name
from newsroom.plain_files import ignored
from newsroom.problems import Problem, nearest
from newsroom.sentences import either, say

_TEXT = re.compile(r"index(?:\..*)?\.(?:md|markdown)\Z", re.IGNORECASE | re.DOTALL)
_INDEX = re.compile(r"index\.[A-Za-z-]+\.md\Z")


def misnamed_texts(entries: Iterable[os.DirEntry[str]], name: str, codes: Sequence[str]) -> Iterator[Problem]:
    """Yield the texts of the folder ``name`` that are not called ``index.<language>.md``, and its folders of texts.

    ``entries`` are what the folder holds.
    """
    for entry in entries:
        file, place = entry.name, f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if _holds_text(Path(entry.path)):
                what = say("a folder of content holds no other one.")
                remedy = say("Move it up, beside “{folder}”.", folder=name.rpartition("/")[2])
                yield Problem(place, 0, "", what, remedy)
        elif not _INDEX.match(file):
            code = next((code for code in codes if file.lower().endswith((f".{code}.md", f".{code}.markdown"))), "")
            if code:
                what = say("this is not how the name of a text is written.")
                yield Problem(place, 0, "", what, say("Rename it “{name}”.", name=f"index.{code}.md"))
            elif _TEXT.match(file):
                names = either([f"index.{code}.md" for code in codes])
                remedy = say("Rename it {names}, by the language it is written in.", names=names)
                yield Problem(place, 0, "", say("this name does not say the language of the text."), remedy)


def unread_folders(section: Path, name: str) -> Iterator[Problem]:
    """Yield the folders of a section that hold a text but are named like system files."""
    for folder in _names(section):
        if ignored(folder) and _holds_text(section / folder):
            what = say("a folder of this name is not read.")
            yield Problem(f"{name}/{folder}", 0, "", what, new_name(folder))


def unread_sections(content: Path, folders: Sequence[str]) -> Iterator[Problem]:
    """Yield the folders of the content that are not sections and hold texts as sections do."""
    for folder in _names(content):
        path = content / folder
        if folder not in folders and any(_holds_text(path / key) for key in _names(path)):
            what = say("this is not a content folder.")
            yield Problem(f"{content.name}/{folder}", 0, "", what, nearest(folder, folders))


def _holds_text(folder: Path) -> bool:
    return not folder.is_symlink() and any(_TEXT.match(name) for name in _names(folder))


def _names(folder: Path) -> list[str]:
    """Return what a folder holds, nothing where it cannot be listed: the reader of the folder reports that."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names, in an order
    except OSError:
        return []
