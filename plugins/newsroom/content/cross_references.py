"""References within the content: every key named must exist, and no two things may share an address."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from newsroom.content import frontmatter
from newsroom.content.articles import ARTICLE, Article, ArticleFacts
from newsroom.content.catalogue import Reference
from newsroom.content.claim_references import claim_problems, unclaimed
from newsroom.content.editions import EDITION
from newsroom.content.kinds import KINDS
from newsroom.content.library import Library, Place
from newsroom.content.models import AnyEntry, Text
from newsroom.content.named_things import Named, named_of
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
    *,
    hidden: Collection[str] = (),
    places: Collection[Place] | None = None,
) -> Iterator[Problem]:
    """Yield the contradictions in the whole of the content, including files that make no entry.

    ``known`` are the problems found before: nobody is blamed for naming what could not be read.
    ``hidden`` are the keys of the articles that are not shown and may not be linked to. Where all
    that stands elsewhere is known to agree, only ``places`` are looked at.
    """
    things = _things_by_name(library, reference, settings.content.name, known)
    linked = _Linked(library.entries[ARTICLE.folder], hidden, things["articles"])
    claims = [claim for claim in reference.claims.values() if places is None or ("claims", claim.key) in places]
    yield from claim_problems(library, claims, things, settings)
    sound = not any(problem.file == settings.in_content(CLAIMS) for problem in known)
    yield from unclaimed(library, reference.claims, settings) if sound else ()
    looked_at = {kind.folder: _entries(library, kind, places) for kind in KINDS}
    for article in looked_at[ARTICLE.folder]:
        for name in ("topics", "thread", "entities", "claims"):
            yield from _unknown(article.lines, name, getattr(article.facts, name), things[name], settings)
    for edition in looked_at[EDITION.folder]:
        yield from _unknown(edition.lines, "articles", edition.facts.articles, things["articles"], settings)
    for (folder, _), reads in library.unpaired.items():
        for read in reads:
            for name in things if folder in (ARTICLE.folder, EDITION.folder) else ():
                lines = {key: (read.file.name, line) for key, line in read.record.lines.items()}
                yield from _unknown(lines, name, read.record.values.get(name, ()), things[name], settings)
            if read.record.body:
                yield from _links(read.file.name, read.record.body, linked, settings)
                yield from _missing_pictures(read.file.name, read.record.body, settings)
    for folder, entries in looked_at.items():
        for entry in entries:
            yield from _bodies(entry, linked, settings)
        # Pages are at the root of a language, and so are the sections.
        words = [(language.code, word) for language in settings.languages for word in language.paths.values()]
        yield from _taken(entries, words if folder == PAGE.folder else ())


def _entries(library: Library, kind: Kind, places: Collection[Place] | None) -> list[AnyEntry]:
    """Return the entries of one kind that stand at ``places``, in order of their keys."""
    entries = library.entries[kind.folder]
    if places is None:
        return list(entries.values())
    return [entries[key] for folder, key in sorted(places) if folder == kind.folder and key in entries]


def _things_by_name(
    library: Library, reference: Reference, content: str, known: Collection[Problem]
) -> dict[str, Named | None]:
    """Return what the keys that name other content may hold, None where that could not be read."""
    unread = {problem.file for problem in known if not problem.key}
    found: dict[str, Named | None] = {
        name: None if f"{content}/{kind.folder}" in unread else named_of(library, kind) for name, kind in _NAMED.items()
    }
    players, claims = reference.entities, reference.claims
    names: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
        "entities": lambda: ((name, key) for key, player in players.items() for name in player.name.values()),
        "claims": lambda: ((name, key) for key, claim in claims.items() for name in claim.claim.values()),
    }
    for register, file in (("entities", ENTITIES), ("claims", CLAIMS)):
        wrong = [problem.key for problem in known if problem.file == f"{content}/{file}"]
        keys = {*wrong, *getattr(reference, register)}
        found[register] = None if f"{content}/{file}" in unread else Named(keys, names[register])
    return found


def _unknown(
    lines: Mapping[str, tuple[str, int]],
    name: str,
    named: Iterable[str],
    things: Named | None,
    settings: Settings,
) -> Iterator[Problem]:
    if things is None:
        return
    for position, key in enumerate(named):
        if key not in things:
            file, line = lines.get(f"{name}.{position}", lines[name])
            what, remedy = say("there is no “{key}”.", key=key), things.nearest(key)
            yield Problem(file, line, name, what, remedy, _column(settings, file, line, key))


class _Linked(NamedTuple):
    """Which articles may be linked to: not the ``hidden`` ones; None of ``named`` where they could not be read."""

    articles: Mapping[str, Article]
    hidden: Collection[str]
    named: Named | None


def _bodies(entry: AnyEntry, linked: _Linked, settings: Settings) -> Iterator[Problem]:
    if isinstance(entry.facts, ArticleFacts) and entry.key in linked.hidden:
        return
    image = getattr(entry.facts, "image", None)
    for text in entry.texts.values():
        yield from _links(text.file, text.body, linked, settings)
        yield from _missing_pictures(text.file, text.body, settings)
        if image and not text.alt:
            remedy = say("Add “alt: …”: say what it shows.")
            yield Problem(text.file, 1, "alt", say("the picture has no text."), remedy)
    if image:
        file, line = entry.lines["image"]
        names = _names(_path(settings, file).parent)
        if image.file not in names:
            yield _missing(file, Position(line), "image", image.file, names)


def _links(file: str, body: Body, linked: _Linked, settings: Settings) -> Iterator[Problem]:
    if linked.named is None:
        return
    language = file.split(".")[-2]
    for key, part in body.passages:
        article = linked.articles.get(key)
        if key in linked.named and key not in linked.hidden:
            yield from _passage(file, key, part, article.texts.get(language) if article else None, settings)
            continue
        place = _place(settings, file, rf"(?:article:|/){key}(?![a-z0-9-])")
        if article:
            what = say("the link article:{key} leads to what is not published.", key=key)
            remedy = say("Publish it, or take the link out.")
            yield Problem(file, place.line, "", what, remedy, place.column)
        else:
            what = say("the link article:{key} leads nowhere.", key=key)
            yield Problem(file, place.line, "", what, linked.named.nearest(key), place.column)


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
