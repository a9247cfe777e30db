"""Search indexes, made by Pagefind: the same documents give the same files, named and written the same.

Pagefind runs as the service that its Node and Python interfaces run; the latter
is not used because it waits a tenth of a second for each document.

Its user interface is left out, and two kinds of its files are rewritten. Fragments, from which
results are shown, get the text as it was typeset in place of the text that was searched. Filters,
their values and sorts come in the order of a hash map with a random seed (issue 638 of Pagefind)
and are put in order. Both are named by their content, as Pagefind does.
"""

import base64
import gzip
import subprocess
import weakref
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct

from newsroom.problems import Problem, Problems
from newsroom.search import cbor
from newsroom.search.text import fold, shown
from newsroom.sentences import Sentence, say

_SCRIPT, _ENTRY = "pagefind.js", "pagefind-entry.json"
_SIGNATURE = b"pagefind_dcd"


class Document(Struct, frozen=True):
    """Something to be found: what its result shows, the text that is searched, what results can be filtered by.

    ``text`` is as :func:`newsroom.search.text.shown` returns it, ``searched`` as :func:`newsroom.search.text.fold`
    makes it of that.
    """

    url: str
    title: str
    date: str
    day: str
    text: str
    searched: str
    topics: tuple[str, ...]
    statuses: tuple[str, ...]
    verdicts: tuple[str, ...]


class Pagefind:
    """Pagefind at work on the index of a language: started at once, with its files available when asked for.

    Raises :class:`Problems` when it cannot be run or fails.
    """

    def __init__(self, language: str, documents: Sequence[Document]) -> None:
        # it imports asyncio: most builds need neither
        from pagefind.service import get_executable  # noqa: PLC0415

        self._language = language
        self._documents = {document.url: document for document in documents}
        executable = get_executable()
        if executable is None:
            raise _problem(say("Pagefind is not installed."))
        requests: list[dict[str, Any]] = [
            {"type": "NewIndex", "config": {"force_language": language}},
            *(_request(language, document) for document in documents),
            {"type": "GetFiles", "index_id": 0},
        ]
        self._expected = len(requests)
        try:
            self._process = subprocess.Popen(  # noqa: S603
                [executable, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            weakref.finalize(self, _end, self._process)
            for number, request in enumerate(requests, start=1):
                message = msgspec.json.encode({"message_id": number, "payload": request})
                self._pipes[0].write(base64.b64encode(message) + b",")
            self._pipes[0].flush()
        except OSError as error:
            raise _problem(say("Pagefind cannot be run: {reason}.", reason=error.strerror or "")) from error

    @property
    def _pipes(self) -> tuple[Any, Any]:
        return self._process.stdin, self._process.stdout

    def files(self) -> dict[str, bytes]:
        """Return the files of the index by name."""
        with self._process:
            replies = [msgspec.json.decode(base64.b64decode(reply))["payload"] for reply in self._replies()]
        for reply in replies:
            if reply["type"] == "Error":
                raise _problem(say("Pagefind refused its work: {reason}.", reason=str(reply["message"])))
        made = {file["path"]: base64.b64decode(file["content"]) for file in replies[-1]["files"]}
        return _settle(made, self._language, self._documents)

    def _replies(self) -> list[bytes]:
        """Return a reply to each request; Pagefind ends when its input ends, which stays open until the last."""
        received, count = [], 0
        while count < self._expected:
            part = self._pipes[1].read1(1 << 20)
            if not part:
                raise _problem(say("Pagefind stopped before its work was done."))
            received.append(part)
            count += part.count(b",")
        return b"".join(received).split(b",")[: self._expected]


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End Pagefind where a build failed before it asked for the files: its panic would appear in the report."""
    if process.poll() is None:
        process.kill()
        process.wait()


def _request(language: str, document: Document) -> dict[str, Any]:
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": document.url,
        "content": document.searched,
        "language": language,
        "meta": {"title": fold(shown(document.title)), "date": fold(shown(document.date))},
        "filters": {"status": document.statuses, "topic": document.topics, "verdict": document.verdicts},
        "sort": {"date": document.day},
    }


class _Bundle:
    """The files to publish, by name."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.files: dict[str, bytes] = {}

    def add(self, place: str, content: bytes) -> str:
        """Add a file named by its content; return that name, which replaces ``{}`` in ``place``."""
        name = f"{self._language}_{blake2b(content, digest_size=5).hexdigest()}"
        self.files[place.format(name)] = gzip.compress(_SIGNATURE + content, 9, mtime=0)
        return name


def _settle(made: Mapping[str, bytes], language: str, documents: Mapping[str, Document]) -> dict[str, bytes]:
    """Return the files to publish of those that Pagefind made."""
    entry = msgspec.json.decode(made[_ENTRY])
    (facts,) = entry["languages"].values()
    bundle = _Bundle(language)
    names: dict[str, str] = {}
    for path, data in made.items():
        folder, _, name = path.rpartition("/")
        stem = name.partition(".")[0]
        if folder == "fragment":
            names[stem] = bundle.add("fragment/{}.pf_fragment", _shown(_content(data), documents))
        elif folder == "filter":
            names[stem] = bundle.add("filter/{}.pf_filter", _ordered_filter(_content(data)))
        elif folder == "index" or name in (_SCRIPT, f"wasm.{facts['wasm'] or 'unknown'}.pagefind"):
            bundle.files[path] = data
    meta = _content(made[f"pagefind.{facts['hash']}.pf_meta"])
    facts["hash"] = bundle.add("pagefind.{}.pf_meta", _ordered_meta(meta, names))
    bundle.files[_ENTRY] = msgspec.json.encode(entry)
    return bundle.files


def _content(data: bytes) -> bytes:
    return gzip.decompress(data).removeprefix(_SIGNATURE)


def _shown(fragment: bytes, documents: Mapping[str, Document]) -> bytes:
    facts = msgspec.json.decode(fragment)
    document = documents[facts["url"]]
    meta = {"title": document.title, "date": document.date, "day": document.day}
    return msgspec.json.encode({**facts, "content": document.text, "meta": meta}, order="sorted")


def _ordered_filter(data: bytes) -> bytes:
    """Return a filter, [name, [[value, pages], …]], with its values in order."""
    name, values = _array(data)
    return cbor.encode([name, sorted(values)])


def _ordered_meta(data: bytes, names: Mapping[str, str]) -> bytes:
    """Return the table of an index with the new ``names`` of its files, its filters and sorts in order.

    [version, [[fragment, words], …], chunks, [[filter, file], …], [[sort, pages], …], fields]
    """
    version, pages, chunks, filters, sorts, fields = _array(data)
    pages = [[names[page], *facts] for page, *facts in pages]
    filters = sorted([name, names[file]] for name, file in filters)
    return cbor.encode([version, pages, chunks, filters, sorted(sorts), fields])


def _array(data: bytes) -> Any:
    try:
        return cbor.decode(data)
    except ValueError as error:
        raise _problem(say("Pagefind wrote what is not known here: {reason}.", reason=str(error))) from error


def _problem(message: Sentence) -> Problems:
    remedy = say("Install the version of pagefind[bin] in requirements.txt.")
    return Problems([Problem("search", 0, "", message, remedy)])
