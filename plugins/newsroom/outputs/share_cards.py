"""Share cards as outputs: one is drawn again only when what it says, its font or its colours change.

The libraries that draw are loaded only then.
"""

from collections.abc import Callable, Iterator
from functools import cached_property, partial

from newsroom.content.articles import STATUSES
from newsroom.content.catalogue import Catalogue
from newsroom.outputs.output import Output
from newsroom.session import Session
from newsroom.store.digests import digest, of_view
from newsroom.text.localised import date_text
from newsroom.views.share_cards import VERDICT, ShareCard, card_file, card_views, palette_from

#: What each verdict is called, as the pages call it (macros/claims.html).
VERDICT_WORDS = {
    "kept": "Kept",
    "kept-late": "Kept late",
    "kept-otherwise": "Kept differently",
    "dropped": "Dropped",
    "unanswered": "Unanswered",
    "open": "Open",
}


class CardStudio:
    """Draws cards in the letters and colours of the theme.

    Raises :class:`newsroom.problems.Problems` where a colour is missing.
    """

    def __init__(self, session: Session) -> None:
        theme = session.settings.theme
        self._font = (theme / "fonts" / "headlines.ttf").read_bytes()
        self._palette = palette_from((theme / "static" / "css" / "tokens.css").read_text(encoding="utf-8"))
        self._languages = {language.code: language for language in session.settings.languages}
        self._words = {
            code: {
                **{status: messages.pgettext("status", status) for status in STATUSES},
                **{verdict: messages.pgettext("verdict", word) for verdict, word in VERDICT_WORDS.items()},
                VERDICT: messages.gettext("Verdict:"),
            }
            for code, messages in session.messages.items()
        }
        self._drawn_with = digest(self._font, of_view(self._palette))

    def outputs(self, catalogue: Catalogue) -> Iterator[Output]:
        """Yield the card of every article and language, and of the site."""
        return map(self.output, card_views(catalogue))

    def output(self, card: ShareCard) -> Output:
        """Return the output of ``card``."""
        made_from = digest(of_view(card), of_view(self._words[card.language]), self._drawn_with)
        return Output(card_file(card), made_from, partial(self._draw_card, card))

    def _draw_card(self, card: ShareCard) -> bytes:
        return self._draw(card, self.date_on(card), self._words[card.language])

    def date_on(self, card: ShareCard) -> str:
        """Return the date of ``card`` as its language writes it, "" where it has none."""
        language = self._languages[card.language]
        return date_text(card.date, language.locale, language.typography) if card.date else ""

    @cached_property
    def _draw(self) -> Callable[[ShareCard, str, dict[str, str]], bytes]:
        from newsroom.writers.font import Face  # noqa: PLC0415
        from newsroom.writers.share_card import draw_card  # noqa: PLC0415 - a tenth of a second most builds need not spend

        return partial(draw_card, palette=self._palette, face=Face(self._font))
