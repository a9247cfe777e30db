"""The board of claims: all or those of a topic, in several orders or of one verdict; each is a page of its own."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import counts, outcome
from newsroom.content.models import VERDICTS, Claim
from newsroom.views.claims import ClaimView, claim_views, in_language, score
from newsroom.views.common import Pagination, View, feed_links, pagination
from newsroom.views.fan import Fan, fan
from newsroom.views.places import Place, numbered_places, section_urls

Order = Callable[[Catalogue, Claim], Any]


def _latest_first(catalogue: Catalogue, claim: Claim) -> tuple[int, int]:
    """Return how late a claim is, as a sort key with the latest first; what is not late is last."""
    delay = outcome(claim, catalogue.settings.now.date()).delay
    return -delay.months, -delay.days


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
    """Another page of the board: of a topic, in an order or of a verdict, and how many claims it lists."""

    name: str
    url: str
    title: str = ""
    count: int = 0


class BoardView(View, frozen=True, kw_only=True):
    """One page of the board: of ``topic``, in the order or of the verdict ``name``; "" for all, by their own dates."""

    name: str
    topic: str
    claims: tuple[ClaimView, ...]
    fan: Fan | None
    topics: tuple[Tab, ...]
    orders: tuple[Tab, ...]
    verdicts: tuple[Tab, ...]
    pagination: Pagination


def board_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield the pages of the board, of all topics and of each: by date, in the other orders, of every verdict found."""
    for topic in ("", *catalogue.topic):
        entry = catalogue.topic.get(topic)
        claims = _claims(catalogue, topic)
        whole = [(name, len(claims)) for name in ("", *ORDERS)]
        for name, count in (*whole, *_verdicts(catalogue, claims)):
            if count or not (name or topic):
                codes = entry.texts if entry else catalogue.settings.codes
                urls = {code: board_url(catalogue, code, topic, name) for code in codes}
                yield from numbered_places(catalogue, Place(urls, entry, f"{topic}/{name}"), count)


def board_url(catalogue: Catalogue, code: str, topic: str = "", name: str = "") -> str:
    """Return the address of the board, or of its part: of a topic told in ``code``, in an order, of a verdict."""
    places = catalogue.addresses
    slug = catalogue.topic[topic].texts[code].slug if topic else ""
    parts = [part for part in (slug, places.languages[code].paths[name] if name else "") if part]
    return places.item(code, "claims", "/".join(parts)) if parts else places.section(code, "claims")


def board_view(catalogue: Catalogue, place: Place, code: str, **frame: Any) -> BoardView:
    """Return one page of the board."""
    size, (topic, _, name) = catalogue.settings.page_size, place.key.partition("/")
    claims = _claims(catalogue, topic)
    chosen = _chosen(catalogue, claims, name)

    def tab(topic: str, name: str, title: str = "", count: int = 0) -> Tab:
        return Tab(name, board_url(catalogue, code, topic, name), title, count)

    return BoardView(
        **frame,
        feeds=feed_links("", section_urls(catalogue, "claims")[code]),
        name=name,
        topic=catalogue.topic[topic].texts[code].title if topic else "",
        claims=claim_views(catalogue, chosen[(place.number - 1) * size :][:size], code),
        fan=fan(
            score(catalogue, in_language(claims, code)),
            partial(board_url, catalogue, code, topic),
        ),
        topics=(
            tab("", ""),
            *(
                tab(key, "", text.title, len(found))
                for key in catalogue.topic
                if (text := catalogue.topic[key].texts.get(code)) and (found := _claims(catalogue, key))
            ),
        ),
        orders=tuple(tab(topic, order) for order in ("", *ORDERS)),
        verdicts=tuple(tab(topic, verdict, count=count) for verdict, count in _verdicts(catalogue, claims)),
        pagination=pagination(catalogue, code, board_url(catalogue, code, topic, name), place.number, len(chosen)),
    )


def _claims(catalogue: Catalogue, topic: str) -> tuple[Claim, ...]:
    return catalogue.claims_of_topic.get(topic, ()) if topic else tuple(catalogue.claims.values())


def _verdicts(catalogue: Catalogue, claims: Iterable[Claim]) -> list[tuple[str, int]]:
    """Return the verdicts that ``claims`` have, and ``overdue``, each with how many have it."""
    found = counts(claims, catalogue.settings.now.date())
    return [(name, found[name]) for name in NARROWED if name in found]


def _chosen(catalogue: Catalogue, claims: Iterable[Claim], name: str) -> list[Claim]:
    """Return those of ``claims`` that a page of the board lists, in its order; equal ones newest first."""
    claims = sorted(claims, key=lambda claim: (-claim.announced.first.toordinal(), claim.key))
    if name in ORDERS:
        return sorted(claims, key=lambda claim: ORDERS[name](catalogue, claim))
    if name == "overdue":
        today = catalogue.settings.now.date()
        return [claim for claim in claims if outcome(claim, today).case == name]
    return [claim for claim in claims if not name or claim.verdict.verdict == name]
