"""Text files for robots and servers: ``robots.txt``, ``_redirects``, ``_headers``."""

from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.views.pages import redirect_places
from newsroom.views.search import index_folder

#: For servers that read it (Cloudflare Pages, Netlify); docs/serving.md has the same for nginx and Caddy.
#: What a page may load is said in the page (newsroom/theme/content_security.py).
_HEADERS = """\
/*
  Content-Security-Policy: frame-ancestors 'none'
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff
/theme/*
  Cache-Control: public, max-age=31536000, immutable
/cards/*
  Cache-Control: public, max-age=86400
"""
#: The parts of a search index whose names hold a digest of their content.
_INDEX = """\
/{folder}{part}/*
  Cache-Control: public, max-age=31536000, immutable
"""


class TextView(Struct, frozen=True):
    """One plain text file: its path in the output, and its content."""

    file: str
    text: str


def server_files(catalogue: Catalogue) -> Iterator[TextView]:
    """Yield the files, one each for the whole site."""
    sitemap = catalogue.addresses.absolute(f"{catalogue.settings.base_path}/sitemap.xml")
    yield TextView("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n")
    yield TextView("_redirects", "".join(_redirects(catalogue)))
    yield TextView("_headers", _HEADERS + "".join(_index_headers(catalogue)))


def _redirects(catalogue: Catalogue) -> Iterator[str]:
    """Yield a rule for every earlier address."""
    for place in redirect_places(catalogue):
        for code, url in place.urls.items():
            yield f"{url} {place.alternates[code]} 301\n"


def _index_headers(catalogue: Catalogue) -> Iterator[str]:
    """Yield the rules for the parts of the search index of every language."""
    for code in catalogue.settings.codes:
        for part in ("fragment", "index", "filter"):
            yield _INDEX.format(folder=index_folder(catalogue, code), part=part)
