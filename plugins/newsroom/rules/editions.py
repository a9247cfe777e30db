"""Editions: every article stands in one, and none lists what readers cannot open."""

from collections.abc import Iterator

from newsroom.content.articles import ARTICLE, Article
from newsroom.content.catalogue import Catalogue, is_public
from newsroom.content.editions import EDITION, Edition
from newsroom.content.library import Library, entries_of
from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus
from newsroom.sentences import Sentence, say


def unlisted_articles(corpus: Corpus) -> Iterator[Problem]:
    """Expect every published article in an edition."""
    listed = {key for edition in corpus.catalogue.editions for key in edition.facts.articles}
    for article in sorted(corpus.catalogue.articles, key=lambda article: article.key):
        if article.key not in listed:
            file = next(iter(article.texts.values())).file
            remedy = say("Add “- {key}” to the articles of an edition.", key=article.key)
            yield Problem(file, 1, "", say("this article stands in no edition."), remedy)


def waiting(corpus: Corpus) -> Iterator[Problem]:
    """Tell which articles and editions wait for their moment."""
    for kind in (ARTICLE, EDITION):
        for entry in entries_of(corpus.library, kind):
            if not entry.facts.draft and not is_public(entry, corpus.catalogue.settings.now):
                file, line = entry.lines.get("publish", entry.lines["date"])
                message = say("this waits until {moment}.", moment=f"{entry.facts.public_from:%Y-%m-%d %H:%M}")
                remedy = say("Nothing to do, if the day is right.")
                yield Problem(file, line, "publish" if "publish" in entry.lines else "date", message, remedy)


def listed_articles(corpus: Corpus) -> Iterator[Problem]:
    """Expect an edition to list published articles, under a number of its own."""
    numbers: dict[int, Edition] = {}
    for edition in sorted(corpus.catalogue.editions, key=lambda edition: edition.key):
        other = numbers.setdefault(edition.facts.number, edition)
        if other is not edition:
            file, line = edition.lines["number"]
            message = say("{number} is the number of “{other}” too.", number=edition.facts.number, other=other.key)
            yield Problem(file, line, "number", message, say("Give it the next one."))
        yield from unpublished(edition, corpus.catalogue, corpus.library)


def unpublished(edition: Edition, catalogue: Catalogue, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the articles of ``edition``: those that readers cannot open."""
    for position, key in enumerate(edition.facts.articles):
        if key not in catalogue.by_key:
            file, line = edition.lines.get(f"articles.{position}", edition.lines["articles"])
            message = held_back(library.entries[ARTICLE.folder][key])
            yield Problem(file, line, "articles", message, say("Publish it, or take it out."))


def held_back(entry: Article | Edition) -> Sentence:
    """Return why ``entry`` is not public."""
    if entry.facts.draft:
        return say("“{key}” is a draft.", key=entry.key)
    return say("“{key}” is not published before {moment}.", key=entry.key, moment=str(entry.facts.public_from))
