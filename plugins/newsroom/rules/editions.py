"""Editions: every article stands in one, and none lists what readers cannot open."""

from collections.abc import Iterator

from newsroom.content.models import Article, Edition
from newsroom.content.schema import ARTICLE
from newsroom.problems import Problem
from newsroom.rules.proofs import Proofs


def unlisted_articles(proofs: Proofs) -> Iterator[Problem]:
    """Expect every published article in an edition."""
    listed = {key for edition in proofs.catalogue.editions for key in edition.facts.articles}
    for article in sorted(proofs.catalogue.articles, key=lambda article: article.key):
        if article.key not in listed:
            file = next(iter(article.texts.values())).file
            remedy = f"Add “- {article.key}” to the articles of an edition."
            yield Problem(file, 1, "", "this article stands in no edition.", remedy)


def listed_articles(proofs: Proofs) -> Iterator[Problem]:
    """Expect an edition to list published articles, under a number of its own."""
    numbers: dict[int, Edition] = {}
    articles = proofs.library.entries[ARTICLE.folder]
    for edition in sorted(proofs.catalogue.editions, key=lambda edition: edition.key):
        other = numbers.setdefault(edition.facts.number, edition)
        if other is not edition:
            file, line = edition.lines["number"]
            message = f"{edition.facts.number} is the number of “{other.key}” too."
            yield Problem(file, line, "number", message, "Give it the next one.")
        for position, key in enumerate(edition.facts.articles):
            file, line = edition.lines.get(f"articles.{position}", edition.lines["articles"])
            if key not in proofs.catalogue.by_key:
                yield Problem(
                    file, line, "articles", f"“{key}” {_state(articles[key])}.", "Publish it, or take it out."
                )


def _state(article: Article) -> str:
    return "is a draft" if article.facts.draft else f"is not published before {article.facts.publish}"
