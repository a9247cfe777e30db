"""The board of claims: all of them in several orders, or those with one verdict; each is a page of its own."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import LATE, outcome
from newsroom.content.models import VERDICTS, Claim
from newsroom.views.claims import ClaimView, Score, claim_views, score, told
from newsroom.views.common import Pagination, View, feed_links, pagination
from newsroom.views.places import Place, numbered_places, section_urls

Order = Callable[[Catalogue, Claim], Any]


def _latest_first(catalogue: Catalogue, claim: Claim) -> tuple[int, int]:
    """Return how late a claim is, as a sort key with the latest first; None for one that is not late."""
    found = outcome(claim, catalogue.settings.now.date())
    return (-found.span.months, -found.span.days) if found.case in LATE else (0, 0)


#: The orders beside that of the claims' own dates: their path words, and what to sort by.
ORDERS: dict[str, Order] = {
    "by-promise": lambda _, claim: -(claim.expected.last.toordinal() if claim.expected else 0),
    "by-delay": _latest_first,
    "by-verdict": lambda _, claim: VERDICTS.index(claim.verdict.verdict),
}
#: The verdicts that the board can be narrowed to, and ``overdue``; their names are path words.
NARROWED = (*VERDICTS, "overdue")
BOARD_WORDS = (*ORDERS, *NARROWED)


class Tab(Struct, frozen=True):
    """Another page of the board: an order, or a verdict and how many claims have it."""

    name: str
    url: str
    count: int = 0


class BoardView(View, frozen=True, kw_only=True):
    """One page of the board; ``name`` is its order or verdict, "" for the first."""

    name: str
    claims: tuple[ClaimView, ...]
    score: Score
    orders: tuple[Tab, ...]
    verdicts: tuple[Tab, ...]
    pagination: Pagination


def board_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the pages of the board: by date, in the other orders, and of every verdict that a claim has."""
    for name in ("", *ORDERS, *NARROWED):
        found = len(_chosen(catalogue, name))
        if found or not name:
            urls = {code: board_url(catalogue, code, name) for code in catalogue.settings.codes}
            yield from numbered_places(catalogue, Place(urls, key=name), found)


def board_url(catalogue: Catalogue, code: str, name: str = "") -> str:
    """Return the address of the board, or of its order or verdict ``name``."""
    places = catalogue.addresses
    return places.item(code, "claims", places.languages[code].paths[name]) if name else places.section(code, "claims")


def board_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> BoardView:
    """Return one page of the board."""
    size, name = catalogue.settings.page_size, place.key
    chosen = _chosen(catalogue, name)
    first = board_url(catalogue, code, name)
    every = told(catalogue.claims.values(), code)
    return BoardView(
        **frame,
        feeds=feed_links("", section_urls(catalogue, "claims")[code]),
        name=name,
        claims=claim_views(catalogue, chosen[(place.number - 1) * size :][:size], code),
        score=score(catalogue, every),
        orders=tuple(Tab(order, board_url(catalogue, code, order)) for order in ("", *ORDERS)),
        verdicts=tuple(
            Tab(verdict, board_url(catalogue, code, verdict), count)
            for verdict in NARROWED
            if (count := len(_chosen(catalogue, verdict)))
        ),
        pagination=pagination(catalogue, code, first, place.number, len(chosen)),
    )


def _chosen(catalogue: Catalogue, name: str) -> list[Claim]:
    """Return the claims of a page of the board in its order; those that are equal in it newest first."""
    claims = sorted(catalogue.claims.values(), key=lambda claim: (-claim.announced.first.toordinal(), claim.key))
    if name in ORDERS:
        return sorted(claims, key=lambda claim: ORDERS[name](catalogue, claim))
    if name == "overdue":
        today = catalogue.settings.now.date()
        return [claim for claim in claims if outcome(claim, today).case == name]
    return [claim for claim in claims if not name or claim.verdict.verdict == name]
