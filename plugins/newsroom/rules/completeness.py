"""What an article needs beside its text: sources, a summary that fits, pictures that speak."""

import os
from collections.abc import Iterator

from newsroom.plain_files import ignored
from newsroom.problems import Problem
from newsroom.rules.proofs import Proof, Proofs

_SOURCES = 2
_SUMMARY = 200


def sources(proofs: Proofs) -> Iterator[Problem]:
    """Expect two sources of an article at least: with one, nothing has been compared."""
    for article in proofs.articles:
        count = len(article.facts.sources)
        if count < _SOURCES:
            first = next(iter(article.texts.values()))
            file, line = article.lines.get("sources", (first.file, 1))
            message = f"{count or 'no'} source{'s' if count != 1 else ''} cited."
            yield Problem(file, line, "sources", message, f"Cite at least {_SOURCES}.")


def summaries(proofs: Proofs) -> Iterator[Problem]:
    """Expect a summary to fit where it is shown: in lists, feeds and search results."""
    for proof in proofs.texts:
        length = len(proof.text.summary)
        if length > _SUMMARY:
            line = proof.source.line_of("summary")
            yield Problem(
                proof.text.file, line, "summary", f"{length} characters are too many.", f"Keep it within {_SUMMARY}."
            )


def alternatives(proofs: Proofs) -> Iterator[Problem]:
    """Expect the words that stand for a picture to say what it shows; its file name does not."""
    for proof in proofs.texts:
        image = getattr(proof.entry.facts, "image", None)
        if image and not proof.text.alt:
            yield Problem(proof.text.file, 1, "alt", "the picture has no text.", "Add “alt: …”: say what it shows.")
        elif image and _is_file_name(proof.text.alt, image.file):
            yield _file_name(proof, proof.source.line_of("alt"), "alt", image.file)
        for picture in proof.root.iter("img"):
            file = picture.get("src", "").rpartition("/")[2]
            if _is_file_name(picture.get("alt", ""), file):
                yield _file_name(proof, proof.source.line_with(f"]({file}"), "", file)


def _is_file_name(alt: str, file: str) -> bool:
    return alt.strip().casefold() in (file.casefold(), file.rpartition(".")[0].casefold())


def _file_name(proof: Proof, line: int, key: str, file: str) -> Problem:
    return Problem(proof.text.file, line, key, f"“{file}” is a file name.", "Say what the picture shows.")


def unused_files(proofs: Proofs) -> Iterator[Problem]:
    """Expect what lies in the folder of an entry to be shown by one of its texts."""
    content = proofs.catalogue.settings.content
    for proof in proofs.texts:
        if proof.draft or proof.text is not next(iter(proof.entry.texts.values())):
            continue
        image = getattr(proof.entry.facts, "image", None)
        used = {file for text in proof.entry.texts.values() for file in text.body.files}
        used |= {os.path.basename(text.file) for text in proof.entry.texts.values()}  # noqa: PTH119
        used |= {image.file} if image else set()
        folder = content / proof.kind.folder / proof.entry.key
        for path in sorted(folder.iterdir()):
            if path.name not in used and not ignored(path.name):
                name = f"{content.name}/{proof.kind.folder}/{proof.entry.key}/{path.name}"
                yield Problem(name, 0, "", "no text of this folder shows it.", "Show it in the text, or remove it.")
