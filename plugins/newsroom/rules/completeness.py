"""What an article needs besides its text: sources, a summary that fits, pictures with useful descriptions."""

import os
import re
from collections.abc import Iterator

from newsroom.plain_files import ignored
from newsroom.problems import Position, Problem
from newsroom.rules.corpus import Corpus, Proof
from newsroom.sentences import nsay, say

#: Names that cameras, phones and programs give, names with the suffix of a picture, and words for any picture.
_NAMELESS = re.compile(
    r"(?:img|dsc[fn]?|p|pict|screenshot|capture(?: d.écran)?|whatsapp image)[-_ ]?\d[\w .-]*\Z"
    r"|\S+\.(?:jpe?g|png|webp|gif|heic|svg|tiff?)\Z"
    r"|(?:an? |une? |the |l.|la )?(?:image|photo|picture|photograph|photographie|illustration|figure)s?\W*\d*\Z"
)
_SOURCES = 2
_SUMMARY = 200


def sources(corpus: Corpus) -> Iterator[Problem]:
    """Expect two sources of an article at least: with one, nothing has been compared."""
    for article in corpus.articles:
        # A page that is cited twice has been compared with nothing.
        count = len({source.url or source for source in article.facts.sources})
        if count < _SOURCES:
            first = next(iter(article.texts.values()))
            file, line = article.lines.get("sources", (first.file, 1))
            message = nsay("{count} source is cited.", "{count} sources are cited.", count)
            yield Problem(file, line, "sources", message, say("Cite at least {least}.", least=_SOURCES))


def summaries(corpus: Corpus) -> Iterator[Problem]:
    """Expect a summary to fit where it is shown: in lists, feeds and search results."""
    for proof in corpus.texts:
        length = len(proof.text.summary)
        if length > _SUMMARY:
            line = proof.source.line_of("summary")
            message = say("{count} characters are too many.", count=length)
            yield Problem(proof.text.file, line, "summary", message, say("Keep it within {most}.", most=_SUMMARY))


def unwritten(corpus: Corpus) -> Iterator[Problem]:
    """Expect words where ``make new`` left “…”."""
    for passage in corpus.passages:
        if passage.text.strip() == "…":
            yield Problem(
                passage.file, passage.place.line, passage.key, say("this is still to be written."), say("Write it.")
            )


def alternatives(corpus: Corpus) -> Iterator[Problem]:
    """Expect the words that stand for a picture to say what it shows; its file name does not."""
    for proof in corpus.texts:
        image, alt = getattr(proof.entry.facts, "image", None), getattr(proof.text, "alt", "")
        if image and not alt:
            remedy = say("Add “alt: …”: say what it shows.")
            yield Problem(proof.text.file, 1, "alt", say("the picture has no text."), remedy)
        elif image and _is_file_name(alt, image.file):
            yield _says_nothing(proof, Position(proof.source.line_of("alt")), "alt", alt)
        for picture in proof.root.iter("img"):
            file = picture.get("src", "").rpartition("/")[2]
            if _is_file_name(picture.get("alt", ""), file):
                yield _says_nothing(proof, proof.source.place_with(f"]({file}"), "", picture.get("alt", ""))


def _is_file_name(alt: str, file: str) -> bool:
    """Tell whether ``alt`` is the name of ``file`` or of another file, or the word for any picture."""
    said = alt.strip().casefold()
    return said in (file.casefold(), file.rpartition(".")[0].casefold()) or bool(_NAMELESS.match(said))


def _says_nothing(proof: Proof, place: Position, key: str, alt: str) -> Problem:
    message = say("“{alt}” is the name of a file, or says no more than one.", alt=alt.strip())
    return Problem(proof.text.file, place.line, key, message, say("Say what the picture shows."), place.column)


def unused_files(corpus: Corpus) -> Iterator[Problem]:
    """Expect what lies in the folder of an entry to be shown by one of its texts."""
    settings = corpus.catalogue.settings
    for proof in corpus.texts:
        if proof.draft or proof.text is not next(iter(proof.entry.texts.values())):
            continue
        image = getattr(proof.entry.facts, "image", None)
        used = {file for text in proof.entry.texts.values() for file in text.body.files}
        used |= {file for text in proof.entry.texts.values() for file in text.body.figures}
        used |= {os.path.basename(text.file) for text in proof.entry.texts.values()}  # noqa: PTH119
        used |= {image.file} if image else set()
        folder = f"{proof.kind.folder}/{proof.entry.key}"
        for path in sorted((settings.content / folder).iterdir()):
            if path.name not in used and not ignored(path.name):
                name = settings.in_content(f"{folder}/{path.name}")
                remedy = say("Show it in the text, or remove it.")
                yield Problem(name, 0, "", say("no text of this folder shows it."), remedy)
