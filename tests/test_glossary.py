"""The glossary: a term is explained where a reader first meets it, in prose and nowhere else."""

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from content_reading import CONTEXT, SOUND, TYPOGRAPHIES, converter, english, french, read, session, write_files
from hypothesis import given
from hypothesis import strategies as st
from properties import examples

from newsroom.content.registers import read_glossary
from newsroom.problems import Problem
from newsroom.text.glossary import Finder, Term

FAI = Term("fai", "FAI", "fournisseur d’accès à internet", "Qui relie un foyer.", ("opérateur", "opérateurs"))
CLOUD = Term("cloud", "cloud", "informatique louée", "Des machines à distance.")
TRUSTED = Term("trusted", "cloud de confiance", "cloud français", "Sous la loi française.")
TERMS = (FAI, CLOUD, TRUSTED)
GLOSSARY = "/fr/lexique/"
FORMS = ("FAI", "cloud", "Cloud", "opérateurs")


def explained(text: str, language: str = "fr") -> list[tuple[str, str]]:
    """Return (words, key) of each term that the body ``text`` explains, in order."""
    html = converter(language, terms=TERMS, glossary_url=GLOSSARY).convert(text, "/media").html
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    links = root.xpath(".//a[@class='term']")
    assert all(link.get("href").startswith(f"{GLOSSARY}#") for link in links)
    return [(link.text_content(), link.get("href").removeprefix(f"{GLOSSARY}#")) for link in links]


def found(text: str, *terms: Term) -> list[str]:
    return [text[place.start : place.end] for place in Finder(terms or TERMS).find(text)]


# --- where ----------------------------------------------------------------------------------


def test_a_term_shows_its_expansion_and_leads_to_its_entry() -> None:
    html = converter("fr", terms=TERMS, glossary_url=GLOSSARY).convert("Un FAI.", "/media").html
    abbr = '<abbr title="fournisseur d’accès à internet">FAI</abbr>'
    assert html == f'<p>Un <a class="term" href="/fr/lexique/#fai">{abbr}</a>.</p>'


def test_only_the_first_occurrence_is_explained() -> None:
    assert explained("Un FAI et un FAI.\n\nUn FAI.") == [("FAI", "fai")]


def test_another_form_of_a_term_that_was_explained_is_not() -> None:
    assert explained("Un opérateur, un FAI, des opérateurs.") == [("opérateur", "fai")]


def test_each_text_explains_anew() -> None:
    one = converter("fr", terms=TERMS, glossary_url=GLOSSARY)
    assert [one.convert("Un FAI.", "/media").html.count("<abbr") for _ in range(3)] == [1, 1, 1]


def test_the_first_is_the_first_a_reader_meets() -> None:
    """Markup, lists, tables and footnotes stand in the order of the page."""
    text = "Un *FAI*.\n\n- Un FAI\n\n| FAI |\n|---|\n| FAI |\n\nDu cloud[^1] et un FAI.\n\n[^1]: Le cloud, un FAI."
    html = converter("fr", terms=TERMS, glossary_url=GLOSSARY).convert(text, "/media").html
    assert explained(text) == [("FAI", "fai"), ("cloud", "cloud")]
    assert html.index("<em><a") < html.index("<table")
    assert html.index("#cloud") < html.index('class="footnote"')


#: Paragraphs, and what each may explain.
PARAGRAPHS = {
    "Un FAI": ("FAI", "fai"),
    "*FAI*": ("FAI", "fai"),
    "le cloud": ("cloud", "cloud"),
    "`FAI`": None,
    "[FAI](https://e.org/)": None,
    "## FAI": None,
    "a-FAI": None,
    "rien": None,
}


@examples(60)
@given(st.lists(st.sampled_from(sorted(PARAGRAPHS))))
def test_every_term_is_explained_once_in_the_first_place_that_may(parts: list[str]) -> None:
    places = [place for part in parts if (place := PARAGRAPHS[part])]
    assert explained("\n\n".join(parts)) == list(dict.fromkeys(places))


