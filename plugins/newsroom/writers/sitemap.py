"""Sitemaps as XML (https://www.sitemaps.org/protocol.html), with ``xhtml:link`` alternates."""

from xml.sax.saxutils import escape, quoteattr

from newsroom.views.sitemap import Location, SitemapView


def write_sitemap(view: SitemapView) -> bytes:
    """Return ``view`` as XML, with ``xhtml:link`` alternates, the page itself among them."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    schema = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    if view.sitemaps:
        rows = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in view.sitemaps)
        return f"{head}<sitemapindex {schema}>\n{rows}</sitemapindex>\n".encode()
    rows = "".join(_row(location) for location in view.locations)
    return f'{head}<urlset {schema} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{rows}</urlset>\n'.encode()


def _row(location: Location) -> str:
    links = [*location.alternates.items(), *([("x-default", location.default)] if location.default else [])]
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(url)}/>' for language, url in links
    )
    changed = f"<lastmod>{location.modified.isoformat()}</lastmod>" if location.modified else ""
    return f"<url><loc>{escape(location.url)}</loc>{changed}{alternates}</url>\n"
