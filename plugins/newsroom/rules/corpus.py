"""What the rules look at: every text of the content, as a proofreader sees it.

Drafts and articles with future dates are among them; a rule about published articles selects those.
"""

from collections.abc import Callable, Iterator

import lxml.html
from lxml.html import HtmlElement
from msgspec import Struct, to_builtins

from newsroom.content.articles import ARTICLE, Article
from newsroom.content.catalogue import Catalogue
from newsroom.content.kinds import KINDS
from newsroom.content.library import Library, entries_of
from newsroom.content.models import AnyEntry, Text
from newsroom.content.readers import prose_in
from newsroom.content.registers import CLAIMS, ENTITIES, GLOSSARY
from newsroom.content.schema import Field, Kind
from newsroom.problems import Position
from newsroom.rules.manuscript import Manuscript, markup_of, read_manuscript
from newsroom.rules.passages import Passage, passages_of
from newsroom.rules.vocabulary import Vocabulary, read_vocabulary
from newsroom.text.language_tags import nearest_tag
from newsroom.text.typography import typeset

#: ``<u>`` marks what is quoted with its mistakes (HTML, 4.5.22: “labeling the text as being misspelt”).
MISTAKE = frozenset(("u",))


class Proof(Struct, frozen=True):
    """One language of one entry: its facts, its source, its converted body, its prose."""

    kind: Kind
    entry: AnyEntry
    text: Text
    source: Manuscript
    root: HtmlElement
    passages: tuple[Passage, ...]

    @property
    def markup(self) -> str:
        """The body without its code and comments, every other character in its place."""
        return markup_of(self.source, self.root)

    @property
    def draft(self) -> bool:
        """Whether its editor is still working on it."""
        return self.kind is ARTICLE and self.entry.facts.draft

    @property
    def finished(self) -> bool:
        """Whether it is an article, published or waiting for its day, and not a draft."""
        return self.kind is ARTICLE and not self.draft


class Corpus(Struct, frozen=True):
    """Everything the rules may look at."""

    catalogue: Catalogue
    library: Library
    texts: tuple[Proof, ...]
    vocabularies: dict[str, Vocabulary]

    @property
    def articles(self) -> Iterator[Article]:
        """Every article that is not a draft, in order of the keys."""
        return (article for article in entries_of(self.library, ARTICLE) if not article.facts.draft)

    @property
    def passages(self) -> Iterator[Passage]:
        """All prose of the content, including that of the registers."""
        for proof in self.texts:
            yield from proof.passages
        yield from self._definitions()
        yield from self._claims()
        yield from self._players()

    def _definitions(self) -> Iterator[Passage]:
        name = self.catalogue.settings.in_content(GLOSSARY)
        for code, terms in self.catalogue.terms.items():
            for term in terms:
                for text in (term.term, term.expansion, term.definition):
                    yield Passage(name, Position(term.line), term.key, text, code)

    def _claims(self) -> Iterator[Passage]:
        name = self.catalogue.settings.in_content(CLAIMS)
        for claim in self.catalogue.claims.values():
            lines = [(claim.line, said) for said in (claim.claim, claim.label)]
            lines += [(verdict.line, said) for verdict in claim.verdicts for said in (verdict.label, verdict.text)]
            for line, said in lines:
                for code, text in said.items():
                    yield Passage(name, Position(line), claim.key, text, code)

    def _players(self) -> Iterator[Passage]:
        name = self.catalogue.settings.in_content(ENTITIES)
        for player in self.catalogue.entities.values():
            for code, text in player.about.items():
                yield Passage(name, Position(player.line), player.key, text, code)


def read_corpus(
    catalogue: Catalogue,
    library: Library,
    html: Callable[[Text], str],
    of: Callable[[AnyEntry], bool] = lambda _: True,
) -> Corpus:
    """Return the corpus of content without problems; ``html`` gives the converted body of a text.

    The texts are those of the entries that ``of`` holds of.
    """
    settings = catalogue.settings
    typographies = {language.code: language.typography for language in settings.languages}

    def proof(kind: Kind, entry: AnyEntry, text: Text) -> Proof:
        source = read_manuscript((settings.content.parent / text.file).read_bytes(), text.file, text.lines)
        root = lxml.html.fragment_fromstring(html(text), create_parent="div")
        passages = [
            *front_matter(kind, entry, text),
            *_body(text, source, root, settings.codes),
            *_pictures(text, source, root, typographies[text.language]),
        ]
        return Proof(kind, entry, text, source, root, tuple(passages))

    texts = tuple(
        proof(kind, entry, text)
        for kind in KINDS
        for entry in entries_of(library, kind)
        if of(entry)
        for text in entry.texts.values()
    )
    vocabularies = {
        code: read_vocabulary(settings.content, code, library, catalogue.entities, catalogue.terms[code])
        for code in settings.codes
    }
    return Corpus(catalogue, library, texts, vocabularies)


def front_matter(kind: Kind, entry: AnyEntry, text: Text) -> Iterator[Passage]:
    """Yield the prose of the front matter in the language of ``text``, and what its file quotes in others."""
    for field in kind.fields:
        owner = entry.facts if field.neutral else text
        value = getattr(owner, field.attribute) if field.reader.is_prose else None
        for prose in prose_in(field.reader, to_builtins(value), _stated_in(entry, text, field)) if value else ():
            file, line = _place(entry, text, field, prose.place)
            if file == text.file if prose.quoted else prose.language == text.language:
                yield Passage(file, Position(line), field.name, prose.text, prose.language, quoted=prose.quoted)


def _stated_in(entry: AnyEntry, text: Text, field: Field) -> str:
    """Return the language of the file that states ``field``."""
    files = {other.file: other.language for other in entry.texts.values()}
    return files[entry.lines[field.name][0]] if field.neutral else text.language


def _place(entry: AnyEntry, text: Text, field: Field, place: str) -> tuple[str, int]:
    """Return the file and the line of a value of ``field``, or of an item of its list."""
    key = f"{field.name}.{place}"
    if field.neutral:
        return entry.lines.get(key, entry.lines[field.name])
    return text.file, text.lines.get(key, text.lines[field.name])


def _body(text: Text, source: Manuscript, root: HtmlElement, codes: tuple[str, ...]) -> Iterator[Passage]:
    for language, prose in passages_of(root, text.language, MISTAKE):
        yield Passage(text.file, Position(source.first), "", prose, nearest_tag(language, codes), source=source)


def _pictures(text: Text, source: Manuscript, root: HtmlElement, typography: str) -> Iterator[Passage]:
    """Yield the words that stand for pictures; attributes are not typeset by the build."""
    for picture in root.iter("img"):
        alt = typeset(picture.get("alt", ""), typography)
        file = str(picture.get("src", "")).rpartition("/")[2]
        yield Passage(text.file, source.place_with(f"]({file}"), "", alt, text.language)
