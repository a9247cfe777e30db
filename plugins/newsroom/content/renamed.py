"""Folders that were renamed by hand, and keys taken a second time: ids of feeds would be no longer one thing's own."""

from collections.abc import Iterator

from newsroom.content.catalogue import Reference
from newsroom.content.library import Library
from newsroom.content.published import NAME, Published, place_of
from newsroom.problems import Problem
from newsroom.sentences import say
from newsroom.settings import Settings


def renaming_problems(
    library: Library, reference: Reference, published: Published, settings: Settings
) -> Iterator[Problem]:
    """Yield the entries that stand at the address of one that is gone, and the keys that something else had before."""
    gone = {
        (place.partition("/")[0], language, slugs[-1]): place
        for (place, language), slugs in published.slugs.items()
        if not _is_here(library, place)
    }
    kinds = library.entries.values() if gone or published.taken else ()
    for entry in (entry for found in kinds for entry in found.values()):
        place, texts = place_of(entry), list(entry.texts.values())
        file = texts[0].file
        if place in published.taken:
            yield _taken(file, 0, entry.key, published.taken[place])
        before = {gone.get((entry.kind, text.language, text.slug), "") for text in texts} - {""}
        if before and place not in published.places:
            old = min(before)
            what = say("this was published as “{place}”: feeds would announce it again.", place=old)
            remedy = say(
                "Run make rename KEY={old} TO={new}; if it is another text, take {old} out of {file}.",
                old=old,
                new=entry.key,
                file=settings.in_content(NAME),
            )
            yield Problem(file, 0, "", what, remedy)
    keyed = [("claims", key, claim.line) for key, claim in reference.claims.items()]
    keyed += [("glossary", term.key, term.line) for terms in reference.terms.values() for term in terms]
    keyed += [("entities", key, player.line) for key, player in reference.entities.items()]
    for register, key, line in keyed:
        if f"{register}/{key}" in published.taken:
            yield _taken(settings.in_content(f"{register}.yaml"), line, key, published.taken[f"{register}/{key}"])


def _is_here(library: Library, place: str) -> bool:
    folder, _, key = place.partition("/")
    return key in library.entries.get(folder, ()) or (folder, key) in library.unpaired


def _taken(file: str, line: int, key: str, now: str) -> Problem:
    what = say("“{key}” was the key of {place}, which keeps its ids.", key=key, place=now)
    return Problem(file, line, key if line else "", what, say("Give it another key."))
