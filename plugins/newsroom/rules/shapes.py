"""The shape of an article: its length, and whether it is built like all the others.

A newsletter whose articles all have three subheadings and end on a doubt reads as if a machine had
made it. What a text shares with most others is counted over the archive, per language, and reported
for the articles that do as they do.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from newsroom.languages import Language
from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus, Proof
from newsroom.rules.vocabulary import plain
from newsroom.sentences import Sentence, nsay, say
from newsroom.text.localised import date_text

#: In a smaller archive nothing counts as a habit.
_ARCHIVE = 12
#: Turns of phrase that end a text on what nobody knows, one pattern per typography.
_UNKNOWN = {
    "french": r"rien ne (?:dit|permet)|on ignore|nul ne sait|personne ne sait|ne (?:dit|disent|précise|précisent) "
    r"(?:rien|pas|ni)|reste à (?:savoir|voir)|n'en fixe|n'est pas connue?s?\b|ne permet pas de",
    "english": r"nothing (?:yet )?(?:says|shows)|remains to be seen|(?:do|does|did) not say|no one knows|nobody knows"
    r"|is (?:not|un)known|whether .{1,80} is (?:another|a separate) matter|we have no date|time will tell",
}


class ArticleForm(Struct, frozen=True):
    """A form of article: how many words it has, and how many subheadings."""

    name: Sentence
    words: range
    subheadings: range


FORMS = (
    ArticleForm(say("a brief"), range(80, 201), range(1)),
    ArticleForm(say("a news article"), range(300, 701), range(6)),
    ArticleForm(say("a long read"), range(1_000, 2_001), range(2, 10)),
)


class Trait(Struct, frozen=True):
    """What many articles may share: how it is reported, the share of an archive that may have it, what to do."""

    message: Sentence
    share: float
    remedy: Sentence
    has: Callable[[Proof, Language], bool]


def forms(corpus: Corpus) -> Iterator[Problem]:
    """Expect an article to be a brief, a news article or a long read, with the subheadings of its form."""
    for proof in corpus.texts:
        if not proof.finished:
            continue
        words, count = proof.text.body.words, _subheadings(proof)
        form = next((form for form in FORMS if words in form.words), None)
        if form is None:
            message = nsay("{count} word fits none of our forms.", "{count} words fit none of our forms.", words)
            yield _problem(proof, message, say("Make it {forms}.", forms=_listed(FORMS)))
        elif count not in form.subheadings:
            few, most = form.subheadings[0], form.subheadings[-1]
            wanted = say("Give it {few} to {most}.", few=few, most=most) if most else say("Take them out.")
            message = nsay(
                "{form} of {words} words has {count} subheading (##).",
                "{form} of {words} words has {count} subheadings (##).",
                count,
                form=form.name,
                words=words,
            )
            yield _problem(proof, message, wanted)


def _listed(forms: Sequence[ArticleForm]) -> Sentence:
    """Return the forms and their lengths, as in “a brief (80 to 200)”, one after the other."""
    first, *others = forms
    own = say("{form} ({least} to {most})", form=first.name, least=first.words[0], most=first.words[-1])
    return say("{one}, {others}", one=own, others=_listed(others)) if others else own


def crowd(corpus: Corpus) -> Iterator[Problem]:
    """Expect no habit to be shared by most articles: the number of subheadings, dates, colons, commas, endings."""
    for language in corpus.catalogue.settings.languages:
        archive = [proof for proof in corpus.texts if proof.finished and proof.text.language == language.code]
        if len(archive) >= _ARCHIVE:
            for trait in (_commonest(archive), *_TRAITS):
                alike = [proof for proof in archive if trait.has(proof, language)]
                if len(alike) > trait.share * len(archive):
                    message = say(
                        "{habit}, as {some} of {all} articles do.",
                        habit=trait.message,
                        some=len(alike),
                        all=len(archive),
                    )
                    yield from (_problem(proof, message, trait.remedy) for proof in alike)


def _commonest(archive: list[Proof]) -> Trait:
    """Return the trait of having as many subheadings as most; having none is not a habit."""
    counts = Counter(count for proof in archive if (count := _subheadings(proof)))
    number = counts.most_common(1)[0][0] if counts else -1
    return Trait(
        nsay("it has {count} subheading", "it has {count} subheadings", number),
        0.4,
        say("Cut it where the story turns."),
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


def _problem(proof: Proof, message: Sentence, remedy: Sentence) -> Problem:
    return Problem(proof.text.file, proof.source.first, "", message, remedy)


_TRAITS = (
    Trait(
        say("its first paragraph gives its date"),
        0.2,
        say("Open on the news: the page tells the day."),
        _opens_on_its_date,
    ),
    Trait(
        say("its title holds a colon"),
        0.3,
        say("Write a title of one piece."),
        lambda proof, _: ":" in proof.text.title,
    ),
    Trait(say("it has a heading of two halves and a comma"), 0.3, say("Write headings of one piece."), _halves),
    Trait(say("it ends on what nobody knows"), 0.15, say("End on what is known."), _ends_on_the_unknown),
)
