"""Claims as pages show them: what was announced, what became of it, and what proves it."""

from collections.abc import Iterable

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import Outcome, counts, outcome
from newsroom.content.models import VERDICTS, Claim, Source, Verdict
from newsroom.dates import PartialDate
from newsroom.views.common import Link, entry_link, event_link, player_link


class VerdictView(Struct, frozen=True):
    """A verdict in the language of the page; its proof is an article, by its short name, or a ``source``."""

    verdict: str
    date: PartialDate
    judged: PartialDate
    label: str
    text: str
    article: Link | None
    source: Source | None


class ClaimView(Struct, frozen=True):
    """A claim in the language of the page. ``url`` is its place on the page of its thread, ``anchor`` the id there.

    ``promises`` are the dates it was promised for, the newest last; ``earlier`` the verdicts that were in force
    before ``verdict``, newest first.
    """

    key: str
    anchor: str
    url: str
    thread: Link
    claim: str
    label: str
    by: tuple[Link, ...]
    announced: PartialDate
    promises: tuple[PartialDate, ...]
    outcome: Outcome
    verdict: VerdictView
    earlier: tuple[VerdictView, ...] = ()


class Score(Struct, frozen=True):
    """How many claims there are, by verdict in the order of ``VERDICTS``, without zeros; ``overdue`` ones are open."""

    total: int
    verdicts: tuple[tuple[str, int], ...]
    overdue: int


def claim_view(catalogue: Catalogue, claim: Claim, code: str) -> ClaimView:
    """Return ``claim``, which has a text in ``code``."""
    latest, *earlier = (_verdict(catalogue, verdict, code) for verdict in reversed(claim.verdicts))
    return ClaimView(
        key=claim.key,
        anchor=claim.permanent,
        url=claim_url(catalogue, claim, code),
        thread=entry_link(catalogue, catalogue.thread[claim.thread], code),
        claim=claim.claim[code],
        label=claim.label[code],
        by=tuple(player_link(catalogue, key, code) for key in claim.by),
        announced=claim.announced,
        promises=claim.promises,
        outcome=outcome(claim, catalogue.settings.now.date()),
        verdict=latest,
        earlier=tuple(earlier),
    )


def claim_url(catalogue: Catalogue, claim: Claim, code: str) -> str:
    """Return the place of ``claim`` on the page of its thread."""
    return f"{entry_link(catalogue, catalogue.thread[claim.thread], code).url}#{claim.permanent}"


def _verdict(catalogue: Catalogue, verdict: Verdict, code: str) -> VerdictView:
    key = verdict.proof.article
    return VerdictView(
        verdict.verdict,
        verdict.date,
        verdict.judged,
        verdict.label[code],
        verdict.text[code],
        event_link(catalogue, catalogue.by_key[key], code) if key else None,
        verdict.proof.source,
    )


def claim_views(catalogue: Catalogue, claims: Iterable[Claim], code: str) -> tuple[ClaimView, ...]:
    """Return those of ``claims`` that have a text in ``code``, in their order."""
    return tuple(claim_view(catalogue, claim, code) for claim in in_language(claims, code))


def in_language(claims: Iterable[Claim], code: str) -> list[Claim]:
    """Return those of ``claims`` that have a text in ``code``."""
    return [claim for claim in claims if code in claim.claim]


def score(catalogue: Catalogue, claims: Iterable[Claim]) -> Score:
    """Return the scoreboard of ``claims`` on the day of the build."""
    found = counts(claims, catalogue.settings.now.date())
    verdicts = tuple((verdict, found[verdict]) for verdict in VERDICTS if verdict in found)
    return Score(sum(count for _, count in verdicts), verdicts, found.get("overdue", 0))


def claims_of_player(catalogue: Catalogue, key: str) -> list[Claim]:
    """Return what a player announced, in order of the file."""
    return [claim for claim in catalogue.claims.values() if key in claim.by]


def by_verdict_date(claims: Iterable[Claim]) -> list[Claim]:
    """Return ``claims`` with the newest verdict first: by the day it was given, then by that of its fact."""
    return sorted(claims, key=_newest)


def _newest(claim: Claim) -> tuple[int, int, str]:
    verdict = claim.verdict
    return (-verdict.judged.first.toordinal(), -verdict.date.first.toordinal(), claim.key)
