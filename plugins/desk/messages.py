"""``make messages``: extract the words of the interface, update the catalogue of every language.

Words are found in the templates and in the Python code; English is the source
language, so it has no catalogue. What is new stands untranslated in the ``.po``
files, and the tests fail until somebody translates it.
"""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "theme"
DOMAIN = "messages"
SOURCE_LANGUAGE = "en"
_METHODS = [("theme/templates/**.html", "jinja2"), ("plugins/newsroom/**.py", "python")]
_OPTIONS = {"theme/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
_KEYWORDS = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_": None,
    "N_": None,
}


def extract() -> Catalog:
    """Return the words of the interface as they stand in the sources."""
    catalog = Catalog(domain=DOMAIN, fuzzy=False, creation_date=None)
    found = extract_from_dir(ROOT, _METHODS, _OPTIONS, _KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=True)
    for file, _, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        places: Any = [(file, None)]  # without a line, which would change with every edit above it
        catalog.add(message, locations=places, auto_comments=comments, context=context)
    return catalog


def update(path: Path, words: Catalog) -> Catalog:
    """Return the catalogue at ``path`` with the words of today; dropped words are dropped."""
    locale = path.parent.parent.name
    with path.open("rb") as file:
        catalog = read_po(file, locale=locale, domain=DOMAIN)
    catalog.update(words, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def main() -> None:
    """Update every catalogue and say what is left to translate."""
    words = extract()
    for path in sorted((THEME / "translations").glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        catalog = update(path, words)
        with path.open("wb") as file:
            write_po(file, catalog, omit_header=False, width=100, ignore_obsolete=True)
        missing = [message for message in catalog if message.id and (not message.string or message.fuzzy)]
        print(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {len(missing)} to translate")


if __name__ == "__main__":
    main()
