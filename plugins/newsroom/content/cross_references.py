"""References within the content: every key named must exist, and no two things may share an address."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from newsroom.content import frontmatter
from newsroom.content.articles import ARTICLE, Article, ArticleFacts
from newsroom.content.catalogue import Reference, Shown, is_public
from newsroom.content.claim_references import claim_problems, unclaimed
from newsroom.content.editions import EDITION
from newsroom.content.kinds import KINDS
from newsroom.content.library import Library, entries_of
from newsroom.content.models import AnyEntry, Text
from newsroom.content.pages import PAGE
from newsroom.content.registers import CLAIMS, ENTITIES
from newsroom.content.schema import Kind
from newsroom.content.threads import THREAD
from newsroom.content.topics import TOPIC
from newsroom.problems import Invalid, Position, Problem, nearest, position_in
from newsroom.sentences import Sentence, say
from newsroom.settings import Settings
from newsroom.text.bodies import Body
from newsroom.text.headings import TAKEN

#: The keys that name other content, and what kind of it.
_NAMED = {"topics": TOPIC, "thread": THREAD, "articles": ARTICLE}


def reference_problems(
    library: Library,
    reference: Reference,
    settings: Settings,
    known: Collection[Problem] = (),
    shown: Shown = is_public,
) -> Iterator[Problem]:
    """Yield the contradictions in the whole of the content, including files that make no entry.

    ``known`` are the problems found before: nobody is blamed for naming what could not be read.
    ``shown`` tells which articles are public and may be linked to.
    """
    articles = {
        article.key: article if shown(article, settings.now) else None for article in entries_of(library, ARTICLE)
    }
    things = _things_by_key(library, reference, settings.content.name, known)
    sound = not any(problem.file == settings.in_content(CLAIMS) for problem in known)
    yield from claim_problems(library, reference.claims, things, settings)
    yield from unclaimed(library, reference.claims, settings) if sound else ()
    for article in entries_of(library, ARTICLE):
        for name in ("topics", "thread", "entities", "claims"):
            yield from _unknown(article.lines, name, getattr(article.facts, name), things[name], settings)
    for edition in entries_of(library, EDITION):
        yield from _unknown(edition.lines, "articles", edition.facts.articles, things["articles"], settings)
    for (folder, _), reads in library.unpaired.items():
        for read in reads:
            for name in things if folder in (ARTICLE.folder, EDITION.folder) else ():
                lines = {key: (read.file.name, line) for key, line in read.record.lines.items()}
                yield from _unknown(lines, name, read.record.values.get(name, ()), things[name], settings)
            if read.record.body:
                yield from _links(read.file.name, read.record.body, things["articles"], articles, settings)
                yield from _missing_pictures(read.file.name, read.record.body, settings)
    for kind in KINDS:
        for entry in entries_of(library, kind):
            yield from _bodies(entry, things["articles"], articles, settings)
        # Pages are at the root of a language, and so are the sections.
        words = [(language.code, word) for language in settings.languages for word in language.paths.values()]
        yield from _taken(list(entries_of(library, kind)), words if kind is PAGE else ())


def _things_by_key(
    library: Library, reference: Reference, content: str, known: Collection[Problem]
) -> dict[str, dict[str, str] | None]:
    """Return what the keys that name other content may hold, None where that could not be read.

    These are keys by what editors may call them; a key itself always leads to itself.
    """
    unread = {problem.file for problem in known if not problem.key}
    found: dict[str, dict[str, str] | None] = {
        name: None if f"{content}/{kind.folder}" in unread else _things(library, kind) for name, kind in _NAMED.items()
    }
    players = {name: key for key, entity in reference.entities.items() for name in entity.name.values()}
    claims = {name: key for key, claim in reference.claims.items() for name in claim.claim.values()}
    for register, file, names in (("entities", ENTITIES, players), ("claims", CLAIMS, claims)):
        wrong = [problem.key for problem in known if problem.file == f"{content}/{file}"]
        keys = {key: key for key in (*wrong, *getattr(reference, register))}
        found[register] = None if f"{content}/{file}" in unread else names | keys
    return found


def _things(library: Library, kind: Kind) -> dict[str, str]:
    """Return the keys of one kind by everything editors may call them: key, titles, slugs."""
    names = {key: key for key in library.keys(kind)}
    for key, entry in library.entries[kind.folder].items():
        for text in entry.texts.values():
            names.setdefault(text.title, key)
            names.setdefault(text.slug, key)
    return names


def _unknown(
    lines: Mapping[str, tuple[str, int]],
    name: str,
    named: Iterable[str],
    things: Mapping[str, str] | None,
    settings: Settings,
) -> Iterator[Problem]:
    if things is None:
        return
    for position, key in enumerate(named):
        if things.get(key) != key:
            file, line = lines.get(f"{name}.{position}", lines[name])
            keys = set(things.values())
            what, remedy = say("there is no “{key}”.", key=key), nearest(key, keys, things)
            yield Problem(file, line, name, what, remedy, _column(settings, file, line, key))


def _bodies(
    entry: AnyEntry, things: Mapping[str, str] | None, articles: Mapping[str, Article | None], settings: Settings
) -> Iterator[Problem]:
    if isinstance(entry.facts, ArticleFacts) and articles[entry.key] is None:
        return
    image = getattr(entry.facts, "image", None)
    for text in entry.texts.values():
        yield from _links(text.file, text.body, things, articles, settings)
        yield from _missing_pictures(text.file, text.body, settings)
        if image and not text.alt:
            remedy = say("Add “alt: …”: say what it shows.")
            yield Problem(text.file, 1, "alt", say("the picture has no text."), remedy)
    if image:
        file, line = entry.lines["image"]
        names = _names(_path(settings, file).parent)
        if image.file not in names:
            yield _missing(file, Position(line), "image", image.file, names)


def _links(
    file: str, body: Body, things: Mapping[str, str] | None, articles: Mapping[str, Article | None], settings: Settings
) -> Iterator[Problem]:
    if things is None:
        return
    language = file.split(".")[-2]
    for key, part in body.passages:
        article = articles.get(key)
        if article or (key not in articles and key in things.values()):
            yield from _passage(file, key, part, article.texts.get(language) if article else None, settings)
            continue
        place = _place(settings, file, rf"(?:article:|/){key}(?![a-z0-9-])")
        if key in articles:
            what = say("the link article:{key} leads to what is not published.", key=key)
            remedy = say("Publish it, or take the link out.")
            yield Problem(file, place.line, "", what, remedy, place.column)
        else:
            what = say("the link article:{key} leads nowhere.", key=key)
            remedy = nearest(key, set(things.values()), things)
            yield Problem(file, place.line, "", what, remedy, place.column)


def _passage(file: str, key: str, part: str, target: Text | None, settings: Settings) -> Iterator[Problem]:
    """Yield the problem that ``target``, the text of the article ``key``, has no part with the id ``part``."""
    if part and target and part not in (*target.body.ids, *TAKEN):
        place = _place(settings, file, rf"article:{key}#{re.escape(part)}")
        what = say("the link “{href}” leads nowhere.", href=f"article:{key}#{part}")
        whole = say("Write {address}: no part of it has an id.", address=f"article:{key}")
        remedy = nearest(part, target.body.ids) if target.body.ids else whole
        yield Problem(file, place.line, "", what, remedy, place.column)


def _missing_pictures(file: str, body: Body, settings: Settings) -> Iterator[Problem]:
    shown = (*body.files, *body.figures)
    names = _names(_path(settings, file).parent) if shown else []
    for picture in (picture for picture in shown if picture not in names):
        place = _place(settings, file, rf"(?<![\w-]){re.escape(picture)}")
        yield _missing(file, place, "", picture, names)


def _missing(file: str, place: Position, key: str, picture: str, names: list[str]) -> Problem:
    what = say("there is no “{file}” in the folder.", file=picture)
    remedy = nearest(picture, names) if names else say("Put it there, under this name.")
    return Problem(file, place.line, key, what, remedy, place.column)


def _path(settings: Settings, file: str) -> Path:
    return settings.content.parent / file


def _names(folder: Path) -> list[str]:
    """Return the names of the files of a folder that are not texts."""
    try:
        return [path.name for path in folder.iterdir() if not path.name.startswith(("index.", "."))]
    except OSError:  # it went away since it was read
        return []


def _place(settings: Settings, file: str, pattern: str) -> Position:
    """Return the place of the first ``pattern`` in a file, else its first line."""
    try:
        source = frontmatter.decode(_path(settings, file).read_bytes())
    except (OSError, Invalid):  # it changed since it was read
        return Position(1)
    found = re.search(pattern, source, re.MULTILINE)
    return position_in(source, found.start()) if found else Position(1)


def _column(settings: Settings, file: str, line: int, word: str) -> int:
    """Return where ``word`` stands on a line of a file, 0 where it is written otherwise."""
    try:
        source = frontmatter.decode(_path(settings, file).read_bytes())
    except (OSError, Invalid):  # it changed since it was read
        return 0
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", "".join(source.split("\n")[line - 1 : line]))
    return found.start() + 1 if found else 0


class _Owner(NamedTuple):
    """What has an address: a slug or an alias of a file, on a line."""

    what: str
    file: str
    line: int

    def said(self) -> Sentence:
        if self.what == "slug":
            return say("the slug of {file}:{line}", file=self.file, line=self.line)
        if self.what == "alias":
            return say("an alias of {file}:{line}", file=self.file, line=self.line)
        return say("the word of a section")


def _taken(entries: list[AnyEntry], words: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Yield the slugs and aliases that are already something else.

    ``words`` are those of sections, with their language. Slugs come before all aliases: where
    both are the same, the alias is wrong, whichever file it is in.
    """
    texts = [text for entry in entries for text in entry.texts.values()]
    taken = dict.fromkeys(words, _Owner("word", "", 0))
    for text in texts:
        own = _Owner("slug", text.file, next(text.lines[key] for key in ("slug", "title", "name") if key in text.lines))
        other = taken.setdefault((text.language, text.slug), own)
        if other != own:
            what = say("“{slug}” is {other}.", slug=text.slug, other=other.said())
            yield Problem(text.file, own.line, "slug", what, say("Give it another one: “slug: …”."))
    for text in texts:
        for position, alias in enumerate(text.aliases):
            own = _Owner("alias", text.file, text.lines.get(f"aliases.{position}", text.lines.get("slug", 1)))
            other = taken.setdefault((text.language, alias), own)
            if other != own:
                what = say(
                    "“{alias}” is {other}, and nothing can redirect from there.", alias=alias, other=other.said()
                )
                yield Problem(text.file, own.line, "aliases", what, say("Take it out of the list."))
