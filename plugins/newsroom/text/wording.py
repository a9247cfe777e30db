"""The wording of a text: what a translator has to follow, without what typography and layout make of it."""

import re
import unicodedata
from hashlib import blake2b
from html import unescape

#: Signs that differ by typography alone; what cannot be seen is left out.
_SIGNS = str.maketrans(
    {**dict.fromkeys("‘’ʼ′", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
_DASHES = re.compile(r"-{2,}")
#: Spaces around signs and numbers are those of a typography.
_SPACED = re.compile(r" (?:(?=[^\w ]|\d)|(?<=[^\w ] )|(?<=\d ))")


def wording(text: str) -> str:
    """Return ``text``, Markdown, so that two that differ by spaces, line breaks, quotation marks or dashes are one."""
    plain = unicodedata.normalize("NFKC", unescape(text)).translate(_SIGNS)
    return _SPACED.sub("", _DASHES.sub("-", " ".join(plain.split())))


def fingerprint(text: str) -> str:
    """Return what names the wording of ``text`` in ``translated_from``: 16 hexadecimal digits."""
    return blake2b(wording(text).encode(), digest_size=8).hexdigest()
