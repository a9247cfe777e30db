"""How a language writes dates, numbers and headlines, where a mistake can be told for certain.

Names of months come from the CLDR; the rest is data, one table a typography.
"""

import re
from collections.abc import Iterator

from babel import Locale

from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus
from newsroom.rules.passages import Passage
from newsroom.rules.typesetting import Fault, fault
from newsroom.rules.vocabulary import Vocabulary, plain
from newsroom.sentences import say
from newsroom.text.typography import NBSP, NNBSP

_S = f"[ {NBSP}{NNBSP}]"
_UNITS = r"km²?|m²?|kg|Mbit/s|Gbit/s|Tbit/s|GHz|MHz|Md€|M€|millions?|milliards?|billions?|euros?|dollars?"
_ENGLISH_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
FAULTS: dict[str, tuple[Fault, ...]] = {
    "french": (
        (r"\b1i?[èe]res?\b", say("this ordinal is abbreviated wrongly."), say("Write 1re.")),
        (r"\b1(?:ier|èr)s?\b", say("this ordinal is abbreviated wrongly."), say("Write 1er.")),
        (
            r"\b\d+(?:i?[èe]mes?|è)\b|\b[IVXL]+(?:i?[èe]mes?)\b",
            say("this ordinal is abbreviated wrongly."),
            say("Write 2e, 3e, XXe."),
        ),
        (
            rf"\b\d+\.\d+(?={_S}?(?:%|{_UNITS})(?!\w))",
            say("a decimal number takes a comma in French."),
            say("Write 82,7."),
        ),
        (r"\b\d{1,3}(?:,\d{3}){2,}\b", say("thousands are set apart by spaces in French."), say("Write 1 200 000.")),
        (
            rf"[$€£]{_S}?\d",
            say("the currency follows the number in French."),
            say("Write 10 000 €, 145 milliards de dollars."),
        ),
        (
            r"\b(?:[01]?\d|2[0-4])h(?:[0-5]\d)?\b",
            say("the hour stands between spaces in French."),
            say("Write 8 h 30."),
        ),
    ),
    "english": (
        (
            rf"\b\d{{1,2}}(?:st|nd|rd|th){_S}(?:of{_S})?(?:{_ENGLISH_MONTHS})\b|\b(?:{_ENGLISH_MONTHS}){_S}\d{{1,2}}(?:st|nd|rd|th)\b"
            rf"|\b1st{_S}of\b",
            say("a date takes no ordinal."),
            say("Write 1 October 2018."),
        ),
        (
            rf"\b(?:{_ENGLISH_MONTHS}){_S}\d{{1,2}},{_S}\d{{4}}\b",
            say("the day comes first."),
            say("Write 21 October 2016."),
        ),
        (
            rf"\b\d+,\d{{1,2}}(?={_S}?(?:%|{_UNITS})(?!\w))",
            say("a decimal number takes a point in English."),
            say("Write 82.7."),
        ),
        (
            rf"(?<![\w.])\d{{1,3}}(?:{_S}\d{{3}})+\b(?!{_S}\d)",
            say("thousands are set apart by commas in English."),
            say("Write 12,800."),
        ),
        (rf"\d{_S}?[€£$](?!\w)", say("the currency comes before the number in English."), say("Write £400m.")),
    ),
}
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?:\A\W*|[:.!?–—«“(][^\w:.!?–—«“(]*)\w+(?:['-]\w+)*")


def dates_and_numbers(corpus: Corpus) -> Iterator[Problem]:
    """Expect ordinals, decimals, thousands, currencies and months as the language writes them."""
    languages = {language.code: language for language in corpus.catalogue.settings.languages}
    months = {code: _months(language.locale) for code, language in languages.items()}
    for passage in corpus.passages:
        if passage.quoted or passage.language not in languages:
            continue
        for pattern, message, remedy in FAULTS.get(languages[passage.language].typography, ()):
            for found in re.finditer(pattern, passage.text):
                yield fault(passage, found.start(), found.end(), message, remedy)
        yield from _month_letters(passage, months[passage.language])


def _months(locale: str) -> dict[str, str]:
    """Return the months of a locale by their name in lower case."""
    return {name.lower(): name for name in Locale.parse(locale).months["format"]["wide"].values()}


def _month_letters(passage: Passage, months: dict[str, str]) -> Iterator[Problem]:
    """Yield the months whose first letter is not the CLDR’s, after a day, or inside a sentence and before a year."""
    names = "|".join(map(re.escape, months))
    for found in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", passage.text, re.IGNORECASE):
        month = months[found[0].lower()]
        before, after = passage.text[: found.start()], passage.text[found.end() :]
        day = re.search(rf"(?<!\d)\d\d?(?:er)?{_S}\Z", before)
        year = re.match(rf"{_S}\d{{4}}\b", after)
        # “Of the 12 may three”: in small letters it is a month only before a year.
        date = (day and (year or month[0].islower())) or (year and before.rstrip()[-1:].islower())
        if found[0][0] != month[0] and date:
            yield fault(
                passage,
                found.start(),
                found.end(),
                say("the month is “{month}”.", month=month),
                say("Write {word}.", word=month),
            )


def headlines(corpus: Corpus) -> Iterator[Problem]:
    """Expect headlines to be written like sentences: capitals for the first word and for names."""
    for proof in corpus.texts:
        vocabulary = corpus.vocabularies[proof.text.language]
        for passage in proof.passages:
            if passage.key in ("title", "name") and title_case(passage.text, vocabulary):
                message = say("“{title}” has capitals on most of its words.", title=passage.text)
                remedy = say("Keep capitals for the first word and for names.")
                yield Problem(passage.file, passage.place.line, passage.key, message, remedy)
        for node in proof.root.iter("h2", "h3"):
            title = " ".join(node.text_content().split())
            if title_case(title, vocabulary):
                place = proof.source.place_near(title, 0, len(title))
                message = say("“{title}” has capitals on most of its words.", title=title)
                remedy = say("Keep capitals for the first word and for names.")
                yield Problem(proof.text.file, place.line, "", message, remedy, place.column)


def title_case(title: str, vocabulary: Vocabulary) -> bool:
    """Tell whether most of the words of ``title`` have a capital that nothing explains.

    Known names, acronyms, short words and the first word of a sentence do not count.
    """
    text = vocabulary.blank_phrases(plain(title))
    opening = {found.end() for found in _SENTENCE.finditer(text)}
    words = [found for found in _WORD.finditer(text) if len(found[0]) > 3 and found.end() not in opening]
    unknown = [word[0] for word in words if not vocabulary.knows(word[0]) and not word[0].isupper()]
    capitals = [word for word in unknown if word[0].isupper()]
    return len(capitals) >= 2 and len(capitals) * 2 > len(unknown)
