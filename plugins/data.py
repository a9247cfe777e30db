"""Files for other programs: the table in ``newsroom/writers/data_files.py``."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.writers.data_files import DATA_FILES


class DataGenerator(Generator):  # type: ignore[misc]
    """Writes the items as JSON, the calendars, the lists of feeds, the sitemaps, and the files that servers read."""

    def generate_output(self, writer: Any) -> None:
        writer.write(self.context["site"].data_files(DATA_FILES))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return DataGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
