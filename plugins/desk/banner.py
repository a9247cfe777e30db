"""What is wrong as pages show it: a line each, with a link that opens the file in the editor."""

import re
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

#: How Visual Studio Code opens a file at a line.
VS_CODE = "vscode://file{path}:{line}:{column}"
#: A problem as compilers print it.
_PLACED = re.compile(r"(?P<place>(?P<file>[^\s:][^:]*?)(?::(?P<line>\d+)(?::(?P<column>\d+))?)?): (?P<text>.+)")


class ReportLine(Struct, frozen=True):
    """A line of a report: its text, the place it is about, and the address that opens it; both "" without a place."""

    text: str
    place: str = ""
    link: str = ""


def lines_of(report: str, root: Path, editor: str) -> list[ReportLine]:
    """Return the lines of ``report``; ``editor`` is an address with ``{path}``, ``{line}`` and ``{column}``.

    A place is a file within the project in ``root``.
    """
    return [_line(text, root, editor) for text in report.splitlines() if text.strip()]


def file_link(path: Path, editor: str, line: int = 1, column: int = 1) -> str:
    """Return the address that opens ``path`` at a line and a column in the editor."""
    return editor.replace("{path}", quote(str(path))).replace("{line}", str(line)).replace("{column}", str(column))


def _line(text: str, root: Path, editor: str) -> ReportLine:
    found = _PLACED.fullmatch(text)
    path = (root / found["file"]).resolve() if found and len(found["file"]) < 1000 else root
    if not found or not path.is_relative_to(root.resolve()) or not path.is_file():
        return ReportLine(text)
    link = file_link(path, editor, int(found["line"] or 1), int(found["column"] or 1))
    return ReportLine(found["text"], found["place"], link)
