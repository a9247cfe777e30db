"""Share cards: what the picture of a shared link says, in which colours, and its address.

A card is named by its content, so that a changed card has another address, and those who kept the
old one fetch the new one.
"""

import datetime as dt
import re
from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.articles import Article
from newsroom.content.catalogue import Catalogue
from newsroom.problems import Problem, Problems
from newsroom.sentences import say
from newsroom.store.digests import of_view
from newsroom.views.common import text_in

#: The word before a verdict, among the words of a card.
VERDICT = "verdict"
_COLOUR = re.compile(r"--(paper|ink|quiet|accent): light-dark\((#[0-9a-f]{6}),")


class Palette(Struct, frozen=True):
    """The colours of a card, as ``#rrggbb``."""

    paper: str
    ink: str
    quiet: str
    accent: str


def palette_from(sheet: str) -> Palette:
    """Return the colours of the light scheme, which a style sheet gives first.

    Raises :class:`Problems` where one is missing.
    """
    found: dict[str, str] = {}
    for name, colour in _COLOUR.findall(sheet):
        found.setdefault(name, colour)
    for name in Palette.__struct_fields__:
        if name not in found:
            message = say("the social cards find no {name}.", name=f"--{name}")
            remedy = say("Write it in six digits: {example}", example=f"--{name}: light-dark(#13212b, #e9eeec);")
            raise Problems([Problem("theme/static/css/tokens.css", 0, "", message, remedy)])
    return Palette(**found)


class ShareCard(Struct, frozen=True):
    """What a card says. That of an article has a date, statuses, a topic and, where it is about a claim, its verdict.

    That of the site has none. ``place`` is where it stands under ``cards/<language>/``, ``statuses`` are of
    ``articles.STATUSES``, ``verdict`` is of ``models.VERDICTS``: no age, which would make another picture every month.
    """

    place: str
    language: str
    site: str
    title: str
    date: dt.date | None = None
    statuses: tuple[str, ...] = ()
    topic: str = ""
    verdict: str = ""


def card_views(catalogue: Catalogue) -> Iterator[ShareCard]:
    """Yield the card of the site in every language, and of every article in every language it exists in."""
    for code in catalogue.settings.codes:
        yield site_card(catalogue, code)
    for article in catalogue.articles:
        for code in article.texts:
            yield article_card(catalogue, article, code)


def site_card(catalogue: Catalogue, code: str) -> ShareCard:
    """Return the card of the pages that have none of their own: the site and what it is for."""
    return ShareCard("site", code, catalogue.settings.site_name, catalogue.addresses.languages[code].tagline)


def article_card(catalogue: Catalogue, article: Article, code: str) -> ShareCard:
    """Return the card of ``article`` in a language it exists in."""
    facts = article.facts
    return ShareCard(
        place=f"articles/{article.permanent}",
        language=code,
        site=catalogue.settings.site_name,
        title=article.texts[code].title,
        date=facts.date.date(),
        statuses=facts.status,
        topic=text_in(catalogue, catalogue.topic[facts.topics[0]], code).title,
        verdict=catalogue.claims[facts.claims[0]].verdict.verdict if facts.claims else "",
    )


def card_file(card: ShareCard) -> str:
    """Return the output file of ``card``."""
    return f"cards/{card.language}/{card.place}.{of_view(card)[:5].hex()}.png"


def card_url(catalogue: Catalogue, card: ShareCard) -> str:
    """Return the absolute address of ``card``: those who read it have no page to resolve it by."""
    return catalogue.addresses.absolute(f"{catalogue.settings.base_path}/{card_file(card)}")
