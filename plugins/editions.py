"""Editions: the numbered issues of the newsletter, and their index."""

from itertools import chain
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.editions import edition_pages, editions_page
from newsroom.views.feeds import edition_feeds


class EditionsGenerator(Generator):  # type: ignore[misc]
    """Writes the pages of editions, their index and their feed."""

    def generate_output(self, writer: Any) -> None:
        catalogue, chromes = self.context["catalogue"], self.context["chrome"]
        for page in chain(editions_page(catalogue), edition_pages(catalogue)):
            writer.write_page(self.env, page, chromes)
        for feed in edition_feeds(catalogue):
            writer.write_feed_view(self.env, feed, chromes)


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return EditionsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
