"""Threads: stories followed over the years, each with the line of its articles, and their index."""

from itertools import chain
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.feeds import thread_feeds
from newsroom.views.threads import thread_pages, threads_page


class ThreadsGenerator(Generator):  # type: ignore[misc]
    """Writes the pages and the feeds of threads, and their index."""

    def generate_output(self, writer: Any) -> None:
        catalogue, chromes = self.context["catalogue"], self.context["chrome"]
        for page in chain(threads_page(catalogue), thread_pages(catalogue)):
            writer.write_page(self.env, page, chromes)
        for feed in thread_feeds(catalogue):
            writer.write_feed_view(self.env, feed, chromes)


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return ThreadsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
