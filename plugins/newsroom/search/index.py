"""Pagefind at work: indexes of the documents of a language, one for each part of them.

Pagefind runs as the service that its Node and Python interfaces run; the latter
is not used because it waits a tenth of a second for each document.
"""

import base64
import subprocess
import weakref
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from newsroom.problems import Problem, Problems
from newsroom.search.text import fold, shown
from newsroom.sentences import Sentence, say


class Document(Struct, frozen=True):
    """Something to be found: what its result shows, the text that is searched, what results can be filtered by.

    ``text`` is as :func:`newsroom.search.text.shown` returns it.
    """

    url: str
    title: str
    date: str
    day: str
    text: str
    topics: tuple[str, ...]
    statuses: tuple[str, ...]
    verdicts: tuple[str, ...]


class Pagefind:
    """Pagefind at work on the indexes of a language: started at once, with its files available when asked for.

    ``parts`` are the documents of each index, by its name. Raises :class:`Problems` when Pagefind cannot be run or
    fails.
    """

    def __init__(self, language: str, parts: Mapping[str, Sequence[Document]]) -> None:
        # it imports asyncio: most builds need neither
        from pagefind.service import get_executable  # noqa: PLC0415

        self._names = list(parts)
        executable = get_executable()
        if executable is None:
            raise problem(say("Pagefind is not installed."))
        requests = list(_requests(language, list(parts.values())))
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
            raise problem(say("Pagefind cannot be run: {reason}.", reason=error.strerror or "")) from error

    @property
    def _pipes(self) -> tuple[Any, Any]:
        return self._process.stdin, self._process.stdout

    def files(self) -> Iterator[tuple[str, dict[str, bytes]]]:
        """Yield the name of each index with its files, by their names."""
        with self._process:
            replies = [msgspec.json.decode(base64.b64decode(reply))["payload"] for reply in self._replies()]
        for reply in replies:
            if reply["type"] == "Error":
                raise problem(say("Pagefind refused its work: {reason}.", reason=str(reply["message"])))
        for name, reply in zip(self._names, replies[-len(self._names) :], strict=True):
            yield name, {file["path"]: base64.b64decode(file["content"]) for file in reply["files"]}

    def _replies(self) -> list[bytes]:
        """Return a reply to each request; Pagefind ends when its input ends, which stays open until the last."""
        received, count = [], 0
        while count < self._expected:
            part = self._pipes[1].read1(1 << 20)
            if not part:
                raise problem(say("Pagefind stopped before its work was done."))
            received.append(part)
            count += part.count(b",")
        return b"".join(received).split(b",")[: self._expected]


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End Pagefind where a build failed before it asked for the files: its panic would appear in the report."""
    if process.poll() is None:
        process.kill()
        process.wait()


def _requests(language: str, parts: Sequence[Sequence[Document]]) -> Iterator[dict[str, Any]]:
    """Yield what is asked of Pagefind, which answers in order: indexes are numbered from 0 as they are begun."""
    for _ in parts:
        yield {"type": "NewIndex", "config": {"force_language": language}}
    for index, documents in enumerate(parts):
        for document in documents:
            yield {
                "type": "AddRecord",
                "index_id": index,
                "url": document.url,
                "content": fold(document.text),
                "language": language,
                "meta": {"title": fold(shown(document.title)), "date": fold(shown(document.date))},
                "filters": {"status": document.statuses, "topic": document.topics, "verdict": document.verdicts},
                "sort": {"date": document.day},
            }
    for index, _ in enumerate(parts):
        yield {"type": "GetFiles", "index_id": index}


def problem(message: Sentence) -> Problems:
    """Return what is wrong with Pagefind, to be raised."""
    remedy = say("Install the version of pagefind[bin] in requirements.txt.")
    return Problems([Problem("search", 0, "", message, remedy)])
