"""Marks and spaces that the typography of a language wants and its rules could not set.

What :mod:`newsroom.text.typography` can decide is set by the build; the rest is for the writer.
Faults are data: one table per typography.
"""

import re
from collections.abc import Iterator

from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus
from newsroom.rules.manuscript import GAP
from newsroom.rules.passages import Passage
from newsroom.sentences import Sentence, say
from newsroom.text.typography import NBSP, NNBSP
from newsroom.text.written_addresses import hide

#: (pattern, what is wrong, what to write)
Fault = tuple[str, Sentence, Sentence]

_SPACED = f" {NBSP}{NNBSP}"
_BOTH: tuple[Fault, ...] = (
    (r"\"", say("a straight quotation mark is left."), say("Write the quotation marks of the language.")),
    (r"'", say("a straight apostrophe is left."), say("Write ’.")),
    (r"(?<!\S)”(?=\w)|(?<=\w)“(?=\s|$)", say("this quotation mark is the wrong way round."), say("Turn it.")),
    (r"‘(?=\w)(?<=\w‘)", say("this apostrophe is the wrong way round."), say("Write ’.")),
    (r"(?<=\S) -{1,2} (?=\S)", say("a hyphen stands for a dash."), say("Write –.")),
    (rf"[{_SPACED}]+[,.](?!\w|\.)", say("a space stands before a comma or a full stop."), say("Take it out.")),
)
FAULTS: dict[str, tuple[Fault, ...]] = {
    "french": (
        *_BOTH,
        (
            r"(?<=[^\W\d_])[;!?:](?=[^\W\d_])",
            say("there is no space after this mark."),
            say("Write a space after it."),
        ),
        (rf"[{_SPACED}]…(?=\s|$)", say("a space stands before an ellipsis."), say("Take it out.")),
    ),
    "english": (
        *_BOTH,
        (rf"[{_SPACED}]+[;:!?](?=\s|$)", say("a space stands before this mark."), say("Take it out.")),
        (r"[«»]", say("these are the quotation marks of another language."), say("Write “ and ”.")),
        (rf"(?<=\d)[{_SPACED}]%", say("a space stands before the per cent sign."), say("Take it out.")),
    ),
}
#: The mark that only opens a quotation inside another one, and those of the outer one.
_MARKS = {"french": ("“", "«", "»")}


def marks_and_spaces(corpus: Corpus) -> Iterator[Problem]:
    """Expect no straight quotation mark and no missing space in any prose of the content."""
    typographies = {language.code: language.typography for language in corpus.catalogue.settings.languages}
    for passage in corpus.passages:
        prose, _ = hide(passage.text)  # marks in an address are not punctuation
        for pattern, message, remedy in FAULTS.get(typographies.get(passage.language, ""), ()):
            for found in re.finditer(pattern, prose):
                yield fault(passage, found.start(), found.end(), message, remedy)
        if passage.quoted:
            continue
        for place in _foreign_marks(passage.text, *_MARKS.get(typographies.get(passage.language, ""), ("", "", ""))):
            what = say("these are the quotation marks of another language.")
            yield fault(passage, place, place + 1, what, say("Write « and »."))


def _foreign_marks(text: str, foreign: str, opening: str, closing: str) -> Iterator[int]:
    """Yield where a mark of ``foreign`` opens what stands in no quotation of the language, in which it may."""
    inside = 0
    for place, char in enumerate(text):
        inside += (char == opening) - (char == closing and inside > 0)
        if char == foreign and not inside:
            yield place


def fault(passage: Passage, start: int, end: int, message: Sentence, remedy: Sentence) -> Problem:
    """Return the problem at ``text[start:end]`` of ``passage``, shown with the words around it."""
    shown = re.sub(r"\s+", " ", passage.text[max(0, start - 20) : end + 20]).strip().replace(GAP, "…")
    place = passage.place_of(start, end)
    what = say("in “{shown}”, {what}", shown=shown, what=message)
    return Problem(passage.file, place.line, passage.key, what, remedy, place.column)
