"""Front matter: the YAML at the head of a file, every value with its line.

Scalars stay text: ``no`` is the language of Norway before it is false, and
``2016-10`` is what the editor wrote. The schema gives them their types. Only
the plain data of YAML is read: no anchors (a few lines could unfold to
gigabytes), no tags, no key twice.
"""

import re
from collections.abc import Iterable

import yaml
from msgspec import Struct

from newsroom.problems import Invalid, Problem
from newsroom.text.characters import FORBIDDEN

_OPENING = re.compile(r"---[ \t]*\n")
#: Front matter is shallow; a list of mappings of labels is three deep.
_DEEPEST = 8
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


class Value(Struct):
    """A YAML value and the line it stands on: text, None, a list or a mapping of values."""

    data: "str | list[Value] | dict[str, Value] | None"
    line: int


def decode(raw: bytes) -> str:
    """Return the text of a file: UTF-8, line feeds alone, no byte-order mark.

    Raises :class:`Invalid` at the first line that is not UTF-8 or that holds a
    character which no page or feed can carry.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Invalid(line, f"byte 0x{raw[error.start]:02X} is not UTF-8.", "Save the file as UTF-8.") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise Invalid(line, f"the character U+{ord(found[0]):04X} cannot be published.", "Delete it.")
    return text


def split(text: str) -> tuple[str, str, int]:
    """Return the front matter, the body and the line the body starts on.

    Raises :class:`Invalid` when the file does not open with ``---`` or never
    closes it.
    """
    opening = _OPENING.match(text)
    if not opening:
        raise Invalid(1, "there is no front matter.", "Start the file with a line “---”, the keys, and a line “---”.")
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        raise Invalid(1, "the front matter never ends.", "Write a line “---” after its last key.")
    body_line = text.count("\n", 0, closing.end()) + 2
    return text[opening.end() : closing.start()], text[closing.end() :].removeprefix("\n"), body_line


def parse_mapping(source: str, first_line: int) -> Value:
    """Read a YAML mapping; ``first_line`` is the line of ``source`` in its file.

    Built from the parser's events rather than from its nodes: the node composer
    recurses in C and a few kilobytes of brackets end the process. Raises
    :class:`Invalid` with the line and a remedy.
    """
    try:
        value = _from_events(yaml.parse(source, Loader=yaml.CSafeLoader), first_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = mark.line if mark else 0
        remedy = _yaml_remedy(error.problem or "", source.split("\n")[offset : offset + 1])
        raise Invalid(first_line + offset, f"this is not YAML: {error.problem}.", remedy) from error
    except yaml.YAMLError as error:
        raise Invalid(first_line, "this is not YAML.", "Write one “key: value” a line.") from error
    if value is None or value.data is None:
        return Value({}, first_line)
    if not isinstance(value.data, dict):
        raise Invalid(value.line, "keys are expected here.", "Write one “key: value” a line.")
    return value


def _yaml_remedy(problem: str, lines: list[str]) -> str:
    if any(re.match(r"[ -]*\t", line) for line in lines):
        return "Indent with spaces: this line has a tab."
    if "mapping values are not allowed" in problem:
        return "Put the value in double quotes: it holds a colon followed by a space."
    if "cannot start any token" in problem or "expected alphabetic or numeric" in problem:
        return "Put the value in double quotes: it starts with a character that YAML keeps for itself."
    return "Check quotes, brackets and indentation (spaces, no tabs) on this line and the one before."


class _Open:
    """A list or a mapping whose end has not been read yet."""

    def __init__(self, line: int, *, mapping: bool) -> None:
        self.line = line
        self.items: list[Value] = []
        self.mapping: dict[str, Value] | None = {} if mapping else None
        self.key: Value | None = None

    def add(self, value: Value) -> None:
        if self.mapping is None:
            self.items.append(value)
        elif self.key is None:
            self.key = self._checked_key(value)
        else:
            self.mapping[str(self.key.data)] = Value(value.data, self.key.line)
            self.key = None

    def _checked_key(self, value: Value) -> Value:
        if not isinstance(value.data, str):
            raise Invalid(value.line, "a key must be a word.", "Write “key: value”.")
        if value.data in (self.mapping or {}):
            raise Invalid(value.line, "this key is written twice.", "Keep one of the two.", value.data)
        return value

    def close(self) -> Value:
        return Value(self.items if self.mapping is None else self.mapping, self.line)


def _from_events(events: Iterable[yaml.Event], first_line: int) -> Value | None:
    stack: list[_Open] = []
    root: Value | None = None
    for event in events:
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        key = str(stack[0].key.data) if stack and stack[0].key else ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Invalid(line, "YAML anchors (& and *) are not read.", "Put the value in double quotes.", key)
        if getattr(event, "tag", None):
            raise Invalid(line, "YAML tags (!) are not read.", "Put the value in double quotes.", key)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(stack) == _DEEPEST:
                raise Invalid(line, "values are nested too deep.", "Check the brackets and the indentation.", key)
            stack.append(_Open(line, mapping=isinstance(event, yaml.MappingStartEvent)))
            continue
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event, line, key)
        elif isinstance(event, yaml.CollectionEndEvent):
            value = stack.pop().close()
        else:
            continue
        if stack:
            stack[-1].add(value)
        elif root is not None:
            raise Invalid(value.line, "a second YAML document starts here.", "Keep one block of keys.")
        else:
            root = value
    return root


def _scalar(event: yaml.ScalarEvent, line: int, key: str) -> Value:
    if not event.style and event.value in ("", "~", "null"):
        return Value(None, line)
    found = FORBIDDEN.search(event.value)
    if found:
        raise Invalid(line, f"the character U+{ord(found[0]):04X} cannot be published.", "Delete the escape.", key)
    return Value(event.value.strip(), line)


def problem(file: str, error: Invalid, key: str = "") -> Problem:
    """Return the problem that ``error`` is in ``file``."""
    return Problem(file, error.line, error.key or key, error.message, error.remedy)
