"""``make translations``: which translations are fresh, stale, missing, or without a source.

``translated_from`` holds the hash of the text that a translation was made from. Where that text has
changed, the repository still has it as it was: only the passages that changed since are shown.
"""

import argparse
import subprocess
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from msgspec import Struct

from desk.project import begun, read_project
from desk.translating import paragraphs
from newsroom.content import frontmatter
from newsroom.content.library import Library
from newsroom.content.models import AnyEntry, Text
from newsroom.problems import Invalid, Problems
from newsroom.reports import words_for
from newsroom.sentences import Sentence, say
from newsroom.settings import Settings
from newsroom.text.wording import fingerprint, wording

_MOST_REVISIONS = 100


class State(Struct, frozen=True):
    """One translation: its file, its state in words, the passages of its source that changed."""

    file: str
    name: str
    state: Sentence
    changed: tuple[tuple[str, str], ...] = ()


def states(library: Library, settings: Settings) -> Iterator[State]:
    """Yield the state of every translation, including missing ones, in order of files."""
    for entries in library.entries.values():
        for entry in entries.values():
            for text in entry.texts.values():
                if text.translated_from:
                    yield _state(entry, text, settings)
            if not getattr(entry.facts, "draft", False):
                folder = settings.in_content(f"{entry.kind}/{entry.key}")
                for code in settings.codes:
                    if code not in entry.texts:
                        yield State(f"{folder}/index.{code}.md", "missing", say("missing"))


def _state(entry: AnyEntry, text: Text, settings: Settings) -> State:
    sources = entry.originals_of(text)
    if not sources:
        return State(text.file, "orphan", say("orphan: its source is gone"))
    if not entry.is_behind(text):
        return State(text.file, "fresh", say("fresh"))
    root = settings.content.parent
    for source in sources:
        before = _as_it_was(root, source, text.translated_from)
        if before is not None:
            changed = tuple(changes(before, _body((root / source.file).read_bytes())))
            return State(text.file, "stale", say("stale: {file} has changed since", file=source.file), changed)
    return State(text.file, "stale", say("stale: the repository does not know the text it was made from"))


def _as_it_was(root: Path, source: Text, known: str) -> str | None:
    """Return the body of ``source`` that had the hash ``known``, from the history of the repository."""
    for revision in _git(root, "log", f"-{_MOST_REVISIONS}", "--format=%H", "--", source.file).decode().split():
        raw = _git(root, "show", f"{revision}:./{source.file}")
        try:
            body = _body(raw)
            if fingerprint(body) == known:
                return body
        except Invalid:  # not a text that could have been published
            continue
    return None


def _body(raw: bytes) -> str:
    return frontmatter.split(frontmatter.decode(raw))[1]


def _git(root: Path, *words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)  # noqa: S603, S607
    return done.stdout if done.returncode == 0 else b""


def changes(before: str, now: str) -> Iterator[tuple[str, str]]:
    """Yield the passages whose wording changed between two bodies, as they were and as they are."""
    one, other = ([" ".join(block.split()) for block in paragraphs(body)] for body in (before, now))
    was, is_now = ([wording(block) for block in blocks] for blocks in (one, other))
    for tag, start, end, new_start, new_end in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield "\n".join(one[start:end]), "\n".join(other[new_start:new_end])


def main() -> int:
    """List the translations of the project in the current folder; return the exit status."""
    argparse.ArgumentParser(
        prog="make translations", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    ).parse_args()
    words = words_for()
    settings, _ = read_project()
    try:
        with begun(settings) as (session, _):
            found = sorted(states(session.library, settings), key=lambda state: state.file)
    except Problems as problems:
        raise SystemExit(problems.text(words)) from problems
    for state in found:
        print(f"{state.file}: {state.state.text(words)}")
        for before, now in state.changed:
            for sign, block in (("-", before), ("+", now)):
                for line in block.splitlines():
                    print(f"  {sign} {line}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
