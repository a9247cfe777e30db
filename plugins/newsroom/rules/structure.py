"""The structure of a text: headings in order, links that say where they lead."""

import re
from collections.abc import Iterator

from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus, Proof
from newsroom.rules.manuscript import numbered
from newsroom.sentences import say

_TITLE = re.compile(r"(?:[>*+-]|\d+\.|\s)*#(?!#)")
_UNDERLINED = re.compile(r"=+\s*\Z")
#: Words that say nothing to anyone who hears a list of the links of a page (WCAG 2.2, 2.4.4 and 2.4.9).
_EMPTY = frozenset(
    (
        *(
            "ici",
            "cliquez ici",
            "cliquer ici",
            "par ici",
            "lien",
            "ce lien",
            "le lien",
            "en savoir plus",
            "lire la suite",
        ),
        *("here", "click here", "right here", "link", "this link", "the link", "read more", "more", "learn more"),
    )
)


def headings(corpus: Corpus) -> Iterator[Problem]:
    """Expect a body to start at ##, under the title of the page, and no level to be skipped on the way down."""
    for proof in corpus.texts:
        yield from _titles(proof)
        above = 1
        for node in proof.root.iter("h2", "h3", "h4", "h5", "h6"):
            level = int(node.tag[1])
            title = " ".join(node.text_content().split())
            if level > above + 1:
                place = proof.source.place_near(title, 0, len(title))
                what = say(
                    "“{title}” is a heading of level {level} under one of level {above}.",
                    title=title,
                    level=level,
                    above=above,
                )
                remedy = say("Write it with {signs}.", signs="#" * (above + 1))
                yield Problem(proof.text.file, place.line, "", what, remedy, place.column)
            above = level


def _titles(proof: Proof) -> Iterator[Problem]:
    before = ""
    for line, text in numbered(proof.markup, proof.source):
        if _TITLE.match(text) or (_UNDERLINED.match(text) and before.strip()):
            message = say("the title of the page is its front matter’s; a second one is taken out.")
            column = text.find("#") + 1 or 1
            yield Problem(proof.text.file, line, "", message, say("Write ## for a subheading."), column)
        before = text


def link_words(corpus: Corpus) -> Iterator[Problem]:
    """Expect the words of a link to say where it leads."""
    for proof in corpus.texts:
        for link in proof.root.iter("a"):
            words = " ".join(link.text_content().split())
            text = words.casefold().strip(" .,:;!?…«»“”")
            if link.get("class") or not link.get("href"):
                continue
            picture = any(node.get("alt") for node in link.iter("img"))
            if text in _EMPTY or (not text and not picture):
                place = proof.source.place_with(f"[{words}]({link.get('href')}", f"[{words}]", str(link.get("href")))
                message = say("the link “{words}” does not say where it leads.", words=words)
                remedy = say("Make a link of the words that name the place.")
                yield Problem(proof.text.file, place.line, "", message, remedy, place.column)
