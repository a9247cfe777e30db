"""The end of ``make publish``: remember the address that each text was published under.

Reads what the build has just read, from its cache, and adds what is new to ``content/published.txt``.
"""

import argparse
from collections.abc import Iterator

from desk.project import begun, read_project
from desk.remembered import add_lines
from newsroom.content.catalogue import Catalogue
from newsroom.content.published import place_of, read_published
from newsroom.views.entities import players


def remember(catalogue: Catalogue) -> int:
    """Add the addresses of ``catalogue`` to those that were published; return how many were new."""
    content = catalogue.settings.content
    known = read_published(content)
    new = [
        f"{place} {language} {slug}\n"
        for place, language, slug in _addresses(catalogue)
        if slug not in known.slugs.get((place, language), ())[-1:]
    ]
    add_lines(content, sorted(new))
    return len(new)


def _addresses(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Yield the place, the language and the last word of the address of all that has an id or a page of its own."""
    for entry in catalogue.entries:
        for text in entry.texts.values():
            yield place_of(entry), text.language, text.slug
    for claim in catalogue.claims.values():
        for code in claim.claim:
            yield f"claims/{claim.key}", code, claim.permanent
    for key in players(catalogue):
        for code in catalogue.settings.codes:
            yield f"entities/{key}", code, key


def main() -> None:
    """Remember the addresses that ``publishconf.py`` publishes."""
    argparse.ArgumentParser(
        prog="make publish", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    ).parse_args()
    settings, _ = read_project("publishconf.py")
    with begun(settings) as (_, catalogue):
        remember(catalogue)


if __name__ == "__main__":
    main()