@pytest.mark.parametrize(
    "text",
    [
        "`FAI`",
        "```\nFAI\n```",
        "    FAI",
        "<kbd>FAI</kbd>",
        "<samp>FAI</samp>",
        "<var>FAI</var>",
        "<pre>FAI</pre>",
        "[Un FAI](https://example.org/)",
        "[*FAI*](https://example.org/)",
        "[Un FAI](article:cable)",
        "<https://example.org/FAI>",
        "## FAI",
        "### Le *FAI*",
        "FAI\n---",
        "<h6>FAI</h6>",
        '<abbr title="a">FAI</abbr>',
        "<sup>FAI</sup>",
        '<span title="FAI">a</span>',
        '![FAI](a.png "Un FAI")',
        '<p title="FAI">a</p>',
        "<!-- FAI -->",
        "<figure><figcaption>FAI</figcaption></figure>",
        '<span lang="en">FAI</span>',
        '<p lang="en">Un <em>FAI</em></p>',
        '<span lang="en-GB">FAI</span>',
        "FAIre, xFAI, FAI2, éFAI, FAIé",
        "FAI-fibre, non-FAI, FAI_x, x_FAI",
        "fai, Fai, fAI",
        "F A I",
    ],
)
def test_a_term_is_not_explained_where_it_is_no_prose_of_the_page(text: str) -> None:
    assert explained(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "FAI",
        "l’FAI",
        "l'FAI",
        "(FAI)",
        "« FAI »",
        "FAI, FAI.",
        "**FAI**",
        "- FAI",
        "> FAI",
        "| a |\n|---|\n| FAI |",
        "a\n: FAI",
        "<div>FAI</div>",
        '<p lang="en">a <span lang="fr">FAI</span></p>',
        '<span lang="en">a</span> FAI',
        "`a` FAI",
        "<b>a</b> FAI",
        "a<!-- b --> FAI",
    ],
)
def test_a_term_is_explained_in_any_prose(text: str) -> None:
    assert explained(text) == [("FAI", "fai")]


def test_what_was_passed_over_does_not_count_as_explained() -> None:
    assert explained("## FAI\n\n`FAI` et [FAI](https://example.org/)\n\nUn FAI.") == [("FAI", "fai")]


# --- which ----------------------------------------------------------------------------------


def test_a_form_without_capitals_is_found_at_the_head_of_a_sentence() -> None:
    assert found("Cloud. CLOUD.") == ["Cloud", "CLOUD"]


def test_a_form_with_a_capital_is_a_name_and_found_as_it_is_written() -> None:
    assert found("Fai fai FAI") == ["FAI"]


def test_the_longest_of_two_terms_is_meant() -> None:
    assert found("Le cloud de confiance, le cloud.") == ["cloud de confiance", "cloud"]


def test_a_term_inside_a_longer_one_is_not_explained() -> None:
    confidence = Term("confidence", "confiance", "a", "b")
    assert found("Un cloud de confiance et la confiance.", *TERMS, confidence) == ["cloud de confiance", "confiance"]
    inside = Finder((*TERMS, confidence)).find("Un cloud de confiance.")
    assert [place.term.key for place in inside] == ["trusted"]


def test_words_of_a_longer_term_are_not_taken_for_a_shorter_one() -> None:
    """“cloud” is not explained inside the second “cloud de confiance” either."""
    assert found("Un cloud de confiance et un cloud de confiance.") == ["cloud de confiance"] * 2


def test_a_term_of_several_words_is_found_as_it_is_set() -> None:
    """Forms go through the typography of their language, like the texts they are looked for in."""
    problems: list[Problem] = []
    source = 'offer:\n  fr: {term: "appel d\'offres", match: ["lot n° 3"], expansion: a, definition: b}\n'
    terms = read_glossary(source.encode(), "glossary.yaml", CONTEXT, TYPOGRAPHIES, problems)["fr"]
    assert not problems
    one = converter("fr", terms=terms, glossary_url=GLOSSARY)
    assert "<abbr" in one.convert("Un appel d'offres.", "/media").html
    assert "<abbr" in one.convert("Le lot n° 3.", "/media").html


