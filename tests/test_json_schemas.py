"""The JSON Schemas that editing programs are given accept what the readers of front matter accept, and nothing else."""

import json
import re
from collections.abc import Iterator

import pytest
import yaml
from json_schema import Draft202012Validator
from msgspec import structs
from site_builder import ROOT

from desk.json_schemas import expanded, register_schema, schema_of, write_schemas
from newsroom.content import frontmatter
from newsroom.content.articles import ARTICLE
from newsroom.content.kinds import KINDS
from newsroom.content.readers import Context
from newsroom.content.registers import read_entities, read_glossary
from newsroom.content.schema import Field, Kind
from newsroom.problems import Invalid, Problem
from newsroom.sentences import say

CODES = ("fr", "en")
CONTEXT = Context(CODES, "Europe/Paris")
#: What editors write after a key, right and wrong.
SAMPLES = [
    '"Un câble, promis."',
    "cable-des-iles",
    "Câble des îles",
    "announced",
    "probable",
    "[announced, denied]",
    "[announced, announced]",
    "[announced, probable]",
    "[]",
    "[fibre, space-tourism]",
    '[fibre, ""]',
    "2026",
    '"2026"',
    "2026-11",
    "2026-13",
    "2026-11-20",
    "2026-11-40",
    "20/11/2026",
    "2026-11-20T08:30",
    "2026-11-20T08:30:10+01:00",
    "2026-11-20T8h30",
    "2026-11-20T25:00",
    "12",
    "-12",
    "1.5",
    "true",
    "yes",
    '""',
    '" "',
    '"one\\ntwo"',
    "0123456789abcdef",
    "0123ab",
    "cable.jpg",
    "{file: cable.jpg, credit: Photo X}",
    "{file: ../cable.jpg, credit: Photo X}",
    "{file: index.jpg, credit: Photo X}",
    "{file: cable.gif, credit: Photo X}",
    "{file: cable.PNG}",
    "[{publisher: AP, date: 2016-10, language: en}]",
    "[{publisher: AP, date: 2016, language: en, title: 1984, url: 'https://example.org/a'}]",
    "[{publisher: AP, date: 2016-10, language: en, url: example.org}]",
    "[{publisher: AP, date: 2016-10, language: en, url: 'https://example.org/a b'}]",
    "[{publisher: AP, date: 2016-10, language: english}]",
    "[{publisher: AP, date: 2016-10}]",
    "[{publisher: AP, date: 2016-10, language: en, page: 3}]",
    "[{date: 2026-11-20, significant: true, fr: Vu., en: Seen.}]",
    "[{date: 2026-11-20, significant: true, kind: correction, fr: Vu.}]",
    "[{date: 2026-11-20, significant: perhaps, fr: Vu.}]",
    "[{date: 2026-11-20, significant: true}]",
    "[{date: 2026-11-20, significant: true, de: Gesehen.}]",
]
#: What is text to Sillage is none to YAML, and the other way round: programs want or refuse the quotes.
QUOTES = {"true", "1.5", "-12", '"2026"'}
#: The readers of keys ask only where all are known whether there is such a thing.
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
REFERENCES = ("topics", "thread", "entities", "settles", "articles", "claims")
FIELDS = [pytest.param(kind, field, id=f"{kind.folder}-{field.name}") for kind in KINDS for field in kind.fields]


class _CoreSchema(yaml.SafeLoader):
    """YAML as programs for editing read it (YAML 1.2.2, 10.3): a date is a text, ``yes`` is a word."""


_CoreSchema.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)", "-+.0123456789"),
]:
    _CoreSchema.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), list(first))


def read_by_programs(text: str) -> object:
    return yaml.load(text, _CoreSchema)


