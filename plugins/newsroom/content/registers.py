"""The registers: ``glossary.yaml`` and ``entities.yaml``; ``claims.yaml`` has a module of its own.

Read as carefully as front matter: every problem has its line.
"""

from pathlib import Path
from typing import Any

from msgspec import Struct, convert

from newsroom.content import compound_fields, fields, frontmatter
from newsroom.content.frontmatter import Value
from newsroom.content.models import Source
from newsroom.content.named_values import named_values
from newsroom.content.proposals import new_name
from newsroom.content.readers import Context, Reader
from newsroom.content.schema import SOURCE
from newsroom.keys import KEY, first_key
from newsroom.plain_files import read_plain
from newsroom.problems import Invalid, Problem, nearest
from newsroom.sentences import say
from newsroom.text.glossary import Term
from newsroom.text.typography import typeset

#: The files of the registers, in the folder of the content.
REGISTERS = GLOSSARY, ENTITIES, CLAIMS = "glossary.yaml", "entities.yaml", "claims.yaml"
ENTITY_KINDS = ("company", "agency", "organisation", "programme", "person")


class Entity(Struct, frozen=True):
    """A player: a company, agency, organisation, programme or person, and its name per language.

    One that has an ``about``, a sentence per language with its ``source``, has a page; the others are named only.
    """

    key: str
    kind: str
    name: dict[str, str]
    line: int = 0
    about: dict[str, str] = {}
    source: Source | None = None
    former: tuple[str, ...] = ()

    @property
    def permanent(self) -> str:
        """The key in ids, for ever."""
        return first_key(self.key, self.former)


def _entity_reader(name: Reader) -> Reader:
    return named_values(
        {"kind": fields.choice(*ENTITY_KINDS), "name": name},
        {"about": compound_fields.labels(200), "source": SOURCE},
    )


_TERM = named_values(
    required={"term": fields.prose(), "expansion": fields.prose(), "definition": fields.prose(1000)},
    optional={"match": compound_fields.many(fields.prose())},
)


_NAME = [fields.text().schema, compound_fields.labels().schema]
_ENTITY = _entity_reader(fields.text()).schema
#: The JSON Schemas of one player and of one term; ``languages`` stands for the languages of the site.
ENTITY_SCHEMA: dict[str, Any] = {
    **_ENTITY,
    "properties": {**_ENTITY["properties"], "name": {"anyOf": _NAME}},
    "dependentRequired": {"about": ["source"], "source": ["about"]},
}
TERM_SCHEMA: dict[str, Any] = {"languages": _TERM.schema}


def read_file_of_reference(content: Path, name: str, problems: list[Problem]) -> bytes:
    """Return the bytes of a register, b"" where there is no such file."""
    found = read_plain(content / name, f"{content.name}/{name}")
    if isinstance(found, Problem):
        problems.append(found)
        return b""
    return found


def read_entities(
    raw: bytes, name: str, context: Context, typographies: dict[str, str], problems: list[Problem]
) -> dict[str, Entity]:
    """Read ``entities.yaml``; a name that is one text holds for every language."""
    entities: dict[str, Entity] = {}
    for key, value in entries(raw, name, problems):
        try:
            entities[key] = convert({**_entity(value, context, typographies), "key": key, "line": value.line}, Entity)
        except Invalid as error:
            problems.extend(frontmatter.problems(name, error, key))
    return entities


def _entity(value: Value, context: Context, typographies: dict[str, str]) -> dict[str, Any]:
    whole = value.data.get("name") if isinstance(value.data, dict) else None
    plain = whole is not None and not isinstance(whole.data, dict)
    read = _entity_reader(fields.text() if plain else compound_fields.labels())
    checked: dict[str, Any] = set_prose(read, read(value, context), typographies)
    missing = [part for part in ("about", "source") if part not in checked]
    if len(missing) == 1:
        what = say("“about” and “source” go together: “{name}” is missing.", name=missing[0])
        raise Invalid(value.line, what, say("Add {name}: … to it.", name=missing[0]))
    if plain:
        checked["name"] = dict.fromkeys(context.codes, checked["name"])
    # Where a language has no name of its own, the first one is used; `make check` reports it.
    first = next(iter(checked["name"].values()))
    checked["name"] = {code: checked["name"].get(code, first) for code in context.codes}
    return checked


def set_prose(reader: Reader, data: dict[str, Any], typographies: dict[str, str]) -> dict[str, Any]:
    """Return ``data`` with the prose that ``reader`` finds in it set, each in the typography of its language."""
    found: dict[str, Any] = reader.visit(
        data, "", "", lambda prose: typeset(prose.text, typographies.get(prose.language, "plain"))
    )
    return found


def read_glossary(
    raw: bytes, name: str, context: Context, typographies: dict[str, str], problems: list[Problem]
) -> dict[str, tuple[Term, ...]]:
    """Read ``glossary.yaml`` into the terms of each language, set in its typography."""
    terms: dict[str, list[Term]] = {code: [] for code in context.codes}
    forms: dict[tuple[str, str], str] = {}
    for key, value in entries(raw, name, problems):
        try:
            for code, item in _languages(value, context).items():
                checked = _TERM.visit(
                    _TERM(item, context), code, "", lambda prose: typeset(prose.text, typographies[prose.language])
                )
                term = Term(key=key, line=item.line, **{**checked, "match": tuple(checked.get("match", ()))})
                terms[code].append(term)
                _check_forms(term, code, item.line, forms)
        except Invalid as error:
            problems.extend(frontmatter.problems(name, error, key))
    return {code: tuple(found) for code, found in terms.items()}


def _languages(value: Value, context: Context) -> dict[str, Value]:
    if not isinstance(value.data, dict):
        remedy = say("Write {example}.", example=f"{context.codes[0]}: {{term: …, expansion: …, definition: …}}")
        raise Invalid(value.line, say("an entry per language is expected."), remedy)
    for code, item in value.data.items():
        if code not in context.codes:
            what = say("“{code}” is not a language of the site.", code=code)
            raise Invalid(item.line, what, nearest(code, context.codes))
    return value.data


def _check_forms(term: Term, code: str, line: int, forms: dict[tuple[str, str], str]) -> None:
    for form in term.forms:
        other = forms.setdefault((code, form), term.key)
        if other != term.key:
            what = say("“{form}” is already a form of “{other}”.", form=form, other=other)
            raise Invalid(line, what, say("Keep it in one of the two."))


def entries(raw: bytes, name: str, problems: list[Problem]) -> list[tuple[str, Value]]:
    """Return the entries of a register by key; those with an unsound key are left out, with a problem."""
    try:
        data = frontmatter.parse_mapping(frontmatter.decode(raw), 1).data
    except Invalid as error:
        problems.append(frontmatter.problem(name, error))
        return []
    assert isinstance(data, dict)
    bad = [key for key in data if not KEY.match(key)]
    problems.extend(
        Problem(name, data[key].line, key, say("a key is made of a-z, 0-9 and hyphens."), new_name(key)) for key in bad
    )
    return [(key, value) for key, value in data.items() if key not in bad]
