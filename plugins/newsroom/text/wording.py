"""The wording of a text: what a translator has to follow, without what typography and layout make of it."""

import re
import unicodedata
from hashlib import blake2b
from html import unescape

#: Signs that differ by typography alone; what cannot be seen is left out.
_SIGNS = {
    **dict.fromkeys("‘’ʼ′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_DASHES = re.compile(r"--+")
#: Spaces around signs and numbers are those of a typography: only those between two letters tell words apart.
_SPACED = re.compile(r" (?:(?![^\W\d])|(?<![^\W\d] ))")


def wording(text: str) -> str:
    """Return ``text``, Markdown, so that two that differ by spaces, line breaks, quotation marks or dashes are one."""
    plain = unicodedata.normalize("NFKC", unescape(text))
    # Few texts hold more than a few of the signs; ``str.translate`` would look each character up in the table.
    for sign, shown in _SIGNS.items():
        plain = plain.replace(sign, shown)
    return _SPACED.sub("", " ".join((_DASHES.sub("-", plain) if "--" in plain else plain).split()))


def fingerprint(text: str) -> str:
    """Return what names the wording of ``text`` in ``translated_from``: 16 hexadecimal digits."""
    return blake2b(wording(text).encode(), digest_size=8).hexdigest()
