"""Feeds of the whole site, per language, in RSS 2.0, Atom and JSON Feed; and the page that lists all feeds."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.feeds import site_feeds
from newsroom.views.subscribe import subscribe_pages


class FeedsGenerator(Generator):  # type: ignore[misc]
    """Writes the feeds of the site and the page to subscribe."""

    def generate_output(self, writer: Any) -> None:
        catalogue, chromes = self.context["catalogue"], self.context["chrome"]
        for page in subscribe_pages(catalogue):
            writer.write_page(self.env, page, chromes)
        for feed in site_feeds(catalogue):
            writer.write_feed_view(self.env, feed, chromes)


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return FeedsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
