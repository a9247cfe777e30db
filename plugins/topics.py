"""Topic pages: what this publication follows, topic by topic.

A topic is content of its own (``content/topics/<key>/``): a name, a slug and an
introduction per language. Its page shows the introduction, the claims and their
verdicts, the stories it is the main topic of and its articles, newest first, in
pages; it has feeds in three formats. An index lists the topics.
"""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.feeds import TOPIC_FEEDS
from newsroom.views.kinds import TOPIC_PAGES


class TopicsGenerator(Generator):  # type: ignore[misc]
    """Writes the pages and the feeds of topics, and their index."""

    def generate_output(self, writer: Any) -> None:
        site = self.context["site"]
        writer.write(site.pages(TOPIC_PAGES))
        writer.write(site.feeds(TOPIC_FEEDS))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return TopicsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
