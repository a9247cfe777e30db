"""What the mistake is where YAML could not be read.

The parser says where it stopped, which may be a line too late, in terms of its grammar. The lines
themselves show what was meant.
"""

import re
from collections.abc import Sequence

import yaml

from newsroom.sentences import Sentence, say

QUOTE = say("Put the value in double quotes.")
#: A key, at the start of a line or of an item, and what follows its colon.
_KEY = re.compile(r"(\s*(?:- +)?)([A-Za-z_][\w-]*)[ \u00a0]*:(.*)")
_CLOSES = {"'": "'", '"': '"', "[": "]", "{": "}"}
_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*\Z")
_NO_BREAK = "\u00a0\u202f\u2007\u2060\ufeff"

#: A line (from 0), its column (from 1; 0: not known), what is wrong there, what to write.
Explained = tuple[int, int, Sentence, Sentence]


def key_at(lines: Sequence[str], offset: int) -> str:
    """Return the key that the line ``offset`` belongs to, "" where there is none.

    ``lines`` are those of front matter, or of a whole file.
    """
    if any(_FENCE.match(line) for line in lines[1:offset]):
        return ""
    for line in reversed(lines[: offset + 1]):
        found = re.match(r"([A-Za-z_][\w-]*)[ \u00a0]*:", line)
        if found:
            return found[1]
    return ""


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Explained:
    """Return where front matter is not YAML, why, and what to write."""
    problem, mark = error.problem or "", error.problem_mark or error.context_mark
    offset = min(mark.line if mark else 0, len(lines) - 1)
    column = mark.column + 1 if mark and mark.line == offset else 0
    before = [number for number in range(offset, -1, -1) if lines[number].strip()][:2]
    if "escape" in problem:
        what = say("a backslash between double quotes stands for no character")
        return offset, column, _not(what), say("Delete the escape.")
    for number in before:
        spaces = _spaces(lines[number])
        if spaces:
            return (number, 0, *spaces)
        started = _started_as_elsewhere(lines[number], lines[number - 1] if number else "")
        if started:
            return (number, 0, *started)
    unclosed = _unclosed(error, lines) or next(filter(None, (_open_text(number, lines) for number in before[1:])), None)
    if unclosed:
        return unclosed
    # A text may span lines: where a key cannot be, the line before may not begin one either.
    for number in before if "could not find" in problem else () if _second_colon(lines[offset]) else before[1:]:
        if not _KEY.match(lines[number]) and not lines[number].lstrip().startswith(("- ", "#")):
            return number, 0, _not(say("there is no colon on this line")), _named(lines[number])
    return (offset, column, *_on_line(problem, lines[offset]))


def in_key(key: str) -> tuple[Sentence, Sentence] | None:
    """Return what is wrong with a ``key`` that YAML found where none was meant, and what to write."""
    return _spaces(f"{key}: ")


def _spaces(line: str) -> tuple[Sentence, Sentence] | None:
    if re.match(r"[ -]*\t", line):
        return _not(say("a tab stands at the start of this line")), say("Indent with spaces.")
    if re.match(rf"[ -]*[{_NO_BREAK}]", line):
        what = _not(say("no-break spaces stand at the start of this line"))
        return what, say("Indent with ordinary spaces.")
    found = _KEY.match(line)
    if found and found[3] and not found[3].startswith((" ", "//")):
        meant = f"{found[2]}: {found[3].removesuffix(': ').lstrip(_NO_BREAK)}"
        return _not(say("no space follows the colon")), say("Write “{text}”.", text=meant)
    return None


