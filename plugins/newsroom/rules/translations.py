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
        originals = proof.entry.originals_of(proof.text)
        if not proof.text.translated_from or (originals and not proof.entry.is_behind(proof.text)):
            continue
        message = say("the text this was translated from has changed since.")
        now = [f"{text.body.text_hash} ({text.file})" for text in originals]
        remedy = say("Follow the changes, then write translated_from: {now}.", now=either(now or ["…"]))
        if not originals:
            message = say("the text this was translated from is gone.")
            remedy = say("Bring it back, or delete this line.")
        yield Problem(proof.text.file, proof.source.line_of("translated_from"), "translated_from", message, remedy)
