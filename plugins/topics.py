"""Topic pages: what this publication follows, topic by topic.

A topic is content of its own (``content/topics/<key>/``): a name, a slug and an
introduction per language. Its page shows the introduction, the activity over
the years, the states of its claims, the stories it is part of and its articles,
newest first, in pages; it has feeds in three formats. An index lists the topics.
"""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.feeds import TOPIC_FEEDS, feed_views
from newsroom.views.kinds import TOPIC_PAGES
from newsroom.views.places import page_views


class TopicsGenerator(Generator):  # type: ignore[misc]
    """Writes the pages and the feeds of topics, and their index."""

    def generate_output(self, writer: Any) -> None:
        catalogue, renderer = self.context["catalogue"], self.context["renderer"]
        writer.write(map(renderer.page, page_views(catalogue, TOPIC_PAGES)))
        writer.write(map(renderer.feed, feed_views(catalogue, TOPIC_FEEDS)))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return TopicsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
