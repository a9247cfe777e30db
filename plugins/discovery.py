"""What helps pages to be found: sitemaps, ``robots.txt``, redirections of renamed slugs, cache headers."""

from collections.abc import Iterator
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.content.catalogue import Catalogue
from newsroom.store.digests import of_view
from newsroom.views.search import index_folder
from newsroom.views.sitemap import redirect_pages, sitemap_views
from newsroom.writers.sitemap import write_sitemap

#: For servers that read it (Cloudflare Pages, Netlify); docs/serving has the same for nginx and Caddy.
#: What a page may load stands in the page (newsroom/theme/content_security.py).
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


class DiscoveryGenerator(Generator):  # type: ignore[misc]
    """Writes sitemaps, ``robots.txt``, redirection pages, ``_redirects`` and ``_headers``."""

    def generate_output(self, writer: Any) -> None:
        catalogue, chromes = self.context["catalogue"], self.context["chrome"]
        for view in sitemap_views(catalogue):
            writer.write_output(view.file, of_view(view), lambda view=view: write_sitemap(view))
        rules = []
        for page in redirect_pages(catalogue):
            writer.write_page(self.env, page, chromes)
            rules.append(f"{page.url} {page.target} 301\n")
        sitemap = catalogue.addresses.absolute(f"{catalogue.settings.base_path}/sitemap.xml")
        texts = {
            "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n",
            "_redirects": "".join(rules),
            "_headers": _HEADERS + "".join(_index_headers(catalogue)),
        }
        for file, text in texts.items():
            writer.write_output(file, of_view(text), text.encode)


def _index_headers(catalogue: Catalogue) -> Iterator[str]:
    """Yield the rules for the parts of the search index of every language."""
    for code in catalogue.settings.codes:
        for part in ("fragment", "index", "filter"):
            yield _INDEX.format(folder=index_folder(catalogue, code), part=part)


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return DiscoveryGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
