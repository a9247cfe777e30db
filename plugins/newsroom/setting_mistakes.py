"""What is wrong with a file of settings that Python cannot run, for people who write no Python.

Python stops at the first mistake that it meets, so there is one to tell at a time.
"""

import ast
import re
import traceback
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from newsroom.plain_files import unreadable
from newsroom.problems import Problem
from newsroom.sentences import Sentence, say
from newsroom.setting_places import WrongSettings

_CONFLICT = re.compile(r"<{7} |={7}$|>{7} ")
_BRACKETS = MappingProxyType({"(": ")", "[": "]", "{": "}"})
_CONSTANTS = MappingProxyType(
    {"true": "True", "yes": "True", "on": "True", "false": "False", "no": "False", "off": "False", "null": "None"}
)
_BEFORE = say("Look just before this place for a comma, a quotation mark or a bracket that is missing.")
_CORRECT = say("Correct this line: `git diff` shows what has changed.")
_COMMA = say("a comma is missing."), say("Write it between the two values.")
_TEXT = (
    say("a text is not closed."),
    say('End it with the quotation mark that it begins with; one that holds an apostrophe stands between “"”.'),
)
_INDENTED = (
    say("this line does not begin where it should."),
    say("Put it right under the one before it, with spaces and no tabs."),
)
#: What Python says of a mistake, as versions 3.11 to 3.14 word it, and what is told instead.
_TOLD: tuple[tuple[re.Pattern[str], tuple[Sentence, Sentence]], ...] = (
    (re.compile(r"unterminated (f-)?(triple-quoted )?(string|f-string)"), _TEXT),
    (re.compile(r"forgot a comma"), _COMMA),
    (re.compile(r"(un)?indent|inconsistent use of tabs"), _INDENTED),
    (
        re.compile(r"unmatched|closing parenthesis"),
        (say("this bracket closes none."), say("Take it out, or write the one that opens before it.")),
    ),
    (
        re.compile(r"cannot assign|expected ':'|illegal target"),
        (
            say("this is no name of a setting."),
            say("A setting is a name of letters, digits and “_”, “=”, and a value: a text stands in quotation marks."),
        ),
    ),
    (
        re.compile(r"leading zeros|invalid (decimal|hexadecimal|octal|binary|imaginary)|invalid digit"),
        (say("this is no number."), say("Put a date or another text in quotation marks.")),
    ),
    (
        re.compile(r"can't decode byte|encoding problem|Non-UTF-8|null bytes|unknown encoding"),
        (say("this is not text in UTF-8."), say("Save the file as UTF-8.")),
    ),
)


def mistake_in(error: Exception, file: Path) -> WrongSettings:
    """Return what ``error``, which ended the settings of ``file``, is to the person who wrote them."""
    if isinstance(error, FileNotFoundError) and error.filename == str(file):
        return WrongSettings([unreadable(file.name, error)])
    if isinstance(error, SyntaxError):
        where = Path(error.filename or file)
        line, column = error.lineno or 0, max(error.offset or 0, 0)
        what, remedy = _syntax(error, _line_of(where, line))
    else:
        where, line, column = _stopped(error, file)
        what, remedy = _stop(error, where)
    return WrongSettings([Problem(_shown(where, file), line, "", what, remedy, column)])


def unassigned(files: Iterable[Path]) -> Iterator[Problem]:
    """Yield what ``files`` write as YAML does: to Python, ``NAME: value`` gives the name no value."""
    for file in files:
        for node in ast.parse(_text_of(file)).body:
            if isinstance(node, ast.AnnAssign) and node.value is None:
                name = ast.unparse(node.target)
                what = say("“:” gives a setting no value.")
                yield Problem(
                    file.name,
                    node.lineno,
                    name,
                    what,
                    say("Write “=” in its place."),
                    (node.target.end_col_offset or 0) + 1,
                )


def _syntax(error: SyntaxError, line: str) -> tuple[Sentence, Sentence]:
    """Return what is wrong with ``line``, which Python cannot read, and what to write."""
    if _CONFLICT.match(line):
        remedy = say("Keep one of the two texts, and delete the lines of <<<<<<<, ======= and >>>>>>>.")
        return say("a merge left “{line}” here.", line=line), remedy
    said = error.msg
    if opened := re.match(r"'(.)' was never closed", said):
        return say("“{sign}” is never closed.", sign=opened[1]), say("Write “{sign}”.", sign=_BRACKETS[opened[1]])
    if sign := re.match(r"invalid (?:character '.' \(|non-printable character )U\+([0-9A-F]+)", said):
        character = chr(int(sign[1], 16))
        what = say("the character U+{code} cannot stand here.", code=sign[1])
        return what, say("Write a plain space.") if character.isspace() else say(
            "Write '\"', '-' or another plain sign."
        )
    told = next((told for pattern, told in _TOLD if pattern.search(said)), None)
    reason = say("Python cannot read this: {reason}.", reason=said)
    return told or (reason, _BEFORE if said == "invalid syntax" else _CORRECT)


def _stop(error: Exception, file: Path) -> tuple[Sentence, Sentence]:
    """Return why Python stopped at a line that it could read, and what to write."""
    if isinstance(error, NameError) and error.name:
        known = {*re.findall(r"^([A-Za-z_]\w*) *[:=]", _text_of(file), re.MULTILINE)} - {error.name}
        near = get_close_matches(error.name, known, n=1, cutoff=0.8)
        meant = _CONSTANTS.get(error.name.lower()) or next(iter(near), "")
        quote = say('Put a text in quotation marks: "{name}".', name=error.name)
        remedy = say("Did you mean “{word}”?", word=meant) if meant else quote
        return say("“{name}” is not defined.", name=error.name), remedy
    if isinstance(error, ImportError) and error.name:
        remedy = say("Correct its name, or take the line out; a library is added by pyproject.toml and `make lock`.")
        if isinstance(error, ModuleNotFoundError):
            return say("there is no module “{name}”.", name=error.name), remedy
        return say(
            "the module “{name}” has no such name: {reason}.", name=error.name, reason=str(error).split(" (")[0]
        ), remedy
    if isinstance(error, KeyError):
        return say("nothing is called “{name}” here.", name=str(error.args[0]) if error.args else ""), say(
            "Correct the name."
        )
    reason = f"{type(error).__name__}: {error}".rstrip(": ")
    return say("Python stops here: {reason}.", reason=reason), _CORRECT


def _stopped(error: Exception, file: Path) -> tuple[Path, int, int]:
    """Return the innermost place of the settings that ``error`` came through: of the files beside ``file``."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).parent == file.parent:
            before = _line_of(Path(frame.filename), frame.lineno or 0).encode()
            # Columns of frames count bytes.
            column = len(before[: frame.colno].decode(errors="ignore")) + 1 if frame.colno is not None else 0
            return Path(frame.filename), frame.lineno or 0, column
    return file, 0, 0


def _line_of(file: Path, number: int) -> str:
    lines = _text_of(file).split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _shown(where: Path, file: Path) -> str:
    """Return ``where`` as messages name it: from the folder of the settings."""
    return where.relative_to(file.parent).as_posix() if where.is_relative_to(file.parent) else str(where)
