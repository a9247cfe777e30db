"""Pages, feeds and data files as outputs, whose views are made only where something they read has changed."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from msgspec import structs

from newsroom.build.traces import Traces
from newsroom.content.catalogue import Catalogue
from newsroom.outputs.known_views import Found, Known
from newsroom.outputs.output import Output, Untold, data_output
from newsroom.outputs.rendering import Renderer
from newsroom.outputs.watching import Watched
from newsroom.session import Session
from newsroom.store.digests import digest, of_view
from newsroom.views.common import View
from newsroom.views.feed_items import Channel, FeedView, channel_files, channel_views
from newsroom.views.feeds import FeedKind
from newsroom.views.places import PageKind, Place
from newsroom.writers.data_files import FileKind


class Site:
    """The pages, feeds and data files of ``catalogue``."""

    def __init__(self, session: Session, renderer: Renderer, catalogue: Catalogue) -> None:
        self._session, self._renderer, self._catalogue = session, renderer, catalogue
        self._watched = Watched(catalogue)
        settings = session.settings
        # Nothing shows the hour of the build, nor what is asked of it.
        self._of_settings = digest(repr(structs.replace(settings, now=settings.now.min, explain="")).encode())

    def pages(self, kinds: Iterable[PageKind]) -> Iterator[Output | Untold]:
        """Yield the pages of ``kinds``."""
        for kind in kinds:
            known = self._known(f"pages of {kind.name}", self._renderer.surroundings.named_of_pages(kind.name))
            for place in kind.places_in(self._catalogue):
                subject = self._of_subject(place, place.entry, entry=None)
                for code, url in place.urls.items():
                    file = self._catalogue.addresses.file(url)
                    page = partial(self._renderer.page_at, file, kind.name, code)
                    make = partial(_page, kind, place, code)
                    yield from known.outputs((file,), digest(subject, code.encode()), make, partial(_each, [page]))
            known.close()

    def feeds(self, kinds: Iterable[FeedKind]) -> Iterator[Output | Untold]:
        """Yield the feeds of ``kinds``."""
        for kind in kinds:
            known = self._known(f"feeds of {kind.name}", self._renderer.surroundings.named_of_feeds())
            for channel in kind.channels(self._catalogue):
                subject = self._of_subject(channel, channel.articles, articles=())
                files = tuple(file for _, file in channel_files(self._catalogue, channel))
                feeds = [partial(self._renderer.feed_at, file, channel.language) for file in files]
                yield from known.outputs(files, subject, partial(_feed, kind, channel), partial(_each, feeds))
            known.close()

    def data_files(self, kinds: Iterable[FileKind]) -> Iterator[Output | Untold]:
        """Yield the files of ``kinds``, for other programs."""
        for kind in kinds:
            known = self._known(f"data files: {kind.name}", {})
            yield from known.of_chapters(kind, partial(self._data_outputs, kind))
            known.close()

    def _data_outputs(self, kind: FileKind, found: Found) -> Iterator[Output]:
        for number, file in enumerate(found.files):
            of_file, view = found.digests[number], partial(found.view, number)
            yield data_output(kind, file, of_file, view, self._session.messages)

    def _known(self, name: str, around: dict[str, bytes]) -> Known:
        session = self._session
        now = Traces(session.code, self._of_settings, session.settings.now.date().isoformat(), {}, around)
        return Known(session, digest(b"traces", name.encode()), now, self._watched)

    def _of_subject(self, subject: Place | Channel, shared: object, **without: object) -> bytes:
        """Return the digest of ``subject``; the entries that it shares with others are looked at once."""
        return digest(self._watched.of(shared), of_view(structs.replace(subject, **without)))


def _page(kind: PageKind, place: Place, code: str, catalogue: Catalogue) -> tuple[View]:
    return (kind.view_of(catalogue, place, code),)


def _feed(kind: FeedKind, channel: Channel, catalogue: Catalogue) -> tuple[FeedView, ...]:
    return tuple(channel_views(catalogue, channel, kind.items(catalogue, channel)))


def _each(makers: Iterable[Callable[[bytes, Callable[[], Any]], Output]], found: Found) -> Iterator[Output]:
    """Yield what each of ``makers`` makes of a view, by its digest and what makes it."""
    for number, make in enumerate(makers):
        yield make(found.digests[number], partial(found.view, number))
