"""The text that is searched, which is not the text that is shown.

Pagefind removes accents from the words of an index and of a query before it stems them (since 1.5):
« déménagement » and « demenagement » are one word in every language. It does not know that « œ » is
« oe », nor that signs outside ASCII separate words: « l’annonce » would be one word, “lannonce”. So
texts are folded word for word before they are indexed; what is shown stays as it was typeset, with
:data:`PART` where a word begins without a space.
"""

import re
import unicodedata

from newsroom.text.html_tree import path, read_fragment, text_of

#: Letters that are not just a letter with an accent, and how they are written without. Queries are folded by the same
#: table.
LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
#: Word joiner: without width, and never the end of a line.
PART = "\u2060"
_PARTED = re.compile(r"(['’‘–—])(?<=\w.)(?=\w)")
#: Spaces that become a plain one: two and more, any other but those that do not break, and what has no width. One
#: set of signs begins them all: alternatives would be tried at every letter.
_SPACES = re.compile(rf"[\s\ufeff{PART}](?:(?<=[^\S\u00a0\u202f])[^\S\u00a0\u202f]+|(?<![ \u00a0\u202f]))")
_BLOCKS = (
    *("p", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote", "pre", "figure", "figcaption", "div"),
    *("td", "th", "caption", "details", "summary", "section", "br", "hr"),
)
#: References to notes, and ways back from them.
_NOTES = path(".//sup[starts-with(@id, 'fnref')] | .//a[@class='footnote-backref']")


def plain_text(html: str) -> str:
    """Return the text of a body in HTML, without the references to its footnotes."""
    if not html.strip():
        return ""
    root = read_fragment(html)
    for node in _NOTES(root):
        node.clear(keep_tail=True)
    for node in root.iter(*_BLOCKS):
        node.text, node.tail = f" {node.text or ''}", f" {node.tail or ''}"
    return text_of(root)


def shown(text: str) -> str:
    """Return ``text`` as it is shown: spaces and :data:`PART` separate its words.

    >>> shown("Le vol d’Élise").replace(PART, "|")
    'Le vol d’|Élise'
    """
    return _PARTED.sub(rf"\1{PART}", _SPACES.sub(" ", text).strip())


def fold(text: str) -> str:
    """Return the words of ``text``, as :func:`shown` returns it, as they are searched: as many, in the same order.

    Accents are gone and signs are hyphens.

    >>> fold(shown("L’œuvre d’Élise, à 12 km"))
    'L- oeuvre d- Elise- a 12 km'
    """
    words = text.replace(PART, " ").split()
    folded = _fold(" ".join(words))
    return folded if len(folded.split()) == len(words) else " ".join(_fold(word) or "-" for word in words)


class _Signs(dict[int, str]):
    """What every character becomes, worked out when it is first met: a cache of a pure function."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign.lower() in LETTERS:
            plain = LETTERS[sign.lower()]
            self[code] = plain if sign.islower() else plain.upper()
        elif unicodedata.category(sign).startswith("M"):
            self[code] = ""
        else:
            self[code] = sign if sign.isalnum() or sign.isspace() or sign == "_" else "-"
        return self[code]


_SIGNS = _Signs()


def _fold(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFD", text)).translate(_SIGNS)
