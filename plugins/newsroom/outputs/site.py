"""Pages, feeds and data files as outputs, whose views are made only where something they read has changed."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import Any

import msgspec
from msgspec import structs

from newsroom.build.traces import Reads, Trace, Traces, is_current, moved, moved_around, moved_for_all, traces_from
from newsroom.content.catalogue import Catalogue
from newsroom.outputs.output import Output, data_output
from newsroom.outputs.rendering import Renderer
from newsroom.outputs.watching import Watched
from newsroom.session import Session
from newsroom.store.digests import digest, of_view
from newsroom.views.chapters import Chapter, Row, Rows, rows_in
from newsroom.views.common import View
from newsroom.views.feed_items import Channel, FeedView, channel_files, channel_views
from newsroom.views.feeds import FeedKind
from newsroom.views.places import PageKind, Place
from newsroom.writers.data_files import FileKind

#: Makes the views of one page, of one feed in all its formats, or of all data files of a kind.
Make = Callable[[Catalogue], tuple[Any, ...]]


class Site:
    """The pages, feeds and data files of ``catalogue``."""

    def __init__(self, session: Session, renderer: Renderer, catalogue: Catalogue) -> None:
        self._session, self._renderer, self._catalogue = session, renderer, catalogue
        self._watched = Watched(catalogue)
        settings = session.settings
        # Nothing shows the hour of the build, nor what is asked of it.
        self._of_settings = digest(repr(structs.replace(settings, now=settings.now.min, explain="")).encode())

    def pages(self, kinds: Iterable[PageKind]) -> Iterator[Output]:
        """Yield the pages of ``kinds``."""
        for kind in kinds:
            known = self._known(f"pages of {kind.name}", self._renderer.surroundings.named_of_pages(kind.name))
            for place in kind.places_in(self._catalogue):
                subject = self._of_subject(place, place.entry, entry=None)
                for code, url in place.urls.items():
                    file = self._catalogue.addresses.file(url)
                    found = known.views((file,), digest(subject, code.encode()), partial(_page, kind, place, code))
                    yield self._renderer.page_at(file, kind.name, code, found.digests[0], partial(found.view, 0))
            known.keep()

    def feeds(self, kinds: Iterable[FeedKind]) -> Iterator[Output]:
        """Yield the feeds of ``kinds``."""
        for kind in kinds:
            known = self._known(f"feeds of {kind.name}", self._renderer.surroundings.named_of_feeds())
            for channel in kind.channels(self._catalogue):
                subject = self._of_subject(channel, channel.articles, articles=())
                files = tuple(file for _, file in channel_files(self._catalogue, channel))
                found = known.views(files, subject, partial(_feed, kind, channel))
                for number, file in enumerate(files):
                    of_feed, view = found.digests[number], partial(found.view, number)
                    yield self._renderer.feed_at(file, channel.language, of_feed, view)
            known.keep()

    def data_files(self, kinds: Iterable[FileKind]) -> Iterator[Output]:
        """Yield the files of ``kinds``, for other programs."""
        for kind in kinds:
            known = self._known(f"data files: {kind.name}", {})
            subject, rows = known.chapters(kind.chapters(self._catalogue)) if kind.chapters else (b"", None)
            for file, of_file, view in known.files(kind.name, subject, partial(_data, kind, rows)):
                yield data_output(kind, file, of_file, view, self._session.messages)
            known.keep()

    def how_many_pages(self, kinds: Iterable[PageKind]) -> int:
        """Return how many pages of ``kinds`` there are."""
        return sum(len(place.urls) for kind in kinds for place in kind.places_in(self._catalogue))

    def how_many_feeds(self, kinds: Iterable[FeedKind]) -> int:
        """Return how many feeds of ``kinds`` there are, in all formats."""
        channels = (channel for kind in kinds for channel in kind.channels(self._catalogue))
        return sum(1 for channel in channels for _ in channel_files(self._catalogue, channel))

    def _known(self, name: str, around: dict[str, bytes]) -> "_Known":
        session = self._session
        now = Traces(session.code, self._of_settings, session.settings.now.date().isoformat(), {}, around)
        return _Known(session, digest(b"traces", name.encode()), now, self._watched)

    def _of_subject(self, subject: Place | Channel, shared: object, **without: object) -> bytes:
        """Return the digest of ``subject``; the entries that it shares with others are looked at once."""
        return digest(self._watched.of(shared), of_view(structs.replace(subject, **without)))


def _page(kind: PageKind, place: Place, code: str, catalogue: Catalogue) -> tuple[View]:
    return (kind.view_of(catalogue, place, code),)


def _feed(kind: FeedKind, channel: Channel, catalogue: Catalogue) -> tuple[FeedView, ...]:
    return tuple(channel_views(catalogue, channel, kind.items(catalogue, channel)))


def _chapter(chapter: Chapter, catalogue: Catalogue) -> tuple[list[Row]]:
    return (chapter.rows(catalogue),)


def _data(kind: FileKind, rows: Rows | None, catalogue: Catalogue) -> tuple[Any, ...]:
    return tuple(kind.views(catalogue, rows) if rows else kind.views(catalogue))


class _Found:
    """Views of which the ``digests`` are known; all are made when the first of them is asked for."""

    def __init__(self, digests: tuple[bytes, ...], make: Callable[[], tuple[Any, ...]]) -> None:
        self.digests, self._make = digests, make

    def view(self, number: int) -> Any:
        """Return one of the views."""
        return self._views[number]

    @cached_property
    def _views(self) -> tuple[Any, ...]:
        return self._make()


class _Known:
    """What is known of the views of one kind from the build before, and what the next one will know."""

    def __init__(self, session: Session, place: bytes, now: Traces, watched: Watched) -> None:
        self._session, self._place, self._now, self._watched = session, place, now, watched
        self._before = traces_from(session.store.note(place), now)
        self._reads = Reads(self._before, watched.digest_of)
        self._void = tuple(moved_for_all(self._before, now))

    def views(self, files: tuple[str, ...], subject: bytes, make: Make) -> _Found:
        """Return the views of ``files``, which are about ``subject``."""
        return self._found(files[0], subject, make, files)

    def chapters(self, chapters: Iterable[Chapter]) -> tuple[bytes, Rows]:
        """Return the digest of ``chapters``, and what makes the rows of those that are asked for."""
        listed = list(chapters)
        found = {chapter.name: self.views((chapter.name,), b"", partial(_chapter, chapter)) for chapter in listed}
        of_all = digest(*(part for name, made in found.items() for part in (name.encode(), *made.digests)))
        return of_all, rows_in(listed, lambda chapter: found[chapter.name].view(0))

    def files(self, name: str, subject: bytes, make: Make) -> Iterator[tuple[str, bytes, Callable[[], Any]]]:
        """Yield the files of which only the views tell, each with the digest and what makes the view."""
        found = self._found(name, subject, make)
        for number, file in enumerate(self._now.by_name[name].files):
            yield file, found.digests[number], partial(found.view, number)

    def _found(self, name: str, subject: bytes, make: Make, files: tuple[str, ...] = ()) -> _Found:
        before = self._before.by_name.get(name)
        if before and not self._void and is_current(before, subject, self._reads.moved()):
            trace, found = before, _Found(before.views, partial(make, self._watched.catalogue))
        else:
            made, reads = self._watched.watch(make)
            told = () if files else tuple(view.file for view in made)
            trace = Trace(subject, self._reads.places(reads), tuple(map(of_view, made)), told)
            found = _Found(trace.views, lambda: made)
        self._now.by_name[name] = trace
        if self._session.settings.explain in (files or trace.files):
            self._session.work.reasons = self._reasons(before, trace)
        return found

    def _reasons(self, before: Trace | None, trace: Trace) -> tuple[str, ...]:
        """Return what has changed since the last build, in which the views had the trace ``before``."""
        if before is None:
            return ("it is new, or the cache is",)
        of_view = tuple(moved(before, trace.subject, self._reads.moved()))
        if of_view and before.views == trace.views:
            of_view = tuple(f"{name} (it shows nothing of it)" for name in of_view)
        return (*self._void, *of_view, *moved_around(self._before, self._now)) or ("nothing has changed",)

    def keep(self) -> None:
        """Keep what is known now for the next build."""
        now = self._reads.current(self._now)
        if now != self._before:
            self._session.store.keep_note(self._place, msgspec.msgpack.encode(now))
