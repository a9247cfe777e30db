"""``claims.yaml``: what was announced, by whom, for when, and what became of it.

Read like the other registers; every problem has its line.
"""

from itertools import pairwise

from msgspec import convert

from newsroom.content import date_fields, fields, frontmatter
from newsroom.content.compound_fields import labels, many, with_line
from newsroom.content.frontmatter import Value
from newsroom.content.models import VERDICTS, Claim, Verdict
from newsroom.content.named_values import named_values
from newsroom.content.readers import Context
from newsroom.content.registers import entries, set_prose
from newsroom.content.schema import SOURCE
from newsroom.dates import FIRST_YEAR
from newsroom.problems import Invalid, Problem
from newsroom.sentences import say

_DATE = date_fields.partial_date(first=FIRST_YEAR)
_VERDICT = named_values(
    required={
        "verdict": fields.choice(*VERDICTS),
        "date": _DATE,
        "judged": _DATE,
        "label": labels(40),
        "proof": named_values(
            required={},
            optional={"article": fields.reference("articles"), "source": SOURCE},
            one_of=("article", "source"),
        ),
    },
    optional={},
    labelled="text",
    longest=240,
)
CLAIM = named_values(
    required={
        "thread": fields.reference("threads"),
        "announced": _DATE,
        "claim": labels(140),
        "label": labels(40),
        "verdicts": many(with_line(_VERDICT)),
    },
    optional={
        "by": many(fields.reference("entities")),
        "expected": _DATE,
        "was": many(_DATE, single=True),
    },
)


def read_claims(
    raw: bytes, name: str, context: Context, typographies: dict[str, str], problems: list[Problem]
) -> dict[str, Claim]:
    """Read ``claims.yaml`` into claims by key, in the order of the file, set in the typography of each language."""
    claims: dict[str, Claim] = {}
    for key, value in entries(raw, name, problems):
        try:
            facts = set_prose(CLAIM, CLAIM(value, context), typographies)
            claims[key] = convert({**facts, "key": key, "line": value.line}, Claim)
            _check(claims[key], value)
        except Invalid as error:
            problems.extend(frontmatter.problems(name, error, key))
    return claims


def _check(claim: Claim, value: Value) -> None:
    """Raise :class:`Invalid` where the parts of a claim contradict each other."""
    if claim.was and claim.expected is None:
        what = say("earlier dates are given, and no present one.")
        raise Invalid(value.line, what, say("Add expected: … with the newest."))
    made = claim.announced.iso
    for verdict in claim.verdicts:
        line, day, source = verdict.line, verdict.date.iso, verdict.proof.source
        if verdict.date.last < claim.announced.first:
            what = say("the fact ({day}) is older than the claim ({announced}).", day=day, announced=made)
            raise Invalid(line, what, say("Check the two dates."))
        if verdict.judged.last < verdict.date.first:
            what = say("it was judged ({judged}) before the fact ({day}).", judged=verdict.judged.iso, day=day)
            raise Invalid(line, what, say("Check the two dates."))
        if source and source.date.last < claim.announced.first:
            what = say(
                "the proof ({dated}) is older than the claim ({announced}).", dated=source.date.iso, announced=made
            )
            raise Invalid(line, what, say("Cite what came after it."))
        _check_delay(claim, verdict)
    for earlier, later in pairwise(claim.verdicts):
        if later.judged.last < earlier.judged.first:
            what = say("this verdict is older than the one before it.")
            raise Invalid(later.line, what, say("Write the oldest first."))


def _check_delay(claim: Claim, verdict: Verdict) -> None:
    first = claim.promises[0] if claim.promises else None
    if first is None:
        if verdict.verdict == "kept-late":
            what = say("it cannot be late: no date was promised.")
            raise Invalid(verdict.line, what, say("Write verdict: kept, or add expected: … to the claim."))
        return
    if verdict.verdict == "kept" and verdict.date.first > first.last:
        what = say("it was promised for {date} and done later.", date=first.iso)
        raise Invalid(verdict.line, what, say("Write verdict: kept-late, or check the two dates."))
    if verdict.verdict == "kept-late" and verdict.date.first <= first.first:
        what = say("it was promised for {date} and is not late.", date=first.iso)
        raise Invalid(verdict.line, what, say("Write verdict: kept, or check the two dates."))
