"""The typography of each language, applied to text and to nothing else.

A named set of rules is a tuple of (pattern, replacement) applied in order to a
run of text: a title, or all that an article says in one language, as a reader
reads it. Rules are idempotent: setting twice is setting once. ``cuts`` are the
offsets at which markup cuts the text, and move with it. Addresses are hidden
from the rules.

French rules follow the *Lexique des règles typographiques en usage à
l'Imprimerie nationale*: U+202F before ``; ! ?`` and inside numbers, U+00A0
before ``:``, inside guillemets and before units.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html.entities import html5

from msgspec import Struct

from newsroom.text.written_addresses import OBJECT, hide, show

NBSP = "\u00a0"
NNBSP = "\u202f"
#: A line end that an editor typed is a space to a reader.
_SPACE = f" \n\u2009{NBSP}{NNBSP}"
_S = f"[{_SPACE}]"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_ENGLISH_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
#: Units of the SI and of computing (IEC 80000-13), as both languages write them.
_SI = (
    "[kMGT]?bit/s|[kMGT]?bps|[kKMGTP]i?[oB](?:/s)?|[kMGT]?Hz|[kcmdµμn]?m[²³23]?|km/[hs]|m/s[²2]?|ha|[kmµ]?g|t|[mc]?[lL]|"
    "[mµμn]?s|min|[kMGT]?W(?:h|c)?|[kMGT]?eV|[kM]?J|[kmM]?V|m?A|m?Ah|°C|°F|°|K|[kM]?N|[kMh]?Pa|m?bar|dB|px|tr/min"
)
_UNITS = (
    f"h|%|‰|€|\\$|£|Md€|M€|k€|{_SI}|ans?|mois|jours?|heures?|minutes?|secondes?|octets?|fois|"
    "milliers?|millions?|milliards?|euros?|dollars?|livres?|mètres?|kilomètres?|kilos?|tonnes?|satellites?"
)
_ENGLISH_UNITS = f"{_SI}|million|billion|trillion|tonnes?|metres?|kilometres?"
#: A number of one or two digits that is not part of another.
_DAY = r"[0-9](?<![\w.,/:].)(?:(?<=[0-3])[0-9])?(?:er)?"
#: What a sentence may end with before the mark that ends it, and what may come after that mark.
_BEFORE = rf"\w»”’)\]%‰$€£°*+²³….\ufe0f\U0001f300-\U0001faff{OBJECT}"
_AFTER = rf"(?=[\s»”’)\]:,.…–—{OBJECT}]|$)"

Replacement = str | Callable[[re.Match[str]], str]
Rules = tuple[tuple[str, Replacement], ...]


def _thin(number: re.Match[str]) -> str:
    """Return a number with thin spaces between its thousands."""
    return re.sub(_S, NNBSP, number[0])


def _set_off(sign: re.Match[str]) -> str:
    """Return a sign with the space that belongs before it in place of those that stand there."""
    return (NNBSP if sign[0][-1] in ";!?" else NBSP) + sign[0][-1]


def _spaced(marks: re.Match[str]) -> str:
    """Return marks with a thin space before them; that of an entity, shown as such (``&amp;``), is not one."""
    name = marks[1] or ""
    if name.startswith("#") or f"{name};" in html5:
        return marks[0]
    head = f"&{name}" if name else ""
    return f"{head}{NNBSP}{marks[0][len(head) :]}"


# Patterns start with a character, as rare a one as can be, and look back after it: a condition tested at every place of
# a text costs ten times as much.
FRENCH: Rules = (
    (rf"'(?<=\w.)(?=[\w«“{OBJECT}])(?!(?<=\d.)\d)", "’"),
    (r"'(?=\")(?:(?<=[cdjlmnstCDJLMNST].)(?<![\w'].')|(?<=[Qq]u.))", "’"),
    (r"\.\.\.", "…"),
    (rf"[0-9](?<![\d.,].)(?<!\d{_S}.)\d{{0,2}}(?:{_S}\d{{3}})+(?!\d|{_S}\d)", _thin),
    # Spaces before a sign, given up at the first sign that is another.
    (
        rf"{_S}(?=[{_SPACE};!?:»])(?<!{_S}{_S}){_S}*"
        rf"(?:[;!?](?![\w/]|(?<=;)-?[()])|:(?=\s|$|[»{OBJECT}])|»)",
        _set_off,
    ),
    (rf"[&;!?](?:(?<=&)(#?\w+);|(?<=[{_BEFORE}][;!?]))[;!?]*{_AFTER}", _spaced),
    (rf":(?:(?<=[^\W\d_].)|(?<=[»”)\]….%€{OBJECT}].))(?=\s|$|»)", NBSP + ":"),
    (r":(?<=\d.)(?=\s+[^\W\d])", NBSP + ":"),
    (f"«{_S}+", "«" + NBSP),
    (rf"«(?=[^\s{NBSP}{NNBSP}])", "«" + NBSP),
    (rf"»(?<=[^\s{NBSP}{NNBSP}].)", NBSP + "»"),
    (rf"1(?<![\w.,/:-].){_S}+(?=(?:{_MONTHS})(?!\w))", "1er" + NBSP),
    (rf"({_DAY}){_S}+(?=(?:{_MONTHS})(?!\w))", r"\1" + NBSP),
    (rf"{_S}(?<=\d{_S}){_S}*(?=(?:{_UNITS})(?![\w’]))", NBSP),
    (r"[%‰€$£](?<=\d.)(?!\w)", NBSP + r"\g<0>"),
    (rf"h(?<=\d{NBSP}h){_S}+(?=\d\d\b)", "h" + NBSP),
    (rf"(§|[°.](?:(?<=[nNp].)(?<!\w..)|(?<=[nNp]p\.)(?<!\w...))){_S}+(?=\d)", r"\1" + NBSP),
    (rf"([MDP](?<!\w.)(?:(?<=P)r|(?<!P)(?:\.|M\.|mes?|lle|gr|r))){_S}+(?=[A-ZÀ-Þ])", r"\1" + NBSP),
)
ENGLISH: Rules = (
    (rf"'(?<=[\w{OBJECT}].)(?=\w)(?!(?<=\d.)\d)", "’"),
    (r"\.\.\.", "…"),
    (rf"({_DAY}){_S}+(?=(?:{_ENGLISH_MONTHS})(?!\w))", r"\1" + NBSP),
    (rf"(No\.){_S}+(?=\d)", r"\1" + NBSP),
    (rf"([MD](?<!\w.)(?:rs?|s)\.?){_S}+(?=[A-ZÀ-Þ])", r"\1" + NBSP),
    (rf"{_S}(?<=\d{_S}){_S}*(?=(?:{_ENGLISH_UNITS})(?!\w))", NBSP),
)
#: A Roman numeral: single letters that are not words; well-formed combinations of more.
_ROMAN = (
    r"I(?=er|re)|V(?=e)|X(?=e\s(?:siècle|arrondissement|législature|édition|anniversaire))"
    r"|(?=[CLXVI]{2})C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)
#: Where a number may begin that is followed by raised letters.
NUMBER = re.compile(r"[\dCLXVI](?<![\w.,].)")
#: Letters raised after a number (ordinals), as (number, letters).
RAISED: dict[str, str] = {"french": rf"(?<![\w.,])(\d+|{_ROMAN})(er|re|nde?|e)(?!\w)"}
RULES: dict[str, Rules] = {"french": FRENCH, "english": ENGLISH, "plain": ()}


class Cut(Struct):
    """A place between two pieces of a run; what is inserted just there belongs to the ``left`` one, or the right."""

    place: int
    left: bool = True


@cache
def _compiled(name: str) -> tuple[tuple[re.Pattern[str], Replacement], ...]:
    return tuple((re.compile(pattern), new) for pattern, new in RULES[name])


def typeset(text: str, typography: str) -> str:
    """Return ``text`` (one run of prose, no markup) set by the rules named ``typography``.

    >>> typeset("Pourquoi ?", "french") == "Pourquoi" + NNBSP + "?"
    True
    """
    text, kept = hide(text)
    for pattern, new in _compiled(typography):
        text = pattern.sub(new, text)
    return show(text, kept)


def typeset_run(text: str, cuts: Sequence[Cut], typography: str) -> str:
    """Return ``text`` set by the rules named ``typography``, its addresses hidden; move its ``cuts`` with it."""
    places = [cut.place for cut in cuts]
    for pattern, new in _compiled(typography):
        edits = [edit for found in pattern.finditer(text) for edit in _edits(found, new)]
        if edits:
            text = _applied(text, edits)
            _move(places, cuts, edits)
    for cut, place in zip(cuts, places, strict=True):
        cut.place = place
    return text


#: Start, end, and what replaces the text between.
_Edit = tuple[int, int, str]


def _edits(found: re.Match[str], new: Replacement) -> Iterator[_Edit]:
    """Yield what ``new`` changes in a match, and not what stays."""
    # What refers to no group is what it says: ``expand`` would read it again at every match.
    said = new(found) if not isinstance(new, str) else found.expand(new) if "\\" in new else new
    old, start = found[0], found.start()
    if len(old) == len(said):
        yield from ((start + at, start + at + 1, now) for at, now in enumerate(said) if old[at] != now)
        return
    shortest, head, tail = min(len(old), len(said)), 0, 0
    while head < shortest and old[head] == said[head]:
        head += 1
    while tail < shortest - head and old[-1 - tail] == said[-1 - tail]:
        tail += 1
    yield start + head, found.end() - tail, said[head : len(said) - tail]


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    parts, position = [], 0
    for start, end, said in edits:
        parts += [text[position:start], said]
        position = end
    return "".join([*parts, text[position:]])


def _move(places: list[int], cuts: Sequence[Cut], edits: Sequence[_Edit]) -> None:
    """Move the ``places`` of ``cuts`` as ``edits`` move the text around them."""
    shift = position = 0
    for start, end, said in edits:
        here = bisect_left(places, start, position)
        places[position:here] = [place + shift for place in places[position:here]]
        position = here
        # Within what is replaced, or just where something is inserted.
        while position < len(places) and (places[position] < end or places[position] == start):
            keep = places[position] == start and (end > start or not cuts[position].left)
            places[position] = start + shift + (0 if keep else len(said))
            position += 1
        shift += len(said) - (end - start)
    places[position:] = [place + shift for place in places[position:]]
