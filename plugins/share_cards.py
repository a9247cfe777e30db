"""Share cards: the picture that goes with a shared link, one per article and language, one for all other pages."""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.failures import exit_on_problems
from newsroom.outputs.share_cards import CardStudio


class CardsGenerator(Generator):  # type: ignore[misc]
    """Writes the cards."""

    def generate_output(self, writer: Any) -> None:
        session = self.settings["SESSION"]
        with exit_on_problems(session):
            writer.write(CardStudio(session).outputs(self.context["catalogue"]))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return CardsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
