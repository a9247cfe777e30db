"""The indexes of search as outputs: each year of articles is indexed by itself, and again when one of them changed.

The years are joined into the one index that is published (:mod:`newsroom.search.joining`). The store
keeps the years, and the digests of the files of the last index, so that these are declared without
being made.
"""

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import TypeVar

import msgspec
from msgspec import Struct

from newsroom.outputs.output import Output, Untold
from newsroom.search.index import Document, index_files
from newsroom.search.joining import joined
from newsroom.search.parts import File, IndexPart, part_from
from newsroom.search.text import plain_text, shown
from newsroom.session import Session
from newsroom.store.digests import digest, of_view
from newsroom.text.localised import date_text
from newsroom.views.search import IndexView, SearchRecord

T = TypeVar("T", bound=Struct)


class Known(Struct, frozen=True):
    """What is known about an index: what it was made from, and the digests of its files by name."""

    made_from: bytes
    files: dict[str, bytes]


class KeptYear(Struct, frozen=True):
    """A year of an index as it is kept between builds: its part, and the digest of what it was made from."""

    made_from: bytes
    part: msgspec.Raw


class KeptDocument(Struct, frozen=True):
    """A document as it is kept between builds, and the digest of what it was made from."""

    made_from: bytes
    document: Document


class SearchIndex:
    """The files of the index of one language, made if they are not known or one is missing."""

    def __init__(self, view: IndexView, session: Session) -> None:
        self._view, self._session = view, session
        how = digest(session.code, session.settings.base_path.encode(), view.locale.encode(), view.typography.encode())
        # Oldest first: what is new comes last, and gives no other page a new number.
        by_year = groupby(reversed(view.records), lambda record: record.date.year)
        self._years = {str(year): tuple(records) for year, records in by_year}
        self._made_from = {year: digest(how, of_view(records)) for year, records in self._years.items()}
        self._of_all = digest(*self._made_from.values())
        self._how = how
        self._known = _noted(session.store.note(self._place("")), Known) or Known(b"", {})
        self._files: dict[str, bytes] = {}

    def outputs(self) -> Iterator[Output | Untold]:
        """Yield the files, which are to be made where they are not known."""
        if self._known.made_from == self._of_all:
            yield from self._told()
        else:
            yield Untold(self._view.folder, self._made, self._keep, long=True)

    def _told(self) -> Iterator[Output]:
        for name, made_from in self._known.files.items():
            yield Output(f"{self._view.folder}{name}", made_from, partial(self._read, name))

    def _made(self) -> tuple[list[Output], bytes]:
        """Make the index; return its files, and what the store is to keep."""
        self._known, notes, self._files = self._joined(afresh=False)
        return list(self._told()), msgspec.msgpack.encode(notes)

    def _keep(self, notes: bytes) -> None:
        store = self._session.store
        with store.transaction():
            for place, note in msgspec.msgpack.decode(notes, type=dict[bytes, bytes]).items():
                store.keep_note(place, note)

    def _read(self, name: str) -> bytes:
        """Return the file ``name``; what stood in one that is lost is found by indexing everything."""
        if name not in self._files:
            *_, self._files = self._joined(afresh=True)
        return self._files[name]

    def _joined(self, *, afresh: bool) -> tuple[Known, dict[bytes, bytes], dict[str, bytes]]:
        """Index the years that changed, or all ``afresh``, and join them with the others.

        Return what is known then, what is to be kept, and the files that were made and are new.
        """
        notes: dict[bytes, bytes] = {}
        files: dict[str, File] = {}
        parts: list[IndexPart] = []
        for year, records in self._years.items():
            part = None if afresh else self._kept(year)
            if part is None:
                documents = [self._document(record, notes) for record in records]
                part, found = part_from(index_files(self._view.language, documents), self._view.language, documents)
                files |= found
                kept = KeptYear(self._made_from[year], msgspec.Raw(msgspec.msgpack.encode(part)))
                notes[self._place(year)] = msgspec.msgpack.encode(kept)
            parts.append(part)
        join = joined(self._view.language, parts)
        files |= join
        of_files = {name: one for part in parts for name, one in part.files.items()}
        of_files |= {name: file.digest for name, file in join.items()}
        known = Known(self._of_all, dict(sorted(of_files.items())))
        notes[self._place("")] = msgspec.msgpack.encode(known)
        before = {} if afresh else self._known.files
        new = {name: file.content() for name, file in files.items() if before.get(name) != file.digest}
        return known, notes, new

    def _place(self, *names: str) -> bytes:
        """Return where in the store something of this index is noted."""
        base_path, folder = self._session.settings.base_path, self._view.folder
        return digest(b"search", *(name.encode() for name in (base_path, folder, *names)))

    def _kept(self, year: str) -> IndexPart | None:
        """Return a year as it is kept, None where it was made from something else."""
        kept = _noted(self._session.store.note(self._place(year)), KeptYear)
        if kept is None or kept.made_from != self._made_from[year]:
            return None
        return msgspec.msgpack.decode(kept.part, type=IndexPart)

    def _document(self, record: SearchRecord, notes: dict[bytes, bytes]) -> Document:
        """Return the document of an article; it is made where that changed, and put among the ``notes``."""
        place, made_from = self._place("document", record.url), digest(self._how, of_view(record))
        kept = _noted(self._session.store.note(place), KeptDocument)
        if kept is None or kept.made_from != made_from:
            kept = KeptDocument(made_from, document(record, self._view, self._session))
            notes[place] = msgspec.msgpack.encode(kept)
        return kept.document


def _noted(note: bytes | None, kind: type[T]) -> T | None:
    """Return what is in a note; one that other code kept may not fit today's, and what it holds is made again."""
    try:
        return msgspec.msgpack.decode(note, type=kind) if note else None
    except msgspec.MsgspecError:
        return None


def document(record: SearchRecord, view: IndexView, session: Session) -> Document:
    """Return ``record`` with its date in words and the text of its body."""
    text = "\n".join([record.summary, plain_text(session.fragments.plain_html(record.body)), *record.notes])
    return Document(
        url=record.url,
        title=record.title,
        date=date_text(record.date, view.locale, view.typography),
        day=record.date.isoformat(),
        text=shown(text),
        topics=record.topics,
        statuses=record.statuses,
        verdicts=record.verdicts,
    )
