"""Pages: every kind of the table in ``newsroom/views/kinds.py`` but those of topics, which have a step of their own."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.views.kinds import PAGES, TOPIC_PAGES


class KindsGenerator(Generator):  # type: ignore[misc]
    """Writes the pages."""

    def generate_output(self, writer: Any) -> None:
        kinds = [kind for kind in PAGES if kind not in TOPIC_PAGES]
        writer.write(self.context["site"].pages(kinds))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return KindsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
