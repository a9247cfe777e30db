"""Tells Pelican what was published, for the counts that it prints at its end."""

from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator


class ReportGenerator(Generator):  # type: ignore[misc]
    """Tells Pelican's own generators, which read nothing here, what was published."""

    def generate_output(self, _: Any) -> None:
        catalogue = self.context["catalogue"]
        for stock in self.context["stock_generators"]:
            if isinstance(stock, ArticlesGenerator):
                stock.articles = list(catalogue.articles)
                stock.translations = [
                    text for article in catalogue.articles for text in list(article.texts.values())[1:]
                ]
            if isinstance(stock, PagesGenerator):
                stock.pages = list(catalogue.pages)
                stock.translations = [text for page in catalogue.pages for text in list(page.texts.values())[1:]]


def remember(generator: Generator) -> None:
    """Note Pelican's own generators in the context that all share."""
    if isinstance(generator, ArticlesGenerator | PagesGenerator):
        generator.context.setdefault("stock_generators", []).append(generator)


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return ReportGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(remember)
    signals.get_generators.connect(generator)
