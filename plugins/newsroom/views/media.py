"""The pictures and figures that published entries show, wherever they are shown."""

from collections.abc import Iterable
from pathlib import Path

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import AnyEntry


def media_files(catalogue: Catalogue, entries: Iterable[AnyEntry] | None = None) -> dict[str, Path]:
    """Return the files to publish under ``media/`` for ``entries``, by output path, with the file each is a copy of.

    Mails and feed readers show pictures where they were: those of a renamed entry stand under every key it had.
    """
    content, places = catalogue.settings.content, catalogue.addresses
    return {
        places.media(entry.kind, key, name): content / entry.kind / entry.key / name
        for entry in (catalogue.entries if entries is None else entries)
        for key in (*entry.former, entry.key)
        for name in sorted(_names(entry))
    }


def figure_files(
    catalogue: Catalogue, entries: Iterable[AnyEntry] | None = None
) -> dict[str, tuple[Path, tuple[str, ...]]]:
    """Return the files of the figures that ``entries`` show, by their place in texts, with the languages of those."""
    content, places = catalogue.settings.content, catalogue.addresses
    return {
        places.media(entry.kind, entry.key, name): (content / entry.kind / entry.key / name, tuple(entry.texts))
        for entry in (catalogue.entries if entries is None else entries)
        for name in sorted({name for text in entry.texts.values() for name in text.body.figures})
    }


def _names(entry: AnyEntry) -> set[str]:
    image = getattr(entry.facts, "image", None)
    shown = {name for text in entry.texts.values() for name in text.body.files}
    return shown | {image.file} if image else shown
