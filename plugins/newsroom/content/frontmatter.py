"""Front matter: the YAML at the head of a file, every value with its line.

Scalars stay text: ``no`` is the language of Norway before it is false, and
``2016-10`` is what the editor wrote. The schema gives them their types. Only
the plain data of YAML is read: no anchors (a few lines could unfold to
gigabytes), no tags, no key twice.
"""

import re
import unicodedata
from collections.abc import Iterable

import yaml
from msgspec import Struct

from newsroom.content import yaml_mistakes
from newsroom.problems import Invalid, Problem
from newsroom.sentences import Sentence, say
from newsroom.text.characters import FORBIDDEN, LOST

#: What git leaves where two edits meet.
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
#: A line of signs that somebody, or a word processor, put in the place of three hyphens.
_LIKE_A_FENCE = re.compile(r"[-–—−+=*_~\\]{1,10}")
_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
#: Front matter is shallow: a list of mappings with labels has three levels.
_DEEPEST = 8
ONE_A_LINE = say("Write one “key: value” a line.")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


class Value(Struct):
    """A YAML value and the line it stands on: text, None, a list or a mapping of values.

    A value that has a key has the line of that key. ``column`` and ``key_column`` tell where on this line the
    value and its key start, from 1 (0: not there).
    """

    data: "str | list[Value] | dict[str, Value] | None"
    line: int
    column: int = 0
    key_column: int = 0


