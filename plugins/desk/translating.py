"""Beginning a translation: its keys, its source in comments, and what was translated before."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from desk.refused import Refused
from desk.saving import save
from newsroom.content import frontmatter
from newsroom.content.kinds import KINDS
from newsroom.keys import KEY
from newsroom.problems import nearest
from newsroom.sentences import say
from newsroom.settings import Settings
from newsroom.text.wording import fingerprint

_ALIKE = 0.8
#: How a block starts that is no plain paragraph. Blocks of two texts are aligned where all of them start alike.
_START = re.compile(r"#+ |[-*+] |\d+[.)] |> |```|~~~|\||!\[")
#: A figure, which has its words in all languages.
_FIGURE = re.compile(r"!\[\]\([^()\s]+\.yaml\)")


def translate(settings: Settings, key: str, language: str = "") -> Path:
    """Write the counterpart of the entry ``key`` in ``language``, or in the first one it lacks; return the file."""
    folders = [(kind, settings.content / kind.folder / key) for kind in KINDS]
    found = [(kind, folder) for kind, folder in folders if KEY.match(key) and folder.is_dir()]
    if not found:
        keys = [path.name for kind in KINDS for path in (settings.content / kind.folder).glob("*") if path.is_dir()]
        raise Refused(say("there is no “{key}”. {advice}", key=key, advice=nearest(key, keys)))
    kind, folder = found[0]
    there = [code for code in settings.codes if (folder / f"index.{code}.md").is_file()]
    lacking = [code for code in settings.codes if code not in there and language in ("", code)]
    if not there or not lacking:
        raise Refused(say("{folder} has every language: there is nothing to translate.", folder=f"{kind.folder}/{key}"))
    source, target = folder / f"index.{there[0]}.md", folder / f"index.{lacking[0]}.md"
    _, body, _ = frontmatter.split(frontmatter.decode(source.read_bytes()))
    values = values_of(source)
    lines = [
        line
        for field in kind.fields
        if not field.neutral and field.reader.is_prose and field.name in values
        for line in (f"# {there[0]}: {values[field.name]}", f"{field.name}:")
    ]
    known = memory(settings, there[0], lacking[0])
    text = "\n\n".join(_with_proposal(paragraph, known) for paragraph in paragraphs(body))
    made_from = f"translated_from: {fingerprint(body)}"
    save(target, "\n".join(["---", *lines, made_from, "---", text, ""]))
    return target


def values_of(path: Path) -> dict[str, Any]:
    """Return the front matter of a file as plain texts and lists."""
    head, _, _ = frontmatter.split(frontmatter.decode(path.read_bytes()))
    data = frontmatter.parse_mapping(head, 2).data
    plain = data.items() if isinstance(data, dict) else ()
    return {
        key: [item.data for item in value.data] if isinstance(value.data, list) else value.data for key, value in plain
    }


def paragraphs(body: str) -> list[str]:
    """Return the blocks of a body, between blank lines."""
    return [block.strip("\n") for block in body.split("\n\n") if block.strip()]


def memory(settings: Settings, source: str, target: str) -> dict[str, str]:
    """Return paragraphs in the language ``source`` with translations, from pairs whose blocks start alike."""
    known: dict[str, str] = {}
    for path in sorted(settings.content.glob(f"*/*/index.{source}.md")):
        other = path.with_name(f"index.{target}.md")
        if other.is_file():
            blocks = [paragraphs(frontmatter.split(frontmatter.decode(file.read_bytes()))[1]) for file in (path, other)]
            if _starts(blocks[0]) == _starts(blocks[1]):
                known.update(pair for pair in zip(*blocks, strict=True) if not _FIGURE.fullmatch(pair[0]))
    return known


def _starts(blocks: list[str]) -> list[str]:
    return [found[0] if (found := _START.match(block)) else "" for block in blocks]


def _with_proposal(paragraph: str, known: Mapping[str, str]) -> str:
    """Return a paragraph as a comment, followed by its translation, or by that of a similar one as a comment too.

    What says almost the same of another matter must not be published unread. A figure stays as it is.
    """
    if _FIGURE.fullmatch(paragraph):
        return paragraph
    if paragraph in known:
        return f"{_comment(paragraph)}\n\n{known[paragraph]}"
    alike = get_close_matches(paragraph, known, n=1, cutoff=_ALIKE)
    return "\n\n".join([_comment(paragraph), *(_comment(f"≈ {near}\n→ {known[near]}") for near in alike)])


def _comment(text: str) -> str:
    return f"<!-- {text.replace('--', '- -')} -->"
