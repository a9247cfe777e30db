"""Adding an entry to a register, which keeps its remarks and its order."""

import json
from collections.abc import Sequence
from pathlib import Path

import yaml

from newsroom.problems import Invalid
from newsroom.sentences import say


def player_lines(key: str, name: str, kind: str) -> list[str]:
    """Return the entry of a new player: it has no page until it has an ``about`` and a ``source``."""
    return [f"{key}:", f"  kind: {kind}", f"  name: {quoted(name)}"]


def term_lines(key: str, term: str, languages: Sequence[str]) -> list[str]:
    """Return the entry of a new term in each of ``languages``, its words left to be written."""
    words = f"{{term: {quoted(term)}, expansion: {quoted('…')}, definition: {quoted('…')}}}"
    return [f"{key}:", *(f"  {language}: {words}" for language in languages)]


def add_entry(register: Path, lines: Sequence[str]) -> None:
    """Add the entry ``lines``, its key first: in its place where keys are in order, else at the end.

    Raises :class:`Invalid` where the register cannot be read, or has the key.
    """
    text = register.read_text(encoding="utf-8") if register.is_file() else ""
    keys = _keys(text)
    key = lines[0].removesuffix(":")
    if key in keys:
        raise Invalid(keys[key] + 1, say("“{key}” already exists.", key=key), say("Give another KEY=."))
    later = [name for name in keys if name > key] if list(keys) == sorted(keys) else []
    before = text.splitlines(keepends=True)
    at = keys[later[0]] if later else len(before)
    while later and at and before[at - 1].startswith("#"):  # what stands above an entry is about it
        at -= 1
    if at and not before[at - 1].endswith("\n"):
        before[at - 1] += "\n"
    if _braced(text):
        remedy = say("Write one entry below another, as the guide shows.")
        raise Invalid(0, say("an entry cannot be added to it."), remedy)
    after = "".join([*before[:at], *(f"{line}\n" for line in lines), *before[at:]])
    register.write_text(after, encoding="utf-8")


def _keys(text: str) -> dict[str, int]:
    """Return the keys of a register with the lines they stand on, from 0."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise Invalid(0, say("this is not YAML."), say("Run make check, and mend it first.")) from error
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return {key.value: key.start_mark.line for key, _ in pairs}


def _braced(text: str) -> bool:
    """Tell whether a register is one mapping in braces, after which nothing can be written."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return isinstance(root, yaml.CollectionNode) and (bool(root.flow_style) or not isinstance(root, yaml.MappingNode))


def quoted(text: str) -> str:
    """Return ``text`` as YAML between double quotes; JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)
