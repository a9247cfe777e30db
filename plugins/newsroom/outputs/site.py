"""Pages and feeds as outputs, whose views are made only where something has changed that they read."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import msgspec
from msgspec import structs

from newsroom.build.traces import Trace, Traces, is_current, traces_from
from newsroom.content.catalogue import Catalogue
from newsroom.outputs.output import Output
from newsroom.outputs.rendering import Renderer
from newsroom.outputs.watching import Watched
from newsroom.session import Session
from newsroom.store.digests import digest, of_view
from newsroom.store.store import Store
from newsroom.views.common import View
from newsroom.views.feed_items import Channel, FeedView, channel_files, channel_views
from newsroom.views.feeds import FeedKind
from newsroom.views.places import PageKind, Place

#: Makes the views of one page, or of one feed in all its formats.
Make = Callable[[Catalogue], tuple[Any, ...]]


class Site:
    """The pages and feeds of ``catalogue``."""

    def __init__(self, session: Session, renderer: Renderer, catalogue: Catalogue) -> None:
        self._store, self._renderer, self._catalogue = session.store, renderer, catalogue
        self._watched = Watched(catalogue)
        settings = session.settings
        # Nothing shows the hour of the build.
        self._now = Traces(
            session.code,
            digest(repr(structs.replace(settings, now=settings.now.min)).encode()),
            settings.now.date().isoformat(),
        )

    def pages(self, kinds: Iterable[PageKind]) -> Iterator[Output]:
        """Yield the pages of ``kinds``."""
        for kind in kinds:
            known = _Known(self._store, f"pages of {kind.name}", self._now, self._watched)
            for place in kind.places_in(self._catalogue):
                subject = self._of_subject(place, place.entry, entry=None)
                for code, url in place.urls.items():
                    file = self._catalogue.addresses.file(url)
                    found = known.views(file, digest(subject, code.encode()), partial(_page, kind, place, code))
                    yield self._renderer.page_at(file, kind.name, code, found.digests[0], partial(found.view, 0))
            known.keep()

    def feeds(self, kinds: Iterable[FeedKind]) -> Iterator[Output]:
        """Yield the feeds of ``kinds``."""
        for kind in kinds:
            known = _Known(self._store, f"feeds of {kind.name}", self._now, self._watched)
            for channel in kind.channels(self._catalogue):
                subject = self._of_subject(channel, channel.articles, articles=())
                files = tuple(channel_files(self._catalogue, channel).values())
                found = known.views(files[0], subject, partial(_feed, kind, channel))
                for number, file in enumerate(files):
                    of_feed, view = found.digests[number], partial(found.view, number)
                    yield self._renderer.feed_at(file, channel.language, of_feed, view)
            known.keep()

    def _of_subject(self, subject: Place | Channel, shared: object, **without: object) -> bytes:
        """Return the digest of ``subject``; the entries that it shares with others are looked at once."""
        return digest(self._watched.of(shared), of_view(structs.replace(subject, **without)))


def _page(kind: PageKind, place: Place, code: str, catalogue: Catalogue) -> tuple[View]:
    return (kind.view_of(catalogue, place, code),)


def _feed(kind: FeedKind, channel: Channel, catalogue: Catalogue) -> tuple[FeedView, ...]:
    return tuple(channel_views(catalogue, channel, kind.items(catalogue, channel)))


class _Found:
    """Views of which the ``digests`` are known; they are made when the first of them is asked for."""

    def __init__(self, digests: tuple[bytes, ...], make: Callable[[], tuple[Any, ...]]) -> None:
        self.digests, self._make = digests, make

    def view(self, number: int) -> Any:
        """Return one of the views."""
        return self._make()[number]


class _Known:
    """What is known of the views of one kind from the build before, and what the next one will know."""

    def __init__(self, store: Store, name: str, now: Traces, watched: Watched) -> None:
        self._store, self._place, self._watched = store, digest(b"traces", name.encode()), watched
        self._before = traces_from(store.note(self._place), now)
        self._now = structs.replace(now, by_name={})

    def views(self, name: str, subject: bytes, make: Make) -> _Found:
        """Return the views called ``name``, which are about ``subject``."""
        trace = self._before.by_name.get(name)
        if trace and is_current(trace, subject, self._watched.digest_of):
            found = _Found(trace.views, partial(make, self._watched.catalogue))
        else:
            made, reads = self._watched.watch(make)
            trace = Trace(subject, reads, tuple(map(of_view, made)))
            found = _Found(trace.views, lambda: made)
        self._now.by_name[name] = trace
        return found

    def keep(self) -> None:
        """Keep what is known now for the next build."""
        if self._now != self._before:
            self._store.keep_note(self._place, msgspec.msgpack.encode(self._now))
