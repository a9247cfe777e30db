"""Language tags as BCP 47 has them: compared without regard to case, and by their beginning."""

from collections.abc import Collection


def nearest_tag(tag: str, known: Collection[str]) -> str:
    """Return the one of ``known`` by whose rules ``tag`` is set (RFC 4647, 3.4), else ``tag`` itself.

    >>> nearest_tag("EN-gb", ["fr", "en"])
    'en'
    """
    if tag in known:
        return tag
    names = {name.lower(): name for name in known}
    wanted = tag.lower().replace("_", "-")
    while wanted:
        if wanted in names:
            return names[wanted]
        wanted = wanted.rpartition("-")[0]
    return tag
