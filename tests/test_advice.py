"""The advice of ``make check`` on marks, numbers, headlines and structure is true: whoever follows it hears it no more.

For each message there is a way to follow its remedy to the letter, and texts that it is told of.
"""

import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import lxml.html
import msgspec
import pytest
from content_reading import converter
from editorial_site import corpus_of, write_sound_site
from site_builder import NOW, Site

from newsroom.problems import Problem
from newsroom.rules import conventions, typesetting
from newsroom.rules.conventions import dates_and_numbers, headlines
from newsroom.rules.corpus import Corpus
from newsroom.rules.manuscript import Manuscript
from newsroom.rules.passages import Passage, passages_of
from newsroom.rules.structure import headings, link_words
from newsroom.rules.typesetting import marks_and_spaces
from newsroom.sentences import Sentence

FIRST = 4
RULES = (marks_and_spaces, dates_and_numbers, headlines, headings, link_words)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return the corpus of a site, whose texts a test puts its own in the place of."""
    site = Site(tmp_path_factory.mktemp("advice") / "site", NOW)
    site.content.mkdir(parents=True)
    write_sound_site(site.content)
    return corpus_of(site)


def told_of(sound: Corpus, body: str, language: str) -> list[Problem]:
    """Return what the rules tell of ``body`` alone."""
    proof = next(proof for proof in sound.texts if proof.text.language == language)
    source = Manuscript(proof.text.file, {}, body, FIRST)
    root = lxml.html.fragment_fromstring(converter(language).convert(body, "/m").html, create_parent="div")
    prose = tuple(
        Passage(proof.text.file, FIRST, "", text, code, source=source) for code, text in passages_of(root, language)
    )
    alone = msgspec.structs.replace(proof, source=source, root=root, passages=prose)
    corpus = msgspec.structs.replace(sound, texts=(alone,))
    return sorted(chain.from_iterable(rule(corpus) for rule in RULES))


def message_of(problem: Problem) -> tuple[str, str]:
    """Return the templates of a problem: what is wrong, what to write."""
    assert isinstance(problem.message, Sentence)
    what = dict(problem.message.values).get("what", problem.message)
    assert isinstance(what, Sentence)
    assert isinstance(problem.remedy, Sentence)
    return what.template, problem.remedy.template


def put(pattern: str, written: str | Callable[[re.Match[str]], str]) -> Callable[[str, Problem], str]:
    """Return what writes something in the place of what is wrong, where it stands first."""
    return lambda text, _: re.sub(pattern, written, text, count=1)


def month(text: str, problem: Problem) -> str:
    word = dict(problem.remedy.values)["word"]
    return re.sub(rf"(?i)\b{word}\b", str(word), text)


def capitals(text: str, problem: Problem) -> str:
    """Keep the capital of the first word."""
    title = str(dict(problem.message.values)["title"])
    return text.replace(title, title[0] + title[1:].lower())


def heading(text: str, problem: Problem) -> str:
    title, signs = dict(problem.message.values)["title"], dict(problem.remedy.values)["signs"]
    return re.sub(rf"(?m)^#+ {re.escape(str(title))}$", f"{signs} {title}", text)


def subheading(text: str, problem: Problem) -> str:
    lines = text.split("\n")
    place = problem.line - FIRST
    if set(lines[place].strip()) == {"="}:
        lines[place - 1 : place + 1] = [f"## {lines[place - 1]}"]
    else:
        lines[place] = lines[place].replace("# ", "## ", 1)
    return "\n".join(lines)


def words_of_the_place(text: str, _: Problem) -> str:
    return re.sub(
        r"\[[^]]*\]\(|(?<=<a href=\"/fr/\">)[^<]*",
        lambda found: "[le rapport](" if found[0][0] == "[" else "le rapport",
        text,
    )


_AFTER = "there is no space after this mark."
_OTHER = "these are the quotation marks of another language."
_ORDINAL = "this ordinal is abbreviated wrongly."
#: How each remedy is followed, by what is wrong and the remedy, and what it is told of, in which language.
ADVICE: dict[tuple[str, str], tuple[Callable[[str, Problem], str], tuple[tuple[str, str], ...]]] = {
    ("a straight quotation mark is left.", "Write the quotation marks of the language."): (
        lambda text, _: re.sub(r'"([^"]*)"?', r"«\1»", text) if "É" in text else re.sub(r'"([^"]*)"?', r"“\1”", text),
        (
            ("fr", 'É "oui" et "non"'),
            ("fr", 'É ("oui")'),
            ("fr", 'É *"oui"*.'),
            ("en", 'He said "yes".'),
            ("en", '"*Yes*"'),
        ),
    ),
    ("a straight apostrophe is left.", "Write ’."): (
        lambda text, _: text.replace("'", "’"),
        (("fr", "les élus' voix"), ("fr", "dit 'oui"), ("en", "the towns' plan"), ("en", "rock 'n' roll")),
    ),
    ("this apostrophe is the wrong way round.", "Write ’."): (
        lambda text, _: text.replace("‘", "’"),
        (("fr", "l‘eau et d‘un"), ("en", "it‘s"), ("en", "the *town*‘s")),
    ),
    ("this quotation mark is the wrong way round.", "Turn it."): (
        lambda text, _: re.sub(r"(?<!\S)”", "“", re.sub(r"(?<=\w)“(?=\s|$)", "”", text)),
        (("en", "He said ”yes”."), ("en", "He said “yes“ twice."), ("fr", "« Il dit “oui“ là. »"), ("en", "”*Yes*”")),
    ),
    ("a hyphen stands for a dash.", "Write –."): (
        put(r"(?<=\S) -{1,2} (?=\S)", " – "),
        (
            ("fr", "oui - non"),
            ("fr", "un -- deux"),
            ("en", "a - b"),
            ("en", "the *plan* -- if any"),
            ("fr", "a - b - c"),
        ),
    ),
    ("a space stands before a comma or a full stop.", "Take it out."): (
        lambda text, _: re.sub(r"[ \u00a0\u202f]+([,.])(?!\w|\.)", r"\1", text),
        (("fr", "un , deux"), ("fr", "un *mot* ."), ("en", "one , two"), ("en", "the end ."), ("fr", "un\u00a0, deux")),
    ),
    (_AFTER, "Write a space after it."): (
        put(r"(?<=[^\W\d_])[;!?:](?=[^\W\d_])", lambda found: f"{found[0]} "),
        (("fr", "un;deux"), ("fr", "quoi?non"), ("fr", "suite:un"), ("fr", "oh!là et a;b")),
    ),
    ("a space stands before an ellipsis.", "Take it out."): (
        lambda text, _: re.sub(r"[ \u00a0\u202f](?=…|\.\.\.)", "", text),
        (("fr", "et puis …"), ("fr", "et puis ... rien"), ("fr", "un *mot* …")),
    ),
    ("a space stands before this mark.", "Take it out."): (
        lambda text, _: re.sub(r"[ \u00a0\u202f]+(?=[;:!?](?:\s|$))", "", text),
        (("en", "why ?"), ("en", "one ; two"), ("en", "*really* !"), ("en", "a : b\u00a0? c")),
    ),
    (_OTHER, "Write “ and ”."): (
        lambda text, _: re.sub(r"[ \u00a0\u202f]*»", "”", re.sub(r"«[ \u00a0\u202f]*", "“", text)),
        (("en", "He said « yes »."), ("en", "«yes»"), ("en", "«*yes*» and « no »")),
    ),
    (_OTHER, "Write « and »."): (
        lambda text, _: text.replace("“", "«").replace("”", "»"),
        (("fr", "il dit “oui”"), ("fr", "“*oui*” et “non”"), ("fr", "« un » et “deux”")),
    ),
    ("a space stands before the per cent sign.", "Take it out."): (
        put(r"(?<=\d)[ \u00a0\u202f]+%", "%"),
        (("en", "58 % of homes"), ("en", "58\u00a0% and 60 %")),
    ),
    (_ORDINAL, "Write 1re."): (
        put(r"\b1i?[èe]res?\b", "1re"),
        (("fr", "la 1ère fois"), ("fr", "la 1ere fois"), ("fr", "la 1ière fois"), ("fr", "les 1ères fois")),
    ),
    (_ORDINAL, "Write 1er."): (
        put(r"\b1(?:ier|èr)s?\b", "1er"),
        (("fr", "le 1ier mot"), ("fr", "le 1èr mot"), ("fr", "les 1iers")),
    ),
    (_ORDINAL, "Write 2e, 3e, XXe."): (
        put(r"\b(\d+|[IVXL]+)(?:i?[èe]mes?|è)\b", r"\1e"),
        (
            ("fr", "la 2ème fois"),
            ("fr", "la 3eme fois"),
            ("fr", "le XXème siècle"),
            ("fr", "la 2è fois"),
            ("fr", "les 4ièmes"),
        ),
    ),
    ("a decimal number takes a comma in French.", "Write 82,7."): (
        put(r"(?<=\d)\.(?=\d)", ","),
        (("fr", "82.7 %"), ("fr", "2.5 km"), ("fr", "1.2 milliard d’euros et 3.4 milliards"), ("fr", "0.5 Md€")),
    ),
    ("thousands are set apart by spaces in French.", "Write 1 200 000."): (
        lambda text, _: re.sub(r"(?<=\d),(?=\d{3})", " ", text),
        (("fr", "1,200,000 foyers"), ("fr", "12,800,000 euros")),
    ),
    ("the currency follows the number in French.", "Write 10 000 €, 145 milliards de dollars."): (
        put(r"([$€£]) ?(\d[\d ]*\d|\d)", r"\2 \1"),
        (("fr", "$10"), ("fr", "€ 10 000 par an"), ("fr", "£5")),
    ),
    ("the hour stands between spaces in French.", "Write 8 h 30."): (
        put(r"\b(\d+)h(\d*)\b", lambda found: f"{found[1]} h {found[2]}".strip()),
        (("fr", "à 8h30"), ("fr", "à 20h précises"), ("fr", "de 8h à 9h")),
    ),
    ("a date takes no ordinal.", "Write 1 October 2018."): (
        lambda text, _: re.sub(
            r"(\d+)(?:st|nd|rd|th) (?:of )?", r"\1 ", re.sub(r"(October) (\d+)\w\w", r"\2 \1", text)
        ),
        (
            ("en", "on 1st October 2018"),
            ("en", "on the 2nd of May"),
            ("en", "on October 3rd"),
            ("en", "the 1st of October"),
        ),
    ),
    ("the day comes first.", "Write 21 October 2016."): (
        put(r"(\w+) (\d+), (\d{4})", r"\2 \1 \3"),
        (("en", "on October 21, 2016"), ("en", "May 3, 2018 was")),
    ),
    ("a decimal number takes a point in English.", "Write 82.7."): (
        put(r"(?<=\d),(?=\d)", "."),
        (("en", "82,7% of homes"), ("en", "2,5 km"), ("en", "1,25 billion")),
    ),
    ("thousands are set apart by commas in English.", "Write 12,800."): (
        lambda text, _: re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3})", ",", text),
        (("en", "12 800 homes"), ("en", "1 200 000 homes"), ("en", "over 12\u202f800")),
    ),
    ("the currency comes before the number in English.", "Write £400m."): (
        put(r"(\d[\d,.]*) ?([€£$])", r"\2\1"),
        (("en", "400€ a year"), ("en", "12 $"), ("en", "it costs 5£")),
    ),
    ("the month is “{month}”.", "Write {word}."): (
        month,
        (
            ("fr", "le 12 Octobre 2016"),
            ("fr", "en Octobre 2016"),
            ("en", "on 12 october 2016"),
            ("fr", "le 1er Mai 2018"),
        ),
    ),
    ("“{title}” has capitals on most of its words.", "Keep capitals for the first word and for names."): (
        capitals,
        (
            ("en", "## The Long Promise Of Cable"),
            ("fr", "## Une Longue Promesse Attendue"),
            ("en", "## One\n\n### Promises Nobody Keeps"),
        ),
    ),
    ("“{title}” is a heading of level {level} under one of level {above}.", "Write it with {signs}."): (
        heading,
        (
            ("fr", "### Un"),
            ("fr", "## Un\n\n#### Deux"),
            ("en", "#### One\n\n##### Two"),
            ("fr", "## Un\n\n##### Deux\n\n###### Trois"),
        ),
    ),
    ("the title of the page is its front matter’s; a second one is taken out.", "Write ## for a subheading."): (
        subheading,
        (("fr", "# Un"), ("fr", "Un\n==="), ("en", "Text.\n\n# One\n\n# Two"), ("fr", "- # Un"), ("fr", "> # Un")),
    ),
    ("the link “{words}” does not say where it leads.", "Make a link of the words that name the place."): (
        words_of_the_place,
        (
            *(
                ("fr", "Lire [ici](/fr/)."),
                ("fr", "[Cliquez ici !](/fr/)"),
                ("fr", "[*ici*](/fr/)"),
                ("fr", "[](/fr/)"),
            ),
            *(("en", "[here](/en/)"), ("en", "[Read more…](/en/)"), ("fr", '<a href="/fr/">ici</a>')),
        ),
    ),
}
CASES = [(message, language, typed) for message, (_, texts) in ADVICE.items() for language, typed in texts]


@pytest.mark.parametrize(("message", "language", "typed"), CASES, ids=lambda value: repr(value)[:50])
def test_advice_that_is_followed_is_heard_no_more(
    sound: Corpus, message: tuple[str, str], language: str, typed: str
) -> None:
    told = told_of(sound, typed, language)
    assert message in {message_of(problem) for problem in told}, told
    text = typed
    for _ in range(4):
        mine = [problem for problem in told if message_of(problem) == message]
        if not mine:
            break
        text = ADVICE[message][0](text, mine[0])
        told = told_of(sound, text, language)
    assert told == [], text


def test_every_message_of_the_rules_has_been_followed() -> None:
    tables = [*typesetting.FAULTS.values(), *conventions.FAULTS.values()]
    told = {(what.template, remedy.template) for table in tables for _, what, remedy in table}
    assert told - ADVICE.keys() == set()
    for module in (typesetting, conventions):
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        assert all(
            any(said in pair for pair in ADVICE) for said in re.findall(r'say\("([A-Z“a-z][^"{]{9,})"\)', source)
        )


def test_a_line_that_is_told_is_the_line_that_is_typed(sound: Corpus) -> None:
    """Advice has the line of the words it is about, not of the first ones of its paragraph."""
    for message, language, typed in CASES:
        if "\n" not in typed:
            text = f"Une ligne.\n\n{typed}" if message[0] != "“{title}” is a heading" else typed
            lines = {problem.line for problem in told_of(sound, text, language)}
            assert lines == {FIRST + 2}, (message, typed, lines)
