"""Feeds in RSS 2.0, Atom and JSON Feed: every kind of the table in ``newsroom/views/feeds.py`` but those of topics."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.feeds import FEEDS, TOPIC_FEEDS


class FeedsGenerator(Generator):  # type: ignore[misc]
    """Writes the feeds."""

    def generate_output(self, writer: Any) -> None:
        kinds = [kind for kind in FEEDS if kind not in TOPIC_FEEDS]
        writer.write(self.context["site"].feeds(kinds))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return FeedsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
