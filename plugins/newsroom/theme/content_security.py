"""What a page may load and run: its Content-Security-Policy (CSP Level 3).

The style sheet and the script of the colour scheme are in the page itself, so
that nothing delays its painting; the policy names them by their digests
(section 2.3.1, hash-source) and lets no other inline code run.
"""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256


def page_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return the policy of pages that hold ``scripts`` and ``styles``, the texts of inline elements.

    It is in a ``meta`` element and so holds on any server; only ``frame-ancestors`` needs a header (section 3.3).
    """
    return "; ".join(
        [
            "default-src 'none'",
            # Pagefind's engine is WebAssembly.
            " ".join(["script-src 'self' 'wasm-unsafe-eval'", *map(_hash_source, scripts)]),
            " ".join(["style-src 'self'", *map(_hash_source, styles)]),
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
        ]
    )


def _hash_source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
