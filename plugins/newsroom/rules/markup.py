"""Raw HTML in a text that the sanitiser removes: its author would look for it in vain."""

import re
from collections.abc import Iterator

from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus
from newsroom.sentences import Sentence, say
from newsroom.text.sanitise import TAGS, keeps

_TAG = re.compile(r"""<([A-Za-z][\w:-]*)((?:\s(?:"[^"]*"|'[^']*'|[^"'<>])*)?)/?>""")
_ATTRIBUTE = re.compile(r"""([^\s"'=/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']+))?""")
#: Attributes in braces, as Python-Markdown’s attr_list reads them.
_BRACES = re.compile(r"\{:?[ ]*([^{}\n]*)\}")

#: What other programs read and Markdown does not (Obsidian, Notion), and what to write in its place.
_OF_OTHERS: tuple[tuple[re.Pattern[str], Sentence], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), remedy)
    for pattern, remedy in (
        (r"!?\[\[[^\[\]\n]+\]\](?![(\[])", say("Write [words](article:<key>), or ![what it shows](<file>).")),
        (r"(?<![=\w])==(?=[^\s=])[^=\n]*(?<=\S)==(?![=\w])", say("Write <mark>…</mark>.")),
        (r"^[ \t>]*[-*+][ \t]+\[[ xX]\](?=[ \t])", say("Write the item without its brackets.")),
        (r"^[ \t]*>[ \t]*\[![A-Za-z]+\]", say("Write a quotation, or <details>.")),
        (r"%%[^%\n]+%%", say("Write <!-- … -->, which is not published.")),
    )
)


def markup_of_others(corpus: Corpus) -> Iterator[Problem]:
    """Expect nothing that other programs read as markup: a page shows it as it is written."""
    for proof in corpus.texts:
        for pattern, remedy in _OF_OTHERS:
            for found in pattern.finditer(proof.markup):
                what = say("“{shown}” is not Markdown: readers see it as it is written.", shown=found[0].strip())
                place = proof.source.place_at(found.start() + len(found[0]) - len(found[0].lstrip()))
                yield Problem(proof.text.file, place.line, "", what, remedy, place.column)


def removed_markup(corpus: Corpus) -> Iterator[Problem]:
    """Expect every tag, attribute and address that a text writes to be one that the page keeps."""
    for proof in corpus.texts:
        markup = proof.markup
        for found in _TAG.finditer(markup):
            place = proof.source.place_at(found.start())
            for message, remedy in _removed(found[1].lower(), found[2]):
                yield Problem(proof.text.file, place.line, "", message, remedy, place.column)
        for found in _BRACES.finditer(markup):
            place = proof.source.place_at(found.start())
            for word in _refused(found[1]):
                message = say("“{word}” is taken out of the page.", word=word)
                remedy = say("Delete it: the theme decides how things look.")
                yield Problem(proof.text.file, place.line, "", message, remedy, place.column)
        for link in proof.root.iter("a"):
            words = " ".join(link.text_content().split())
            if words and not link.get("href") and not link.get("id"):
                place = proof.source.place_near(words, 0, len(words))
                message = say("the address of the link “{words}” is taken out of the page.", words=words)
                remedy = say("Write an http or https address, or article:<key>.")
                yield Problem(proof.text.file, place.line, "", message, remedy, place.column)


def _removed(tag: str, attributes: str) -> Iterator[tuple[Sentence, Sentence]]:
    if tag not in TAGS:
        what = say("<{tag}> is taken out of the page.", tag=tag)
        yield what, say("Say it in Markdown, or put code between backquotes.")
        return
    for name, value in _ATTRIBUTE.findall(attributes):
        if not keeps(tag, name.lower(), value.strip("\"'")):
            what = say("the attribute “{name}” of <{tag}> is taken out of the page.", name=name, tag=tag)
            yield what, say("Delete it.")


def _refused(words: str) -> Iterator[str]:
    """Yield the classes and attributes in braces that no element keeps."""
    for word in words.split():
        name, equals, _ = word.partition("=")
        attribute, value = ("class", word[1:]) if word.startswith(".") else (name.lower(), "")
        written = re.fullmatch(r"\.[\w-]+", word) or (equals and re.fullmatch(r"[\w-]+", name))
        if written and not any(keeps(tag, attribute, value) for tag in TAGS):
            yield word
