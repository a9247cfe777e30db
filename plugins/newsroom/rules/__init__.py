"""The rules of the house, as ``make check`` applies them.

A rule looks at all texts of the content (the corpus) and yields a
:class:`newsroom.problems.Problem` for everything an editor should mend. Its
docstring is the rule. One family of rules per module; a new rule is a new
generator and a new line here: in ``RULES``, which fail the check, or in
``NOTES``, which do not.
"""

from collections.abc import Callable, Iterator

from newsroom.problems import Problem
from newsroom.rules.addresses import kept_addresses, withdrawn
from newsroom.rules.claims import claimed, threads, updates, verdicts
from newsroom.rules.completeness import alternatives, sources, summaries, unused_files, unwritten
from newsroom.rules.conventions import dates_and_numbers, headlines
from newsroom.rules.corpus import Corpus
from newsroom.rules.editions import listed_articles, unlisted_articles, waiting
from newsroom.rules.markup import markup_of_others, removed_markup
from newsroom.rules.redirects import counted_links
from newsroom.rules.shapes import crowd, forms
from newsroom.rules.spelling import Speller, spelling
from newsroom.rules.structure import headings, link_words
from newsroom.rules.translations import drift, missing_languages
from newsroom.rules.typesetting import marks_and_spaces
from newsroom.rules.unused import unused_entities, unused_terms

RULES: tuple[Callable[[Corpus], Iterator[Problem]], ...] = (
    missing_languages,
    drift,
    sources,
    summaries,
    unwritten,
    alternatives,
    unused_files,
    headings,
    forms,
    crowd,
    link_words,
    removed_markup,
    markup_of_others,
    counted_links,
    marks_and_spaces,
    dates_and_numbers,
    headlines,
    threads,
    updates,
    verdicts,
    listed_articles,
)
#: What an editor may want to know but need not change: these are reported and fail nothing.
NOTES: tuple[Callable[[Corpus], Iterator[Problem]], ...] = (
    kept_addresses,
    withdrawn,
    waiting,
    unlisted_articles,
    unused_entities,
    unused_terms,
    claimed,
)


def problems_in(corpus: Corpus, speller: Speller) -> list[Problem]:
    """Return everything the rules find in ``corpus``, in order of file and line."""
    found = {problem for rule in RULES for problem in rule(corpus)}
    return sorted(found.union(spelling(corpus, speller)))


def notes_in(corpus: Corpus) -> list[Problem]:
    """Return what is worth knowing about ``corpus``, in order of file and line."""
    return sorted({note for rule in NOTES for note in rule(corpus)})
