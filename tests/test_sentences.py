"""Editors are told things in their own language: every message has its French, and none is a text beforehand."""

import ast
import gettext
import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_type_hints

import pytest
from babel.messages.pofile import read_po
from content_reading import SOUND, french, problems_of, write_files
from hypothesis import given
from hypothesis import strategies as st
from site_builder import ROOT, Site, copy_program, make_site, pelican, set_value, write_small_site

from desk.messages import DESK, extract
from newsroom.problems import Invalid, Problem
from newsroom.reports import catalogue_of, words_for
from newsroom.sentences import Sentence, either, nsay, say

LANGUAGES = [path.parent.parent.name for path in DESK.catalogues()]
SAID = sorted(path for path in (ROOT / "plugins").rglob("*.py") if "sveltia" not in path.parts)


def forms(message: object) -> list[tuple[str, str]]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return [(ids[min(place, len(ids) - 1)], said) for place, said in enumerate(strings)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_has_its_values(language: str) -> None:
    with catalogue_of(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    wanted = {message.id for message in extract(DESK) if message.id}
    found = {message.id for message in catalogue if message.id}
    assert wanted - found == set(), "run make messages, then translate"
    assert found - wanted == set(), "run make messages: these are said nowhere any more"
    for message in catalogue:
        for source, said in forms(message) if message.id else ():
            assert said, f"not translated: {source}"
            assert sorted(re.findall(r"\{\w*\}", said)) == sorted(re.findall(r"\{\w*\}", source)), source
            assert not message.fuzzy, source


@pytest.mark.parametrize("path", SAID, ids=lambda path: path.relative_to(ROOT / "plugins").as_posix())
def test_no_problem_is_made_of_a_text(path: Path) -> None:
    """A text in English could not be told in another language any more."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(getattr(node, "func", None), "id", "")
        if name in ("Problem", "Invalid"):
            told = node.args[3:] if name == "Problem" else node.args[1:3]
            said = [part for part in told if not isinstance(part, ast.Call)]
            assert not [each for part in said for each in ast.walk(part) if is_text(each)], f"line {node.lineno}"


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize("told", [Problem, Invalid.__init__])
def test_what_is_told_is_a_sentence_wherever_it_comes_from(told: object) -> None:
    """The types are checked with all the code: a text that comes from elsewhere is no problem either."""
    hints = get_type_hints(told)
    assert (hints["message"], hints["remedy"]) == (Sentence, Sentence)


@pytest.mark.parametrize(
    ("environ", "french"),
    [
        ({"LANG": "fr_FR.UTF-8"}, True),
        ({"LANG": "fr_CA.UTF-8"}, True),
        ({"LANG": "fr"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, True),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, False),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "../../etc"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_the_locale_of_messages_chooses_the_language(environ: Mapping[str, str], french: bool) -> None:
    said = words_for(environ).gettext("this key is missing.")
    assert said == ("cette clé manque." if french else "this key is missing.")


def test_a_build_tells_each_editor_in_the_language_of_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site: Site = make_site(tmp_path / "site", write_small_site)
    copy_program(site)
    set_value(site.article("cable-plan", "fr"), "topics", ["fiber"])
    said = {}
    for locale in ("fr_FR.UTF-8", "C"):
        monkeypatch.setenv("LC_ALL", locale)
        said[locale] = pelican(site, "--fatal", "errors").stderr
    assert "il n’y a pas de «\u00a0fiber\u00a0». Vouliez-vous dire «\u00a0fibre\u00a0»\u202f?" in said["fr_FR.UTF-8"]
    assert "1 problème\u00a0: rien n’a été publié." in said["fr_FR.UTF-8"]
    assert "there is no “fiber”. Did you mean “fibre”?" in said["C"]


def test_what_was_kept_in_the_cache_by_one_editor_is_told_to_another_in_the_other_language(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, "articles/cable/index.fr.md": french("draft: yes")})
    for _ in range(2):
        (problem,) = problems_of(tmp_path)
        assert "neither true nor false. Write true." in problem.text(words_for({}))
        assert "ni true ni false. Écrivez true." in problem.text(words_for({"LANG": "fr"}))


class Shouting(gettext.NullTranslations):
    """A language in which every message is itself in capitals, and its values are left alone."""

    def gettext(self, message: str) -> str:
        return re.sub(r"\{\w*\}|[^{}]+", lambda part: part[0] if part[0].startswith("{") else part[0].upper(), message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


@given(st.text(), st.integers(0, 3))
def test_values_are_never_read_as_templates_and_never_translated(value: str, count: int) -> None:
    sentence = say("in “{shown}”, {what}", shown=value, what=nsay("{count} word", "{count} words", count))
    assert str(sentence) == f"in “{value}”, {count} word{'' if count == 1 else 's'}"
    assert sentence.text(Shouting()) == f"IN “{value}”, {count} WORD{'' if count == 1 else 'S'}"


@pytest.mark.parametrize(("names", "said"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")])
def test_a_choice_is_said_as_the_language_says_it(names: list[str], said: str) -> None:
    choice = either(names)
    assert isinstance(choice, Sentence)
    assert str(choice) == said
    assert choice.text(words_for({"LANG": "fr"})) == said.replace(" or ", " ou ")
