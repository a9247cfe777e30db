"""``make messages``: extract the words of the interface and of the desk, and update the catalogues of every language.

The words that readers see are found in the templates and in the Python code,
those for editors by the functions that take them. English is the source
language and has no catalogue. What is new stands untranslated in the ``.po``
files, and no site is built until somebody translates it.
"""

import argparse
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from msgspec import Struct

from newsroom.messages import untranslated
from newsroom.reports import TRANSLATIONS

ROOT = Path(__file__).resolve().parents[2]
_TRIMMED = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
_Keyword = tuple[int | tuple[int, str], ...] | None


class Domain(Struct, frozen=True):
    """The messages of one catalogue: where it is, in which files they are said, by which functions."""

    name: str
    folder: Path
    methods: tuple[tuple[str, str], ...]
    keywords: dict[str, _Keyword]

    def catalogues(self) -> list[Path]:
        """Return the catalogues there are."""
        return sorted(self.folder.glob(f"*/LC_MESSAGES/{self.name}.po"))


INTERFACE = Domain(
    "messages",
    ROOT / "theme" / "translations",
    (("theme/templates/**.html", "jinja2"), ("plugins/newsroom/**.py", "python")),
    {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
        "_": None,
        "N_": None,
    },
)
#: The meaning of a key is the third argument of its ``Field``.
DESK = Domain(
    "problems",
    TRANSLATIONS,
    (("plugins/**.py", "python"), ("plugins/desk/added/**.html", "jinja2")),
    {"say": None, "nsay": (1, 2), "Field": (3,)},
)


def extract(domain: Domain = INTERFACE) -> Catalog:
    """Return the words of ``domain`` as they are in the sources."""
    catalog = Catalog(domain=domain.name, fuzzy=False, creation_date=None)
    options = {"theme/templates/**.html": _TRIMMED}
    tags = ("i18n:",)
    found = extract_from_dir(ROOT, domain.methods, options, domain.keywords, comment_tags=tags, strip_comment_tags=True)
    for file, _, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        places: Any = [(file, None)]  # without a line, which would change with every edit above it
        catalog.add(message, locations=places, auto_comments=comments, context=context)
    return catalog


def update(path: Path, words: Catalog) -> Catalog:
    """Return the catalogue at ``path`` with the words of today; dropped words are dropped."""
    locale = path.parent.parent.name
    with path.open("rb") as file:
        catalog = read_po(file, locale=locale)
    made = catalog.creation_date
    catalog.update(words, no_fuzzy_matching=True)
    catalog.creation_date = made  # a moment would differ in every copy of the repository, and be all that does
    catalog.obsolete.clear()
    return catalog


def main() -> None:
    """Update every catalogue and say what is left to translate."""
    argparse.ArgumentParser(
        prog="make messages", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    ).parse_args()
    for domain in (INTERFACE, DESK):
        words = extract(domain)
        for path in domain.catalogues():
            catalog = update(path, words)
            with path.open("wb") as file:
                write_po(file, catalog, omit_header=False, width=100, ignore_obsolete=True)
            print(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {len(untranslated(catalog))} to translate")


if __name__ == "__main__":
    main()
