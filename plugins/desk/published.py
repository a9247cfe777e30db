"""The end of ``make publish``: remember the address that each text was published under.

Reads what the build has just read, from its cache, and adds what is new to ``content/published.txt``.
"""

from pathlib import Path

from pelican.settings import read_settings

from newsroom.content.catalogue import Catalogue
from newsroom.content.published import NAME, place_of, read_published
from newsroom.session import Session
from newsroom.settings import settings_from
from newsroom.views.kinds import PATH_WORDS

_HEAD = "# Addresses that were published: make publish adds to this file. Keep it in the repository.\n"


def remember(catalogue: Catalogue) -> int:
    """Add the addresses of ``catalogue`` to those that were published; return how many were new."""
    content = catalogue.settings.content
    known = read_published(content)
    new = [
        f"{place_of(entry)} {text.language} {text.slug}\n"
        for entry in catalogue.entries
        for text in entry.texts.values()
        if text.slug not in known.get((place_of(entry), text.language), ())[-1:]
    ]
    path = content / NAME
    if new:
        before = path.read_text(encoding="utf-8") if path.is_file() else _HEAD
        path.write_text(before + "".join(sorted(new)), encoding="utf-8")
    return len(new)


def main() -> None:
    """Remember the addresses that ``publishconf.py`` publishes."""
    session = Session(settings_from(read_settings("publishconf.py"), PATH_WORDS), Path(__file__).resolve().parents[1])
    try:
        remember(session.begin())
    finally:
        session.end()
        session.store.close()


if __name__ == "__main__":
    main()
