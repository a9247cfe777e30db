"""Files that are published as they are: those of the theme and the pictures of articles."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.store import digest
from newsroom.views.media import media_files


class FilesGenerator(Generator):  # type: ignore[misc]
    """Writes the files of the theme and the pictures that articles show."""

    def generate_output(self, writer: Any) -> None:
        for asset in self.settings["SESSION"].assets.files:
            writer.write_output(asset.file, digest(asset.data), lambda asset=asset: asset.data)
        for path, source in media_files(self.context["catalogue"]).items():
            data = source.read_bytes()
            writer.write_output(path, digest(data), lambda data=data: data)


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return FilesGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
