"""The URL scheme: one place that knows where everything is.

Addresses start at the root of the host and include the base path of the site.
Their words come from the languages; see ``LANGUAGES`` in ``pelicanconf.py``.
"""

from msgspec import Struct

from newsroom.languages import Language
from newsroom.settings import Settings

#: The file names of feeds, by format, beside the page they belong to.
FEED_FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}


def media_place(kind: str, key: str, file: str = "") -> str:
    """Return the output path of the files of an entry, or of one of them."""
    return f"media/{kind}/{key}" + (f"/{file}" if file else "")


class Addresses(Struct, frozen=True):
    """Addresses under ``base_path`` ("" or "/sub") for ``languages`` by code."""

    site_url: str
    base_path: str
    languages: dict[str, Language]

    def home(self, code: str) -> str:
        """Return the home page of a language."""
        return f"{self.base_path}/{code}/"

    def section(self, code: str, section: str) -> str:
        """Return the index of a section, one of the path words of the language."""
        return f"{self.home(code)}{self.languages[code].paths[section]}/"

    def item(self, code: str, section: str, slug: str) -> str:
        """Return the page of one item of a section."""
        return f"{self.section(code, section)}{slug}/"

    def entry(self, code: str, kind: str, slug: str) -> str:
        """Return the page of an entry of a kind (a folder of the content); some kinds have no section of their own."""
        return self.item(code, kind, slug) if kind in self.languages[code].paths else self.page(code, slug)

    def page(self, code: str, slug: str) -> str:
        """Return a page that stands at the root of a language."""
        return f"{self.home(code)}{slug}/"

    def numbered(self, code: str, url: str, number: int) -> str:
        """Return page ``number`` (from 1) of the list at ``url``."""
        return url if number == 1 else f"{url}{self.languages[code].paths['page']}/{number}/"

    def media(self, kind: str, key: str, file: str = "") -> str:
        """Return the output path of the files of an entry, or of one of them."""
        return media_place(kind, key, file)

    def absolute(self, url: str) -> str:
        """Return ``url`` with scheme and host, for feeds and metadata."""
        return self.site_url.removesuffix(self.base_path) + url

    def file(self, url: str) -> str:
        """Return the output file of an address, relative to the output folder."""
        path = url.removeprefix(self.base_path).lstrip("/")
        return f"{path}index.html" if not path or path.endswith("/") else path


def addresses_for(settings: Settings) -> Addresses:
    """Return the addresses of a site."""
    languages = {language.code: language for language in settings.languages}
    return Addresses(settings.site_url, settings.base_path, languages)
