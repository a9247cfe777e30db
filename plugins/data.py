"""Files for other programs: the table in ``newsroom/writers/data_files.py``."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.store.digests import of_view
from newsroom.writers.data_files import DATA_FILES


class DataGenerator(Generator):  # type: ignore[misc]
    """Writes the items as JSON, the calendars, the sitemaps, and the files that servers read."""

    def generate_output(self, writer: Any) -> None:
        for kind in DATA_FILES:
            for view in kind.views(self.context["catalogue"]):
                writer.write_output(view.file, of_view(view), lambda kind=kind, view=view: kind.write(view))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return DataGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
