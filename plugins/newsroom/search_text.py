"""What is searched of a text, which is not what is shown of it.

Pagefind takes accents off the words of an index and of a query before it finds
their stems (since 1.5): « déménagement » and « demenagement » are one word in
every language. What it does not know is that « œ » is « oe », and that other
signs than those of ASCII part words: « l’annonce » would be the one word
“lannonce”. So texts are folded before they are indexed, word for word, and
what is shown stays as it was set.
"""

import re
import unicodedata

import lxml.html

#: Letters that are not a letter and its accent, and how they are written without. Queries are folded by the same.
LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
_LETTERS = str.maketrans({**LETTERS, **{letter.upper(): plain.upper() for letter, plain in LETTERS.items()}})
_SIGN = re.compile(r"[^\w\s]")
#: Runs of spaces become one; those that do not break are kept for what is shown.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+|\ufeff")
_BLOCKS = (
    *("p", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote", "pre", "figure", "figcaption", "div"),
    *("td", "th", "caption", "details", "summary", "section", "br", "hr"),
)


def plain_text(html: str) -> str:
    """Return the words of a body in HTML, without the calls of its footnotes."""
    if not html.strip():
        return ""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for node in root.xpath("//sup[starts-with(@id, 'fnref')] | //a[@class='footnote-backref']"):
        node.drop_tree()
    for node in root.iter(*_BLOCKS):
        node.text, node.tail = f" {node.text or ''}", f" {node.tail or ''}"
    return _SPACES.sub(" ", root.text_content()).strip()


def fold(text: str) -> str:
    """Return ``text`` as it is searched: no accents, hyphens for signs, as many words in the same order.

    >>> fold("L’œuvre d’Élise, à 12 km")
    'L-oeuvre d-Elise- a 12 km'
    """
    folded = _fold(text)
    words = text.split()
    if len(folded.split()) == len(words):
        return folded
    return " ".join(_fold(word) or "-" for word in words)


def _fold(text: str) -> str:
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text.translate(_LETTERS))
        text = "".join(sign for sign in decomposed if not unicodedata.category(sign).startswith("M"))
    return _SIGN.sub("-", text)
