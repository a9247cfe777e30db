"""Archives: the list of all articles, in pages, and one page a year."""

from itertools import chain
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.archives import archive_pages, list_pages


class ArchivesGenerator(Generator):  # type: ignore[misc]
    """Writes the lists of articles."""

    def generate_output(self, writer: Any) -> None:
        catalogue = self.context["catalogue"]
        for page in chain(list_pages(catalogue), archive_pages(catalogue)):
            writer.write_page(self.env, page, self.context["chrome"])


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return ArchivesGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
