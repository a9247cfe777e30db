"""Corrections and updates: every change to a published article, on a page and in a feed."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.feeds import correction_feeds
from newsroom.views.reference import correction_pages


class CorrectionsGenerator(Generator):  # type: ignore[misc]
    """Writes the page and the feed of corrections."""

    def generate_output(self, writer: Any) -> None:
        catalogue, chromes = self.context["catalogue"], self.context["chrome"]
        for page in correction_pages(catalogue):
            writer.write_page(self.env, page, chromes)
        for feed in correction_feeds(catalogue):
            writer.write_feed_view(self.env, feed, chromes)


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return CorrectionsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