def _unclosed(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Explained | None:
    """Return what is never closed: the quotation mark or the bracket that the parser was in."""
    mark = error.context_mark
    if not mark or not re.search("unexpected end of stream|did not find expected ',' or", error.problem or ""):
        return None
    opened = lines[mark.line][mark.column : mark.column + 1]
    closing = _CLOSES.get(opened, "")
    if not closing or (opened in "[{" and closing in lines[mark.line][mark.column :]):
        return None
    what = _not(say("“{sign}” is opened here and never closed", sign=opened))
    return mark.line, mark.column + 1, what, say("Write “{sign}” at its end.", sign=closing)


def _open_text(number: int, lines: Sequence[str]) -> Explained | None:
    """Return the quotation mark that a line opens after its key and does not close."""
    found = _KEY.match(lines[number])
    value = found[3].strip() if found else ""
    if not found or value[:1] not in ("'", '"') or value.count(value[0]) != 1:
        return None
    what = _not(say("“{sign}” is opened here and never closed", sign=value[0]))
    return number, found.start(3) + found[3].index(value[0]) + 1, what, say("Write “{sign}” at its end.", sign=value[0])


def _named(line: str) -> Sentence:
    """Return what to write for a line that gives no value to a key."""
    if re.match(r"\s*(?:<!--|//)", line):
        return say("Write # before a remark.")
    word = re.match(r"\W*([\w-]+)", line)
    return say("Write “{word}: …”.", word=word[1] if word else line.split(maxsplit=1)[0])


def _started_as_elsewhere(line: str, before: str) -> tuple[Sentence, Sentence] | None:
    """Return what is wrong with a line that starts as lists and bold words do in other programs."""
    item = re.match(r"(\s*)([*•–—])\s+(\S.*)", line)
    if item:
        what = _not(say("“{sign}” does not begin an item of a list", sign=item[2]))
        return what, say("Write “{text}”.", text=f"{item[1]}- {item[3]}")
    key = re.match(r"\*+([A-Za-z_][\w-]*)\s*:?\*+\s*:?\s*(.*)", line)
    above = _KEY.match(before)
    listed = re.match(r"- ([A-Za-z_][\w-]*)\s*:\s+(.*)", line) if above and above[3].strip() else None
    found = key or listed
    if found:
        return _not(say("a key stands plainly at the start of its line")), say(
            "Write “{text}”.", text=f"{found[1]}: {found[2]}"
        )
    return None


def _second_colon(line: str) -> bool:
    found = _KEY.match(line)
    return bool(found and re.search(r":(?:\s|$)", found[3]))


def _on_line(problem: str, line: str) -> tuple[Sentence, Sentence]:
    found = _KEY.match(line)
    value = found[3].strip() if found else ""
    if re.match(r"\"[^\"]*\".|'[^']*'.", value):
        what = say("a straight quotation mark stands inside a text, and ends it")
        return _not(what), say("Write “ ” or « » inside the text, or take the marks out.")
    braced = _in_brackets(problem, line, value)
    if braced:
        return braced
    if _second_colon(line):
        what = say("a text without quotation marks holds a colon followed by a space")
        return _not(what), say("Put the value in double quotes: it holds a colon followed by a space.")
    if value and re.match(r"[@`%*&!|>?-]", value):
        what = say("a text starts with “{sign}”, which YAML keeps for itself", sign=value[0])
        return _not(what), say("Put the value in double quotes: it starts with a character that YAML keeps for itself.")
    if found and line[:1] == " ":
        return _not(say("this line is indented, and the one before is complete")), say(
            "Remove the spaces at its start."
        )
    what = say("{reason}", reason=problem)
    return _not(what), say("Check quotes, brackets and indentation (spaces, no tabs) on this line and the one before.")


def _in_brackets(problem: str, line: str, value: str) -> tuple[Sentence, Sentence] | None:
    if re.search(r"\[[^\[\]]*\]\([^()]*\)", line):
        return _not(say("a link of Markdown is no value")), QUOTE
    if value.startswith(("[", "{")):
        what = say("a text between brackets holds a sign that YAML keeps for itself")
        return _not(what), say("Put the texts between the brackets in double quotes.")
    if "expected ',' or" in problem:
        what = say("a comma is missing, or a text holds a colon or a comma")
        return _not(what), say("Put a comma between two values, and double quotes around such a text.")
    return None


def _not(reason: Sentence) -> Sentence:
    return say("this is not YAML: {reason}.", reason=reason)
