"""A draft of the next edition: what no edition holds yet, newest first, for an editor to order and to introduce."""

import json
from collections.abc import Iterator, Mapping

from newsroom.content.articles import Article
from newsroom.content.catalogue import Catalogue
from newsroom.content.editions import EDITION
from newsroom.content.library import Library
from newsroom.dates import parse_partial_date
from newsroom.keys import KEY
from newsroom.messages import Messages
from newsroom.problems import Problem, Problems
from newsroom.sentences import say
from newsroom.views.common import text_in


def draft_of(catalogue: Catalogue, library: Library, key: str, messages: Mapping[str, Messages]) -> dict[str, str]:
    """Return the files of the draft ``key``, by path in the content.

    Raises :class:`Problems` where ``key`` is unsound or taken, or every published article is in an edition.
    """
    editions = library.entries[EDITION.folder]
    problems = list(_wrong(key, editions))
    held = {article for edition in editions.values() for article in edition.facts.articles}
    articles = [article for article in catalogue.articles if article.key not in held]
    if not articles:
        message = say("every published article stands in an edition already.")
        problems.append(Problem("content", 0, "", message, say("Publish one first.")))
    if problems:
        raise Problems(problems)
    number = max((edition.facts.number for edition in editions.values()), default=0) + 1
    codes = catalogue.settings.codes
    return {
        f"{EDITION.folder}/{key}/index.{code}.md": "".join(
            [
                "---\n",
                *_words(messages[code], key, number, text_in(catalogue, articles[0], code).title),
                *(_facts(catalogue, articles, key, number) if code == codes[0] else ()),
                "---\n",
            ]
        )
        for code in codes
    }


def _wrong(key: str, editions: Mapping[str, object]) -> Iterator[Problem]:
    if not KEY.match(key):
        message = say("“{key}” is not a valid key.", key=key) if key else say("it does not say which edition.")
        yield Problem("KEY", 0, "", message, say("Write its day, as in make edition KEY=2026-12-05."))
    elif key in editions:
        remedy = say("Choose another key, or take the edition away first.")
        yield Problem("KEY", 0, "", say("there is an edition “{key}” already.", key=key), remedy)


def _words(messages: Messages, key: str, number: int, newest: str) -> Iterator[str]:
    title = messages.gettext("No.\u00a0%(number)s") % {"number": number}
    for name, value in (("title", title), ("summary", f"{newest}."), ("slug", key)):
        yield f"{name}: {json.dumps(value, ensure_ascii=False)}\n"


def _facts(catalogue: Catalogue, articles: list[Article], key: str, number: int) -> Iterator[str]:
    yield f"number: {number}\ndate: {_day(catalogue, key)}\ndraft: true\narticles:\n"
    for article in articles:
        title = text_in(catalogue, article, catalogue.settings.codes[0]).title
        yield f"  - {article.key}  # {title}\n"


def _day(catalogue: Catalogue, key: str) -> str:
    """Return the day that ``key`` names, or today."""
    try:
        day = parse_partial_date(key)
    except ValueError:
        return catalogue.settings.now.date().isoformat()
    return day.first.isoformat()
