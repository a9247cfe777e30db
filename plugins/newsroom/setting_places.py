"""Where settings are written, and what is told of wrong ones: all of it at once, each with its file and line.

The settings of a build are the names of a Python file, which may begin with those of another.
``SETTINGS_FILES`` names these files, the one that was asked for first: a setting stands in the first
one that assigns it.
"""

import ast
import gettext
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from newsroom.problems import Invalid, Problem, Problems

FILES = "SETTINGS_FILES"
_USUAL = "pelicanconf.py"

T = TypeVar("T")


class WrongSettings(Problems):
    """Settings with which nothing can be built; ``items`` says why."""

    def text(self, words: gettext.NullTranslations) -> str:
        """Return them one a line, in the language of ``words``."""
        return "\n".join(problem.text(words) for problem in self.items)


class SettingsReader:
    """Reads settings one after another, and keeps what is wrong with each."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._wrong: list[Problem] = []

    @cached_property
    def _sources(self) -> list[tuple[str, ast.Module]]:
        """What the files of settings say: parsed only where something is wrong."""
        return _sources(self._given)

    def take(self, name: str, read: Callable[[Any, str], T], otherwise: T) -> T:
        """Return what ``read`` makes of the value and the name of a setting; ``otherwise`` where that is wrong."""
        try:
            return read(self._given.get(name), name)
        except Invalid as mistake:
            self._wrong += [located(each, self._sources) for each in mistake.each]
            return otherwise

    def ask(self, read: Callable[[], T], otherwise: T) -> T:
        """Return what ``read`` makes of the environment, which is no file; ``otherwise`` where that is wrong."""
        try:
            return read()
        except Invalid as mistake:
            self._wrong += [Problem("", 0, each.key, each.message, each.remedy) for each in mistake.each]
            return otherwise

    def check(self) -> None:
        """Raise :class:`WrongSettings` where anything was wrong."""
        if self._wrong:
            raise WrongSettings(self._wrong)


def setting(name: str, *keys: object) -> str:
    """Return how messages name a setting, or what ``keys`` lead to in it: as Python does."""
    return name + "".join(f"[{key!r}]" for key in keys)


def located(mistake: Invalid, sources: Sequence[tuple[str, ast.Module]]) -> Problem:
    """Return the problem that ``mistake`` is, at the place where one of ``sources`` writes the setting."""
    name, *keys = _path(mistake.key)
    for file, module in sources:
        node = next(_assigned(module, name), None)
        if node:
            place = _inside(node, keys)
            return Problem(file, place.lineno, mistake.key, mistake.message, mistake.remedy, place.col_offset + 1)
    file = sources[-1][0] if sources else _USUAL
    return Problem(file, 0, mistake.key, mistake.message, mistake.remedy)


def parsed(file: str) -> tuple[str, ast.Module]:
    """Return the name of a file of settings, as messages show it, and what it says; nothing where it is none."""
    try:
        # Columns count characters: one that takes several bytes is put into one that takes a single byte.
        text = Path(file).read_text(encoding="utf-8").encode("ascii", "replace").decode()
        return Path(file).name, ast.parse(text)
    except (OSError, ValueError, SyntaxError):
        return Path(file).name, ast.parse("")


def _sources(given: Mapping[str, Any]) -> list[tuple[str, ast.Module]]:
    files = given.get(FILES)
    return [parsed(str(file)) for file in files] if isinstance(files, Sequence) else []


def _path(key: str) -> list[object]:
    """Return the name of a setting and the keys that lead into it, as far as they can be read."""
    try:
        node, keys = ast.parse(key, mode="eval").body, list[object]()
    except (SyntaxError, ValueError):
        return [key.partition("[")[0]]
    while isinstance(node, ast.Subscript):
        keys.insert(0, node.slice.value if isinstance(node.slice, ast.Constant) else None)
        node = node.value
    return [node.id if isinstance(node, ast.Name) else "", *keys]


def _assigned(module: ast.Module, name: object) -> Iterator[ast.expr]:
    """Yield what is assigned to ``name``, the last first."""
    found: list[tuple[ast.expr, ast.expr | None]] = []
    for node in ast.walk(module):
        if isinstance(node, ast.Assign):
            found += [pair for target in node.targets for pair in _pairs(target, node.value)]
        elif isinstance(node, ast.AnnAssign):
            found.append((node.target, node.value))
        elif isinstance(node, ast.Delete):
            found += [(target, target) for target in node.targets]
    own = [value for target, value in found if value and isinstance(target, ast.Name) and target.id == name]
    yield from sorted(own, key=lambda value: value.lineno, reverse=True)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what each name of an assignment is given; ``a, b = 1, 2`` assigns several."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield from ((each, value) for each in (target.elts if isinstance(target, ast.Tuple) else (target,)))


def _inside(node: ast.expr, keys: Sequence[object]) -> ast.expr:
    """Return what ``keys`` lead to in a mapping, or the innermost one that holds the first of them."""
    for key in keys:
        pairs = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
        found = [value for name, value in pairs if isinstance(name, ast.Constant) and name.value == key]
        if not found:
            break
        node = found[-1]
    return node
