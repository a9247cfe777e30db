"""From views to pages and feeds."""

from collections.abc import Callable
from functools import partial
from html import unescape
from typing import Any

from markupsafe import Markup

from newsroom.build.rendering import Templates, render, render_html
from newsroom.fragments import Draw
from newsroom.outputs.output import Output
from newsroom.outputs.surroundings import ITEM, TITLE, Surroundings
from newsroom.pictures import Picture
from newsroom.session import Session
from newsroom.store.digests import digest, of_view
from newsroom.text.finishing import publish_elsewhere
from newsroom.text.foreign_words import plain
from newsroom.theme.looks import Looks
from newsroom.views.chrome import Chrome
from newsroom.views.common import View
from newsroom.views.feed_items import FeedItem, FeedView
from newsroom.writers.feeds import WrittenEntry, entry_from, feed_from, write_feed

#: How many items of feeds a language keeps, each in every format.
_KEPT = 2048


class Renderer:
    """Renders the pages and feeds of one catalogue; ``chromes`` are what surrounds them, by language."""

    def __init__(self, session: Session, templates: Templates, chromes: dict[str, Chrome]) -> None:
        self._session = session
        self._feed_chromes = {code: chrome.for_feeds() for code, chrome in chromes.items()}
        self._of_pages = {code: templates.of(chrome) for code, chrome in chromes.items()}
        self._of_feeds = {code: templates.of(chrome) for code, chrome in self._feed_chromes.items()}
        self.surroundings = Surroundings(session, templates, chromes, self._feed_chromes)
        self._looks = Looks(session.assets)
        self._entries = {code: templates.entries_of(chrome) for code, chrome in self._feed_chromes.items()}

    def page(self, page: View) -> Output:
        """Return the output of ``page``; its template sees the page and its chrome, and nothing else.

        Raises :class:`newsroom.problems.Problems` where the template cannot be read.
        """
        return self.page_at(page.file, page.template, page.language, of_view(page), lambda: page)

    def page_at(self, file: str, template: str, language: str, of_page: bytes, page: Callable[[], View]) -> Output:
        """Return the output ``file``, a page of which the digest is known, and what makes its view."""
        made_from = digest(self.surroundings.of_page(template, language), of_page)
        return Output(file, made_from, lambda: self._render_page(page()), rendered=True)

    def feed(self, feed: FeedView) -> Output:
        """Return the output of ``feed``; its items are rendered by ``feeds/item.html`` and ``feeds/title.html``."""
        return self.feed_at(feed.file, feed.language, of_view(feed), lambda: feed)

    def feed_at(self, file: str, language: str, of_feed: bytes, feed: Callable[[], FeedView]) -> Output:
        """Return the output ``file``, a feed of which the digest is known, and what makes its view."""
        made_from = digest(self.surroundings.of_feed(language), of_feed)
        return Output(file, made_from, lambda: self._render_feed(feed()), rendered=True)

    def _render_page(self, page: View) -> bytes:
        look_of = partial(self._looks.of, page.template)
        values = {"page": page, "look_of": look_of, "html": self._html, "picture": self._picture}
        return render_html(self._of_pages[page.language], f"{page.template}.html", **values).encode()

    def _render_feed(self, feed: FeedView) -> bytes:
        chrome = self._feed_chromes[feed.language]
        title = self._session.messages[feed.language].gettext(feed.message) if feed.message else feed.title
        return write_feed(feed_from(feed, title, chrome, tuple(map(self._entry, feed.items))), feed.form)

    def _title(self, item: FeedItem) -> str:
        """Return the title of an item: its own, or plain text made of its verdict."""
        if item.verdict is None:
            return item.title
        return plain(unescape(render(self._of_feeds[item.language], TITLE, item=item))).strip()

    def _entry(self, item: FeedItem) -> WrittenEntry:
        """Return what feeds hold of an item; several feeds and formats hold the same, so it is made once."""
        entries: dict[bytes, WrittenEntry] = self._entries[item.language]
        key = item.digest
        if key not in entries:
            fragment = render_html(self._of_feeds[item.language], ITEM, item=item, html=self._plain_html)
            content = publish_elsewhere(fragment, item.url)
            if len(entries) >= _KEPT:
                del entries[next(iter(entries))]  # the oldest
            entries[key] = entry_from(item, self._title(item), content)
        return entries[key]

    def _html(self, body: Any, figure: Draw) -> Markup:
        """Mark as HTML what was sanitised last of all: the one thing templates may trust.

        ``figure`` is the macro that draws figures.
        """
        return Markup(self._session.fragments.page_html(body, figure))  # noqa: S704

    def _plain_html(self, body: Any, figure: Draw) -> Markup:
        return Markup(self._session.fragments.plain_html(body, figure))  # noqa: S704

    def _picture(self, picture: Picture, alt: str) -> Markup:
        return Markup(self._session.fragments.picture_html(picture, alt))  # noqa: S704
