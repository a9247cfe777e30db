"""Pages that stand alone: about and its like, what is not translated, what was not found."""

from itertools import chain
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.pages import not_found_pages, pages, untranslated_pages


class PagesGenerator(Generator):  # type: ignore[misc]
    """Writes pages that stand alone."""

    def generate_output(self, writer: Any) -> None:
        catalogue = self.context["catalogue"]
        for page in chain(pages(catalogue), untranslated_pages(catalogue), not_found_pages(catalogue)):
            writer.write_page(self.env, page, self.context["chrome"])


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return PagesGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
