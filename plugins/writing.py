"""Last step: write what changed, and only when everything could be made.

Pages are rendered when their fingerprint says so, into a staging folder inside
the output; at the end they are moved into place, one atomic rename each, and
what has no source any more is removed. The store knows beforehand what may be
on disk, so a build that was killed half-way is completed by the next.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.writers import Writer

from newsroom.build.compression import FORMS, compressible
from newsroom.build.manifest import Ledger
from newsroom.build.obstacles import obstacles
from newsroom.problems import Problems
from newsroom.reports import localised_report
from newsroom.session import Session
from newsroom.site.outputs import Output
from newsroom.store.digests import digest
from newsroom.store.store import Written

_STAGING = ".staging"
_PENDING = Written(b"", -1, -1)
#: How a folder tells that this program filled it.
_MARK = b'<meta name="generator" content="Sillage'


class IncrementalWriter(Writer):  # type: ignore[misc]
    """Pelican's writer, for outputs that are pure functions of declared inputs."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self._session: Session = settings["SESSION"]
        self._root = Path(output_path)
        self._staged: list[tuple[str, Path, bytes]] = []
        self._same: dict[str, Written] = {}
        self._foreign = False
        self._clear_staging()
        before = self._session.store.outputs(str(self._root))
        if not before:
            self._take_over()
        self._ledger = Ledger(self._root, before)
        settings["SESSION"].writer = self

    def _take_over(self) -> None:
        """Refuse a folder that somebody else filled: what is in it would be removed."""
        index = self._root / "index.html"
        self._foreign = self._root.is_dir() and any(
            path.name not in self.settings["OUTPUT_RETENTION"] for path in self._root.iterdir()
        )
        if self._foreign and not (index.is_file() and _MARK in index.read_bytes()):
            raise SystemExit(f"{self._root}: this folder holds other files. Empty it, or choose another with -o.")

    def write(self, outputs: Iterable[Output]) -> None:
        """Make each of ``outputs`` unless it was made before from the same inputs and code."""
        with told(self._session):
            for output in outputs:
                self._write(output)

    def write_output(self, path: str, fingerprint: bytes, produce: Callable[[], bytes]) -> None:
        """Write what ``produce`` returns to ``path``; ``fingerprint`` is a digest of all the inputs but the code."""
        self.write([Output(path, fingerprint, produce)])

    def _write(self, output: Output) -> None:
        path, fingerprint = output.path, digest(self._session.code, output.fingerprint)
        forms = FORMS if self._session.settings.precompress and compressible(path) else {}
        wanted = {path: None, **{f"{path}{suffix}": compress for suffix, compress in forms.items()}}
        missing = [name for name in wanted if self._ledger.declare(name, fingerprint)]
        data = output.produce() if missing else b""
        for name in missing:
            compress = wanted[name]
            self._stage(name, fingerprint, compress(data) if compress else data)

    def _stage(self, path: str, fingerprint: bytes, data: bytes) -> None:
        """Keep ``data`` for :meth:`commit`, unless it is what the file holds."""
        target = self._root / path
        if target.is_file() and not target.is_symlink() and target.read_bytes() == data:
            found = target.stat()
            self._same[path] = Written(fingerprint, found.st_size, found.st_mtime_ns)
            return
        staged = self._root / _STAGING / str(len(self._staged))
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(data)
        self._staged.append((path, staged, fingerprint))

    def commit(self) -> None:
        """Move everything into place."""
        with told(self._session):
            stale, found = self._ledger.stale(), self._found()
            unknown = [path for path in found if path not in self._ledger]
            in_the_way = obstacles(self._root, [*stale, *(path for path, _, _ in self._staged)])
            if in_the_way:
                raise Problems(in_the_way)
            self._replace([*stale, *unknown], found)
        self._clear_staging()
        self._session.work.written = len(self._staged)
        self._session.work.removed = len(stale)
        self._session.work.outputs = len(self._ledger)

    def _replace(self, removed: list[str], found: list[str]) -> None:
        """Remove what goes and move in what was made, the store knowing beforehand what may be on disk."""
        store, root = self._session.store, str(self._root)
        with store.transaction():
            store.keep_outputs(root, dict.fromkeys([*(path for path, _, _ in self._staged), *found], _PENDING))
        for path in removed:
            self._remove(self._root / path)
        written = dict(self._same)
        for path, staged, fingerprint in self._staged:
            target = self._root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
            state = target.stat()
            written[path] = Written(fingerprint, state.st_size, state.st_mtime_ns)
        with store.transaction():
            store.keep_outputs(root, written)
            store.forget_outputs(root, removed)

    def _found(self) -> list[str]:
        """Return the files of a folder that is taken over: from then on they are this program's to remove."""
        if not self._foreign:
            return []
        kept = {_STAGING, *self.settings["OUTPUT_RETENTION"]}
        files = (path for path in self._root.rglob("*") if path.is_symlink() or not path.is_dir())
        names = (path.relative_to(self._root) for path in files)
        return [name.as_posix() for name in names if name.parts[0] not in kept]

    def abandon(self) -> None:
        """Throw away what was made for a build that failed."""
        self._clear_staging()

    def _clear_staging(self) -> None:
        staging = self._root / _STAGING
        if staging.is_dir() and not staging.is_symlink():
            shutil.rmtree(staging, ignore_errors=True)
        else:
            staging.unlink(missing_ok=True)

    def _remove(self, path: Path) -> None:
        """Remove a file, and the folders that it leaves empty; some may be gone after a killed build."""
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self._root:
                break
            try:
                folder.rmdir()
            except FileNotFoundError:
                continue
            except OSError:
                break


@contextmanager
def told(session: Session) -> Iterator[None]:
    """End the build on problems with their report and status 1, where Pelican would print a traceback.

    What the disk refuses (full, read-only) is told in a line; the next build completes what this one began.
    """
    try:
        yield
    except BaseException as error:
        session.writer.abandon()
        session.end()
        if isinstance(error, Problems):
            raise SystemExit(localised_report(error.items)) from error
        if isinstance(error, OSError):
            raise SystemExit(f"{error.filename}: {error.strerror}. The site is not published.") from error
        raise


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
        f"wrote {work.written}, removed {work.removed} of {work.outputs} outputs"
    )


def register() -> None:
    """Connect to Pelican."""
    signals.get_writer.connect(writer)
    signals.finalized.connect(commit)
