"""Keys: what editors call a thing, in folders and registers; and its permanent name, in ids and addresses."""

import re

#: Lower-case ASCII letters, digits, single hyphens.
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def first_key(key: str, former: tuple[str, ...]) -> str:
    """Return the permanent name of what is called ``key`` and was called ``former`` before, the oldest first."""
    return former[0] if former else key
