"""The registers: no player without an article, no term without a sentence."""

from collections.abc import Iterator

from newsroom.content.articles import ARTICLE
from newsroom.content.library import entries_of
from newsroom.content.registers import ENTITIES, GLOSSARY
from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus
from newsroom.sentences import say


def unused_entities(corpus: Corpus) -> Iterator[Problem]:
    """Expect every player of ``entities.yaml`` in an article, or behind a claim."""
    used = {key for article in entries_of(corpus.library, ARTICLE) for key in article.facts.entities}
    used |= {key for claim in corpus.catalogue.claims.values() for key in claim.by}
    name = corpus.catalogue.settings.in_content(ENTITIES)
    for key, entity in corpus.catalogue.entities.items():
        if key not in used:
            remedy = say("Name it in the entities of an article, or delete it.")
            yield Problem(name, entity.line, key, say("no article names this player."), remedy)


def unused_terms(corpus: Corpus) -> Iterator[Problem]:
    """Expect readers of each language to meet every term of its glossary in the prose of some text."""
    met: dict[str, set[str]] = {code: set() for code in corpus.catalogue.terms}
    for proof in corpus.texts:
        for link in proof.root.iter("a"):
            if link.get("class") == "term":
                met[proof.text.language].add(link.get("href", "").partition("#")[2])
    name = corpus.catalogue.settings.in_content(GLOSSARY)
    for code, terms in corpus.catalogue.terms.items():
        for term in terms:
            if term.permanent not in met[code]:
                message = say("no text in “{code}” uses “{term}”.", code=code, term=term.term)
                remedy = say("Use it, add the form that texts use to match:, or delete it.")
                yield Problem(name, term.line, term.key, message, remedy)
