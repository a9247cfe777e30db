"""Data for other programs: ``api/v1/<language>/items.json`` and its JSON Schema."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.store.digests import of_view
from newsroom.views.data import data_views
from newsroom.writers.json_data import encode


class ApiGenerator(Generator):  # type: ignore[misc]
    """Writes the JSON files."""

    def generate_output(self, writer: Any) -> None:
        for view in data_views(self.context["catalogue"]):
            writer.write_output(view.file, of_view(view), lambda view=view: encode(view))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return ApiGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
