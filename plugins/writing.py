"""Last step: write what changed, and only when everything could be made.

The other steps declare what the site consists of. Here outputs are made when their fingerprint has
changed, and staged; when all are made, the destination changes what is published, which is one step
for a release. The store is told beforehand what may be on disk, so that the next build can complete
one that was killed.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Any

import msgspec
from msgspec import Struct
from pelican import Pelican, signals
from pelican.writers import Writer

from newsroom.build.compression import FORMS, compressible
from newsroom.build.manifest import Manifest
from newsroom.build.parallel import Workers, on_all_processors, processors
from newsroom.failures import exit_on_problems
from newsroom.outputs.dead_ends import dead_ends
from newsroom.outputs.output import Output, Untold
from newsroom.problems import Problems
from newsroom.session import Session
from newsroom.store.digests import digest
from newsroom.store.store import Written
from publication.destinations import destination
from publication.disk import files_under

#: From how many outputs on it pays to start processes that make them.
_WORTH = 12
#: From how many on what was begun is waited for: nothing would be gained beside it, and memory is taken for both.
_MUCH = 1_000
_PENDING = Written(b"", -1, -1)
#: How a folder tells that this program filled it.
_MARK = b'<meta name="generator" content="Sillage'


class _Made(Struct, frozen=True, array_like=True):
    """What became of an output, by the names of its forms: how each is found on disk, None where it was staged."""

    fingerprint: bytes
    rendered: bool
    forms: dict[str, Written | None]


_all_made = msgspec.msgpack.Decoder(tuple[list[_Made], bytes])
_Job = Output | Untold


def _kin(job: _Job) -> str:
    """Return where ``job`` belongs: pages and feeds of a language have lines and items in common."""
    return job.kin if isinstance(job, Untold) else job.path.split("/", 1)[0]


class IncrementalWriter(Writer):  # type: ignore[misc]
    """Pelican's writer, for outputs that are pure functions of declared inputs."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self._session: Session = settings["SESSION"]
        self._root = Path(output_path)
        self._jobs: list[_Job] = []
        self._begun: list[tuple[_Job, Workers]] = []
        self._kept: dict[str, Written] = {}
        self._same: dict[str, Written] = {}
        self._staged: dict[str, bytes] = {}
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

    def write(self, outputs: Iterable[Output | Untold]) -> None:
        """Declare ``outputs``; :meth:`commit` makes each unless it was made before from the same inputs and code."""
        with exit_on_problems(self._session):
            for output in outputs:
                if isinstance(output, Untold) and output.long and processors() > 1:
                    prepare = self._session.store.reopen
                    self._begun.append((output, Workers(self._make, [output], prepare=prepare)))
                elif isinstance(output, Untold) or not self._is_current(output):
                    self._jobs.append(output)

    def write_output(self, path: str, fingerprint: bytes, produce: Callable[[], bytes]) -> None:
        """Write what ``produce`` returns to ``path``; ``fingerprint`` is a digest of all the inputs but the code."""
        self.write([Output(path, fingerprint, produce)])

    def _is_current(self, output: Output) -> bool:
        """Declare ``output`` and its compressed copies; tell whether all are as they were."""
        fingerprint, names = self._forms(output)
        for name in names:
            self._manifest.declare(name, fingerprint)
            kept = self._manifest.current(name, fingerprint)
            if kept:
                self._kept[name] = kept
        return all(name in self._kept for name in names)

    def _forms(self, output: Output) -> tuple[bytes, list[str]]:
        """Return the digest of all that ``output`` is made from, and the names of the output and its copies."""
        suffixes = ["", *FORMS] if self._session.settings.precompress and compressible(output.path) else [""]
        return digest(self._session.code, output.fingerprint), [f"{output.path}{suffix}" for suffix in suffixes]

    def _make_all(self) -> None:
        """Make what is not current, on all processors: outputs of all steps together, which share what they show."""
        session, jobs = self._session, self._jobs
        session.progress.begin("made", lambda: len(jobs))
        if len(jobs) > _MUCH:
            self._take_begun()
        tell = session.progress.tell
        made = on_all_processors(self._make, jobs, worth=_WORTH, prepare=session.store.reopen, kin=_kin, tell=tell)
        for job, data in zip(jobs, made, strict=True):
            self._take(job, data)
        self._take_begun()
        session.progress.end()

    def _take_begun(self) -> None:
        """Wait for what was begun beforehand."""
        while self._begun:
            job, workers = self._begun.pop(0)
            for data in workers.results():
                self._take(job, data)

    def _make(self, job: _Job) -> bytes:
        """Make and stage what is missing of ``job``; return what became of it, and what is to be learnt."""
        outputs, learnt = job.make() if isinstance(job, Untold) else ([job], b"")
        return msgspec.msgpack.encode((list(map(self._made, outputs)), learnt))

    def _made(self, output: Output) -> _Made:
        fingerprint, names = self._forms(output)
        forms = {name: self._manifest.current(name, fingerprint) for name in names}
        missing = [name for name, kept in forms.items() if not kept]
        data = output.produce() if missing else b""
        for name in missing:
            form = FORMS.get(name.removeprefix(output.path))
            forms[name] = self._stage(name, fingerprint, form(data) if form else data)
        return _Made(fingerprint, output.rendered and bool(missing), forms)

    def _take(self, job: _Job, data: bytes) -> None:
        """Note what became of ``job``."""
        all_made, learnt = _all_made.decode(data)
        for made in all_made:
            self._session.work.rendered += made.rendered
            for name, found in made.forms.items():
                if isinstance(job, Untold):
                    self._manifest.declare(name, made.fingerprint)
                if found is None:
                    self._staged[name] = made.fingerprint
                elif name not in self._kept:
                    self._same[name] = found
        if isinstance(job, Untold):
            job.learn(learnt)

    def _stage(self, path: str, fingerprint: bytes, data: bytes) -> Written | None:
        """Stage ``data`` for :meth:`commit`, unless it is what the file holds: return how that is found on disk."""
        target = self._root / path
        with suppress(OSError):  # it is not there, or something else is in its place
            found = target.lstat()
            if S_ISREG(found.st_mode) and found.st_size == len(data) and target.read_bytes() == data:
                return Written(fingerprint, found.st_size, found.st_mtime_ns)
        self._destination.stage(path, data)
        return None

    def commit(self) -> None:
        """Make what is not current and publish it; the store is told beforehand what may be on disk."""
        store, root = self._session.store, str(self._root)
        with exit_on_problems(self._session):
            self._make_all()
            catalogue = self._session.catalogue
            problems = list(dead_ends(catalogue, self, self._session.settings)) if catalogue else []
            if problems:
                raise Problems(problems)
            stale = self._manifest.stale()
            removed = [*stale, *(path for path in self._found if path not in self._manifest)]
            self._destination.prepare([*self._kept, *self._same], [*self._staged], removed)
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
        for _, workers in self._begun:
            workers.end()
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
