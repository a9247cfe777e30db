"""Pages of reference: the glossary, and the sources by publisher."""

from itertools import chain
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.reference import glossary_pages, sources_pages


class ReferenceGenerator(Generator):  # type: ignore[misc]
    """Writes the glossary and the page of sources."""

    def generate_output(self, writer: Any) -> None:
        catalogue, chromes = self.context["catalogue"], self.context["chrome"]
        for page in chain(glossary_pages(catalogue), sources_pages(catalogue)):
            writer.write_page(self.env, page, chromes)


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return ReferenceGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
