"""Both languages, and neither behind the other."""

from collections.abc import Iterator

from newsroom.problems import Problem
from newsroom.rules.proofs import Proofs


def missing_languages(proofs: Proofs) -> Iterator[Problem]:
    """Expect every entry that is no draft in every language of the site."""
    names = {language.code: language.name for language in proofs.catalogue.settings.languages}
    for proof in proofs.texts:
        if proof.draft or proof.text is not next(iter(proof.entry.texts.values())):
            continue
        for code in names.keys() - proof.entry.texts.keys():
            message = f"there is no text in {names[code]} ({code}) beside this one."
            yield Problem(proof.text.file, 1, "", message, f"Write index.{code}.md in the same folder.")


def drift(proofs: Proofs) -> Iterator[Problem]:
    """Expect a translation to follow the text it was made from, as that one is now."""
    for proof in proofs.texts:
        told = proof.text.translated_from
        others = [text for text in proof.entry.texts.values() if text is not proof.text]
        if told and told not in (text.body.text_hash for text in others):
            now = " or ".join(f"{text.body.text_hash} ({text.file})" for text in others) or "no text: there is none"
            message = "the text this was translated from has changed since."
            remedy = f"Follow the changes, then write translated_from: {now}."
            yield Problem(proof.text.file, proof.source.line_of("translated_from"), "translated_from", message, remedy)
