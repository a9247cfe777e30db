"""Last step: write what changed, and only when everything could be made.

Pages are rendered when their fingerprint has changed, and staged; when all are made, the
destination changes what is published, which is one step for a release. The store is told beforehand
what may be on disk, so that the next build can complete one that was killed.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from pelican import Pelican, signals
from pelican.writers import Writer

from newsroom.build.compression import FORMS, compressible
from newsroom.build.manifest import Manifest
from newsroom.build.parallel import on_all_processors
from newsroom.failures import exit_on_problems
from newsroom.outputs.dead_ends import dead_ends
from newsroom.outputs.output import Output
from newsroom.problems import Problems
from newsroom.session import Session
from newsroom.store.digests import digest
from newsroom.store.store import Written
from publication.destinations import destination
from publication.disk import files_under

_forms = msgspec.msgpack.Decoder(list[bytes])
#: How many outputs are made together at most, and from how many on it pays to start processes.
_WINDOW, _WORTH = 1024, 100
_PENDING = Written(b"", -1, -1)
#: How a folder tells that this program filled it.
_MARK = b'<meta name="generator" content="Sillage'


class _Job(Struct, frozen=True):
    """An output to be made, under which names (its own, and those of its compressed copies), and its place in line."""

    output: Output
    fingerprint: bytes
    missing: list[str]
    number: int


def _make(job: _Job) -> bytes:
    """Return what belongs under each of the missing names, together."""
    data = job.output.produce()
    forms = [FORMS.get(name.removeprefix(job.output.path)) for name in job.missing]
    return msgspec.msgpack.encode([form(data) if form else data for form in forms])


def _language(job: _Job) -> str:
    """Return where ``job`` belongs: pages and feeds of a language have lines and items in common."""
    return job.output.path.split("/", 1)[0]


def _windows(jobs: Iterator[_Job]) -> Iterator[list[_Job]]:
    """Cut ``jobs`` into lists that are made together: what is waiting takes memory."""
    while window := list(islice(jobs, _WINDOW)):
        yield window


class IncrementalWriter(Writer):  # type: ignore[misc]
    """Pelican's writer, for outputs that are pure functions of declared inputs."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self._session: Session = settings["SESSION"]
        self._root = Path(output_path)
        self._staged: dict[str, bytes] = {}
        self._same: dict[str, Written] = {}
        self._retained: list[str] = settings["OUTPUT_RETENTION"]
        with exit_on_problems(self._session):
            self._destination = destination(self._root, self._session.settings.releases, self._retained)
            self._session.writer = self
            before = self._session.store.outputs(str(self._root))
            self._found = [] if before else self._take_over()
            self._manifest = Manifest(self._root, before)

    def _take_over(self) -> list[str]:
        """Return the files of a folder that a build without this cache filled: from now on they are to be removed.

        Refuse a folder that somebody else filled.
        """
        there = self._root.iterdir() if self._root.is_dir() else ()
        folders = [path for path in there if path.name not in self._retained]
        index = self._root / "index.html"
        if folders and not (index.is_file() and _MARK in index.read_bytes()):
            raise SystemExit(f"{self._root}: this folder holds other files. Empty it, or choose another with -o.")
        names = [path.name for path in folders]
        return [path for path in files_under(self._root) if path.split("/")[0] in names] if folders else []

    def write(self, outputs: Iterable[Output], what: str = "made", of: Callable[[], int] = lambda: 0) -> None:
        """Make each of ``outputs`` unless it was made before from the same inputs and code.

        ``what`` and ``of`` tell people who wait what is made, and how many there are.
        """
        progress = self._session.progress
        progress.begin(what, of)
        with exit_on_problems(self._session):
            for window in _windows(job for job in map(self._declared, outputs, count(1)) if job.missing):
                reopen = self._session.store.reopen
                made = on_all_processors(_make, window, worth=_WORTH, prepare=reopen, kin=_language)
                for job, data in zip(window, made, strict=True):
                    progress.tell(job.number)
                    self._session.work.rendered += job.output.rendered
                    for name, form in zip(job.missing, _forms.decode(data), strict=True):
                        self._stage(name, job.fingerprint, form)
                progress.end()

    def write_output(self, path: str, fingerprint: bytes, produce: Callable[[], bytes]) -> None:
        """Write what ``produce`` returns to ``path``; ``fingerprint`` is a digest of all the inputs but the code."""
        self.write([Output(path, fingerprint, produce)])

    def _declared(self, output: Output, number: int) -> "_Job":
        """Declare ``output``, which is the ``number``-th in line; return what of it has to be made."""
        path, fingerprint = output.path, digest(self._session.code, output.fingerprint)
        suffixes = ["", *FORMS] if self._session.settings.precompress and compressible(path) else [""]
        missing = [f"{path}{suffix}" for suffix in suffixes if self._manifest.declare(f"{path}{suffix}", fingerprint)]
        return _Job(output, fingerprint, missing, number)

    def _stage(self, path: str, fingerprint: bytes, data: bytes) -> None:
        """Keep ``data`` for :meth:`commit`, unless it is what the file holds."""
        target = self._root / path
        if target.is_file() and not target.is_symlink() and target.read_bytes() == data:
            found = target.stat()
            self._same[path] = Written(fingerprint, found.st_size, found.st_mtime_ns)
            return
        self._destination.stage(path, data)
        self._staged[path] = fingerprint

    def commit(self) -> None:
        """Publish what was made; the store is told beforehand what may be on disk."""
        store, root = self._session.store, str(self._root)
        with exit_on_problems(self._session):
            catalogue = self._session.catalogue
            problems = list(dead_ends(catalogue, self, self._session.settings)) if catalogue else []
            if problems:
                raise Problems(problems)
            stale = self._manifest.stale()
            removed = [*stale, *(path for path in self._found if path not in self._manifest)]
            self._destination.prepare([*self._manifest.kept, *self._same], removed)
            with store.transaction():
                store.keep_outputs(root, dict.fromkeys([*self._staged, *self._found], _PENDING))
            self._destination.switch()
            with store.transaction():
                store.keep_outputs(root, {**self._same, **self._written()}, gone=removed)
            store.tidy()
        self.close()
        self._session.work.written = len(self._staged)
        self._session.work.removed = len(stale)
        self._session.work.outputs = len(self._manifest)

    def __contains__(self, path: object) -> bool:
        """Tell whether this build declared the output at ``path``."""
        return path in self._manifest

    def read(self, path: str) -> bytes:
        """Return what this build has at ``path``: made now, or as it was before."""
        staged = self._destination.staged(path) if path in self._staged else self._root / path
        return staged.read_bytes()

    def _written(self) -> dict[str, Written]:
        """Return how what was made is found on disk."""
        states = {path: (self._root / path).stat() for path in self._staged}
        return {path: Written(self._staged[path], state.st_size, state.st_mtime_ns) for path, state in states.items()}

    def close(self) -> None:
        """Throw away what was made and not published, and let the next build in."""
        self._destination.close()


def writer(_: Pelican) -> type[Writer]:
    """Return the writer, as Pelican asks."""
    return IncrementalWriter


def commit(pelican: Pelican) -> None:
    """Move everything into place when all generators are done, and say what was done."""
    session: Session = pelican.settings["SESSION"]
    session.writer.commit()
    session.end()
    work = session.work
    print(
        f"read {work.read}, converted {work.converted}, rendered {work.rendered}, "
        f"wrote {work.written} of {work.outputs} outputs, removed {work.removed}"
    )
    if session.settings.explain:
        reasons = work.reasons or ("no page, feed or data file of the site",)
        print(f"{session.settings.explain}: {', '.join(reasons)}")


def register() -> None:
    """Connect to Pelican."""
    signals.get_writer.connect(writer)
    signals.finalized.connect(commit)
