"""A key is said once, in its table: what reads the schema need not be told of it again."""

from typing import Any

import msgspec
import pytest
from content_reading import SOUND, write_files

from newsroom.content import compound_fields, fields
from newsroom.content.bundles import scan
from newsroom.content.kinds import KINDS
from newsroom.content.named_values import named_values
from newsroom.content.pairing import Read, pair
from newsroom.content.readers import Context
from newsroom.content.records import RecordFile, read_record
from newsroom.content.schema import Field, Kind
from newsroom.content.topics import TOPIC
from newsroom.problems import Problem
from newsroom.rules.corpus import front_matter
from newsroom.text.bodies import Style
from newsroom.text.body import Converter

CONTEXT = Context(("fr", "en"), "Europe/Paris")
STYLES = {"fr": "french", "en": "english"}
#: A key of every type that can hold prose, with what an editor writes in French and in English.
KEYS: dict[str, tuple[Field, str, list[str]]] = {
    "prose": (Field("summary", fields.prose(), "x"), 'summary: "l\'ile !"', ["l’ile\u202f!"]),
    "list": (
        Field("places", compound_fields.many(fields.prose()), "x", neutral=True),
        'places: ["l\'ile !", "le cap ?"]',
        ["l’ile\u202f!", "le cap\u202f?"],
    ),
    "labels": (
        Field("place", compound_fields.labels(), "x", neutral=True),
        'place: {fr: "l\'ile !", en: "Amazon\'s"}',
        ["l’ile\u202f!", "Amazon’s"],
    ),
    "labelled records": (
        Field("steps", compound_fields.many(named_values({}, {}, labelled="text")), "x", neutral=True),
        'steps:\n  - {fr: "l\'ile !", en: "Amazon\'s"}',
        ["l’ile\u202f!", "Amazon’s"],
    ),
    "quoted records": (
        Field(
            "seen",
            named_values({"language": fields.language_code(), "title": fields.prose()}, {}, quoted_in="language"),
            "x",
            neutral=True,
        ),
        'seen: {language: en, title: "Amazon\'s"}',
        ["Amazon’s"],
    ),
}


def kind_with(field: Field) -> Kind:
    """Return the kind of topics with one more key, and a model of its facts that holds it."""
    facts = msgspec.defstruct("Facts", [("order", int, 0), (field.name, Any, None)], frozen=True)
    kept = tuple(known for known in TOPIC.fields if known.name != field.name)
    return Kind(TOPIC.folder, facts, TOPIC.text, (*kept, field))


def read(tmp_path: Any, kind: Kind, lines: dict[str, str]) -> tuple[Any, list[Problem]]:
    """Read a topic whose files hold ``lines`` by language; return the entry and what is wrong."""
    texts = {f"topics/a/index.{code}.md": f'---\nname: "Un"\nslug: un\n{line}\n---\n' for code, line in lines.items()}
    write_files(tmp_path / "content", texts)
    (bundle,) = scan(tmp_path / "content", ["topics"], CONTEXT.codes).bundles
    reads = []
    for file in bundle.files:
        converter = Converter(Style(file.language, STYLES))
        record, _ = read_record(file.path.read_bytes(), RecordFile(file.name, kind, "/media"), CONTEXT, converter)
        reads.append(Read(file, record))
    problems: list[Problem] = []
    return pair(kind, reads, problems), problems


@pytest.mark.parametrize("name", KEYS)
def test_a_new_key_is_typeset_and_proofread_without_being_named_again(name: str, tmp_path: Any) -> None:
    field, line, expected = KEYS[name]
    kind = kind_with(field)
    entry, problems = read(tmp_path, kind, {"fr": line, "en": "summary: x" if field.name == "summary" else ""})
    assert not problems
    passages = [
        passage
        for text in entry.texts.values()
        for passage in front_matter(kind, entry, text)
        if passage.key == field.name and passage.file.endswith("fr.md")
    ]
    assert [passage.text for passage in passages] == expected
    assert all(passage.place.line >= 4 for passage in passages)


@pytest.mark.parametrize("name", ["labels", "labelled records"])
def test_a_new_key_that_lacks_a_language_is_told(name: str, tmp_path: Any) -> None:
    field, line, _ = KEYS[name]
    _, problems = read(tmp_path, kind_with(field), {"fr": line.partition(", en:")[0] + "}", "en": ""})
    assert [(problem.key, str(problem.message)) for problem in problems] == [(field.name, "there is no text for “en”.")]


def test_every_key_says_in_a_sentence_what_it_is_and_what_may_be_written() -> None:
    for kind in KINDS:
        for field in kind.fields:
            assert field.about.endswith("."), field.name
            assert field.reader.schema, field.name
            assert kind.field(field.name) is field


def test_the_sample_of_these_tests_is_the_one_of_the_others() -> None:
    assert any(name.startswith("topics/") for name in SOUND)
