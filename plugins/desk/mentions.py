"""Where the content names a thing by its key: in front matter, in registers, in the links of texts.

Which values are keys, and of what, their schema tells (``fields.KEY_OF``).
Edits are made in the text as it was written: comments, order, quotes and ends
of lines stay.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from desk.register_entries import ENTRY_SCHEMAS, tree
from newsroom.content.fields import KEY_OF
from newsroom.content.kinds import KINDS
from newsroom.content.schema import Kind
from newsroom.problems import Invalid
from newsroom.sentences import say
from newsroom.text.links import article_at

_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
#: Where an address stands in Markdown or HTML: a link, the definition of one, an attribute.
_ADDRESS = re.compile(
    r"""\]\(\s*<?([^)\s>]+)|^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)|href\s*=\s*["']?([^"'\s>]+)""", re.MULTILINE
)

#: Where a mention starts and ends in a text.
Span = tuple[int, int]


class Thing(Struct, frozen=True):
    """What has a key: its folder under the content, or its register, and the key."""

    folder: str
    key: str

    @property
    def place(self) -> str:
        """The folder and the key, as ``content/published.txt`` writes them."""
        return f"{self.folder}/{self.key}"


def renamed(path: Path, name: str, thing: Thing, to: str) -> str:
    """Return the text of the file at ``path`` with every mention of ``thing`` by its new key ``to``.

    ``name`` is its path relative to the content. Raises :class:`Invalid` where the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Invalid(0, say("this is not UTF-8."), say("Save the file as UTF-8.")) from error
    spans = sorted(set(_mentions(text, name, thing)), reverse=True)
    for start, end in spans:  # from the last one, so that the others stay where they are
        text = text[:start] + to + text[end:]
    return text


def _mentions(text: str, name: str, thing: Thing) -> Iterator[Span]:
    register = Path(name).stem if "/" not in name else ""
    if register:
        yield from _in_register(text, register, thing)
        return
    head = _HEAD.match(text)
    start, end = head.span(1) if head and head[1] else (0, 0)
    kind = next(kind for kind in KINDS if kind.folder == name.partition("/")[0])
    yield from _in_yaml(text[start:end], start, _schema(kind), thing)
    if thing.folder == "articles":
        yield from _in_body(text, head.end() if head else 0, name.rpartition("/")[0], thing)


def _schema(kind: Kind) -> dict[str, Any]:
    return {"properties": {field.name: field.reader.schema for field in kind.fields}}


def _in_register(text: str, register: str, thing: Thing) -> Iterator[Span]:
    """Yield where a register names ``thing``, and where it has its entry."""
    root = tree(text)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if register == thing.folder and key.value == thing.key:
            yield _span(text, key)
        for scalar in _keys_in(value, ENTRY_SCHEMAS[register], thing.folder):
            if scalar.value.strip() == thing.key:
                yield _span(text, scalar)


def _in_yaml(source: str, offset: int, schema: dict[str, Any], thing: Thing) -> Iterator[Span]:
    root = tree(source)
    for scalar in _keys_in(root, schema, thing.folder) if root else ():
        if scalar.value.strip() == thing.key:
            start, end = _span(source, scalar)
            yield start + offset, end + offset


def _keys_in(node: yaml.Node, schema: dict[str, Any], folder: str) -> Iterator[yaml.ScalarNode]:
    """Yield the scalars under ``node`` that ``schema`` says are keys of ``folder``."""
    for part in schema.get("anyOf", ()):
        yield from _keys_in(node, part, folder)
    if isinstance(node, yaml.ScalarNode) and schema.get(KEY_OF) == folder:
        yield node
    elif isinstance(node, yaml.SequenceNode) and "items" in schema:
        for item in node.value:
            yield from _keys_in(item, schema["items"], folder)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _keys_in(value, schema.get("properties", {}).get(key.value, {}), folder)


def _span(source: str, scalar: yaml.Node) -> Span:
    """Return where the value of a scalar stands: without its quotes, but where it is written with escapes."""
    start, end, value = scalar.start_mark.index, scalar.end_mark.index, scalar.value.strip()
    at = source.find(value, start, end)
    return (start, end) if at < 0 else (at, at + len(value))


def _in_body(text: str, start: int, folder: str, thing: Thing) -> Iterator[Span]:
    """Yield the links to an article: ``article:key``, wherever it is written, and the path of its file."""
    for found in re.finditer(rf"(?<![\w:-])article:({thing.key})(?![a-z0-9-])", text[start:]):
        yield found.start(1) + start, found.end(1) + start
    for found in _ADDRESS.finditer(text, start):
        path = re.split("[?#]", found[found.lastindex or 0])[0]
        if thing.key in path and not path.startswith("article:") and article_at(path, folder) == thing.key:
            at = found.start(found.lastindex or 0) + path.rindex(thing.key)
            yield at, at + len(thing.key)


def files_that_name(content: Path) -> Iterator[tuple[Path, str]]:
    """Yield the texts and registers of the content, with their paths relative to it."""
    for path in sorted(content.glob("*/*/index.*.md")):
        if path.is_file() and any(kind.folder == path.parts[-3] for kind in KINDS):
            yield path, path.relative_to(content).as_posix()
    for register in ENTRY_SCHEMAS:
        path = content / f"{register}.yaml"
        if path.is_file():
            yield path, path.name


def keys_of(register: Path) -> list[str]:
    """Return the keys of the entries of a register, none where there is no such file; raise :class:`Invalid`."""
    root = tree(register.read_text(encoding="utf-8", errors="replace")) if register.is_file() else None
    return [key.value for key, _ in root.value] if isinstance(root, yaml.MappingNode) else []
