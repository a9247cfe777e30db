"""Names that stay: the permanent ids of items.

The id of an item is a tag URI (RFC 4151) made of the authority and the year
fixed in the settings, the key of its folder and its language. Slug, title,
date, domain and URL scheme may all change; the id does not.
"""


def tag_uri(authority: str, year: int, path: str) -> str:
    """Return the tag URI of ``path`` (RFC 4151, 2.1), as in ``tag:example.org,2026:articles/x/fr``."""
    return f"tag:{authority},{year}:{path}"
