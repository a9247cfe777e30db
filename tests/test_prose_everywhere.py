"""What is promised of bodies holds wherever words are written: in front matter, in registers, in figures, in any block.

``_`` stands for a space that does not break, ``·`` for a narrow one.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from content_reading import CONTEXT, TYPOGRAPHIES, converter, french
from test_editorial_text import TYPED, shown

from newsroom.content.articles import ARTICLE
from newsroom.content.claim_register import read_claims
from newsroom.content.editions import EDITION
from newsroom.content.figure_files import read_figure
from newsroom.content.figures import Figure
from newsroom.content.kinds import KINDS
from newsroom.content.pages import PAGE
from newsroom.content.records import Record, RecordFile, read_record
from newsroom.content.registers import read_entities, read_glossary
from newsroom.content.schema import Kind
from newsroom.content.threads import THREAD
from newsroom.content.topics import TOPIC
from newsroom.problems import Problem
from newsroom.text.typography import NBSP, NNBSP

#: Cases that are words alone: no markup that only a body has, in what is typed and in what is read.
PLAIN = [
    (language, typed, read)
    for kind in ("high punctuation", "units, ordinals, numbers", "what is no sentence", "as other programs write")
    for language, typed, read in TYPED[kind]
    if read and not re.search(r"[<\n`*~\\\ufeff]", typed + read)
]
PLAIN += [("fr", unicodedata.normalize("NFD", "Le procédé?"), "Le procédé·?"), ("fr", "«été»", "«_été_»")]

SOURCE = {"publisher": "Wire", "date": "2016-10", "language": "fr"}


def seen(text: str) -> str:
    return text.replace(NBSP, "_").replace(NNBSP, "·")


def of_record(kind: Kind, key: str) -> Callable[[str, str], Any]:
    """Return what reads ``key`` of a file of ``kind``."""

    def read(text: str, language: str) -> str:
        raw = f"---\n{key}: {json.dumps(text, ensure_ascii=False)}\n---\nb\n"
        return str(record_of(raw, language, kind).values[key])

    return read


def record_of(raw: str, language: str = "fr", kind: Kind = ARTICLE) -> Record:
    file = RecordFile(f"content/{kind.folder}/a/index.{language}.md", kind, "/media/a")
    return read_record(raw.encode(), file, CONTEXT, converter(language))[0]


def of_source(text: str, language: str) -> str:
    source = json.dumps({**SOURCE, "language": language, "title": text}, ensure_ascii=False)
    return str(record_of(f"---\nsources: [{source}]\n---\nb\n").values["sources"][0]["title"])


def written(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def claim(text: str, language: str) -> dict[str, Any]:
    """Return a claim that says ``text`` wherever it may."""
    said = {language: text}
    proof = {"source": {**SOURCE, "date": "2020-06", "language": language, "title": text}}
    verdict = {"verdict": "dropped", "date": "2020-06-17", "judged": "2026-11-20", "label": said, "proof": proof}
    made = {"thread": "mer", "announced": "2016-10-12", "expected": "2018", "claim": said, "label": said}
    return {**made, "verdicts": [{**verdict, language: text}]}


def of_claim(part: Callable[[Any], Any]) -> Callable[[str, str], str]:
    def read(text: str, language: str) -> str:
        problems: list[Problem] = []
        raw = written({"a": claim(text, language)})
        claims = read_claims(raw, "content/claims.yaml", CONTEXT, TYPOGRAPHIES, problems)
        assert not problems
        found = part(claims["a"])
        return str(found[language] if isinstance(found, dict) else found)

    return read


def of_player(part: str) -> Callable[[str, str], str]:
    def read(text: str, language: str) -> str:
        problems: list[Problem] = []
        said = {language: text}
        source = {**SOURCE, "language": language, "title": text}
        raw = written({"a": {"kind": "company", "name": said, "about": said, "source": source}})
        player = read_entities(raw, "content/entities.yaml", CONTEXT, TYPOGRAPHIES, problems)["a"]
        assert not problems
        return str(player.source and player.source.title) if part == "source" else str(getattr(player, part)[language])

    return read


def of_term(part: str) -> Callable[[str, str], str]:
    def read(text: str, language: str) -> str:
        problems: list[Problem] = []
        term = {"term": "a", "expansion": "a", "definition": "a", part: [text] if part == "match" else text}
        raw = written({"a": {language: term}})
        found = read_glossary(raw, "content/glossary.yaml", CONTEXT, TYPOGRAPHIES, problems)[language][0]
        assert not problems
        return found.match[0] if part == "match" else str(getattr(found, part))

    return read


def of_figure(part: Callable[[Figure], Any]) -> Callable[[str, str], str]:
    def read(text: str, language: str) -> str:
        said = {language: text}
        item = {"label": said, "value": "1", "note": said}
        source = {**SOURCE, "language": language, "title": text}
        data = {"figure": "bars", "title": said, "caption": said, "unit": said, "source": source, "items": [item]}
        figure = read_figure(written(data), "content/articles/a/a.yaml", CONTEXT, [language], TYPOGRAPHIES)
        assert isinstance(figure, Figure), figure
        found = part(figure)
        return str(found[language] if isinstance(found, dict) else found)

    return read


#: Where words are written outside of bodies.
PLACES: dict[str, Callable[[str, str], str]] = {
    "an article's title": of_record(ARTICLE, "title"),
    "its summary": of_record(ARTICLE, "summary"),
    "the text of its picture": of_record(ARTICLE, "alt"),
    "a source's title": of_source,
    "a topic's name": of_record(TOPIC, "name"),
    "a thread's name": of_record(THREAD, "name"),
    "its story": of_record(THREAD, "story"),
    "an edition's summary": of_record(EDITION, "summary"),
    "a page's title": of_record(PAGE, "title"),
    "a claim": of_claim(lambda claim: claim.claim),
    "a claim's label": of_claim(lambda claim: claim.label),
    "a verdict": of_claim(lambda claim: claim.verdicts[0].text),
    "a verdict's label": of_claim(lambda claim: claim.verdicts[0].label),
    "a proof's title": of_claim(lambda claim: claim.verdicts[0].proof.source.title),
    "a player's name": of_player("name"),
    "what a player is": of_player("about"),
    "a player's source": of_player("source"),
    "a term": of_term("term"),
    "what it stands for": of_term("expansion"),
    "its definition": of_term("definition"),
    "its other forms": of_term("match"),
    "a figure's title": of_figure(lambda figure: figure.title),
    "its caption": of_figure(lambda figure: figure.caption),
    "its unit": of_figure(lambda figure: figure.unit),
    "a label of it": of_figure(lambda figure: figure.data[0].label),
    "a note of it": of_figure(lambda figure: figure.data[0].note),
    "its source's title": of_figure(lambda figure: figure.sources[0].title),
}


@pytest.mark.parametrize("place", PLACES)
def test_words_are_set_in_every_field_as_in_bodies(place: str) -> None:
    read = PLACES[place]
    wrong = []
    for language, typed, said in PLAIN:
        # A short name may be cut off by its greatest length, not by what it says.
        if len(typed) <= 40 and (found := seen(read(typed, language))) != said:
            wrong.append((typed, said, found))
    assert wrong == []


@pytest.mark.parametrize("place", PLACES)
def test_what_is_set_in_a_field_and_written_back_is_set_no_more(place: str) -> None:
    for language, typed, _ in PLAIN:
        if len(typed) <= 36:
            once = PLACES[place](typed, language)
            assert PLACES[place](once, language) == once


def test_every_key_of_prose_is_set() -> None:
    """A key that is added to a table is set without being named here."""
    prose = [(kind, field) for kind in KINDS for field in kind.fields if field.reader.is_prose and not field.neutral]
    assert len(prose) >= 12
    for kind, field in prose:
        if "maxLength" in field.reader.schema:
            assert seen(of_record(kind, field.name)("Vrai?", "fr")) == "Vrai·?", (kind.folder, field.name)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_accents_are_with_their_letters_in_keys_and_values(language: str) -> None:
    """Values are composed whether the file is decomposed or writes its accents as escapes."""
    word = "Été à Nîmes"
    apart = unicodedata.normalize("NFD", word)
    for place, read in PLACES.items():
        assert read(apart, language) == word, place
    escaped = "".join(char if char.isascii() else f"\\u{ord(char):04x}" for char in apart)
    assert record_of(f'---\ntitle: "{escaped}"\n---\nb\n').values["title"] == word


# --- what a merge left -----------------------------------------------------------------------------

_SIGNS = ("<<<<<<< HEAD", ">>>>>>> main", "||||||| base")


def problems_of_register(name: str, raw: bytes) -> list[Problem]:
    problems: list[Problem] = []
    read: dict[str, Callable[..., object]] = {
        "claims.yaml": read_claims,
        "entities.yaml": read_entities,
        "glossary.yaml": read_glossary,
    }
    read[name](raw, f"content/{name}", CONTEXT, TYPOGRAPHIES, problems)
    return problems


@pytest.mark.parametrize("sign", _SIGNS)
@pytest.mark.parametrize("name", ["claims.yaml", "entities.yaml", "glossary.yaml"])
def test_what_a_merge_left_in_a_register_is_refused_with_its_line(name: str, sign: str) -> None:
    told = problems_of_register(name, f"# first\n{sign}\na: {{}}\n".encode())
    assert [(each.file, each.line) for each in told] == [(f"content/{name}", 2)]
    assert f"a merge left “{sign}” here." in str(told[0].message)


@pytest.mark.parametrize("sign", _SIGNS)
def test_what_a_merge_left_in_a_figure_or_in_front_matter_is_refused_with_its_line(sign: str) -> None:
    told = read_figure(f"figure: bars\n{sign}\n".encode(), "content/articles/a/a.yaml", CONTEXT, ["fr"], TYPOGRAPHIES)
    assert isinstance(told, list)
    assert [(each.line, "a merge left" in str(each.message)) for each in told] == [(2, True)]
    record = record_of(french().replace("status:", f"{sign}\nstatus:"))
    assert [("a merge left" in str(each.message)) for each in record.problems] == [True]


# --- in every block of a body ----------------------------------------------------------------------

#: How a block writes a line of words.
BLOCKS = {
    "a list": "- {}",
    "a numbered list": "1. {}",
    "a list in a list": "- a\n  - {}",
    "a quotation": "> {}",
    "a quotation in a list": "- a\n\n  > {}",
    "a cell": "| a |\n|---|\n| {} |",
    "a head": "| {} |\n|---|\n| a |",
    "a definition": "a\n: {}",
    "a defined term": "{}\n: a",
    "a definition in HTML": "<dl>\n<dt>a</dt>\n<dd>{}</dd>\n</dl>",
    "a note": "a[^n]\n\n[^n]: {}",
    "details": "<details>\n<summary>a</summary>\n\n{}\n\n</details>",
    "a summary": "<details><summary>{}</summary>\n\na\n\n</details>",
    "a subheading": "### {}",
    "emphasis": "**{}**",
    "a link": "[{}](https://e.org/)",
    "a paragraph after code": "```\na\n```\n\n{}\n\na",
    "words struck out": "~~{}~~",
}
#: Words that are no markup wherever they stand.
IN_BLOCKS = [case for case in PLAIN if not re.search(r"[|\[\]~+#:.@-]|^\d|^\(|\w://", case[1])]


@pytest.mark.parametrize("block", BLOCKS)
def test_words_are_set_in_every_block(block: str) -> None:
    wrong = []
    for language, typed, said in IN_BLOCKS:
        found = shown(BLOCKS[block].format(typed), language)
        if f">{said}<" not in found and f">{said}_" not in found:
            wrong.append((typed, said, found))
    assert wrong == []
