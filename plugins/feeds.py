"""Feeds of the whole site, per language: RSS 2.0, Atom and JSON Feed."""

from typing import Any

from newsroom.views.feeds import site_feeds
from pelican import signals
from pelican.generators import Generator


class FeedsGenerator(Generator):  # type: ignore[misc]
    """Writes the feeds of the site."""

    def generate_output(self, writer: Any) -> None:
        for feed in site_feeds(self.context["catalogue"]):
            writer.write_feed_view(self.env, feed, self.context["chrome"])


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return FeedsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