@examples(150)
@given(st.lists(st.sampled_from([*FORMS, " de confiance", " ", "-", "_", "'", "x", ". ", "é"])))
def test_what_is_found_is_a_form_of_a_term_standing_by_itself_in_order(parts: list[str]) -> None:
    text = "".join(parts)
    places = list(Finder(TERMS).find(text))
    assert [place.start for place in places] == sorted(place.start for place in places)
    for one, other in pairwise(places):
        assert one.end <= other.start
    for place in places:
        words = text[place.start : place.end]
        assert words in place.term.forms or words.casefold() in place.term.forms
        around = text[place.start - 1 : place.start] + text[place.end : place.end + 1]
        assert not any(char.isalnum() or char in "-_" for char in around)


# --- languages ------------------------------------------------------------------------------


def test_each_language_explains_in_its_own_words(tmp_path: Path) -> None:
    write_files(
        tmp_path / "content",
        {
            **SOUND,
            "articles/cable/index.fr.md": french(body="La FttH arrive."),
            "articles/cable/index.en.md": english(body="FTTH, not FttH."),
            "glossary.yaml": "ftth:\n"
            "  fr: {term: FttH, expansion: au domicile, definition: a}\n"
            "  en: {term: FTTH, expansion: to the home, definition: b}\n",
        },
    )
    with session(tmp_path) as opened:
        (article,) = opened.begin().articles
        html = {code: opened.store.html(text.file, text.body.html) for code, text in article.texts.items()}
    assert html == {
        "fr": '<p>La <a class="term" href="/fr/lexique/#ftth"><abbr title="au domicile">FttH</abbr></a> arrive.</p>',
        "en": '<p><a class="term" href="/en/glossary/#ftth"><abbr title="to the home">FTTH</abbr></a>, not FttH.</p>',
    }


def test_a_term_may_exist_in_one_language_only(tmp_path: Path) -> None:
    glossary = "fai:\n  fr: {term: FAI, expansion: a, definition: b}\n"
    write_files(tmp_path / "content", {**SOUND, "glossary.yaml": glossary})
    terms = read(tmp_path).terms
    assert [term.key for term in terms["fr"]] == ["fai"]
    assert terms["en"] == ()


def test_an_edit_of_the_glossary_reaches_texts_that_did_not_change(tmp_path: Path) -> None:
    entry = "fai:\n  fr: {{term: FAI, expansion: {}, definition: b}}\n"
    write_files(tmp_path / "content", {**SOUND, "articles/cable/index.fr.md": french(body="Un FAI.")})
    seen = set()
    for expansion in ("un", "deux"):
        write_files(tmp_path / "content", {"glossary.yaml": entry.format(expansion)})
        with session(tmp_path) as opened:
            text = opened.begin().articles[0].texts["fr"]
            seen.add(opened.store.html(text.file, text.body.html))
    assert len(seen) == 2


# --- how long -------------------------------------------------------------------------------


def seconds(work: Callable[[], object]) -> float:
    """Return the time of a processor that ``work`` takes, the least of several tries."""
    tries = []
    for _ in range(5):
        start = time.process_time()
        work()
        tries.append(time.process_time() - start)
    return min(tries)


def many(count: int) -> tuple[Term, ...]:
    return tuple(Term(f"t{number}", f"terme{number} composé", "a", "b", (f"Forme{number}",)) for number in range(count))


def test_the_cost_grows_with_the_text_and_no_faster() -> None:
    finder = Finder(many(200))
    text = " ".join(f"mot terme{number % 400} composé, Forme{number % 300} ou rien." for number in range(500))
    short = seconds(lambda: list(finder.find(text)))
    long = seconds(lambda: list(finder.find(" ".join([text] * 16))))
    assert long < short * 16 * 3


def test_the_cost_does_not_grow_with_the_number_of_terms() -> None:
    text = " ".join(f"mot terme{number} simple et Forme{number}s." for number in range(2000))
    few, lots = Finder(many(10)), Finder(many(5000))
    least = seconds(lambda: list(few.find(text)))
    assert seconds(lambda: list(lots.find(text))) < least * 6
