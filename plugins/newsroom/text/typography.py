"""The typography of each language, applied to text and to nothing else.

A named set of rules is a tuple of (pattern, replacement) applied in order to
one run of text. Rules are idempotent: set twice is set once. They are applied
to the text nodes of article bodies (never inside code or attributes) and to
every string an editor writes in front matter.

French rules follow the *Lexique des règles typographiques en usage à
l'Imprimerie nationale*: U+202F before ``; ! ?`` and inside numbers, U+00A0
before ``:``, inside guillemets and before units.
"""

import re
from functools import cache

NBSP = "\u00a0"
NNBSP = "\u202f"
_SPACE = f"[ {NBSP}{NNBSP}]"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_ENGLISH_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_UNITS = (
    "%|‰|€|\\$|£|°C|km²|km|m²|cm|mm|kg|Md€|M€|[kMGT]?bit/s|[KMGT]?o|GHz|MHz|"
    "milliers?|millions?|milliards?|euros?|dollars?|livres?|mètres?|kilomètres?|satellites?"
)
Rules = tuple[tuple[str, str], ...]

FRENCH: Rules = (
    (r"(?<=\w)'(?=\w)", "’"),
    (r"\.\.\.", "…"),
    (r"(?<=\d)" + _SPACE + r"(?=\d{3}(?!\d))", NNBSP),
    (_SPACE + r"([;!?])(?![\w/])", NNBSP + r"\1"),
    (r"(?<=[\w»”)\]’%])([;!?])(?=\s|$|»)", NNBSP + r"\1"),
    (_SPACE + r":(?=\s|$|»)", NBSP + ":"),
    (r"«" + _SPACE + "+", "«" + NBSP),
    (rf"«(?=[^\s{NBSP}{NNBSP}])", "«" + NBSP),
    (rf"(?<!{_SPACE}){_SPACE}+»", NBSP + "»"),
    (rf"(?<=[^\s{NBSP}{NNBSP}])»", NBSP + "»"),
    (r"\b1" + _SPACE + rf"(?=(?:{_MONTHS})\b)", "1er" + NBSP),
    (r"(?<=\b[0-3]\d)" + _SPACE + rf"(?=(?:{_MONTHS})\b)", NBSP),
    (r"(?<=\b\d)" + _SPACE + rf"(?=(?:{_MONTHS})\b)", NBSP),
    (r"(?<=\b1er)" + _SPACE + rf"(?=(?:{_MONTHS})\b)", NBSP),
    (r"(?<=\d)" + _SPACE + rf"(?=(?:{_UNITS})(?!\w))", NBSP),
    (r"(?<=\d)" + _SPACE + r"h" + _SPACE + r"(?=\d\d\b)", NBSP + "h" + NBSP),
    (r"(?<=\b[nN]°)" + _SPACE, NBSP),
    (r"(?<=\bM\.)" + _SPACE + r"(?=[A-ZÀ-Þ])", NBSP),
    (r"(?<=\bMme)" + _SPACE + r"(?=[A-ZÀ-Þ])", NBSP),
)
ENGLISH: Rules = (
    (r"(?<=\w)'(?=\w)", "’"),
    (r"\.\.\.", "…"),
    (rf"(?<=\b[0-3]\d) (?=(?:{_ENGLISH_MONTHS})\b)", NBSP),
    (rf"(?<=\b\d) (?=(?:{_ENGLISH_MONTHS})\b)", NBSP),
    (r"(?<=\bNo\.) (?=\d)", NBSP),
    (r"(?<=\d) (?=(?:km|Mbit/s|Gbit/s|Tbit/s|GHz|million|billion)\b)", NBSP),
)
#: Letters raised after a number (ordinals), as (number, letters).
RAISED: dict[str, str] = {"french": r"(?<![\w.,])(\d+)(er|re|e)(?!\w)"}
RULES: dict[str, Rules] = {"french": FRENCH, "english": ENGLISH, "plain": ()}


@cache
def _compiled(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), new) for pattern, new in RULES[name])


def typeset(text: str, typography: str) -> str:
    """Return ``text`` (one run of prose, no markup) set by the rules named ``typography``.

    >>> typeset("Pourquoi ?", "french") == "Pourquoi" + NNBSP + "?"
    True
    """
    for pattern, new in _compiled(typography):
        text = pattern.sub(new, text)
    return text
