"""Article pages: one per article and language."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.articles import article_pages


class ArticlesGenerator(Generator):  # type: ignore[misc]
    """Writes article pages."""

    def generate_output(self, writer: Any) -> None:
        for page in article_pages(self.context["catalogue"]):
            writer.write_page(self.env, page, self.context["chrome"])


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return ArticlesGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