def words(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        yield str(item)


def accepted(field: Field, sample: str) -> bool:
    mapping = frontmatter.parse_mapping(f"{field.name}: {sample}", 1).data
    assert isinstance(mapping, dict)
    try:
        field.reader(mapping[field.name], CONTEXT)
    except Invalid:
        return False
    said = read_by_programs(sample)
    return field.name not in REFERENCES or all(KEY.fullmatch(word) for word in words(said))


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_schema_accepts_what_the_reader_accepts_and_refuses_what_it_refuses(kind: Kind, field: Field) -> None:
    validator = Draft202012Validator(expanded(field.reader.schema, CODES))
    told = {sample for sample in SAMPLES if validator.is_valid(read_by_programs(sample))}
    read = {sample for sample in SAMPLES if accepted(field, sample)}
    assert told <= read
    assert read - told <= QUOTES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_a_schema_accepts_every_text_of_the_archive(kind: Kind) -> None:
    validator = Draft202012Validator(schema_of(kind, CODES))
    files = sorted((ROOT / "content" / kind.folder).glob("*/index.*.md"))
    assert files
    for file in files:
        front, _, _ = frontmatter.split(frontmatter.decode(file.read_bytes()))
        assert [error.message for error in validator.iter_errors(read_by_programs(front))] == [], file


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_a_schema_is_sound_and_knows_the_keys_of_its_kind_and_no_other(kind: Kind) -> None:
    schema = schema_of(kind, CODES)
    Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == [field.name for field in kind.fields]
    assert not Draft202012Validator(schema).is_valid({"titel": "x"})


def test_a_text_per_language_is_a_property_per_language() -> None:
    updates = schema_of(ARTICLE, ("fr", "en", "de"))["properties"]["updates"]
    assert {"fr", "en", "de"} <= updates["items"]["properties"].keys()
    assert "languages" not in json.dumps(updates)


def test_the_command_writes_a_schema_per_kind(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("desk.json_schemas.FOLDER", tmp_path / "schemas")
    write_schemas()
    written = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in (tmp_path / "schemas").iterdir()}
    registers = {name: register_schema(name, CODES) for name in ("claims", *ENTRIES)}
    assert written == {kind.folder: schema_of(kind, CODES) for kind in KINDS} | registers


def test_the_tasks_of_the_editing_program_run_targets_there_are_and_find_the_line_of_a_problem() -> None:
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {task["command"].split()[1] for task in tasks} <= set(targets)
    problem = Problem("content/articles/a/index.fr.md", 5, "topics", say("a list is expected."), say("Write it."), 9)
    for matcher in [task["problemMatcher"] for task in tasks if task["problemMatcher"]]:
        found = re.match(matcher["pattern"]["regexp"], str(problem))
        assert found
        named = matcher["pattern"]
        assert [found[named[part]] for part in ("file", "line", "column")] == [problem.file, "5", "9"]
        assert found[named["message"]].startswith("topics: a list is expected.")
        plain = re.match(named["regexp"], str(structs.replace(problem, column=0)))
        assert plain
        assert plain[named["message"]].startswith("topics: a list is expected.")


# --- registers -----------------------------------------------------------------------------

ENTRIES = {
    "entities": [
        ("{kind: company, name: Amazon}", True),
        ("{kind: company, name: {fr: le régulateur, en: the regulator}}", True),
        ("{kind: compagny, name: Amazon}", False),
        ("{kind: company}", False),
        ("{kind: company, name: Amazon, about: {fr: a}}", False),
        ("{kind: company, name: A, about: {fr: a}, source: {publisher: B, date: 2020, language: fr}}", True),
        ("{kind: company, name: {de: Amazon}}", False),
    ],
    "glossary": [
        ("{fr: {term: A, expansion: b, definition: c}}", True),
        ("{fr: {term: A, expansion: b, definition: c, match: [d]}}", True),
        ("{fr: {term: A}}", False),
        ("{de: {term: A, expansion: b, definition: c}}", False),
        ("text", False),
    ],
}


@pytest.mark.parametrize("register", ["claims", *ENTRIES])
def test_a_register_has_a_schema_that_its_archive_fits(register: str) -> None:
    schema = register_schema(register, CODES)
    Draft202012Validator.check_schema(schema)
    text = (ROOT / "content" / f"{register}.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, Loader=yaml.BaseLoader)
    plain = json.loads(json.dumps(found).replace('"true"', "true").replace('"false"', "false"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(plain)][:3] == []
    assert list(Draft202012Validator(schema).iter_errors({"Not a key": next(iter(plain.values()))}))


@pytest.mark.parametrize(("register", "entry", "sound"), [(name, *row) for name in ENTRIES for row in ENTRIES[name]])
def test_an_entry_is_refused_by_the_schema_where_its_reader_refuses_it(register: str, entry: str, sound: bool) -> None:
    validator = Draft202012Validator(register_schema(register, CODES))
    assert validator.is_valid({"a": yaml.load(entry, Loader=yaml.BaseLoader)}) == sound
    problems: list[Problem] = []
    typographies = {"fr": "french", "en": "english"}
    reader = read_entities if register == "entities" else read_glossary
    reader(f"a: {entry}\n".encode(), register, CONTEXT, typographies, problems)
    assert (problems == []) == sound
