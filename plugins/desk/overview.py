"""What editors see of the site beside its pages: what a page is about, and what waits for somebody's work.

Made in the process that has the content in memory; :mod:`desk.desk_pages` shows it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import Struct

from desk.proofreading import Subject
from newsroom.content.catalogue import Catalogue
from newsroom.content.library import Library
from newsroom.content.models import AnyEntry
from newsroom.outputs.preview import Preview
from newsroom.sentences import Sentence, say
from newsroom.views.common import text_in


class Pane(Struct, frozen=True):
    """One language of a page: its code, its own name, the address of the page in it, "" where there is none."""

    language: str
    name: str
    address: str


class ShownPage(Struct, frozen=True):
    """What a page is about, its files in the content, and the same page in every language."""

    subject: Subject | None = None
    files: tuple[str, ...] = ()
    panes: tuple[Pane, ...] = ()


class DeskRow(Struct, frozen=True):
    """A thing that waits: its title and the language of that, its address, its files, what is to be said of it."""

    title: str
    language: str
    address: str
    files: tuple[str, ...]
    state: Sentence


class Group(Struct, frozen=True):
    """Things that wait for the same."""

    heading: Sentence
    rows: tuple[DeskRow, ...]


def page_facts(preview: Preview, path: str) -> ShownPage:
    """Return the facts of the page at ``path`` of the output; nothing of what is no page."""
    found, catalogue = preview.place(path), preview.catalogue
    if found is None or catalogue is None:
        return ShownPage()
    place, code = found
    panes = tuple(
        Pane(language.code, language.name, place.urls.get(language.code, ""))
        for language in catalogue.settings.languages
    )
    if place.entry:
        files = sorted(place.entry.texts.values(), key=lambda text: text.language != code)
        return ShownPage(Subject(place.entry.kind, place.entry.key), tuple(text.file for text in files), panes)
    if place.key in catalogue.entities:
        return ShownPage(Subject("entities", place.key), (), panes)
    return ShownPage(panes=panes if code in place.urls else ())


def groups(preview: Preview) -> tuple[Group, ...]:
    """Return what waits: drafts, what has a day to come, translations that are behind or missing."""
    catalogue = preview.catalogue
    if catalogue is None:
        return ()
    waiting = preview.waiting
    drafts = {entry.anchor for entry, day in waiting if day is None}
    return (
        Group(say("Drafts"), _rows(catalogue, (entry for entry, day in waiting if day is None))),
        Group(say("Scheduled"), tuple(_row(catalogue, entry, _until(day)) for entry, day in waiting if day)),
        Group(say("Translations behind their source"), tuple(_behind(catalogue, preview.library))),
        Group(say("Translations missing"), tuple(_missing(catalogue, drafts))),
    )


def state(moment: dt.datetime | None) -> Sentence:
    """Return what is said of a thing that is not public: from when it is, or that it is a draft (None)."""
    return say("Draft: not published.") if moment is None else _until(moment)


def _until(moment: dt.datetime) -> Sentence:
    return say("Not published before {moment}.", moment=f"{moment:%Y-%m-%d %H:%M}")


def _rows(catalogue: Catalogue, entries: Iterable[AnyEntry]) -> tuple[DeskRow, ...]:
    return tuple(_row(catalogue, entry, _in_languages(catalogue, entry)) for entry in entries)


def _in_languages(catalogue: Catalogue, entry: AnyEntry) -> Sentence:
    names = (language.name for language in catalogue.settings.languages if language.code in entry.texts)
    return say("{one}", one=", ".join(names))


def _row(catalogue: Catalogue, entry: AnyEntry, state: Sentence) -> DeskRow:
    text = text_in(catalogue, entry, catalogue.settings.default_language)
    address = catalogue.addresses.entry(text.language, entry.kind, text.slug)
    return DeskRow(text.title, text.language, address, tuple(text.file for text in entry.texts.values()), state)


def _behind(catalogue: Catalogue, library: Library) -> Iterator[DeskRow]:
    for entries in library.entries.values():
        for entry in entries.values():
            for text in entry.texts.values():
                if entry.is_behind(text):
                    yield _row(catalogue, entry, say("{file} follows an older text.", file=text.file))


def _missing(catalogue: Catalogue, drafts: set[str]) -> Iterator[DeskRow]:
    for language in catalogue.settings.languages:
        for _, entry in catalogue.untranslated[language.code].values():
            if entry.anchor not in drafts:
                yield _row(catalogue, entry, say("{language}: missing.", language=language.name))
