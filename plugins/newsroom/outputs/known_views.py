"""What is known of views from the build before, and what the next one will know of them.

Views are made only where something that they read has changed: in the process that makes their outputs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any

import msgspec
from msgspec import Struct

from newsroom.build.traces import (
    Read,
    Reads,
    Trace,
    Traces,
    is_current,
    moved,
    moved_around,
    moved_for_all,
    traces_from,
)
from newsroom.content.catalogue import Catalogue
from newsroom.outputs.output import Output, Untold
from newsroom.outputs.watching import Watched
from newsroom.session import Session
from newsroom.store.digests import digest, of_view
from newsroom.views.chapters import Chapter, Row, Rows, rows_in
from newsroom.writers.data_files import FileKind

#: Makes the views of one page, of one feed in all its formats, or of all data files of a kind.
Make = Callable[[Catalogue], tuple[Any, ...]]


class Found:
    """Views of which the ``digests`` are known; all are made when the first of them is asked for.

    ``files`` are theirs, where only making them tells.
    """

    def __init__(
        self, digests: tuple[bytes, ...], make: Callable[[], tuple[Any, ...]], files: tuple[str, ...] = ()
    ) -> None:
        self.digests, self._make, self.files = digests, make, files

    def view(self, number: int) -> Any:
        """Return one of the views."""
        return self._views[number]

    @cached_property
    def _views(self) -> tuple[Any, ...]:
        return self._make()


#: Makes outputs of views.
Outputs = Callable[[Found], Iterable[Output]]


class _Learnt(Struct, frozen=True, array_like=True):
    """What making views tells the next build of them: their name, subject, digests, files where only that tells, reads.

    ``reads`` are None where their trace is as it was.
    """

    name: str
    subject: bytes
    digests: tuple[bytes, ...] = ()
    files: tuple[str, ...] = ()
    reads: tuple[Read, ...] | None = None


_all_learnt = msgspec.msgpack.Decoder(list[_Learnt])


class Known:
    """What is known of the views of one kind from the build before, and what the next one will know."""

    def __init__(self, session: Session, place: bytes, now: Traces, watched: Watched) -> None:
        self._session, self._place, self._now, self._watched = session, place, now, watched
        self._before = traces_from(session.store.note(place), now)
        self._reads = Reads(self._before, watched.digest_of)
        self._void = tuple(moved_for_all(self._before, now))
        self._untold = 1  # until it is closed

    def outputs(self, files: tuple[str, ...], subject: bytes, make: Make, of: Outputs) -> Iterator[Output | Untold]:
        """Yield the outputs ``of`` the views of ``files``, which are about ``subject``."""
        name = files[0]
        known = self._current(name, subject)
        if known:
            self._note(_Learnt(name, subject), files)
            yield from of(Found(known.views, partial(make, self._watched.catalogue)))
        else:
            yield self._told_by(lambda learnt: of(self._found(name, subject, make, learnt)), name, files)

    def of_chapters(self, kind: FileKind, of: Outputs) -> Iterator[Output | Untold]:
        """Yield the outputs ``of`` the files of ``kind``, which only views tell, made again chapter by chapter."""
        chapters = list(kind.chapters(self._watched.catalogue)) if kind.chapters else []
        kept = {chapter.name: self._current(chapter.name, b"") for chapter in chapters}
        traces = {name: trace for name, trace in kept.items() if trace}
        subject = _of_chapters({name: trace.views for name, trace in traces.items()})
        known = self._current(kind.name, subject) if len(traces) == len(kept) else None
        if known:
            for learnt in (*(_Learnt(name, b"") for name in kept), _Learnt(kind.name, subject)):
                self._note(learnt, known.files)
            yield from of(Found(known.views, partial(_data, kind, None, self._watched.catalogue), known.files))
        else:
            yield self._told_by(lambda learnt: of(self._put_together(kind, chapters, learnt)), kind.name)

    def _put_together(self, kind: FileKind, chapters: list[Chapter], learnt: list[_Learnt]) -> Found:
        """Return the views of the files of ``kind``, from those of its chapters."""
        found = {
            chapter.name: self._found(chapter.name, b"", partial(_chapter, chapter), learnt) for chapter in chapters
        }
        rows = rows_in(chapters, lambda chapter: found[chapter.name].view(0)) if chapters else None
        subject = _of_chapters({name: made.digests for name, made in found.items()})
        return self._found(kind.name, subject, partial(_data, kind, rows), learnt, told=True)

    def _told_by(
        self, make: Callable[[list[_Learnt]], Iterable[Output]], name: str, files: tuple[str, ...] = ()
    ) -> Untold:
        """Return the outputs that ``make`` makes, and notes what it learns."""

        def made() -> tuple[list[Output], bytes]:
            learnt: list[_Learnt] = []
            return list(make(learnt)), msgspec.msgpack.encode(learnt)

        self._untold += 1
        return Untold(name.partition("/")[0], made, partial(self._learn, files))

    def _current(self, name: str, subject: bytes) -> Trace | None:
        """Return the trace of the build before, None where what was read for it has changed."""
        before = self._before.by_name.get(name)
        return before if before and not self._void and is_current(before, subject, self._reads.moved()) else None

    def _found(self, name: str, subject: bytes, make: Make, learnt: list[_Learnt], *, told: bool = False) -> Found:
        """Return the views of ``name``, made where they are not current; note what is ``learnt`` of them.

        ``told`` asks for their files, too.
        """
        known = self._current(name, subject)
        if known:
            learnt.append(_Learnt(name, subject, files=known.files))
            return Found(known.views, partial(make, self._watched.catalogue), known.files)
        views, reads = self._watched.watch(make)
        files = tuple(view.file for view in views) if told else ()
        found = Found(tuple(map(of_view, views)), lambda: views, files)
        learnt.append(_Learnt(name, subject, found.digests, files, reads))
        return found

    def _learn(self, files: tuple[str, ...], data: bytes) -> None:
        """Learn what was found of outputs that were untold, with their ``files``."""
        listed = _all_learnt.decode(data)
        for learnt in listed:
            self._note(learnt, files or listed[-1].files)
        self.close()

    def _note(self, learnt: _Learnt, files: tuple[str, ...]) -> None:
        name, before = learnt.name, self._before.by_name.get(learnt.name)
        if learnt.reads is not None:
            places = self._reads.places(learnt.reads)
            self._now.by_name[name] = Trace(learnt.subject, places, learnt.digests, learnt.files)
        elif before:
            self._now.by_name[name] = before
        if self._session.settings.explain in files:
            self._session.work.reasons = self._reasons(before, self._now.by_name[name])

    def _reasons(self, before: Trace | None, trace: Trace) -> tuple[str, ...]:
        """Return what has changed since the last build, in which the views had the trace ``before``."""
        if before is None:
            return ("it is new, or the cache is",)
        of_view = tuple(moved(before, trace.subject, self._reads.moved()))
        if of_view and before.views == trace.views:
            of_view = tuple(f"{name} (it shows nothing of it)" for name in of_view)
        return (*self._void, *of_view, *moved_around(self._before, self._now)) or ("nothing has changed",)

    def close(self) -> None:
        """Keep what is known for the next build, as soon as all is told."""
        self._untold -= 1
        if self._untold:
            return
        now = self._reads.current(self._now)
        if now != self._before:
            self._session.store.keep_note(self._place, msgspec.msgpack.encode(now))


def _of_chapters(digests: Mapping[str, tuple[bytes, ...]]) -> bytes:
    """Return the digest of chapters, by their names."""
    return digest(*(part for name, found in digests.items() for part in (name.encode(), *found))) if digests else b""


def _chapter(chapter: Chapter, catalogue: Catalogue) -> tuple[list[Row]]:
    return (chapter.rows(catalogue),)


def _data(kind: FileKind, rows: Rows | None, catalogue: Catalogue) -> tuple[Any, ...]:
    return tuple(kind.views(catalogue, rows) if rows else kind.views(catalogue))
