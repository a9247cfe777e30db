"""Home pages: the gateway at the root, which lets the reader choose, and a home per language."""

from itertools import chain
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.home import gateway_page, home_pages


class HomeGenerator(Generator):  # type: ignore[misc]
    """Writes the gateway and the home pages."""

    def generate_output(self, writer: Any) -> None:
        catalogue = self.context["catalogue"]
        for page in chain(gateway_page(catalogue), home_pages(catalogue)):
            writer.write_page(self.env, page, self.context["chrome"])


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return HomeGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
