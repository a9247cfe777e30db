"""The releases of a site: one folder each beside ``output``, which is a link to the one that is served.

```
output → output-releases/20261129T093115Z      what is served
output-releases/20261129T093115Z/              a whole site; unchanged files are shared with the release before
output-releases/history                        the names of the releases, in the order they were served
output-releases/lock                           held while a release is made or another is put in its place
```

Publishing and going back are one rename of a link. What the history lists after the release that is
served was never served, or was rolled back: it is ignored, and the next release takes its place.
"""

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsroom.store.lock import Lock
from publication.disk import exchange, flush, flush_names, remove

_NAME = re.compile(r"\d{8}T\d{6}Z(-\d+)?\Z")


class Releases:
    """The releases of the site at ``output``."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.with_name(f"{output.name}-releases")
        self._history = self.folder / "history"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Prevent everybody else from publishing and going back."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = Lock(self.folder / "lock")
        lock.take()
        try:
            yield
        finally:
            lock.let_go()

    def live(self) -> str | None:
        """Return the name of the release that is served; None where ``output`` is no link to one."""
        if not self.output.is_symlink():
            return None
        place = self.output.parent / self.output.readlink()
        return place.name if place.parent == self.folder and _NAME.match(place.name) else None

    def path(self, name: str) -> Path:
        """Return the folder of a release."""
        return self.folder / name

    def present(self) -> list[str]:
        """Return the names of the existing releases, oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if _NAME.match(path.name) and is_folder(path))

    def served(self) -> list[str]:
        """Return the releases that have been served, in that order, ending with the one that is served now."""
        try:
            lines = self._history.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            lines = []
        live = self.live()
        if live in lines:
            lines = lines[: len(lines) - lines[::-1].index(live)]
        elif live:
            lines.append(live)
        present = self.present()
        return [name for name in lines if name in present]

    def add(self, site: Path) -> None:
        """Make the folder ``site``, which is in :attr:`folder`, the release that is served.

        If it is killed, either the old release or the new one is served.
        """
        self._adopt()
        name = self._free(dt.datetime.now(dt.UTC).timestamp())
        history = [*self.served(), name]
        site.rename(self.path(name))
        written = self.folder / ".history"
        written.write_text("".join(f"{each}\n" for each in history), encoding="utf-8")
        written.replace(self._history)
        flush(self.folder)
        self._serve(name)

    def prune(self, keep: int) -> None:
        """Remove all but the last ``keep`` releases that were served, and those whose build was killed."""
        kept = (*self.served()[-keep:], self._history.name, "lock")
        for path in self.folder.iterdir():
            if path.name not in kept:
                remove(path)

    def back(self, to: str = "") -> str:
        """Serve the previous release, or the release ``to``; return its name.

        Raises ``ValueError`` where there is none.
        """
        with self.lock():
            live = self.live()
            before = [name for name in self.served() if name != live]
            choice = f"There are: {', '.join(self.present()) or 'none'}."
            if to and to not in self.present():
                raise ValueError(f"there is no release {to}. {choice}")
            if not to and not before:
                raise ValueError(f"there is no release before this one. {choice}")
            self._adopt()
            self._serve(to or before[-1])
            return to or before[-1]

    def replace_link(self, site: Path) -> None:
        """Replace the link to a release by the folder ``site`` itself; the releases stay."""
        exchange(site, self.output)
        remove(site)

    def _adopt(self) -> None:
        """Turn a folder that is where the link should be into a release, and replace it by the link."""
        if is_folder(self.output):
            name = self._free(self.output.stat().st_mtime)
            link = self.path(name)
            link.symlink_to(f"{self.folder.name}/{name}")
            exchange(link, self.output)

    def _serve(self, name: str) -> None:
        """Serve the release ``name``, in one step."""
        link = self.folder / ".link"
        remove(link)
        link.symlink_to(f"{self.folder.name}/{name}")
        link.replace(self.output)
        flush_names(self.output.parent)

    def _free(self, timestamp: float) -> str:
        """Return an unused name for a release of that moment."""
        name = f"{dt.datetime.fromtimestamp(timestamp, dt.UTC):%Y%m%dT%H%M%SZ}"
        free, number = name, 1
        while os.path.lexists(self.path(free)):
            number += 1
            free = f"{name}-{number}"
        return free


def is_folder(path: Path) -> bool:
    """Tell whether ``path`` is a folder, and not a link to one."""
    return path.is_dir() and not path.is_symlink()
