"""Pagefind at work: the index of some documents of a language.

Pagefind runs as the service that its Node and Python interfaces run; the latter
is not used because it waits a tenth of a second for each document.
"""

import base64
import os
import subprocess
from collections.abc import Iterator, Sequence
from functools import partial
from tempfile import TemporaryFile
from typing import Any

import msgspec
from msgspec import Struct

from newsroom.problems import Problem, Problems
from newsroom.processes import end_with
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


def index_files(language: str, documents: Sequence[Document]) -> dict[str, bytes]:
    """Return the files of the index of ``documents``, by their names.

    Raises :class:`Problems` when Pagefind cannot be run or fails.
    """
    from pagefind.service import get_executable  # noqa: PLC0415 - it imports asyncio, which most builds do not need

    executable = get_executable()
    if executable is None:
        raise problem(say("Pagefind is not installed."))
    try:
        replies = _ask(str(executable), list(_requests(language, documents)))
    except OSError as error:
        raise problem(say("Pagefind cannot be run: {reason}.", reason=error.strerror or "")) from error
    for reply in replies:
        if reply["type"] == "Error":
            raise problem(say("Pagefind refused its work: {reason}.", reason=str(reply["message"])))
    return {file["path"]: base64.b64decode(file["content"]) for file in replies[-1]["files"]}


def _ask(executable: str, requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return Pagefind’s replies to ``requests``."""
    with (
        TemporaryFile() as cries,  # what it says as it is ended would stand in the report of what is wrong
        subprocess.Popen(  # noqa: S603
            [executable, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=cries,
            preexec_fn=partial(end_with, os.getpid()),  # noqa: PLW1509 - this process has one thread
        ) as process,
    ):
        assert process.stdin
        assert process.stdout
        for number, request in enumerate(requests, start=1):
            message = msgspec.json.encode({"message_id": number, "payload": request})
            process.stdin.write(base64.b64encode(message) + b",")
        process.stdin.flush()
        replies = _replies(process.stdout, len(requests))
        return [msgspec.json.decode(base64.b64decode(reply))["payload"] for reply in replies]


def _replies(stream: Any, expected: int) -> list[bytes]:
    """Return a reply to each request; Pagefind ends when its input ends, which stays open until the last."""
    received, count = [], 0
    while count < expected:
        part = stream.read1(1 << 20)
        if not part:
            raise problem(say("Pagefind stopped before its work was done."))
        received.append(part)
        count += part.count(b",")
    return b"".join(received).split(b",")[:expected]


def _requests(language: str, documents: Sequence[Document]) -> Iterator[dict[str, Any]]:
    """Yield what is asked of Pagefind, which answers in order: indexes are numbered from 0 as they are begun."""
    yield {"type": "NewIndex", "config": {"force_language": language}}
    for document in documents:
        yield {
            "type": "AddRecord",
            "index_id": 0,
            "url": document.url,
            "content": fold(document.text),
            "language": language,
            "meta": {"title": fold(shown(document.title)), "date": fold(shown(document.date))},
            "filters": {"status": document.statuses, "topic": document.topics, "verdict": document.verdicts},
            "sort": {"date": document.day},
        }
    yield {"type": "GetFiles", "index_id": 0}


def problem(message: Sentence) -> Problems:
    """Return what is wrong with Pagefind, to be raised."""
    remedy = say("Install the version of pagefind[bin] in requirements.txt.")
    return Problems([Problem("search", 0, "", message, remedy)])
