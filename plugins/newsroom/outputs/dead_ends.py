"""Links from the content into the site: each must lead to something that is published, and to a part that it has."""

from collections.abc import Container, Iterator, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from newsroom.content import frontmatter
from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Entry
from newsroom.problems import Problem, nearest
from newsroom.sentences import say
from newsroom.settings import Settings
from newsroom.text.headings import TAKEN


def dead_ends(catalogue: Catalogue, outputs: Container[str], settings: Settings) -> Iterator[Problem]:
    """Yield the links of bodies that lead to none of the ``outputs``, or to a part that a body does not have."""
    places = catalogue.addresses
    kinds: dict[str, Sequence[Entry[Any]]] = {
        "articles": catalogue.articles,
        "topics": catalogue.topics,
        "threads": catalogue.threads,
        "editions": catalogue.editions,
        "pages": catalogue.pages,
    }
    texts = {
        places.entry(text.language, kind, text.slug): text
        for kind, entries in kinds.items()
        for entry in entries
        for text in entry.texts.values()
    }
    pages = [url.removeprefix(settings.base_path) for url in texts]
    for text in texts.values():
        for address in text.body.addresses:
            parts = urlsplit(address)
            url = f"{settings.base_path}{unquote(parts.path)}"
            if places.file(url) not in outputs:
                name, known = parts.path, pages
            elif url in texts and parts.fragment and unquote(parts.fragment) not in {*TAKEN, *texts[url].body.ids}:
                name, known = parts.fragment, list(texts[url].body.ids)
            else:
                continue
            what = say("the link “{href}” leads nowhere.", href=address[:80])
            yield Problem(text.file, _line(settings, text.file, address), "", what, nearest(name, known))


def _line(settings: Settings, file: str, address: str) -> int:
    """Return the line of the file on which an address is first written, else 1."""
    source = frontmatter.decode((settings.content.parent / file).read_bytes())
    return source.count("\n", 0, max(source.find(address), 0)) + 1
