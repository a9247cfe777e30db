"""Players: the companies, agencies, programmes and people of the articles, and their index."""

from itertools import chain
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.entities import entities_page, entity_pages
from newsroom.views.feeds import entity_feeds


class EntitiesGenerator(Generator):  # type: ignore[misc]
    """Writes the pages and the feeds of players, and their index."""

    def generate_output(self, writer: Any) -> None:
        catalogue, chromes = self.context["catalogue"], self.context["chrome"]
        for page in chain(entities_page(catalogue), entity_pages(catalogue)):
            writer.write_page(self.env, page, chromes)
        for feed in entity_feeds(catalogue):
            writer.write_feed_view(self.env, feed, chromes)


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return EntitiesGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
