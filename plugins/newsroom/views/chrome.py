"""What surrounds every page of a language: name, navigation, footer, assets."""

from msgspec import Struct
from msgspec.structs import replace

from newsroom.content.catalogue import Catalogue
from newsroom.text.typography import typeset
from newsroom.theme.assets import Assets
from newsroom.views.common import FeedLinks, Link, entry_link, feed_links, text_in
from newsroom.views.kinds import SECTION_WORDS
from newsroom.views.share_cards import card_url, site_card


class Chrome(Struct, frozen=True):
    """The frame of the pages of one language.

    ``sections`` maps the names of ``SECTION_WORDS`` to addresses, ``assets`` the
    names of theme files to their fingerprinted addresses. ``script`` goes into the page;
    ``share_card`` is the share card of pages that have none of their own.
    """

    name: str
    origin: str
    home: str
    root: str
    language: str
    language_name: str
    locale: str
    typography: str
    tagline: str
    description: str
    purpose: str
    background: str
    issues: str
    licence: str
    topics: tuple[Link, ...]
    pages: dict[str, Link]
    sections: dict[str, str]
    feeds: FeedLinks
    assets: dict[str, str]
    script: str
    share_card: str
    hub: str = ""

    def linked(self, url: str) -> str:
        """Return ``url`` where every page links to it, "" elsewhere: most pages have the same links around them."""
        links = (*self.topics, *self.pages.values())
        return url if url in self.sections.values() or any(url == link.url for link in links) else ""

    def for_feeds(self) -> "Chrome":
        """Return the chrome without what only pages show: a new look of the site does not change a feed."""
        return replace(self, assets={}, script="", purpose="", background="", issues="", licence="")


def chrome(catalogue: Catalogue, code: str, assets: Assets) -> Chrome:
    """Return the chrome of the pages in ``code``, with the ``assets`` of the theme."""
    settings, places = catalogue.settings, catalogue.addresses
    language = places.languages[code]
    pages = {
        page.key: Link(places.page(text.language, text.slug), text.title, text.language)
        for page in catalogue.pages
        for text in [text_in(catalogue, page, code)]
    }
    return Chrome(
        name=settings.site_name,
        origin=settings.site_url.removesuffix(settings.base_path),
        home=places.home(code),
        root=f"{settings.base_path}/",
        language=code,
        language_name=language.name,
        locale=language.locale,
        typography=language.typography,
        tagline=typeset(language.tagline, language.typography),
        description=typeset(language.description, language.typography),
        purpose=typeset(language.purpose, language.typography),
        background=typeset(language.background, language.typography),
        issues=typeset(language.issues, language.typography),
        licence=typeset(language.licence, language.typography),
        topics=tuple(entry_link(catalogue, topic, code) for topic in catalogue.topics),
        pages=pages,
        sections={word: places.section(code, word) for word in SECTION_WORDS},
        feeds=feed_links("", places.home(code)),
        assets=assets.addresses,
        script=assets.script,
        share_card=card_url(catalogue, site_card(catalogue, code)),
        hub=settings.hub,
    )
