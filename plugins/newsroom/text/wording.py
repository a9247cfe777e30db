"""The wording of a text: what a translator has to follow, without what typography and layout make of it."""

import re
import unicodedata
from hashlib import blake2b
from html import unescape

#: Signs that differ by typography alone, and spaces that NFKC leaves; what cannot be seen is left out.
_SIGNS = {
    **dict.fromkeys("‘’ʼ′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029", " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
#: Spaces around signs and numbers are those of a typography: only those between two letters tell words apart.
_SPACED = re.compile(r" (?:(?![^\W\d])|(?<![^\W\d] ))")


def wording(text: str) -> str:
    """Return ``text``, Markdown, so that two that differ by spaces, line breaks, quotation marks or dashes are one."""
    plain = unicodedata.normalize("NFKC", unescape(text))
    # Few texts hold more than a few of the signs; ``str.translate`` would look each character up in the table.
    for sign, shown in _SIGNS.items():
        plain = plain.replace(sign, shown)
    for sign in (" ", "-"):
        while sign * 2 in plain:
            plain = plain.replace(sign * 2, sign)
    return _SPACED.sub("", plain.strip(" "))


def fingerprint(text: str) -> str:
    """Return what names the wording of ``text`` in ``translated_from``: 16 hexadecimal digits."""
    return blake2b(wording(text).encode(), digest_size=8).hexdigest()
