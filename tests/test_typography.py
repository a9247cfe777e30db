"""Typography: spaces, apostrophes and ordinals as each language sets them, once and for all.

In the tables, ``_`` stands for U+00A0 and ``·`` for U+202F.
"""

import datetime as dt
import re
import time
from pathlib import Path

import pytest
from content_reading import converter
from hypothesis import example, given
from hypothesis import strategies as st
from properties import examples
from published_pages import language_of, read_pages

from newsroom.text.localised import date_text, number_text
from newsroom.text.typography import ENGLISH, FRENCH, NBSP, NNBSP, RAISED, RULES, Rules, typeset

#: What the rules look at, so that random text meets them often.
SIGNS = (
    *(
        "a",
        "é",
        "1",
        "20",
        "000",
        "30",
        " ",
        "  ",
        NBSP,
        NNBSP,
        "\n",
        "\t",
        "'",
        "’",
        ".",
        "...",
        "…",
        ";",
        "!",
        "?",
        ":",
    ),
    *(
        "«",
        "»",
        "“",
        "”",
        "(",
        ")",
        "[",
        "]",
        "%",
        "€",
        "km",
        "h",
        "n°",
        "M.",
        "Mme",
        "No.",
        "juin",
        "May",
        "er",
        "1er",
        "-",
        "–",
        "/",
        ",",
        "$",
    ),
    *("&", "&eacute;", "million", "_", "\u2009", "\u0301", "²", "٣", "https://e.org/a?b=c;d", "12:30"),
)
soup = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join)
names = st.sampled_from(sorted(RULES))


def shown(text: str) -> str:
    return text.replace(NBSP, "_").replace(NNBSP, "·")


def set_french(text: str) -> str:
    return shown(typeset(text, "french"))


def set_english(text: str) -> str:
    return shown(typeset(text, "english"))


def raised(text: str) -> str:
    """Return the HTML of ``text`` as a French body shows it."""
    html = converter("fr").convert(text, "/media").html
    return shown(html.replace("&nbsp;", NBSP).removeprefix("<p>").removesuffix("</p>"))


# --- for every set of rules -----------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(RULES))
@examples(300)
@example("« Oui :»")
@example("a  ?")
@given(soup | st.text(max_size=40))
def test_what_is_set_twice_is_set_once(name: str, text: str) -> None:
    once = typeset(text, name)
    assert typeset(once, name) == once


@examples(200)
@given(soup, names)
def test_words_and_signs_are_kept_whatever_the_spaces(text: str, name: str) -> None:
    """Rules change spaces, apostrophes and dots, and add one ordinal; they eat nothing."""

    def bones(said: str) -> str:
        plain = re.sub(r"\s|er(?=\W*juin)", "", said.replace("’", "'").replace("…", "..."))
        return re.sub(r"\.{3,}", "...", plain)

    assert bones(typeset(text, name)) == bones(text)


@given(soup, names)
def test_an_end_of_line_is_a_space(text: str, name: str) -> None:
    assert typeset(text, name).replace("\n", " ") == typeset(text.replace("\n", " "), name)


@given(st.text(max_size=40) | soup)
def test_a_language_without_rules_is_left_alone(text: str) -> None:
    assert typeset(text, "plain") == text


@pytest.mark.parametrize("rules", [FRENCH, ENGLISH], ids=["french", "english"])
def test_every_rule_is_a_pattern_and_what_takes_its_place(rules: Rules) -> None:
    for pattern, new in rules:
        re.compile(pattern).sub(new, "")


