"""The shape of an article: its length, and whether it is cut like all the others.

A newsletter whose articles all have three subheadings and end on a doubt reads
as if one machine had made them. What a text shares with the crowd is counted
over the archive, per language, and told to the articles that follow it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct

from newsroom.languages import Language
from newsroom.problems import Problem
from newsroom.rules.proofs import Proof, Proofs
from newsroom.rules.vocabulary import plain
from newsroom.text.localised import date_text

#: An archive smaller than this has no crowd.
_ARCHIVE = 12
#: Turns of phrase that end a text on what nobody knows, one pattern a typography.
_UNKNOWN = {
    "french": r"rien ne (?:dit|permet)|on ignore|nul ne sait|personne ne sait|ne (?:dit|disent|précise|précisent) "
    r"(?:rien|pas|ni)|reste à (?:savoir|voir)|n'en fixe|n'est pas connue?s?\b|ne permet pas de",
    "english": r"nothing (?:yet )?(?:says|shows)|remains to be seen|(?:do|does|did) not say|no one knows|nobody knows"
    r"|is (?:not|un)known|whether .{1,80} is (?:another|a separate) matter|we have no date|time will tell",
}


class Form(Struct, frozen=True):
    """A form of article: how many words it has, and how many subheadings."""

    name: str
    words: range
    subheadings: range


FORMS = (
    Form("a brief", range(80, 201), range(1)),
    Form("a news article", range(300, 701), range(6)),
    Form("a long read", range(1_000, 2_001), range(2, 10)),
)


class Trait(Struct, frozen=True):
    """What many articles may share: how it is reported, the part of an archive that may have it, what to do."""

    message: str
    share: float
    remedy: str
    has: Callable[[Proof, Language], bool]


def forms(proofs: Proofs) -> Iterator[Problem]:
    """Expect an article to be a brief, a news article or a long read, with the subheadings of its form."""
    for proof in proofs.texts:
        if not proof.finished:
            continue
        words, count = proof.text.body.words, _subheadings(proof)
        form = next((form for form in FORMS if words in form.words), None)
        if form is None:
            known = ", ".join(f"{form.name} ({form.words[0]} to {form.words[-1]})" for form in FORMS)
            yield _problem(proof, f"{words} words are no form of ours.", f"Make it {known}.")
        elif count not in form.subheadings:
            few, most = form.subheadings[0], form.subheadings[-1]
            wanted = f"Give it {few} to {most}." if most else "Take them out."
            yield _problem(proof, f"{form.name} of {words} words has {count} subheadings (##).", wanted)


def crowd(proofs: Proofs) -> Iterator[Problem]:
    """Expect no habit to be shared by most articles: the number of subheadings, dates, colons, commas, endings."""
    for language in proofs.catalogue.settings.languages:
        archive = [proof for proof in proofs.texts if proof.finished and proof.text.language == language.code]
        if len(archive) >= _ARCHIVE:
            for trait in (_commonest(archive), *_TRAITS):
                alike = [proof for proof in archive if trait.has(proof, language)]
                if len(alike) > trait.share * len(archive):
                    told = f"{trait.message}, as {len(alike)} of {len(archive)} articles do."
                    yield from (_problem(proof, told, trait.remedy) for proof in alike)


def _commonest(archive: list[Proof]) -> Trait:
    """Return the trait of having as many subheadings as most; none at all is the absence of a habit."""
    counts = Counter(count for proof in archive if (count := _subheadings(proof)))
    number = counts.most_common(1)[0][0] if counts else -1
    return Trait(
        f"it has {number} subheadings",
        0.4,
        "Cut it where the story turns.",
        lambda proof, _: _subheadings(proof) == number,
    )


def _subheadings(proof: Proof) -> int:
    return sum(1 for _ in proof.root.iter("h2"))


def _opens_on_its_date(proof: Proof, language: Language) -> bool:
    first = next((node.text_content() for node in proof.root.iter("p")), "")
    day = date_text(proof.entry.facts.date.date(), language.locale, language.typography)
    return plain(day) in plain(first)


def _halves(proof: Proof, _: Language) -> bool:
    return any(node.text_content().count(",") == 1 for node in proof.root.iter("h2", "h3"))


def _ends_on_the_unknown(proof: Proof, language: Language) -> bool:
    paragraphs = [node.text_content() for node in proof.root.iter("p")]
    last = re.split(r"(?<=[.!?…])\s", plain(paragraphs[-1]).strip())[-1] if paragraphs else ""
    pattern = _UNKNOWN.get(language.typography)
    return bool(pattern and re.search(pattern, last, re.IGNORECASE))


def _problem(proof: Proof, message: str, remedy: str) -> Problem:
    return Problem(proof.text.file, proof.source.first, "", message, remedy)


_TRAITS = (
    Trait("its first paragraph gives its date", 0.2, "Open on the news: the page tells the day.", _opens_on_its_date),
    Trait("its title holds a colon", 0.3, "Write a title of one piece.", lambda proof, _: ":" in proof.text.title),
    Trait("it has a heading of two halves and a comma", 0.3, "Write headings of one piece.", _halves),
    Trait("it ends on what nobody knows", 0.15, "End on what is known.", _ends_on_the_unknown),
)
