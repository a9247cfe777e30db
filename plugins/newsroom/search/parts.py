"""One part of an index of search, as Pagefind made it: read, and put in the form in which parts are joined.

Fragments, from which results are shown, get the text as it was typeset in place of the text that was
searched. What Pagefind encodes (its ``index`` module) is CBOR (RFC 8949), compressed.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import blake2b
from typing import Any

import cbor2
import msgspec
from msgspec import Struct
from zlib_ng import zlib_ng

from newsroom.search.index import Document, problem
from newsroom.sentences import say
from newsroom.store.digests import digest

SCRIPT, ENTRY = "pagefind.js", "pagefind-entry.json"
_SIGNATURE = b"pagefind_dcd"
#: Of 9: zlib-ng makes smaller files of words with it than zlib with 9, in a fifth of the time.
_EFFORT = 6
#: Asks zlib for the header of gzip, without a time (RFC 1952, 2.3.1).
_GZIP = 31


class File(Struct, frozen=True):
    """A file of an index: its digest, and what makes it."""

    digest: bytes
    content: Callable[[], bytes]


class Postings(Struct, frozen=True, array_like=True):
    """The pages of one part in which a word stands, encoded but for the number of the first.

    Each page is [how far after the one before, places in the text, places in the title and the date].
    """

    pages: int
    first: int
    last: int
    encoded: bytes


class Word(Struct, frozen=True, array_like=True):
    """The pages of a word, and those of its forms with other accents."""

    postings: Postings
    forms: dict[str, Postings]


class IndexPart(Struct, frozen=True, array_like=True):
    """A part of an index; pages are numbered from 0.

    ``pages`` are the fragments, each with its number of words; ``filters`` have the pages of each value, ``sorts``
    all pages in order; ``files`` are the digests of what is published as it is.
    """

    entry: bytes
    pages: list[tuple[str, int]]
    words: dict[str, Word]
    filters: dict[str, dict[str, list[int]]]
    sorts: dict[str, list[int]]
    fields: list[str]
    files: dict[str, bytes]


def part_from(
    made: Mapping[str, bytes], language: str, documents: Iterable[Document]
) -> tuple[IndexPart, dict[str, File]]:
    """Return what Pagefind ``made`` of ``documents`` as a part, and the files that are published as they are."""
    by_url = {document.url: document for document in documents}
    names: dict[str, str] = {}
    files: dict[str, File] = {}
    words: dict[str, Word] = {}
    filters: dict[str, dict[str, list[int]]] = {}
    for path, data in made.items():
        folder, _, name = path.rpartition("/")
        if folder == "fragment":
            names[name.partition(".")[0]], found = named(language, "fragment/{}.pf_fragment", _shown(data, by_url))
            files |= {place: File(file.digest, partial(bytes, file.content())) for place, file in found.items()}
        elif folder == "filter":
            kind, values = _decoded(data)
            filters[kind] = dict(values)
        elif folder == "index":
            words.update(_words(_decoded(data)[0]))
        elif name == SCRIPT or name.startswith(f"wasm.{_engine(made)}."):
            files[name] = File(digest(data), partial(bytes, data))
    _, pages, _, _, sorts, fields = _decoded(next(data for path, data in made.items() if path.endswith(".pf_meta")))
    pages = [(names[page], count) for page, count, *_ in pages]
    of_files = {name: file.digest for name, file in files.items()}
    return IndexPart(_entry(made), pages, words, filters, dict(sorts), fields, of_files), files


def named(language: str, place: str, content: bytes) -> tuple[str, dict[str, File]]:
    """Return the name that ``content`` gives to its file, and the file; the name replaces ``{}`` in ``place``."""
    name = f"{language}_{blake2b(content, digest_size=5).hexdigest()}"
    return name, {place.format(name): File(digest(content), partial(_packed, content))}


def _packed(content: bytes) -> bytes:
    return zlib_ng.compress(_SIGNATURE + content, level=_EFFORT, wbits=_GZIP)


def _entry(made: Mapping[str, bytes]) -> bytes:
    """Return the entry of an index without what is of this part alone."""
    entry = msgspec.json.decode(made[ENTRY])
    (facts,) = entry["languages"].values()
    facts |= {"hash": "", "page_count": 0}
    return msgspec.json.encode(entry)


def _engine(made: Mapping[str, bytes]) -> str:
    """Return the name of the engine, which knows the endings of the words of some languages."""
    (facts,) = msgspec.json.decode(made[ENTRY])["languages"].values()
    return str(facts["wasm"] or "unknown")


def _shown(data: bytes, documents: Mapping[str, Document]) -> bytes:
    facts = msgspec.json.decode(_content(data))
    document = documents[facts["url"]]
    meta = {"title": document.title, "date": document.date, "day": document.day}
    return msgspec.json.encode({**facts, "content": document.text, "meta": meta}, order="sorted")


def _content(data: bytes) -> bytes:
    return gzip.decompress(data).removeprefix(_SIGNATURE)


def _decoded(data: bytes) -> Any:
    try:
        return cbor2.loads(_content(data))
    except cbor2.CBORDecodeError as error:
        raise problem(say("Pagefind wrote what is not known here: {reason}.", reason=str(error))) from error


def _words(words: Iterable[Any]) -> Iterator[tuple[str, Word]]:
    for word, pages, forms in words:
        yield word, Word(_postings(pages), {form: _postings(pages) for form, pages in forms})


def _postings(pages: list[Any]) -> Postings:
    first = pages[0][0] if pages else 0
    before = len(array(len(pages))) + len(array(3) + cbor2.dumps(first))
    return Postings(len(pages), first, sum(page[0] for page in pages), cbor2.dumps(pages)[before:])


def array(length: int) -> bytes:
    """Return the head of an encoded array (RFC 8949, 3.1): that of a number, of another major type."""
    head = cbor2.dumps(length)
    return bytes([head[0] | 4 << 5]) + head[1:]
