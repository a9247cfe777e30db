"""The index that readers search, joined of its parts: what one index of all documents would hold.

An edit changes one part, the others are kept; joined here and not in the browser, words weigh what
they weigh in the whole archive, and a reader loads one table. Chunks of words are cut where they
reach a size, so that most are what they were, with the names that browsers know them by.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

import cbor2
import msgspec

from newsroom.search.parts import ENTRY, File, IndexPart, Postings, Word, array, named
from newsroom.store.digests import digest

#: Bytes of words from which on a chunk is closed: about what Pagefind takes together.
_CHUNK = 48_000
_Numbered = Sequence[tuple[int, IndexPart]]


def joined(language: str, parts: Sequence[IndexPart]) -> dict[str, File]:
    """Return the files of the index of ``parts``, one at least, oldest first; those of the parts are not among them."""
    numbered, count = [], 0
    for part in parts:
        numbered.append((count, part))
        count += len(part.pages)
    files: dict[str, File] = {}

    def add(place: str, content: bytes) -> str:
        name, file = named(language, place, content)
        files.update(file)
        return name

    chunks = [
        [first, last, add("index/{}.pf_index", array(1) + array(len(words)) + b"".join(words))]
        for first, last, words in _ranges(list(_chunks(numbered)))
    ]
    filters = [
        [name, add("filter/{}.pf_filter", cbor2.dumps([name, values]))] for name, values in _filters(numbered).items()
    ]
    entry = msgspec.json.decode(parts[0].entry)
    pages = [page for part in parts for page in part.pages]
    meta = [entry["version"], pages, chunks, filters, _sorts(numbered), parts[0].fields]
    (facts,) = entry["languages"].values()
    facts |= {"hash": add("pagefind.{}.pf_meta", cbor2.dumps(meta)), "page_count": count}
    data = msgspec.json.encode(entry)
    return {**files, ENTRY: File(digest(data), data.__bytes__)}


def _chunks(parts: _Numbered) -> Iterator[tuple[str, str, list[bytes]]]:
    """Yield the first and the last word of each chunk, and its words encoded."""
    found: dict[str, list[tuple[int, Word]]] = {}
    for offset, part in parts:
        for word, there in part.words.items():
            found.setdefault(word, []).append((offset, there))
    first, size, words = "", 0, []
    for word in sorted(found):
        first = first or word
        words.append(_encoded(word, found[word]))
        size += len(words[-1])
        if size >= _CHUNK:
            yield first, word, words
            first, size, words = "", 0, []
    if words:
        yield first, word, words


def _encoded(word: str, found: Sequence[tuple[int, Word]]) -> bytes:
    """Return a word as [word, pages, [[form, pages], …]]."""
    forms: dict[str, list[tuple[int, Postings]]] = {}
    for offset, there in found:
        for form, postings in there.forms.items():
            forms.setdefault(form, []).append((offset, postings))
    pages = _pages([(offset, there.postings) for offset, there in found])
    others = [array(2) + cbor2.dumps(form) + _pages(places) for form, places in forms.items()]
    return b"".join([array(3), cbor2.dumps(word), pages, array(len(others)), *others])


def _pages(found: Sequence[tuple[int, Postings]]) -> bytes:
    """Return the pages of a word in all parts; the number of each is how far it comes after the one before."""
    before, count, encoded = 0, 0, []
    for offset, postings in found:
        if postings.pages:
            encoded += [array(3), cbor2.dumps(offset + postings.first - before), postings.encoded]
            before, count = offset + postings.last, count + postings.pages
    return b"".join([array(count), *encoded])


def _ranges(chunks: list[tuple[str, str, list[bytes]]]) -> Iterator[tuple[str, str, list[bytes]]]:
    """Yield ``chunks`` with their bounds cut to what tells neighbours apart, as beginnings of words are looked up."""
    first = chunks[0][0] if chunks else ""
    for number, (_, last, words) in enumerate(chunks):
        following = chunks[number + 1][0] if number + 1 < len(chunks) else ""
        same = takewhile(lambda pair: pair[0] == pair[1], zip(last, following, strict=False))
        shared = sum(1 for _ in same) + 1
        bound = last[:shared] if following else last
        yield first, bound if bound >= first else last, words
        first = following[:shared]


def _filters(parts: _Numbered) -> dict[str, list[tuple[str, list[int]]]]:
    """Return the pages of each value of each filter; Pagefind's come in the order of a hash map (its issue 638)."""
    found: dict[str, dict[str, list[int]]] = {}
    for offset, part in parts:
        for name, values in part.filters.items():
            for value, pages in values.items():
                found.setdefault(name, {}).setdefault(value, []).extend(offset + page for page in pages)
    return {name: sorted(found[name].items()) for name in sorted(found)}


def _sorts(parts: _Numbered) -> list[Any]:
    """Return the pages in each order: all pages of a part come before those of the next."""
    names = sorted({name for _, part in parts for name in part.sorts})
    return [[name, [offset + page for offset, part in parts for page in part.sorts.get(name, ())]] for name in names]
