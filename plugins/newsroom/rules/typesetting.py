"""Marks and spaces that the typography of a language wants and its rules could not set.

What :mod:`newsroom.text.typography` decides is set by the build; what is left after
it is for the writer. Faults are data: one table a typography.
"""

import re
from collections.abc import Iterator

from newsroom.problems import Problem
from newsroom.rules.manuscript import GAP
from newsroom.rules.passages import Passage
from newsroom.rules.proofs import Proofs
from newsroom.text.typography import NBSP, NNBSP

#: (pattern, what is wrong, what to write)
Fault = tuple[str, str, str]

_SPACED = f" {NBSP}{NNBSP}"
_BOTH: tuple[Fault, ...] = (
    (r"\"", "a straight quotation mark is left.", "Write the quotation marks of the language."),
    (r"'", "a straight apostrophe is left.", "Write ’."),
    (r"(?<!\S)”(?=\w)|(?<=\w)“(?=\s|$)", "this quotation mark is the wrong way round.", "Turn it."),
    (r"‘(?=\w)(?<=\w‘)", "this apostrophe is the wrong way round.", "Write ’."),
    (r"(?<=\S) -{1,2} (?=\S)", "a hyphen stands for a dash.", "Write –."),
    (rf"[{_SPACED}]+[,.](?!\w|\.)", "a space stands before a comma or a full stop.", "Take it out."),
)
FAULTS: dict[str, tuple[Fault, ...]] = {
    "french": (
        *_BOTH,
        (
            r" [;:!?»](?!\w)",
            "the space before this mark is not a non-breaking one.",
            "Write an ordinary space: the build sets it.",
        ),
        (
            rf"(?<=[\w»”’)\]%{GAP}])[;!?](?=[\s)»”{GAP}]|$)|(?<=[\w»”’)\]%{GAP}]):(?=\s|$)",
            "there is no space before this mark.",
            "Write a space before it.",
        ),
        (r"« ", "the space after « is not a non-breaking one.", "Write an ordinary space: the build sets it."),
        (
            r"(?<=\d) ?[%‰€$£](?!\w)",
            "there is no non-breaking space before this sign.",
            "Write an ordinary space: the build sets it.",
        ),
        (
            r"\d (?=\d{3}(?!\d))",
            "the space inside this number is not a non-breaking one.",
            "Write an ordinary space: the build sets it.",
        ),
        (rf"[{_SPACED}]…(?=\s|$)", "a space stands before an ellipsis.", "Take it out."),
    ),
    "english": (
        *_BOTH,
        (rf"[{_SPACED}]+[;:!?](?=\s|$)", "a space stands before this mark.", "Take it out."),
        (r"[«»]", "these are the quotation marks of another language.", "Write “ and ”."),
        (rf"(?<=\d)[{_SPACED}]%", "a space stands before the per cent sign.", "Take it out."),
    ),
}


def marks_and_spaces(proofs: Proofs) -> Iterator[Problem]:
    """Expect no straight quotation mark and no missing space in any prose of the content."""
    typographies = {language.code: language.typography for language in proofs.catalogue.settings.languages}
    for passage in proofs.passages:
        for pattern, message, remedy in FAULTS.get(typographies.get(passage.language, ""), ()):
            for found in re.finditer(pattern, passage.text):
                yield fault(passage, found.start(), found.end(), message, remedy)


def fault(passage: Passage, start: int, end: int, message: str, remedy: str) -> Problem:
    """Return the problem at ``text[start:end]`` of ``passage``, shown with the words around it."""
    shown = re.sub(r"\s+", " ", passage.text[max(0, start - 20) : end + 20]).strip().replace(GAP, "…")
    line = passage.line_at(start, end)
    return Problem(passage.file, line, passage.key, f"{message.removesuffix('.')}, in “{shown}”.", remedy)
