"""Both languages, and neither behind the other."""

from collections.abc import Iterator

from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus
from newsroom.sentences import either, say


def missing_languages(corpus: Corpus) -> Iterator[Problem]:
    """Expect every entry that is no draft in every language of the site."""
    names = {language.code: language.name for language in corpus.catalogue.settings.languages}
    for proof in corpus.texts:
        if proof.draft or proof.text is not next(iter(proof.entry.texts.values())):
            continue
        for code in names.keys() - proof.entry.texts.keys():
            message = say("there is no text in {language} ({code}) beside this one.", language=names[code], code=code)
            remedy = say("Write {file} in the same folder.", file=f"index.{code}.md")
            yield Problem(proof.text.file, 1, "", message, remedy)


def drift(corpus: Corpus) -> Iterator[Problem]:
    """Expect a translation to follow the text it was made from, as that one is now."""
    for proof in corpus.texts:
        source_hash = proof.text.translated_from
        others = [text for text in proof.entry.texts.values() if text is not proof.text]
        if source_hash and source_hash not in (text.body.text_hash for text in others):
            now = [f"{text.body.text_hash} ({text.file})" for text in others]
            message = say("the text this was translated from has changed since.")
            remedy = say("Follow the changes, then write translated_from: {now}.", now=either(now or ["…"]))
            yield Problem(proof.text.file, proof.source.line_of("translated_from"), "translated_from", message, remedy)
