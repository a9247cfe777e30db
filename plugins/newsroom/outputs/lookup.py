"""The output at a path, made alone, by the same functions that make all of them in a build.

Nothing is looked for on disk. Places and channels are listed kind by kind, as far as the one that is
asked for, and the page of an entry is found by its slug; only the view that is looked at is made.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from newsroom.content.articles import Article
from newsroom.content.catalogue import Catalogue
from newsroom.outputs.output import Output, asset_outputs, data_output, picture_outputs
from newsroom.outputs.rendering import Renderer
from newsroom.outputs.share_cards import CardStudio
from newsroom.session import Session
from newsroom.store.digests import of_view
from newsroom.views.feed_items import Channel, channel_files
from newsroom.views.feeds import FEEDS, FeedKind, feed_view
from newsroom.views.kinds import PAGES
from newsroom.views.media import media_files
from newsroom.views.places import PageKind, Place
from newsroom.views.share_cards import ShareCard, article_card, card_file, site_card
from newsroom.writers.data_files import DATA_FILES


class Lookup:
    """Finds the outputs of ``catalogue``."""

    def __init__(self, session: Session, catalogue: Catalogue, renderer: Renderer) -> None:
        self.catalogue, self._session, self._renderer = catalogue, session, renderer
        self._listed: dict[str, dict[str, tuple[Place, str]]] = {}
        self._followed: dict[str, dict[str, Channel]] = {}

    def find(self, path: str) -> Output | None:
        """Return the output at ``path``, None where there is none; search indexes are not looked for.

        Raises :class:`newsroom.problems.Problems` where it cannot be made.
        """
        finders: dict[str, Callable[[str], Output | None]] = {"cards": self._card, "media": self._media}
        finder = finders.get(path.split("/", 1)[0], self._other)
        return finder(path)

    def __contains__(self, path: object) -> bool:
        """Tell whether there is an output at ``path``."""
        return isinstance(path, str) and (self._page(path) is not None or self.find(path) is not None)

    def read(self, path: str) -> bytes | None:
        """Return the bytes of the output at ``path``."""
        output = self.find(path)
        return output.produce() if output else None

    def place(self, path: str) -> tuple[Place, str] | None:
        """Return what the page at ``path`` is about, and its language; None where no page is."""
        found = self._page(path)
        return found[1:] if found else None

    def _other(self, path: str) -> Output | None:
        if path in self._assets:
            return self._assets[path]
        page = self._page(path)
        if page:
            kind, place, code = page
            return self._renderer.page(kind.view_of(self.catalogue, place, code))
        for feeds in FEEDS:
            channel = self._channels(feeds).get(path)
            if channel:
                return self._renderer.feed(feed_view(self.catalogue, feeds, channel, path))
        return None if path.endswith(".html") else self._data(path)

    @cached_property
    def _assets(self) -> dict[str, Output]:
        return {output.path: output for output in asset_outputs(self._session.assets)}

    def _page(self, path: str) -> tuple[PageKind, Place, str] | None:
        """Return the kind, the place and the language of the page at ``path``, None where no page is."""
        for kind in PAGES if path.endswith(".html") else ():
            found = self._places(kind, path).get(path)
            if found:
                return kind, *found
        return None

    def _places(self, kind: PageKind, path: str) -> dict[str, tuple[Place, str]]:
        """Return the pages of ``kind``, by file: of entries, which are many, those alone whose slug ``path`` has."""
        if kind.entries:
            return self._files(kind.places_at(self.catalogue, path.removesuffix("/index.html")))
        if kind.name not in self._listed:
            self._listed[kind.name] = self._files(kind.places_in(self.catalogue))
        return self._listed[kind.name]

    def _files(self, places: Iterable[Place]) -> dict[str, tuple[Place, str]]:
        file = self.catalogue.addresses.file
        return {file(url): (place, code) for place in places for code, url in place.urls.items()}

    def _channels(self, kind: FeedKind) -> dict[str, Channel]:
        """Return the channels of ``kind``, by the files of their feeds."""
        if kind.name not in self._followed:
            self._followed[kind.name] = {
                file: channel
                for channel in kind.channels(self.catalogue)
                for _, file in channel_files(self.catalogue, channel)
            }
        return self._followed[kind.name]

    def _data(self, path: str) -> Output | None:
        messages = self._session.messages
        views = ((kind, view) for kind in DATA_FILES for view in kind.views(self.catalogue))
        found = next(((kind, view) for kind, view in views if view.file == path), None)
        return data_output(found[0], path, of_view(found[1]), lambda: found[1], messages) if found else None

    def _media(self, path: str) -> Output | None:
        place = path.partition("~")[0]
        picture = self.catalogue.pictures.get(place)
        if picture is None:
            return None
        made = picture_outputs(self.catalogue, picture, media_files(self.catalogue)[place])
        return next((output for output in made if output.path == path), None)

    def _card(self, path: str) -> Output | None:
        """Return the card whose name is ``path``: it says whose it is, and by its digest that nothing changed."""
        _, code, *parts = f"{path}///".split("/")[:4]
        name = parts[1].partition(".")[0] if parts[0] == "articles" else ""
        cards = self._cards(code, self._by_name.get(name))
        return next((self._studio.output(card) for card in cards if card_file(card) == path), None)

    @cached_property
    def _by_name(self) -> dict[str, Article]:
        return {article.permanent: article for article in self.catalogue.articles}

    def _cards(self, code: str, article: Article | None) -> Iterator[ShareCard]:
        if code in self.catalogue.settings.codes:
            yield site_card(self.catalogue, code)
        if article and code in article.texts:
            yield article_card(self.catalogue, article, code)

    @cached_property
    def _studio(self) -> CardStudio:
        return CardStudio(self._session)