@pytest.mark.parametrize("name", sorted(RULES))
@pytest.mark.parametrize(
    "unit", ["« ", " »", "a ?", "1 000 ", " :", "...", "l'", "8 h 30 ", " ", "1 juin ", "9 km ", "«", "'"]
)
def test_a_long_text_is_set_in_a_moment(name: str, unit: str) -> None:
    start = time.process_time()
    typeset(unit * (200_000 // len(unit)), name)
    assert time.process_time() - start < 3


# --- French ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # a thin space before ; ! ?
        ("Pourquoi ?", "Pourquoi·?"),
        ("Pourquoi?", "Pourquoi·?"),
        ("Quoi ! Vraiment ; oui.", "Quoi·! Vraiment·; oui."),
        ("« Pourquoi ? »", "«_Pourquoi·?_»"),
        ("(vraiment ?)", "(vraiment·?)"),
        ("Vraiment ?!", "Vraiment·?!"),
        ("AT&T; R&D ; &T", "AT&T·; R&D·; &T"),
        # an entity that is shown as such ends with its own sign
        ("&eacute; et &#233; ; &amp;", "&eacute; et &#233;·; &amp;"),
        # a space before : and inside « »
        ("Une rumeur : Amazon", "Une rumeur_: Amazon"),
        ("La suite :", "La suite_:"),
        ("« Wired »", "«_Wired_»"),
        ("«Wired»", "«_Wired_»"),
        ("dit « oui », puis", "dit «_oui_», puis"),
        ("« Il a parlé d’un “plan” »", "«_Il a parlé d’un “plan”_»"),
        # a comma and a full stop take none
        ("Paris, Londres. Puis Berlin.", "Paris, Londres. Puis Berlin."),
        # the apostrophe
        ("l'Arcep aujourd'hui", "l’Arcep aujourd’hui"),
        ("l’Arcep", "l’Arcep"),
        ('l\'"Arcep" et qu\'"Orange"', 'l’"Arcep" et qu’"Orange"'),
        ("le mot \"dit 'oui'\"", "le mot \"dit 'oui'\""),
        ("la lettre \"'t'\"", "la lettre \"'t'\""),
        ("40°26'46\" nord", "40°26'46\" nord"),
        # ellipsis
        ("et ainsi de suite...", "et ainsi de suite…"),
        ("et ainsi de suite…", "et ainsi de suite…"),
        # dates
        ("21 novembre 2026", "21_novembre 2026"),
        ("mardi 27 janvier 2026", "mardi 27_janvier 2026"),
        ("le 3 mai", "le 3_mai"),
        ("le 1 juin 2024", "le 1er_juin 2024"),
        ("le 1er juin 2024", "le 1er_juin 2024"),
        ("le 11 août", "le 11_août"),
        ("le 2 juillet", "le 2_juillet"),
        # thousands
        ("12 800 km", "12·800_km"),
        ("1 234 567 lignes", "1·234·567 lignes"),
        ("10 000 €", "10·000_€"),
        ("en 2016 et 2017", "en 2016 et 2017"),
        ("12 8000", "12 8000"),
        # units and signs
        ("82,7 km", "82,7_km"),
        ("93,5 %", "93,5_%"),
        ("58 %", "58_%"),
        ("120 Tbit/s", "120_Tbit/s"),
        ("9 Md€", "9_Md€"),
        ("200 000 $", "200·000_$"),
        ("100$ et 5£", "100_$ et 5_£"),
        ("$10", "$10"),
        ("145 milliards de dollars", "145_milliards de dollars"),
        ("1,9 million", "1,9_million"),
        ("2 millions", "2_millions"),
        ("400 millions de livres", "400_millions de livres"),
        ("3 kmh", "3 kmh"),
        # hours
        ("8 h 30, 19 h 06", "8_h_30, 19_h_06"),
        ("n° 3", "n°_3"),
        ("N° 3", "N°_3"),
        ("M. Musk et Mme Dupont", "M._Musk et Mme_Dupont"),
        ("un M. en cours", "un M. en cours"),
        # what is right already, or is no prose
        ("l’offre «\u00a0Kuiper\u00a0»", "l’offre «_Kuiper_»"),
        ("à 12:30", "à 12:30"),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("Los Angeles–Hongkong, 2019–2025", "Los Angeles–Hongkong, 2019–2025"),
        ("Écosse, État, À suivre", "Écosse, État, À suivre"),
    ],
)
def test_french_is_set_as_printers_set_it(written: str, expected: str) -> None:
    assert set_french(written) == expected


@pytest.mark.parametrize(
    "text",
    ["Pourquoi ?", "Amazon : la suite", "« Oui »", "12 800 km", "l'Arcep...", "le 1 juin 2024", "8 h 30"],
)
def test_a_text_that_is_set_already_is_left_alone(text: str) -> None:
    once = typeset(text, "french")
    assert once != text
    assert typeset(once, "french") == once


