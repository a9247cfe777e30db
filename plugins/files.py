"""Files: those of the theme, and pictures with their copies."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.outputs.output import asset_outputs, media_outputs


class FilesGenerator(Generator):  # type: ignore[misc]
    """Writes the files of the theme and the pictures that articles show."""

    def generate_output(self, writer: Any) -> None:
        writer.write(asset_outputs(self.settings["SESSION"].assets))
        writer.write(media_outputs(self.context["catalogue"]))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return FilesGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
