"""References from claims to other content: threads, players and proofs exist, and every thread has its claim."""

from collections.abc import Iterable, Iterator, Mapping

from newsroom.content.articles import ARTICLE, Article
from newsroom.content.catalogue import is_public
from newsroom.content.library import Library, entries_of
from newsroom.content.models import Claim, Verdict
from newsroom.content.named_things import Named, Things
from newsroom.content.registers import CLAIMS
from newsroom.content.threads import THREAD, Thread
from newsroom.problems import Problem
from newsroom.sentences import say
from newsroom.settings import Settings


def claim_problems(library: Library, claims: Iterable[Claim], things: Things, settings: Settings) -> Iterator[Problem]:
    """Yield where ``claims`` do not agree with the rest of the content, ``things``."""
    threads = library.entries[THREAD.folder]
    name = _name(settings)
    for claim in claims:
        for named, kind in (((claim.thread,), "thread"), (claim.by, "entities")):
            for key in named:
                yield from _unknown(name, claim, claim.line, key, things[kind])
        for verdict in claim.verdicts:
            yield from _proof(claim, verdict, library.entries[ARTICLE.folder], things["articles"], settings)
        if claim.thread in threads:
            yield from _languages(name, claim, threads[claim.thread])


def unclaimed(library: Library, claims: dict[str, Claim], settings: Settings) -> Iterator[Problem]:
    """Yield the threads that no claim belongs to."""
    followed = {claim.thread for claim in claims.values()}
    for thread in entries_of(library, THREAD):
        if thread.key not in followed:
            first = next(iter(thread.texts.values()))
            remedy = say("Add one to {file} with thread: {key}.", file=_name(settings), key=thread.key)
            yield Problem(first.file, 1, "", say("this thread has no claim."), remedy)


def _name(settings: Settings) -> str:
    return settings.in_content(CLAIMS)


def _unknown(name: str, claim: Claim, line: int, key: str, things: Named | None) -> Iterator[Problem]:
    if things is not None and key not in things:
        yield Problem(name, line, claim.key, say("there is no “{key}”.", key=key), things.nearest(key))


def _proof(
    claim: Claim, verdict: Verdict, articles: Mapping[str, Article], things: Named | None, settings: Settings
) -> Iterator[Problem]:
    key, name = verdict.proof.article, _name(settings)
    if not key:
        return
    article = articles.get(key)
    if article is None:
        yield from _unknown(name, claim, verdict.line, key, things)
    elif not is_public(article, settings.now):
        what = say("the article “{key}” is not published.", key=key)
        yield Problem(name, verdict.line, claim.key, what, say("Publish it, or cite a source."))
    elif article.facts.date.date() < claim.announced.first:
        announced, dated = claim.announced.iso, article.facts.date.date().isoformat()
        what = say("the proof ({dated}) is older than the claim ({announced}).", dated=dated, announced=announced)
        yield Problem(name, verdict.line, claim.key, what, say("Cite what came after it."))


def _languages(name: str, claim: Claim, thread: Thread) -> Iterator[Problem]:
    """Yield texts that a claim lacks in a language of its thread."""
    texts = [(claim.line, said) for said in (claim.claim, claim.label)]
    texts += [(verdict.line, said) for verdict in claim.verdicts for said in (verdict.label, verdict.text)]
    for code in thread.texts:
        for line, said in texts:
            if code not in said:
                what = say("there is no text for “{code}”.", code=code)
                yield Problem(name, line, claim.key, what, say("Add {code}: … to it.", code=code))
