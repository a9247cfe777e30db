"""Putting the languages of one folder together: each fact is said once and holds for all.

A language-neutral key may stand in any file of the folder. The same value in
two files is accepted; different values are a problem that names both lines.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, convert

from newsroom.content.bundles import SourceFile
from newsroom.content.models import AnyEntry, Entry, Text
from newsroom.content.records import Record
from newsroom.content.schema import Field, Kind
from newsroom.problems import Problem
from newsroom.sentences import either, say
from newsroom.text.bodies import Body
from newsroom.text.slugs import slugify

#: Keys with the line of each, by the key that they are part of.
_Lines = dict[str, list[tuple[str, int]]]


class Read(Struct, frozen=True):
    """One file and what it says."""

    file: SourceFile
    record: Record


def pair(kind: Kind, reads: list[Read], problems: list[Problem], codes: tuple[str, ...] = ()) -> AnyEntry | None:
    """Return the entry that the files of one folder make, in the order of the languages.

    Adds to ``problems`` what is wrong and returns None when no entry can be
    made, so that all folders can be looked at before the build stops. ``codes``
    are the languages that the folder may have.
    """
    before = len(problems)
    problems.extend(problem for read in reads for problem in read.record.problems)
    lines: dict[str, tuple[str, int]] = {}
    facts: dict[str, Any] = {}
    placed = [(read, _by_field(read)) for read in reads]
    for field in kind.fields:
        if field.neutral:
            _merge(field, placed, facts, lines, problems)
        elif field.required:
            problems.extend(_missing(field, read.file.name) for read in reads if _lacks(read, field))
    problems.extend(_unsaid(kind, reads, codes))
    _check_labels(kind, reads, problems, facts, lines)
    if len(problems) > before:
        return None
    texts = {read.file.language: _text(kind, read, problems) for read in reads}
    if len(problems) > before:
        return None
    return Entry(reads[0].file.key, convert(facts, kind.facts), texts, lines, kind.folder)


def _lacks(read: Read, field: Field) -> bool:
    """Tell whether a file does not give ``field``, not even wrongly."""
    return field.name not in read.record.lines and not _illegible(read)


def _illegible(read: Read) -> bool:
    """Tell whether nothing is known of the front matter of a file: it may hold what is missing."""
    return bool(read.record.problems) and not read.record.lines


def _unsaid(kind: Kind, reads: list[Read], codes: tuple[str, ...]) -> Iterator[Problem]:
    """Yield the required facts that no file gives; a missing file may hold them."""
    facts = [field for field in kind.fields if field.neutral and field.required]
    unsaid = [field for field in facts if all(field.name not in read.record.lines for read in reads)]
    if not unsaid or any(_illegible(read) for read in reads):
        return
    name = reads[0].file.name
    absent = [f"index.{code}.md" for code in codes if code not in {read.file.language for read in reads}]
    if not absent or len(unsaid) < max(2, len(facts)):
        yield from (_missing(field, name) for field in unsaid)
        return
    keys = ", ".join(field.name for field in unsaid)
    what = say("nothing here says {keys}, and {file} is not there.", keys=keys, file=either(absent))
    lines = " ".join(f"“{field.name}: …”" for field in unsaid)
    remedy = say("Bring {file} back if it was deleted; if not, add {lines}", file=either(absent), lines=f"{lines}.")
    yield Problem(name, 1, unsaid[0].name, what, remedy)


def _missing(field: Field, name: str) -> Problem:
    remedy = say("Add “{key}: …”. {about}", key=field.name, about=say(field.about))
    return Problem(name, 1, field.name, say("this key is missing."), remedy)


def _by_field(read: Read) -> _Lines:
    """Return the lines of ``read`` by the name of the key, those of the values in it among them."""
    found: _Lines = {}
    for key, line in read.record.lines.items():
        found.setdefault(key.partition(".")[0], []).append((key, line))
    return found


def _merge(
    field: Field,
    placed: list[tuple[Read, _Lines]],
    facts: dict[str, Any],
    lines: dict[str, tuple[str, int]],
    problems: list[Problem],
) -> None:
    stated = [(read, where) for read, where in placed if field.name in read.record.values]
    if not stated:
        return
    first, where = stated[0]
    facts[field.attribute] = first.record.values[field.name]
    lines.update({key: (first.file.name, line) for key, line in where.get(field.name, ())})
    for other, _ in stated[1:]:
        if other.record.values[field.name] != first.record.values[field.name]:
            line = first.record.lines[field.name]
            what = say("this differs from {file}:{line}.", file=first.file.name, line=line)
            remedy = say("Say it once: delete one of the two lines.")
            problems.append(Problem(other.file.name, other.record.lines[field.name], field.name, what, remedy))


def _check_labels(
    kind: Kind, reads: list[Read], problems: list[Problem], facts: dict[str, Any], lines: dict[str, tuple[str, int]]
) -> None:
    """Every language of the folder needs its text in values that have one per language."""
    codes = [read.file.language for read in reads]
    for field in kind.fields:
        if field.neutral and field.attribute in facts:
            for place, labels in field.reader.labels(facts[field.attribute], ""):
                file, line = lines.get(f"{field.name}.{place}", lines[field.name])
                for code in codes:
                    if code not in labels:
                        what = say("there is no text for “{code}”.", code=code)
                        remedy = say("Add {name}: … to it.", name=code)
                        problems.append(Problem(file, line, field.name, what, remedy))


def _text(kind: Kind, read: Read, problems: list[Problem]) -> Text:
    values = {
        field.attribute: read.record.values[field.name]
        for field in kind.fields
        if not field.neutral and field.name in read.record.values
    }
    slug = values.pop("slug", "") or slugify(values["title"])
    if not slug:
        line = read.record.lines["title" if "title" in read.record.lines else "name"]
        what = say("no address can be made from the title.")
        problems.append(Problem(read.file.name, line, "slug", what, say("Add “slug: …”.")))
    return kind.text(
        file=read.file.name,
        language=read.file.language,
        slug=slug,
        body=read.record.body or Body("", 0),
        lines=read.record.lines,
        **{"summary": "", **values},
    )
