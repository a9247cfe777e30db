"""Every page and feed that the tables of kinds promise, as views."""

from collections.abc import Iterable, Iterator

from newsroom.content.catalogue import Catalogue
from newsroom.views.common import View
from newsroom.views.feed_items import FeedView, channel_views
from newsroom.views.feeds import FeedKind
from newsroom.views.places import PageKind


def page_views(catalogue: Catalogue, kinds: Iterable[PageKind]) -> Iterator[View]:
    """Yield every page of ``kinds``: a view per place and language."""
    for kind in kinds:
        for place in kind.places_in(catalogue):
            for code in place.urls:
                yield kind.view_of(catalogue, place, code)


def feed_views(catalogue: Catalogue, kinds: Iterable[FeedKind]) -> Iterator[FeedView]:
    """Yield every feed of ``kinds``: a view per channel and format."""
    for kind in kinds:
        for channel in kind.channels(catalogue):
            yield from channel_views(catalogue, channel, kind.items(catalogue, channel))
