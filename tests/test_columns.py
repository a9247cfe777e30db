"""A problem in a text names the column where what is wrong stands, for the body and for the rules of the house."""

from pathlib import Path

import pytest
from content_reading import SOUND, french, problems_of, session, write_files
from hypothesis import given
from hypothesis import strategies as st

from newsroom.problems import Problem
from newsroom.rules import problems_in
from newsroom.rules.corpus import read_corpus
from newsroom.rules.manuscript import read_manuscript

FR = "articles/cable/index.fr.md"


class Nobody:
    """A speller that knows every word but one."""

    def misspelt(self, _: str, words: object) -> frozenset[str]:
        return frozenset({"ortografe"} & set(words))  # type: ignore[call-overload]

    def suggestions(self, *_: object) -> dict[str, tuple[str, ...]]:
        return {}


def shown_at(root: Path, problem: Problem) -> str:
    """Return the rest of the line from the column that ``problem`` names."""
    lines = (root / problem.file).read_text(encoding="utf-8").splitlines()
    assert problem.column, str(problem)
    return lines[problem.line - 1][problem.column - 1 :]


#: What is wrong in a body that cannot be published, and what stands at the column that is told.
FAULTS = {
    "dead-link": ("Il y a [un lien](inconnu) ici.", "inconnu)"),
    "host-without-scheme": ("Il y a [un lien](www.example.org) ici.", "www.example.org)"),
    "dead-anchor": ("Un **mot**, [puis](#nulle-part).", "#nulle-part)"),
    "article-that-is-none": ("Là, [un autre](article:nulle-part).", "article:nulle-part)"),
    "picture-that-is-not-there": ("Texte.\n\nPuis ![une carte](carte.jpg).", "carte.jpg)"),
    "picture-from-elsewhere": ("Puis ![une carte](https://a.example/carte.jpg).", "https://a.example/carte.jpg)"),
    "picture-without-words": ("Puis ![](carte.jpg).", "carte.jpg)"),
    "name-with-a-space": ("Puis ![une carte](<une carte.jpg>).", "une carte.jpg>)"),
    "note-without-a-text": ("Un mot[^1] de trop.", "[^1] de trop."),
    "note-that-is-never-called": ("Un mot.\n\n[^2]: La note.", "[^2]: La note."),
    "figure-in-a-line": ("Voici ![](plan.yaml) le plan.", "plan.yaml) le plan."),
}


@pytest.mark.parametrize(("body", "shown"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_of_a_body_is_told_at_its_column(body: str, shown: str, tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, FR: french(body=body)})
    problems = [problem for problem in problems_of(tmp_path) if not problem.key]
    assert any(shown_at(tmp_path, problem).startswith(shown) for problem in problems), problems


def test_a_body_that_cannot_be_published_hides_neither_its_references_nor_those_of_others(tmp_path: Path) -> None:
    body = "\n\n".join(
        [
            "![une carte](https://a.example/carte.jpg)",
            "![une autre](https://a.example/autre.jpg)",
            "[Un lien](inconnu), [un article](article:inconnu), ![une vue](absente.jpg).",
        ]
    )
    other = french("topics: [inconnu]", body="[Un article](article:cable), [un autre](article:absent).")
    write_files(tmp_path / "content", {**SOUND, FR: french("topics: [fiber]", body=body)})
    write_files(tmp_path / "content", {"articles/plan/index.fr.md": other})
    problems = problems_of(tmp_path)
    told = {(problem.file.split("/")[2], problem.key or shown_at(tmp_path, problem)[:12]) for problem in problems}
    assert told == {
        ("cable", "topics"),
        ("cable", "https://a.ex"),
        ("cable", "inconnu), [u"),
        ("cable", "article:inco"),
        ("cable", "absente.jpg)"),
        ("plan", "topics"),
        ("plan", "article:abse"),
    }


#: What the rules find in a body that can be published, and what stands at the column that is told.
FOUND = {
    "straight-quotation-mark": ('Il a dit : "oui", sans plus.', '"oui", sans plus.'),
    "apostrophe": ("Un mot ici, puis l' autre.", "' autre."),
    "hyphen": ("Un câble - le premier - est posé.", "- le premier - est posé."),
    "ordinal": ("Le mot est là, au XXème siècle.", "XXème siècle."),
    "hour-over-markup": ("Le mot **est** là, à 8h30 pile.", "8h30 pile."),
    "month": ("Le mot est dit le 3 Mars 2026.", "Mars 2026."),
    "spelling": ("Le mot *est* une ortografe.", "ortografe."),
    "after-the-same-word": ("Le mot.\n\nLe mot, une ortografe.", "ortografe."),
    "second-title": ("Un mot.\n\n # Un titre\n", "# Un titre"),
    "level-skipped": ("Un mot.\n\n#### Un titre\n", "Un titre"),
    "words-of-a-link": ("On le lit [ici](https://a.example/).", "[ici](https://a.example/)."),
    "tag": ("Un <center>mot</center>.", "<center>mot</center>."),
    "class": ("Un mot *vif*{.rouge} ici.", "{.rouge} ici."),
    "of-others": ("Un mot, ==un autre==.", "==un autre==."),
}


@pytest.mark.parametrize(("body", "shown"), FOUND.values(), ids=FOUND.keys())
def test_what_a_rule_finds_is_told_at_its_column(body: str, shown: str, tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, FR: french(body=body)})
    with session(tmp_path) as opened:
        catalogue = opened.begin()
        corpus = read_corpus(catalogue, opened.library, opened.fragments.text_html)
        found = [problem for problem in problems_in(corpus, Nobody()) if problem.column]
    assert shown in [shown_at(tmp_path, problem) for problem in found]


@given(st.lists(st.text("abcdeé", min_size=1), min_size=1, unique=True), st.data())
def test_the_place_of_a_word_that_stands_once_is_exact(words: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(words) - 1))
    gaps = [data.draw(st.sampled_from([" ", "\n", " **", ", ", "\n\n"])) for _ in words]
    body = "".join(part for pair in zip(gaps, words, strict=True) for part in pair)
    source = read_manuscript(f"---\ntitle: x\n---\n{body}".encode(), "content/x.md", {})
    text = " ".join(words)
    start = len(" ".join(words[:number])) + bool(number)
    place = source.place_near(text, start, start + len(words[number]))
    line = body.split("\n")[place.line - 4]
    assert line[place.column - 1 :].startswith(words[number])
