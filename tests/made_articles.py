"""Articles and catalogues made in memory, for tests of what is decided about them."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from content_reading import CODES, settings_for

from newsroom.content.articles import ARTICLE, Article, ArticleFacts, ArticleText
from newsroom.content.catalogue import Catalogue, Reference
from newsroom.content.cataloguing import build_catalogue
from newsroom.content.kinds import KINDS
from newsroom.content.library import Library
from newsroom.content.models import AnyEntry, Entry, Text
from newsroom.content.registers import Entity
from newsroom.content.threads import THREAD, ThreadFacts
from newsroom.content.topics import TOPIC, TopicFacts
from newsroom.dates import PartialDate
from newsroom.text.bodies import Body

ZONE = ZoneInfo("Europe/Paris")


def made_article(key: str, day: dt.date, languages: Iterable[str] = CODES, **facts: Any) -> Article:
    """Return an article of ``day`` with the facts given; its status is ``announced`` and its topic ``space`` if not."""
    texts = {
        code: ArticleText(
            f"content/articles/{key}/index.{code}.md", code, f"Title {key}", f"{key}-{code}", "", Body("", 0)
        )
        for code in languages
    }
    known: dict[str, Any] = {"topics": ("space",), "status": ("announced",), **facts}
    return Entry(key, ArticleFacts(date=dt.datetime.combine(day, dt.time(), ZONE), **known), texts, kind=ARTICLE.folder)


def _named(folder: str, key: str) -> AnyEntry:
    file = f"content/{folder}/{key}/index"
    texts = {code: Text(f"{file}.{code}.md", code, key.title(), key, "", Body("", 0)) for code in CODES}
    return Entry(key, TopicFacts() if folder == TOPIC.folder else ThreadFacts(PartialDate(2020)), texts, kind=folder)


def made_catalogue(articles: Iterable[Article], **settings: object) -> Catalogue:
    """Return the catalogue of ``articles`` alone; every topic, thread and player they name exists."""
    entries: dict[str, dict[str, AnyEntry]] = {kind.folder: {} for kind in KINDS}
    entries[ARTICLE.folder] = {article.key: article for article in articles}
    for kind, named in ((TOPIC, "topics"), (THREAD, "thread")):
        keys = {key for article in entries[ARTICLE.folder].values() for key in getattr(article.facts, named)}
        entries[kind.folder] = {key: _named(kind.folder, key) for key in sorted(keys)}
    players = {key for article in entries[ARTICLE.folder].values() for key in article.facts.entities}
    entities = {key: Entity(key, "company", dict.fromkeys(CODES, key.title())) for key in players}
    terms = dict.fromkeys(CODES, ())
    reference = Reference(terms, entities, {})
    return build_catalogue(Library(entries, ()), reference, settings_for(Path("site"), **settings))