def decode(raw: bytes) -> str:
    """Return the text of a file: UTF-8, line feeds alone, no byte-order mark, accents with their letters (NFC).

    Raises :class:`Invalid` at the first line that is not UTF-8, that holds a character
    which no page or feed can carry, or that a merge left behind.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        read = error.object  # without the byte-order mark
        line = read.count(b"\n", 0, error.start) + 1
        column = len(read[read.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        what = say("byte 0x{byte} is not UTF-8.", byte=f"{read[error.start]:02X}")
        raise Invalid(line, what, say("Save the file as UTF-8."), column=column) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        key = yaml_mistakes.key_at(text.split("\n"), line - 1)
        column = found.start() - text.rfind("\n", 0, found.start())
        raise Invalid(line, unpublishable(found[0]), instead_of(found[0]), key, column=column)
    conflict = _CONFLICT.search(text) if any(sign * 7 in text for sign in "<>|") else None
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        remedy = say("Keep one of the two texts, and delete the lines of <<<<<<<, ======= and >>>>>>>.")
        raise Invalid(line, say("a merge left “{line}” here.", line=conflict[0]), remedy)
    # macOS and some keyboards separate accents from letters (NFD), and equal words would no longer be equal.
    return unicodedata.normalize("NFC", text)


def unpublishable(character: str) -> Sentence:
    """Return what is wrong with a character that no page or feed can carry."""
    if character == LOST:
        return say("a character was lost here: U+{code} stands in its place.", code=f"{ord(LOST):04X}")
    return say("the character U+{code} cannot be published.", code=f"{ord(character):04X}")


def instead_of(character: str) -> Sentence:
    """Return what to do about it."""
    return say("Write it anew, and save the file as UTF-8.") if character == LOST else say("Delete it.")


def split(text: str) -> tuple[str, str, int]:
    """Return the front matter, the body and the line the body starts on.

    Raises :class:`Invalid` when the file does not open with ``---`` or never
    closes it.
    """
    opening = _OPENING.match(text)
    if not opening:
        raise Invalid(1, *_unopened(text))
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        raise Invalid(1, say("the front matter never ends."), say("Write a line “---” after its last key."))
    body_line = text.count("\n", 0, closing.end()) + 2
    return text[opening.end() : closing.start()], text[closing.end() :].removeprefix("\n"), body_line


def _unopened(text: str) -> tuple[Sentence, Sentence]:
    """Return why a file does not open with ``---``, and what to write."""
    first = text.lstrip().partition("\n")[0].strip()
    if first == "---":
        return say("something stands before the first “---”."), say("Delete it: “---” starts the file.")
    if _LIKE_A_FENCE.fullmatch(first):
        return say("the first line is “{line}”, not “---”.", line=first), say("Write three hyphens instead.")
    return say("there is no front matter."), say("Start the file with a line “---”, the keys, and a line “---”.")


def parse_mapping(source: str, first_line: int) -> Value:
    """Read a YAML mapping; ``first_line`` is the line of ``source`` in its file.

    Built from the parser's events rather than from its nodes: the node composer
    recurses in C and a few kilobytes of brackets end the process. Raises
    :class:`Invalid` with the line and a remedy.
    """
    try:
        value = _from_events(yaml.parse(source, Loader=yaml.CSafeLoader), first_line)
    except yaml.MarkedYAMLError as error:
        lines = source.split("\n")
        offset, column, what, remedy = yaml_mistakes.explain(error, lines)
        key = yaml_mistakes.key_at(lines, offset)
        raise Invalid(first_line + offset, what, remedy, key, column=column) from error
    except yaml.YAMLError as error:
        raise Invalid(first_line, say("this is not YAML."), ONE_A_LINE) from error
    if value is None or value.data is None:
        return Value({}, first_line)
    if not isinstance(value.data, dict):
        raise Invalid(value.line, say("keys are expected here."), ONE_A_LINE)
    return value


class _Open:
    """A list or a mapping whose end has not been read yet."""

    def __init__(self, line: int, column: int, *, mapping: bool) -> None:
        self.line, self.column = line, column
        self.items: list[Value] = []
        self.mapping: dict[str, Value] | None = {} if mapping else None
        self.key: Value | None = None

    @property
    def awaits_key(self) -> bool:
        """Whether what comes next names a value."""
        return self.mapping is not None and self.key is None

    def add(self, value: Value) -> None:
        if self.mapping is None:
            self.items.append(value)
        elif self.key is None:
            self.key = self._checked_key(value)
        else:
            column = value.column if value.line == self.key.line else 0
            self.mapping[str(self.key.data)] = Value(value.data, self.key.line, column, self.key.column)
            self.key = None

    def _checked_key(self, value: Value) -> Value:
        if not isinstance(value.data, str):
            what, remedy = say("a key must be a word."), say("Write “key: value”.")
            raise Invalid(value.line, what, remedy, column=value.column)
        if value.data in (self.mapping or {}):
            what, remedy = say("this key is written twice."), say("Keep one of the two.")
            raise Invalid(value.line, what, remedy, value.data, column=value.column)
        return value

    def close(self) -> Value:
        return Value(self.items if self.mapping is None else self.mapping, self.line, self.column)


def _from_events(events: Iterable[yaml.Event], first_line: int) -> Value | None:
    stack: list[_Open] = []
    root: Value | None = None
    for event in events:
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        column = event.start_mark.column + 1 if event.start_mark else 0
        key = str(stack[0].key.data) if stack and stack[0].key else ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Invalid(line, say("YAML anchors (& and *) are not read."), yaml_mistakes.QUOTE, key, column=column)
        if getattr(event, "tag", None):
            raise Invalid(line, say("YAML tags (!) are not read."), yaml_mistakes.QUOTE, key, column=column)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(stack) == _DEEPEST:
                remedy = say("Check the brackets and the indentation.")
                raise Invalid(line, say("values are nested too deeply."), remedy, key, column=column)
            stack.append(_Open(line, column, mapping=isinstance(event, yaml.MappingStartEvent)))
            continue
        if isinstance(event, yaml.ScalarEvent):
            is_key = stack and stack[-1].awaits_key and not event.value.isidentifier()
            mistaken = yaml_mistakes.in_key(event.value) if is_key else None
            if mistaken:
                raise Invalid(line, *mistaken, key or yaml_mistakes.key_at([event.value], 0))
            value = _scalar(event, Value(None, line, column), key)
        elif isinstance(event, yaml.CollectionEndEvent):
            value = stack.pop().close()
        else:
            continue
        if stack:
            stack[-1].add(value)
        elif root is not None:
            raise Invalid(value.line, say("a second YAML document starts here."), say("Keep one block of keys."))
        else:
            root = value
    return root


def _scalar(event: yaml.ScalarEvent, nothing: Value, key: str) -> Value:
    """Return the text of ``event`` as a value, or ``nothing``, which stands where it does."""
    if not event.style and event.value in ("", "~", "null"):
        return nothing
    found = FORBIDDEN.search(event.value)
    if found:
        raise Invalid(nothing.line, unpublishable(found[0]), say("Delete the escape."), key, column=nothing.column)
    # Escapes can separate accents from letters even in a file that is NFC.
    return Value(unicodedata.normalize("NFC", event.value).strip(), nothing.line, nothing.column)


def problem(file: str, error: Invalid, key: str = "") -> Problem:
    """Return the problem that ``error`` is in ``file``."""
    return Problem(file, error.line, error.key or key, error.message, error.remedy, error.column)


def problems(file: str, error: Invalid, key: str = "") -> list[Problem]:
    """Return all the problems that ``error`` holds, in ``file``."""
    return [problem(file, each, key) for each in error.each]
