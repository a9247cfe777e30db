"""Both languages of a folder: what does not depend on the language is said once and holds for both."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from content_reading import CONTEXT, SOUND, converter, english, french, problems_of, read, write_files
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from properties import examples

from newsroom.content.articles import ARTICLE, Article
from newsroom.content.bundles import SourceFile
from newsroom.content.kinds import KINDS
from newsroom.content.models import AnyEntry, Text
from newsroom.content.pairing import Read, pair
from newsroom.content.records import RecordFile, read_record
from newsroom.content.schema import Kind
from newsroom.dates import PartialDate
from newsroom.plain_files import Stat
from newsroom.problems import Problem

FR, EN = "articles/cable/index.fr.md", "articles/cable/index.en.md"
TEXTS = {
    "fr": {"title": "Un câble", "summary": "Il est long."},
    "en": {"title": "A cable", "summary": "It is long."},
}
#: A value of every language-neutral key of an article, and another.
FACTS: dict[str, tuple[str, str]] = {
    "date": ("2016-10-12", "2016-10-13"),
    "topics": ("[fibre, cloud]", "[cloud, fibre]"),
    "thread": ("[mer]", "ciel"),
    "status": ("[rumour, denied]", "rumour"),
    "sources": ("[{publisher: a, date: 2016, language: fr}]", "[{publisher: a, date: 2017, language: fr}]"),
    "entities": ("[amazon]", "[google]"),
    "claims": ("[other]", "[others]"),
    "written": ("2026-11", "2026-12"),
    "published": ("2026-11-29", "2026-11-30"),
    "updates": ("[{date: 2018, significant: true, fr: a, en: b}]", "[{date: 2018, significant: false, fr: a, en: b}]"),
    "image": ("{file: a.jpg, credit: b}", "{file: a.jpg, credit: c}"),
    "draft": ("true", "false"),
    "publish": ("2026-11-21T08:00", "2026-11-21T09:00"),
}
REQUIRED = frozenset(("date", "topics", "status"))


def read_text(kind: Kind, language: str, values: Mapping[str, str]) -> Read:
    """Return one file of a folder as it is read; ``values`` are one a line."""
    name = f"content/{kind.folder}/cable/index.{language}.md"
    text = "\n".join(["---", *(f"{key}: {value}" for key, value in values.items()), "---", "Texte."])
    record, _ = read_record(text.encode(), RecordFile(name, kind, "/media"), CONTEXT, converter(language))
    return Read(SourceFile(name, name, kind.folder, "cable", language, Stat(0, 0, 0, 0)), record)


def pair_article(fr: Mapping[str, str], en: Mapping[str, str]) -> tuple[Article | None, list[Problem]]:
    problems: list[Problem] = []
    reads = [read_text(ARTICLE, code, {**TEXTS[code], **facts}) for code, facts in (("fr", fr), ("en", en))]
    return pair(ARTICLE, reads, problems), problems


def whole(facts: Mapping[str, str]) -> Article:
    entry, problems = pair_article(facts, {})
    assert not problems
    assert entry
    return entry


def test_the_table_of_facts_names_every_neutral_key_of_an_article() -> None:
    neutral = {field.name for field in ARTICLE.fields if field.neutral}
    assert set(FACTS) == neutral
    assert {field.name for field in ARTICLE.fields if field.neutral and field.required} == REQUIRED


def without_lines(entry: Article) -> dict[str, Text]:
    """Return the texts of ``entry`` without where each key stands, which differs on purpose."""
    return {code: structs.replace(text, lines={}) for code, text in entry.texts.items()}


@examples(80)
@given(
    st.sets(st.sampled_from(sorted(set(FACTS) - REQUIRED))),
    st.dictionaries(st.sampled_from(sorted(FACTS)), st.sampled_from(["fr", "en", "both"])),
)
def test_a_fact_holds_for_both_languages_whichever_file_says_it(optional: set[str], where: dict[str, str]) -> None:
    """Wherever each fact stands, the article is the one that says everything in its first file."""
    said = {key: FACTS[key][0] for key in FACTS if key in optional | REQUIRED}
    fr = {key: value for key, value in said.items() if where.get(key, "fr") in ("fr", "both")}
    en = {key: value for key, value in said.items() if where.get(key, "fr") in ("en", "both")}
    entry, problems = pair_article(fr, en)
    assert not problems
    assert entry
    assert (entry.facts, without_lines(entry)) == (whole(said).facts, without_lines(whole(said)))


@pytest.mark.parametrize("key", FACTS)
def test_a_fact_stated_differently_in_both_languages_names_both_lines(key: str) -> None:
    needed = {name: FACTS[name][0] for name in REQUIRED - {key}}
    one, other = FACTS[key]
    entry, problems = pair_article({**needed, key: one}, {key: other})
    assert entry is None
    (problem,) = problems
    assert (problem.file, problem.line, problem.key) == (f"content/{EN}", 4, key)
    assert f"content/{FR}:{4 + len(needed)}" in str(problem.message)
    assert str(problem.remedy) == "Say it once: delete one of the two lines."


@pytest.mark.parametrize("key", FACTS)
def test_a_fact_stated_alike_in_both_languages_is_accepted(key: str) -> None:
    needed = {name: FACTS[name][0] for name in REQUIRED}
    entry, problems = pair_article({**needed, key: FACTS[key][0]}, {key: FACTS[key][0]})
    assert entry
    assert not problems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"thread": "mer"}, {"thread": "[mer]"}),
        ({"status": "rumour"}, {"status": "['rumour']"}),
        ({"date": "2016-10-12"}, {"date": "'2016-10-12T00:00'"}),
        ({"topics": "[fibre]"}, {"topics": "\n  - fibre"}),
        ({"claims": "cable-laid"}, {"claims": "[cable-laid]"}),
    ],
    ids=lambda values: next(iter(values)),
)
def test_two_ways_to_write_a_fact_are_one_fact(one: dict[str, str], other: dict[str, str]) -> None:
    entry, problems = pair_article({**{key: FACTS[key][0] for key in REQUIRED}, **one}, other)
    assert not problems
    assert entry


def test_every_difference_is_told_at_once() -> None:
    fr = {key: one for key, (one, _) in FACTS.items()}
    en = {key: other for key, (_, other) in FACTS.items()}
    _, problems = pair_article(fr, en)
    assert {problem.key for problem in problems} == set(FACTS)


@pytest.mark.parametrize("missing", sorted(REQUIRED))
def test_a_fact_that_neither_file_says_is_told_once_with_what_it_is(missing: str) -> None:
    _, problems = pair_article({key: FACTS[key][0] for key in REQUIRED - {missing}}, {})
    (problem,) = problems
    assert (problem.file, problem.line, problem.key) == (f"content/{FR}", 1, missing)
    field = ARTICLE.field(missing)
    assert field
    assert field.about in str(problem.remedy)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_what_a_language_must_say_itself_is_not_taken_from_the_other(kind: Kind) -> None:
    problems: list[Problem] = []
    assert pair(kind, [read_text(kind, "fr", {}), read_text(kind, "en", {})], problems) is None
    own = {field.name for field in kind.fields if field.required and not field.neutral}
    neutral = {field.name for field in kind.fields if field.required and field.neutral}
    told = {(problem.file.split(".")[-2], problem.key) for problem in problems}
    assert told == {(code, name) for code in ("fr", "en") for name in own} | {("fr", name) for name in neutral}


def test_texts_are_in_the_order_of_the_languages_and_each_its_own() -> None:
    entry = whole({key: FACTS[key][0] for key in REQUIRED})
    assert list(entry.texts) == ["fr", "en"]
    assert {code: (text.title, text.summary, text.slug, text.language) for code, text in entry.texts.items()} == {
        "fr": ("Un câble", "Il est long.", "un-cable", "fr"),
        "en": ("A cable", "It is long.", "a-cable", "en"),
    }


def test_the_lines_of_a_fact_are_those_of_the_file_that_says_it() -> None:
    entry, _ = pair_article(
        {"date": "2016-10-12", "status": "rumour"}, {"topics": "\n  - fibre\n  - cloud", "entities": "[amazon]"}
    )
    assert entry
    fr, en = f"content/{FR}", f"content/{EN}"
    assert entry.lines == {
        "date": (fr, 4),
        "status": (fr, 5),
        "topics": (en, 4),
        "topics.0": (en, 5),
        "topics.1": (en, 6),
        "entities": (en, 7),
        "entities.0": (en, 7),
    }


def test_words_of_a_fact_are_needed_in_the_languages_of_the_folder_and_no_others(tmp_path: Path) -> None:
    files = {**SOUND, FR: french("updates: [{date: 2018, significant: true, fr: a}]")}
    write_files(tmp_path / "content", files)
    (problem,) = problems_of(tmp_path)
    assert (problem.key, str(problem.message)) == ("updates", "there is no text for “en”.")
    (tmp_path / "content" / EN).unlink()
    assert problems_of(tmp_path) == ()


def test_a_missing_translation_is_a_missing_text(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {name: data for name, data in SOUND.items() if name != EN})
    (article,) = read(tmp_path).articles
    assert list(article.texts) == ["fr"]


def test_either_language_may_stand_alone(tmp_path: Path) -> None:
    facts = "date: 2016-10-12", "topics: [fibre]", "status: rumour"
    write_files(tmp_path / "content", {**{k: v for k, v in SOUND.items() if k != FR}, EN: english(*facts)})
    (article,) = read(tmp_path).articles
    assert list(article.texts) == ["en"]
    assert article.facts.topics == ("fibre",)


def test_the_key_of_an_entry_is_the_name_of_its_folder(tmp_path: Path) -> None:
    write_files(tmp_path / "content", SOUND)
    (tmp_path / "content/articles/cable").rename(tmp_path / "content/articles/cable-2")
    (article,) = read(tmp_path).articles
    assert article.key == "cable-2"


def test_a_bad_file_does_not_make_its_twin_be_published_alone(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, EN: b"\xff"})
    assert [problem.file for problem in problems_of(tmp_path)] == [f"content/{EN}"]


def test_the_whole_schema_is_read_from_one_file(tmp_path: Path) -> None:
    values = {key: one for key, (one, _) in FACTS.items()}
    entry = whole(values)
    facts = entry.facts
    assert facts.status == ("rumour", "denied")
    assert facts.topics == ("fibre", "cloud")
    assert facts.thread == ("mer",)
    assert facts.claims == ("other",)
    assert facts.written == PartialDate(2026, 11)
    assert facts.published
    assert facts.published.date().isoformat() == "2026-11-29"
    assert (facts.updates[0].significant, facts.updates[0].kind) == (True, "update")
    assert facts.sources[0].publisher == "a"
    assert facts.image
    assert facts.image.file == "a.jpg"
    assert facts.draft
    assert facts.publish
    assert facts.publish.isoformat() == "2026-11-21T08:00:00+01:00"


@pytest.mark.parametrize(
    ("fr", "en"),
    [
        ({"title": "Pourquoi ?"}, {"title": "Why ?"}),
        ({"summary": "« Oui »"}, {"summary": "« Oui »"}),
    ],
    ids=["title", "summary"],
)
def test_words_are_set_in_the_typography_of_their_language(fr: dict[str, str], en: dict[str, str]) -> None:
    key = next(iter(fr))
    entry, _ = pair_article({**{name: FACTS[name][0] for name in REQUIRED}, **fr}, en)
    assert entry
    french_text, english_text = (getattr(entry.texts[code], key) for code in ("fr", "en"))
    assert "\u202f" in french_text or "\u00a0" in french_text
    assert english_text == en[key]


def test_words_of_facts_are_set_in_the_typography_of_their_language() -> None:
    """They are said in one file for all languages."""
    entry = whole(
        {
            "date": "2016-10-12",
            "topics": "[fibre]",
            "status": "rumour",
            "updates": "[{date: 2018, significant: true, fr: 'Enfin !', en: 'At last !'}]",
            "sources": "[{publisher: a, date: 2016, language: fr, title: 'Enfin !'}, "
            "{publisher: b, date: 2016, language: en, title: 'At last !'}, "
            "{publisher: c, date: 2016, language: de, title: 'Endlich !'}]",
        }
    )
    both: dict[str, Any] = {"fr": "Enfin\u202f!", "en": "At last !"}
    assert entry.facts.updates[0].text == both
    assert [source.title for source in entry.facts.sources] == [*both.values(), "Endlich !"]


def test_an_entry_is_the_same_however_its_files_were_found() -> None:
    problems: list[Problem] = []
    reads = [
        read_text(ARTICLE, "fr", {**TEXTS["fr"], "date": "2016-10-12", "topics": "[fibre]"}),
        read_text(ARTICLE, "en", {**TEXTS["en"], "status": "rumour"}),
    ]
    entries: list[AnyEntry | None] = [pair(ARTICLE, order, problems) for order in (reads, reads[::-1])]
    assert not problems
    assert all(entries)
    assert len({repr((entry.facts, sorted(entry.lines.items()))) for entry in entries if entry}) == 1
