"""Share cards: the picture that goes with a shared link, one per article and language, one for all other pages."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.outputs.output import Output
from newsroom.outputs.share_cards import CardStudio, how_many_cards


class CardsGenerator(Generator):  # type: ignore[misc]
    """Writes the cards."""

    def generate_output(self, writer: Any) -> None:
        writer.write(self._cards(), "cards", partial(how_many_cards, self.context["catalogue"]))

    def _cards(self) -> Iterator[Output]:
        yield from CardStudio(self.settings["SESSION"]).outputs(self.context["catalogue"])


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return CardsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
