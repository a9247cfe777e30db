"""What pages and feeds are rendered with, besides their views: templates, words and chromes, as digests."""

from collections.abc import Mapping

from newsroom.build.rendering import Templates
from newsroom.session import Session
from newsroom.store.digests import digest, of_view
from newsroom.views.chrome import Chrome

#: What renders an item of a feed: its content, and the title of those that have none of their own.
ITEM, TITLE = "feeds/item.html", "feeds/title.html"
#: Templates of pages for readers of any language, which say to each their own words.
FOR_EVERYBODY = frozenset(("404", "gateway"))


class Surroundings:
    """The digests of what one catalogue is rendered with; ``chromes`` surround pages, ``feed_chromes`` feeds.

    Every method raises :class:`newsroom.problems.Problems` where a template cannot be read.
    """

    def __init__(
        self,
        session: Session,
        templates: Templates,
        chromes: Mapping[str, Chrome],
        feed_chromes: Mapping[str, Chrome],
    ) -> None:
        self._templates = templates.digests(session.settings.theme / "templates", session.store)
        self._assets = session.assets
        self._words = {code: messages.digest for code, messages in session.messages.items()}
        self._all_words = digest(*self._words.values())
        self._of_chrome = {code: of_view(chrome) for code, chrome in chromes.items()}
        self._of_feed_chrome = {code: of_view(chrome) for code, chrome in feed_chromes.items()}
        self._of_pages: dict[tuple[str, str], bytes] = {}
        self._of_feeds: dict[str, bytes] = {}

    def of_page(self, template: str, language: str) -> bytes:
        """Return the digest of everything that a page of one kind is rendered with."""
        key = template, language
        if key not in self._of_pages:
            words, chrome = self._page_words(template, language), self._page_chrome(template, language)
            self._of_pages[key] = digest(self._templates.of(f"{template}.html"), words, chrome)
        return self._of_pages[key]

    def of_feed(self, language: str) -> bytes:
        """Return the digest of everything that a feed is rendered with."""
        if language not in self._of_feeds:
            templates = map(self._templates.of, (ITEM, TITLE))
            self._of_feeds[language] = digest(*templates, self._words[language], self._of_feed_chrome[language])
        return self._of_feeds[language]

    def named_of_pages(self, template: str) -> dict[str, bytes]:
        """Return the digests for the pages of one kind, by names that tell a person what has changed."""
        named = {f"theme/templates/{template}.html, or one that it uses": self._templates.of(f"{template}.html")}
        for code in self._of_chrome:
            named[f"words of the interface in {code}"] = self._page_words(template, code)
            named[f"what surrounds pages in {code}"] = self._page_chrome(template, code)
        return named

    def named_of_feeds(self) -> dict[str, bytes]:
        """Return the digests for feeds, by names that tell a person what has changed."""
        named = {f"theme/templates/{name}, or one that it uses": self._templates.of(name) for name in (ITEM, TITLE)}
        for code, of_chrome in self._of_feed_chrome.items():
            named[f"words of the interface in {code}"] = self._words[code]
            named[f"what surrounds feeds in {code}"] = of_chrome
        return named

    def _page_words(self, template: str, language: str) -> bytes:
        return self._all_words if template in FOR_EVERYBODY else self._words[language]

    def _page_chrome(self, template: str, language: str) -> bytes:
        return digest(self._of_chrome[language], self._assets.style_of(template).encode())
