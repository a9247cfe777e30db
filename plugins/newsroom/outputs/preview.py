"""The site while somebody looks at it: the catalogue in memory, one file read per save, one page made per request.

A page is a pure function of its view, and a view of the catalogue, so nothing has to be built to be
seen. A save makes a new catalogue, which shares all that did not change; a request makes the view
and the bytes of one output. Only the catalogue is kept, so lists, feeds and threads are never out
of date.

Drafts and what waits for its day are shown where the session is asked for it
(:attr:`newsroom.session.Session.shown`): no setting says so, and so no build.

What editors see beside it (the banner, the desk, two languages side by side)
is made by :mod:`desk` and added to what is sent.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from newsroom.build.rendering import Templates
from newsroom.content.articles import ARTICLE, Article
from newsroom.content.catalogue import Catalogue, is_public
from newsroom.content.editions import EDITION, Edition
from newsroom.content.kinds import KINDS
from newsroom.content.library import Library, entries_of
from newsroom.keys import KEY
from newsroom.outputs.dead_ends import Links, dead_ends, links_of
from newsroom.outputs.lookup import Lookup
from newsroom.outputs.output import Output
from newsroom.outputs.rendering import Renderer
from newsroom.plain_files import ignored
from newsroom.problems import Problems
from newsroom.progress import Work
from newsroom.session import Session
from newsroom.store.digests import digest
from newsroom.store.store import Written
from newsroom.views.chrome import chrome
from newsroom.views.places import Place

_FOLDERS = frozenset(kind.folder for kind in KINDS)


class Preview:
    """The site of ``session``, rendered with ``templates``; nothing is served before :meth:`open`."""

    def __init__(self, session: Session, templates: Templates) -> None:
        self._session, self._templates = session, templates
        self._lookup: Lookup | None = None
        self._links: Links = {}
        self._waiting: list[tuple[Article | Edition, dt.datetime | None]] | None = None
        self._until = session.settings.now
        self._read_once = False

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the site."""
        return self._session.settings.zone

    @property
    def waiting(self) -> list[tuple[Article | Edition, dt.datetime | None]]:
        """What is shown and not public: from when it is, None for a draft."""
        catalogue = self.catalogue
        if catalogue is None:
            return []
        if self._waiting is None:
            self._waiting = [
                (entry, None if entry.facts.draft else entry.facts.public_from)
                for entry in chain[Article | Edition](catalogue.articles, catalogue.editions)
                if not is_public(entry, catalogue.settings.now)
            ]
        return self._waiting

    @property
    def unpublished(self) -> dict[str, dt.datetime | None]:
        """The addresses of what is not public: from when each is, None for a draft."""
        catalogue = self.catalogue
        if catalogue is None:
            return {}
        return {
            catalogue.addresses.entry(code, entry.kind, text.slug): moment
            for entry, moment in self.waiting
            for code, text in entry.texts.items()
        }

    @property
    def catalogue(self) -> Catalogue | None:
        """What is shown; None before all has been read without a problem."""
        return self._lookup.catalogue if self._lookup else None

    def place(self, path: str) -> tuple[Place, str] | None:
        """Return what the page at ``path`` is about, and its language; None where no page is."""
        return self._lookup.place(path) if self._lookup else None

    @property
    def work(self) -> Work:
        """What was read, converted and rendered since everything was read."""
        return self._session.work

    @property
    def library(self) -> Library:
        """All that was read, published or not."""
        return self._session.library

    def open(self, now: dt.datetime) -> None:
        """Read everything, and write the cache this once; raise :class:`newsroom.problems.Problems`."""
        self._at(now)
        try:
            catalogue = self._session.begin()
        finally:
            self._session.end()
            self._session.keep_in_memory()
        self._read_once = True
        self._show(catalogue)

    def saved(self, paths: Iterable[Path], now: dt.datetime) -> None:
        """Take note that ``paths``, files or folders of the content or the theme, were saved or are gone.

        Raises :class:`newsroom.problems.Problems` for what is wrong with the content now;
        the site that is shown stays the last good one.
        """
        settings = self._session.settings
        of_theme = [path for path in paths if path.is_relative_to(settings.theme)]
        places = {_bundle_of(path, settings.content) for path in paths if path not in of_theme}
        if not self._read_once or None in places or (of_theme and self._read_theme()):
            self._read_all(now)
        else:
            self._read_again({place for place in places if place}, now)

    def read(self, path: str, now: dt.datetime) -> bytes | None:
        """Return the bytes of the output at ``path``, as a build writes them, or None where there is none.

        Raises :class:`newsroom.problems.Problems` where it cannot be made.
        """
        if self._lookup and now >= self._until:
            self._read_again((), now)
        output = self._lookup.find(path) if self._lookup else None
        return self._made(output) if output else None

    def read_built(self, path: str) -> bytes | None:
        """Return the bytes of the output at ``path`` as the last build wrote them, or None where it wrote none."""
        written = self._session.store.output(str(self._session.settings.output), path)
        return self._on_disk(path, written) if written else None

    def _made(self, output: Output) -> bytes:
        """Return the bytes of ``output``: those on disk, where the last build made them of the same."""
        written = self._session.store.output(str(self._session.settings.output), output.path)
        same = written and written.fingerprint == digest(self._session.code, output.fingerprint)
        found = self._on_disk(output.path, written) if written and same else None
        if found is not None:
            return found
        self._session.work.rendered += output.rendered
        return output.produce()

    def _on_disk(self, path: str, written: Written) -> bytes | None:
        """Return the bytes of the output at ``path`` where it is the one that was written."""
        file = self._session.settings.output / path
        state = file.lstat() if file.is_file() and not file.is_symlink() else None
        sound = state and (state.st_size, state.st_mtime_ns) == (written.size, written.mtime_ns)
        return file.read_bytes() if sound else None

    def _read_all(self, now: dt.datetime) -> None:
        self._at(now)
        self._read_once = False
        self._templates.forget()
        catalogue = self._session.begin()
        self._read_once = True
        self._show(catalogue)

    def _read_again(self, places: Iterable[tuple[str, str]], now: dt.datetime) -> None:
        self._at(now)
        self._show(self._session.read_again(places))

    def _read_theme(self) -> bool:
        """Read the theme again; return whether the content must be, too: words of the interface stand in bodies."""
        before = {code: messages.digest for code, messages in self._session.messages.items()}
        self._templates.forget()
        self._read_once = False  # an unsound theme is read again with the next save, whatever is saved
        self._session.read_theme()
        self._read_once = True
        return before != {code: messages.digest for code, messages in self._session.messages.items()}

    def _show(self, catalogue: Catalogue) -> None:
        """Show ``catalogue`` from now on; raise :class:`Problems` for links that lead nowhere in it."""
        assets = self._session.assets
        chromes = {code: chrome(catalogue, code, assets) for code in catalogue.settings.codes}
        lookup = Lookup(self._session, catalogue, Renderer(self._session, self._templates, chromes))
        self._links = links_of(catalogue, self._links)
        problems = list(dead_ends(catalogue, lookup, self._session.settings, self._links))
        if problems:
            raise Problems(problems)
        self._lookup, self._waiting = lookup, None
        self._until = _next_moment(catalogue.settings.now, self._session.library)

    def _at(self, now: dt.datetime) -> None:
        self._session.settings = msgspec.structs.replace(self._session.settings, now=now)


def _next_moment(now: dt.datetime, library: Library) -> dt.datetime:
    """Return when, after ``now``, the site next changes by itself: at midnight, or when something becomes public."""
    tomorrow = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), now.tzinfo)
    here = now.astimezone(dt.UTC)  # with which thousands of moments are compared in half the time
    entries = chain(entries_of(library, ARTICLE), entries_of(library, EDITION))
    waiting = (entry.facts for entry in entries if entry.facts.date > here or entry.facts.publish)
    return min((facts.public_from for facts in waiting if now < facts.public_from < tomorrow), default=tomorrow)


def _bundle_of(path: Path, content: Path) -> tuple[str, str] | None:
    """Return the folder and the key of the bundle that ``path`` belongs to; None for everything else."""
    parts = path.relative_to(content).parts if path.is_relative_to(content) else ()
    if len(parts) < 2 or parts[0] not in _FOLDERS or not KEY.match(parts[1]) or any(map(ignored, parts)):
        return None
    is_folder = len(parts) > 2 or path.is_dir() or not path.exists()
    return (parts[0], parts[1]) if is_folder else None
