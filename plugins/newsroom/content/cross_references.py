"""What content says of other content: every key named must exist, every address be one's own."""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from newsroom.content import frontmatter
from newsroom.content.catalogue import published
from newsroom.content.library import Library, entries_of
from newsroom.content.models import SETTLED, Article, ArticleFacts, Entry, Text
from newsroom.content.registers import Entity
from newsroom.content.schema import ARTICLE, EDITION, KINDS, PAGE, THREAD, TOPIC
from newsroom.problems import Problem, nearest
from newsroom.settings import Settings


def reference_problems(library: Library, entities: dict[str, Entity], settings: Settings) -> Iterator[Problem]:
    """Yield what does not hold together in the whole of the content."""
    articles = library.entries[ARTICLE.folder]
    known = {
        "topics": library.entries[TOPIC.folder].keys(),
        "thread": library.entries[THREAD.folder].keys(),
        "entities": entities.keys(),
        "settles": articles.keys(),
    }
    for article in entries_of(library, ARTICLE):
        for name, keys in known.items():
            yield from _unknown(article, name, getattr(article.facts, name), keys)
        yield from _settling(article, articles)
    for edition in entries_of(library, EDITION):
        yield from _unknown(edition, "articles", edition.facts.articles, articles.keys())
    for kind in KINDS:
        for entry in entries_of(library, kind):
            yield from _bodies(entry, articles, settings)
        # Pages stand at the root of a language, where sections have their words.
        words = [(language.code, word) for language in settings.languages for word in language.paths.values()]
        taken = dict.fromkeys(words if kind is PAGE else (), "the word of a section")
        yield from _taken(list(entries_of(library, kind)), taken)


def _unknown(entry: Entry[Any], name: str, named: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    for position, key in enumerate(named):
        if key not in known:
            file, line = entry.lines.get(f"{name}.{position}", entry.lines[name])
            yield Problem(file, line, name, f"there is no “{key}”.", nearest(key, known))


def _settling(article: Article, articles: dict[str, Article]) -> Iterator[Problem]:
    for position, key in enumerate(article.facts.settles):
        other = articles.get(key)
        file, line = article.lines.get(f"settles.{position}", article.lines["settles"])
        if other is not None and other.facts.date >= article.facts.date:
            yield Problem(file, line, "settles", f"“{key}” is not earlier than this article.", "Check the two dates.")
        elif not SETTLED & set(article.facts.status):
            remedy = f"Give it a status of {', '.join(sorted(SETTLED))}."
            yield Problem(file, line, "settles", "a claim is settled by an outcome.", remedy)


def _bodies(entry: Entry[Any], articles: dict[str, Article], settings: Settings) -> Iterator[Problem]:
    now = settings.now
    if isinstance(entry.facts, ArticleFacts) and not published(entry, now):
        return
    image = getattr(entry.facts, "image", None)
    for text in entry.texts.values():
        for key in text.body.links:
            if key in articles and published(articles[key], now):
                continue
            where = "to what is not published" if key in articles else "nowhere"
            remedy = "Publish it, or take the link out." if key in articles else nearest(key, articles)
            line = _line(settings, text, rf"article:{key}(?![a-z0-9-])")
            yield Problem(text.file, line, "", f"the link article:{key} leads {where}.", remedy)
        yield from _missing_pictures(text, settings)
        if image and not text.alt:
            yield Problem(text.file, 1, "alt", "the picture has no text.", "Add “alt: …”: say what it shows.")
    if image:
        file, line = entry.lines["image"]
        folder = _path(settings, file).parent
        if image.file not in _names(folder):
            message = f"there is no “{image.file}” in the folder."
            yield Problem(file, line, "image", message, nearest(image.file, _names(folder)))


def _missing_pictures(text: Text, settings: Settings) -> Iterator[Problem]:
    names = _names(_path(settings, text.file).parent) if text.body.files else []
    for file in text.body.files:
        if file not in names:
            line = _line(settings, text, rf"(?<![\w-]){re.escape(file)}")
            yield Problem(text.file, line, "", f"there is no “{file}” in the folder.", nearest(file, names))


def _path(settings: Settings, file: str) -> Path:
    return settings.content.parent / file


def _names(folder: Path) -> list[str]:
    """Return the names of the files of a folder that are no texts."""
    return [path.name for path in folder.iterdir() if not path.name.startswith(("index.", "."))]


def _line(settings: Settings, text: Text, *patterns: str) -> int:
    """Return the line of the first of ``patterns`` that is in the file of ``text``, else 1."""
    source = frontmatter.decode(_path(settings, text.file).read_bytes())
    found = (re.search(pattern, source, re.MULTILINE) for pattern in patterns)
    return next((source.count("\n", 0, match.start()) + 1 for match in found if match), 1)


def _taken(entries: list[Entry[Any]], taken: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """Yield the slugs and aliases that are already something else.

    ``taken`` says what an address of a language is. Slugs come before all aliases: of a slug and
    an alias that are the same, the alias is wrong, in whichever file it stands.
    """
    texts = [text for entry in entries for text in entry.texts.values()]
    for text in texts:
        other = taken.setdefault((text.language, text.slug), f"the slug of {text.file}")
        if other != f"the slug of {text.file}":
            line = next(text.lines[key] for key in ("slug", "title", "name") if key in text.lines)
            yield Problem(text.file, line, "slug", f"“{text.slug}” is {other}.", "Give it another slug: ….")
    for text in texts:
        for position, alias in enumerate(text.aliases):
            other = taken.setdefault((text.language, alias), f"an alias of {text.file}")
            if other != f"an alias of {text.file}":
                message = f"“{alias}” is {other}, and nothing can redirect from there."
                yield Problem(
                    text.file, text.lines[f"aliases.{position}"], "aliases", message, "Take it out of the list."
                )
