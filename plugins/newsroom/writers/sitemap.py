"""Sitemaps as XML (https://www.sitemaps.org/protocol.html), with ``xhtml:link`` alternates."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from newsroom.views.sitemap import Place, SitemapView


def write_sitemap(view: SitemapView) -> bytes:
    """Return ``view`` as XML, with ``xhtml:link`` alternates, the page itself among them."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    schema = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    if view.sitemaps:
        rows = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in view.sitemaps)
        return f"{head}<sitemapindex {schema}>\n{rows}</sitemapindex>\n".encode()
    rows = "".join(_row(place, view.language) for place in view.places)
    return f'{head}<urlset {schema} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{rows}</urlset>\n'.encode()


def _row(place: Place, code: str) -> str:
    links: Iterable[tuple[str, str]] = [*place.urls.items(), *([("x-default", place.default)] if place.default else [])]
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(url)}/>' for language, url in links
    )
    changed = f"<lastmod>{place.modified.isoformat()}</lastmod>" if place.modified else ""
    return f"<url><loc>{escape(place.urls[code])}</loc>{changed}{alternates}</url>\n"