@given(st.from_regex(r"[a-zé]{1,6}", fullmatch=True), st.sampled_from(";!?:»"), st.sampled_from(["", " ", NBSP, NNBSP]))
def test_a_french_sign_never_follows_a_space_that_breaks(word: str, sign: str, space: str) -> None:
    found = typeset(f"{word}{space}{sign} {word}", "french")
    if not (sign == ":" and space == ""):  # 12:30, https:
        assert found == f"{word}{NNBSP if sign in ';!?' else NBSP}{sign} {word}"


@given(st.integers(0, 10**12), st.sampled_from(["km", "€", "%", "Gbit/s", "millions"]))
def test_a_french_number_and_its_unit_stay_on_one_line(number: int, unit: str) -> None:
    written = f"{number:,}".replace(",", " ")
    found = typeset(f"Soit {written} {unit} environ", "french")
    assert found == f"Soit {written.replace(' ', NNBSP)}{NBSP}{unit} environ"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("le 1er juin", "le 1<sup>er</sup>_juin"),
        ("le 1 juin", "le 1<sup>er</sup>_juin"),
        ("la 1re fois", "la 1<sup>re</sup> fois"),
        ("le 6e arrondissement", "le 6<sup>e</sup> arrondissement"),
        ("la 20e, la 3e", "la 20<sup>e</sup>, la 3<sup>e</sup>"),
        ("*la 2e*", "<em>la 2<sup>e</sup></em>"),
        ("`2e`", "<code>2e</code>"),
        ("a2e 3er4 5es 1,2e", "a2e 3er4 5es 1,2e"),
    ],
)
def test_french_ordinals_are_raised(written: str, expected: str) -> None:
    assert raised(written) == expected


def test_ordinals_are_raised_in_languages_that_raise_them() -> None:
    assert set(RAISED) <= set(RULES)
    assert "<sup>" not in converter("en").convert("the 1er and the 6e", "/media").html


# --- English --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Why? Because: yes; no!", "Why? Because: yes; no!"),
        ("Why ?", "Why ?"),
        ("the FCC's rule, isn't it", "the FCC’s rule, isn’t it"),
        ("and so on...", "and so on…"),
        ("21 November 2026", "21_November 2026"),
        ("on 1 June 2024", "on 1_June 2024"),
        ("12,800 km", "12,800_km"),
        ("120 Tbit/s", "120_Tbit/s"),
        ("$145bn", "$145bn"),
        ("9 billion dollars", "9_billion dollars"),
        ("“Quoted” and ‘so on’", "“Quoted” and ‘so on’"),
        ("8:30 a.m.", "8:30 a.m."),
        ("5'10\" tall in the 1990's", "5'10\" tall in the 1990’s"),
        ("« Oui ? »", "« Oui ? »"),
        ("12 800", "12 800"),
    ],
)
def test_english_is_set_as_printers_set_it(written: str, expected: str) -> None:
    assert set_english(written) == expected


@given(soup)
def test_english_never_takes_a_thin_space_of_its_own(text: str) -> None:
    assert typeset(text, "english").count(NNBSP) <= text.count(NNBSP)


# --- dates and numbers that the site writes itself --------------------------------------------


def test_dates_and_numbers_of_cldr_are_set_by_the_same_rules() -> None:
    day = dt.date(2024, 6, 1)
    assert shown(date_text(day, "fr_FR", "french")) == "1er_juin 2024"
    assert shown(date_text(day, "en_GB", "english")) == "1_June 2024"
    assert shown(number_text(12800, "fr_FR")) == "12·800"
    assert number_text(12800, "en_GB") == "12,800"


@pytest.mark.slow
def test_ordinals_are_raised_wherever_a_french_page_shows_them(real_output: Path) -> None:
    """In titles, summaries and dates as in bodies; what is quoted as code, or no HTML, stays."""
    raised_ones, bare = 0, set()
    for page in read_pages(real_output).values():
        raised_ones += len(page.root.xpath("//body//sup[text()='er' or text()='e' or text()='re']"))
        for node in page.root.xpath("//body//text()[not(ancestor::code or ancestor::script or ancestor::style)]"):
            if language_of(node.getparent()) == "fr" and re.search(RAISED["french"], node):
                bare.add(f"{page.url}: {node.strip()[:80]}")
    assert raised_ones
    assert sorted(bare) == []
