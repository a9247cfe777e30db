"""Search: per language, the index that the reader's browser searches.

An index depends on its articles alone and is made again when one of them changed: the store knows
which files the last one had, so they can be declared without being made. Pagefind works on it while
the pages are rendered.

A browser loads the script and the index on the page of search and nowhere else.
Pagefind's engine is WebAssembly, which a Content-Security-Policy lets run with
``script-src 'self' 'wasm-unsafe-eval'`` (and ``connect-src 'self'`` for the
index); nothing else has to be loosened: no inline script, no style, no worker.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec
from pelican import signals
from pelican.generators import Generator

from newsroom.failures import exit_on_problems
from newsroom.outputs.output import Output
from newsroom.search.index import Document, Pagefind
from newsroom.search.text import fold, plain_text, shown
from newsroom.session import Session
from newsroom.store.digests import digest, of_view
from newsroom.text.localised import date_text
from newsroom.views.search import IndexView, SearchRecord, index_views


class Known(msgspec.Struct, frozen=True):
    """What is known about an index: what it was made from, and the digests of its files by name."""

    made_from: bytes
    files: dict[str, bytes]


class Index:
    """The files of the index of one language, made by Pagefind if they are not known or one is missing."""

    def __init__(self, view: IndexView, session: Session) -> None:
        self._view, self._session = view, session
        self._made_from = digest(session.code, of_view(view))
        self._place = digest(b"search", session.code, session.settings.base_path.encode(), view.folder.encode())
        self._files: dict[str, bytes] = {}
        kept = session.store.note(self._place)
        self._known = msgspec.msgpack.decode(kept, type=Known) if kept else Known(b"", {})
        self._work = self._begin() if self._known.made_from != self._made_from else None

    def _begin(self) -> Pagefind:
        return Pagefind(self._view.language, documents(self._view, self._session))

    def digests(self) -> dict[str, bytes]:
        """Return the digests of the files by name."""
        if self._known.made_from != self._made_from:
            self._make()
        return self._known.files

    def read(self, name: str) -> bytes:
        """Return the file ``name``."""
        if not self._files:
            self._make()
        return self._files[name]

    def outputs(self, folder: str) -> Iterator[Output]:
        """Yield the files, which stand in ``folder``."""
        for name, made_from in self.digests().items():
            yield Output(f"{folder}{name}", made_from, partial(self.read, name))

    def _make(self) -> None:
        self._files = (self._work or self._begin()).files()
        self._known = Known(self._made_from, {name: digest(data) for name, data in sorted(self._files.items())})
        self._session.store.keep_note(self._place, msgspec.msgpack.encode(self._known))


class KeptDocument(msgspec.Struct, frozen=True):
    """A document as it is kept between builds, and the digest of what it was made from."""

    made_from: bytes
    document: Document


def documents(view: IndexView, session: Session) -> list[Document]:
    """Return the documents of ``view``; those of unchanged articles come from the store."""
    found: list[Document] = []
    fresh: dict[bytes, KeptDocument] = {}
    how = digest(session.code, session.settings.base_path.encode(), view.locale.encode(), view.typography.encode())
    for record in view.records:
        place, made_from = digest(b"document", view.folder.encode(), record.url.encode()), digest(how, of_view(record))
        kept = _kept(session.store.note(place))
        if kept is None or kept.made_from != made_from:
            kept = fresh[place] = KeptDocument(made_from, document(record, view, session))
        found.append(kept.document)
    with session.store.transaction():
        for place, kept in fresh.items():
            session.store.keep_note(place, msgspec.msgpack.encode(kept))
    return found


def _kept(note: bytes | None) -> KeptDocument | None:
    """Return the document in a note; one that other code kept may not fit today's documents, and is made again."""
    try:
        return msgspec.msgpack.decode(note, type=KeptDocument) if note else None
    except msgspec.MsgspecError:
        return None


def document(record: SearchRecord, view: IndexView, session: Session) -> Document:
    """Return ``record`` with its date in words and the text of its body."""
    text = shown("\n".join([record.summary, plain_text(session.plain_html(record.body)), *record.notes]))
    return Document(
        url=record.url,
        title=record.title,
        date=date_text(record.date, view.locale, view.typography),
        day=record.date.isoformat(),
        text=text,
        searched=fold(text),
        topics=record.topics,
        statuses=record.statuses,
        verdicts=record.verdicts,
    )


class SearchGenerator(Generator):  # type: ignore[misc]
    """Writes the index of every language."""

    def generate_context(self) -> None:
        session = self.settings["SESSION"]
        with exit_on_problems(session):
            self._indexes = {view.folder: Index(view, session) for view in index_views(self.context["catalogue"])}

    def generate_output(self, writer: Any) -> None:
        for folder, index in self._indexes.items():
            writer.write(index.outputs(folder))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return SearchGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
