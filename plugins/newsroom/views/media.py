"""The pictures that published entries show, wherever they are shown."""

from pathlib import Path
from typing import Any

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Entry


def media_files(catalogue: Catalogue) -> dict[str, Path]:
    """Return the files to publish under ``media/``, by output path, with the file each is a copy of."""
    kinds: dict[str, tuple[Entry[Any], ...]] = {
        "articles": catalogue.articles,
        "topics": catalogue.topics,
        "threads": catalogue.threads,
        "editions": catalogue.editions,
        "pages": catalogue.pages,
    }
    return {
        f"media/{folder}/{entry.key}/{name}": catalogue.settings.content / folder / entry.key / name
        for folder, entries in kinds.items()
        for entry in entries
        for name in sorted(_names(entry))
    }


def _names(entry: Entry[Any]) -> set[str]:
    image = getattr(entry.facts, "image", None)
    shown = {name for text in entry.texts.values() for name in text.body.files}
    return shown | {image.file} if image else shown
