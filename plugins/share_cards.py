"""Social cards: the picture that stands for a shared link, one per article and language, one for the rest.

Drawn again only when what one says, its words, its letters or its colours
changed; the libraries that draw are loaded only then.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.content.models import STATUSES
from newsroom.problems import Problems
from newsroom.store.digests import digest, of_view
from newsroom.views.share_cards import CardView, Palette, card_file, card_views, palette_from

Draw = Callable[[CardView, dict[str, str]], bytes]


class CardsGenerator(Generator):  # type: ignore[misc]
    """Writes the cards."""

    def generate_output(self, writer: Any) -> None:
        session = self.settings["SESSION"]
        theme = session.settings.theme
        font = (theme / "fonts" / "headlines.ttf").read_bytes()
        try:
            palette = palette_from((theme / "static" / "css" / "tokens.css").read_text(encoding="utf-8"))
        except Problems as problems:
            raise SystemExit(str(problems)) from problems
        words = {
            code: {status: messages.pgettext("status", status) for status in STATUSES}
            for code, messages in session.messages.items()
        }
        studio = cache(lambda: open_studio(font, palette))
        drawn_with = digest(font, of_view(palette))
        for card in card_views(self.context["catalogue"]):
            said = words[card.language]
            fingerprint = digest(of_view(card), of_view(said), drawn_with)
            writer.write_output(card_file(card), fingerprint, lambda card=card, said=said: studio()(card, said))


def open_studio(font: bytes, palette: Palette) -> Draw:
    """Return the function that draws cards in the letters of ``font``."""
    from newsroom.writers.font import Face  # noqa: PLC0415
    from newsroom.writers.share_card import draw_card  # noqa: PLC0415 - a tenth of a second that most builds need not spend

    face = Face(font)
    return lambda card, words: draw_card(card, words, palette, face)


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return CardsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
