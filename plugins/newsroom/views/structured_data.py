"""Structured data of pages: schema.org in JSON-LD.

https://schema.org/NewsArticle with ``citation`` and ``correction``,
https://schema.org/ClaimReview, https://schema.org/BreadcrumbList, https://schema.org/WebSite.
"""

from collections.abc import Iterable
from typing import Any

from newsroom.views.claims import ClaimView


def graph(*things: dict[str, Any]) -> dict[str, Any]:
    """Return ``things`` as one JSON-LD document."""
    return {"@context": "https://schema.org", "@graph": list(things)}


def organisation(name: str, url: str) -> dict[str, Any]:
    """Return the publisher."""
    return {"@type": "NewsMediaOrganization", "name": name, "url": url}


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the breadcrumbs of a page, from (name, absolute address) pairs."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def sources_of(url: str) -> str:
    """Return https://schema.org/citation of the article at ``url``: its list of sources in the page.

    Said again one by one, they weigh more than all the rest that machines read.
    """
    return f"{url}#sources-of"


def review(claim: ClaimView, url: str, publisher: dict[str, Any], code: str) -> dict[str, Any]:
    """Return the verdict of ``claim``, at ``url``, as https://schema.org/ClaimReview.

    A verdict says what became of a promise, not how true it was: it has a name, but no number on a scale.
    """
    said = {
        "@type": "Claim",
        "text": claim.claim,
        "datePublished": claim.announced.iso,
        "author": [{"@type": "Thing", "name": player.title} for player in claim.by],
    }
    return {
        "@type": "ClaimReview",
        "@id": url,
        "url": url,
        "inLanguage": code,
        "claimReviewed": claim.claim,
        "itemReviewed": {name: value for name, value in said.items() if value},
        "reviewBody": claim.verdict.text,
        "reviewRating": {"@type": "Rating", "alternateName": claim.verdict.verdict},
        "datePublished": claim.verdict.judged.iso,
        "author": publisher,
    }
