"""The registers: what an entry of each holds, and adding one, which keeps remarks and order."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from desk.saving import save
from newsroom.content.claim_register import CLAIM
from newsroom.content.registers import ENTITY_SCHEMA, TERM_SCHEMA
from newsroom.problems import Invalid
from newsroom.sentences import say

#: The schema of an entry, by the name of its register.
ENTRY_SCHEMAS: dict[str, dict[str, Any]] = {"entities": ENTITY_SCHEMA, "claims": CLAIM.schema, "glossary": TERM_SCHEMA}


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
    text = _text(register)
    root = tree(text)
    entries = root.value if isinstance(root, yaml.MappingNode) and not root.flow_style else []
    if isinstance(root, yaml.CollectionNode) and not entries:  # a list, or all of it in braces
        remedy = say("Write one entry below another, as the guide shows.")
        raise Invalid(0, say("an entry cannot be added to it."), remedy)
    keys = {each.value: each.start_mark.line for each, _ in entries}
    key = lines[0].removesuffix(":")
    if key in keys:
        raise Invalid(keys[key] + 1, say("“{key}” already exists.", key=key), say("Give another KEY=."))
    later = [name for name in keys if name > key] if list(keys) == sorted(keys) else []
    before, end = text.splitlines(keepends=True), "\r\n" if "\r\n" in text else "\n"
    at = keys[later[0]] if later else len(before)
    while later and at and before[at - 1].startswith("#"):  # what stands above an entry is about it
        at -= 1
    if at and not before[at - 1].endswith("\n"):
        before[at - 1] += end
    after = "".join([*before[:at], *(f"{line}{end}" for line in lines), *before[at:]])
    save(register, after)


def _text(register: Path) -> str:
    """Return the text of a register, with the ends of lines that it has; raise :class:`Invalid`."""
    try:
        return register.read_bytes().decode("utf-8-sig") if register.is_file() else ""
    except UnicodeDecodeError as error:
        raise Invalid(0, say("this is not UTF-8."), say("Save the file as UTF-8.")) from error


def tree(source: str) -> yaml.Node | None:
    """Return the nodes of ``source``, None where it holds nothing; raise :class:`Invalid`."""
    try:
        # The loader of Python, whose marks count characters; deep nesting is refused by the build.
        found: yaml.Node | None = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise Invalid(0, say("this is not YAML."), say("Run make check, and mend it first.")) from error
    return found


def quoted(text: str) -> str:
    """Return ``text`` as YAML between double quotes; JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)
