"""Addresses: those that pages keep although their titles changed, and those that were published and are gone."""

from collections.abc import Iterator

from newsroom.content.published import NAME, place_of, read_published
from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus
from newsroom.sentences import say
from newsroom.text.slugs import slugify


def kept_addresses(corpus: Corpus) -> Iterator[Problem]:
    """Tell which pages keep an address that their title no longer gives."""
    for proof in corpus.texts:
        lines, own = proof.text.lines, slugify(proof.text.title)
        if "slug" not in lines and own and own != proof.text.slug:
            key = "title" if "title" in lines else "name"
            message = say("the page keeps its published address, {slug}.", slug=proof.text.slug)
            remedy = say("To move it, write slug: {slug}; the old address will lead there.", slug=own)
            yield Problem(proof.text.file, lines.get(key, 1), key, message, remedy)


def withdrawn(corpus: Corpus) -> Iterator[Problem]:
    """Tell which keys were published and are gone: readers meet nothing there, subscribers a new item elsewhere."""
    settings = corpus.catalogue.settings
    here = {place_of(entry) for entries in corpus.library.entries.values() for entry in entries.values()}
    here |= {f"claims/{key}" for key in corpus.catalogue.claims}
    here |= {f"entities/{key}" for key in corpus.catalogue.entities}
    for place in sorted(read_published(settings.content).places - here):
        remedy = say(
            "If it was renamed, run make rename KEY={place} TO=… with its new name; if not, take it out of {file}.",
            place=place,
            file=settings.in_content(NAME),
        )
        yield Problem(settings.in_content(place), 0, "", say("this was published, and is gone."), remedy)
