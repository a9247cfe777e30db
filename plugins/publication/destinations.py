"""Where a build goes: into a folder, file by file, or into a release that is put in place as a whole.

A build stages what it makes. When all is made it calls ``prepare``, which may still refuse, and
then ``switch``, which changes what is published.
"""

import os
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from newsroom.build.blocked_outputs import blocked_outputs
from newsroom.problems import Problem, Problems
from newsroom.sentences import say
from newsroom.store.digests import digest
from publication.disk import copy, files_under, remove, share
from publication.releases import Releases, is_folder


class Destination(Protocol):
    """Where a build goes."""

    def stage(self, path: str, data: bytes) -> None:
        """Stage ``data`` as the output ``path``; other processes of the build may do so, too."""

    def staged(self, path: str) -> Path:
        """Return where what was kept as the output ``path`` is."""

    def prepare(self, current: Collection[str], staged: Collection[str], stale: Collection[str]) -> None:
        """Get ready: ``current`` outputs stay as they are, ``staged`` ones are new, ``stale`` ones will be removed.

        Raises :class:`Problems` for what is in the way.
        """

    def switch(self) -> None:
        """Change what is published."""

    def close(self) -> None:
        """Discard what was staged and not published."""


class InPlace:
    """A folder whose files are replaced one by one, each in one step: for previews."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._staging = output / ".staging"
        self._folders: set[Path] = set()
        self._staged: Collection[str] = ()
        self._stale: Collection[str] = ()
        remove(self._staging)

    def stage(self, path: str, data: bytes) -> None:
        """Write ``data`` into the staging folder, which is on the same disk."""
        target = self.staged(path)
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        target.write_bytes(data)

    def staged(self, path: str) -> Path:
        """Return the file in the staging folder.

        A few hundred folders hold them all: in one alone, ext4 looks long for room after much was deleted there.
        """
        name = digest(path.encode()).hex()
        return self._staging / name[:2] / name

    def prepare(self, current: Collection[str], staged: Collection[str], stale: Collection[str]) -> None:  # noqa: ARG002
        """Check that nothing is in the way."""
        in_the_way = blocked_outputs(self._output, [*stale, *staged])
        if in_the_way:
            raise Problems(in_the_way)
        self._staged, self._stale = staged, stale

    def switch(self) -> None:
        """Remove what is stale, move what was made."""
        for path in self._stale:
            self._remove(self._output / path)
        for path in self._staged:
            target = self._output / path
            target.parent.mkdir(parents=True, exist_ok=True)
            self.staged(path).replace(target)  # a new file: a release may hold the old one under another name

    def close(self) -> None:
        """Remove the staging folder."""
        remove(self._staging)

    def _remove(self, path: Path) -> None:
        """Remove a file, and the folders that it leaves empty; some may be gone after a killed build."""
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self._output:
                break
            try:
                folder.rmdir()
            except FileNotFoundError:
                continue
            except OSError:
                break


class Aside:
    """A whole new site beside the one that is served, which shares what has not changed."""

    def __init__(self, output: Path, keep: int, retained: Collection[str]) -> None:
        self._releases = Releases(output)
        self._keep = keep
        self._retained = retained
        self._site = self._releases.folder / ".staging"
        self._staged: Collection[str] = ()
        self._folders: set[Path] = set()
        self._held = ExitStack()
        if os.path.lexists(output) and not self._releases.live() and not is_folder(output):
            message = say("this is no folder, and no link to a release.")
            remedy = say("Remove it, or set OUTPUT_PATH to another place.")
            raise Problems([Problem(output.name, 0, "", message, remedy)])
        self._held.enter_context(self._releases.lock())
        remove(self._site)
        self._site.mkdir()

    def stage(self, path: str, data: bytes) -> None:
        """Write ``data`` into the new site."""
        self._place(path).write_bytes(data)

    def staged(self, path: str) -> Path:
        """Return the file in the new site."""
        return self._site / path

    def prepare(self, current: Collection[str], staged: Collection[str], stale: Collection[str]) -> None:  # noqa: ARG002
        """Complete the new site with the files that it takes over from the one that is served."""
        self._staged = staged
        for path in current:
            share(self._releases.output / path, self._place(path))
        for name in self._retained:
            copy(self._releases.output / name, self._site / name)

    def switch(self) -> None:
        """Put the new site in place of the old one, if it differs."""
        if not self._keep:
            self._releases.replace_link(self._site)
            return
        if not self._releases.live() or self._differs():
            self._releases.add(self._site)
        self._releases.prune(self._keep)

    def _differs(self) -> bool:
        """Tell whether the new site differs from the one that is served."""
        return bool(self._staged) or files_under(self._site) != files_under(self._releases.output)

    def _place(self, path: str) -> Path:
        target = self._site / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        return target

    def close(self) -> None:
        """Remove a site that was not published, and let the next build in."""
        remove(self._site)
        self._held.close()


def destination(output: Path, keep: int, retained: Collection[str]) -> Destination:
    """Return where a build into ``output`` goes: into a release if ``keep`` of them are kept, else in place.

    A preview replaces a link to a release by a folder of its own, since the files of the release are not its own.
    """
    if keep or Releases(output).live():
        return Aside(output, keep, retained)
    return InPlace(output)
