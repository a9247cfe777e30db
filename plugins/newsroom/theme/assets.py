"""The files of the theme under addresses that name their content, so that they can be cached for ever.

``static/css/site.css`` imports other style sheets, and so does
``static/css/pages/<kind>.css`` for the pages of a kind. Each page holds what it uses
of both, and ``static/js/scheme.js``, so that its first response is complete. ``url()``
in a style sheet and the folder ``static/webroot`` (files that browsers look for at
the root, such as ``favicon.ico``) are handled.
"""

import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

import rcssmin
from msgspec import Struct

from newsroom.problems import Problem, Problems
from newsroom.sentences import say

_STYLE = "css/site.css"
_KINDS = "css/pages"
_SCRIPT = "js/scheme.js"
_IMPORT = re.compile(r"""@import\s+["']([^"']+)["']\s*;""")
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


class Asset(Struct, frozen=True):
    """One file to publish: its path in the output and its bytes."""

    file: str
    data: bytes


class Assets(Struct, frozen=True):
    """The files to publish, the address of each by its name under ``static/``, and what stands in the pages.

    ``styles`` are the style sheets of the kinds of pages that have rules of their own, ``style`` is that of the others.
    """

    files: tuple[Asset, ...] = ()
    addresses: dict[str, str] = {}
    style: str = ""
    styles: dict[str, str] = {}
    script: str = ""

    def style_of(self, kind: str) -> str:
        """Return the style sheet of the pages of a kind."""
        return self.styles.get(kind, self.style)


def load_assets(theme: Path, base_path: str) -> Assets:
    """Read ``theme/static``; raise :class:`Problems` when a style sheet names a file that is not there."""
    static = theme / "static"
    files: list[Asset] = []
    addresses: dict[str, str] = {}
    for path in _files(static):
        name = path.relative_to(static).as_posix()
        if name.startswith("webroot/"):
            files.append(Asset(name.removeprefix("webroot/"), path.read_bytes()))
        elif not name.startswith("css/") and name != _SCRIPT:
            _add(name, path.read_bytes(), base_path, files, addresses)

    def read_style(sheet: Path) -> str:
        return _inline(sheet, theme, lambda sheet: _style(sheet, addresses, theme))

    style = read_style(static / _STYLE)
    return Assets(
        tuple(files),
        addresses,
        style=style,
        styles={sheet.stem: style + read_style(sheet) for sheet in sorted((static / _KINDS).glob("*.css"))},
        script=_inline(static / _SCRIPT, theme, lambda script: script.read_text(encoding="utf-8").strip()),
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path


def _add(name: str, data: bytes, base_path: str, files: list[Asset], addresses: dict[str, str]) -> None:
    stem, _, suffix = name.rpartition(".")
    file = f"theme/{stem}.{blake2b(data, digest_size=5).hexdigest()}.{suffix}"
    files.append(Asset(file, data))
    addresses[name] = f"{base_path}/{file}"


def _inline(file: Path, theme: Path, read: Callable[[Path], str]) -> str:
    """Return the text of a file that every page holds; raise :class:`Problems` where it could end its element."""
    text = read(file) if file.is_file() else ""
    if "</" in text:
        what, remedy = say("“</” would end the element it stands in."), say("Write “<\\/”.")
        raise Problems([Problem(_name(file, theme), 0, "", what, remedy)])
    return text


def _style(sheet: Path, addresses: dict[str, str], theme: Path) -> str:
    source = _URL.sub(lambda found: f"url({_resolve(found[1], addresses, theme)})", _flatten(sheet, theme))
    return str(rcssmin.cssmin(source))


def _flatten(sheet: Path, theme: Path) -> str:
    """Return a style sheet with the sheets it imports in their place; these import nothing."""

    def included(found: re.Match[str]) -> str:
        path = sheet.parent / found[1]
        if not path.is_file():
            raise _missing(sheet, found[1], theme)
        return path.read_text(encoding="utf-8")

    return _IMPORT.sub(included, sheet.read_text(encoding="utf-8"))


def _resolve(reference: str, addresses: dict[str, str], theme: Path) -> str:
    name = reference.removeprefix("../")
    if reference.startswith(("data:", "#")):
        return reference
    if name not in addresses:
        raise _missing(theme / "static" / _STYLE, reference, theme)
    return addresses[name]


def _missing(sheet: Path, name: str, theme: Path) -> Problems:
    what = say("“{name}” is not in the theme.", name=name)
    return Problems([Problem(_name(sheet, theme), 0, "", what, say("Add the file, or remove the line."))])


def _name(file: Path, theme: Path) -> str:
    return f"{theme.name}/{file.relative_to(theme).as_posix()}"
