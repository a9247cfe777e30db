"""Reading all of the content, converting only what changed.

A file whose state on disk has not changed is not opened; one whose bytes have not changed is not
converted. Problems are gathered from every file before any is raised.
"""

import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from newsroom.build.parallel import on_all_processors
from newsroom.content.addresses import media_place
from newsroom.content.bundles import Bundle, SourceFile, bundle_at, scan
from newsroom.content.kinds import KINDS
from newsroom.content.library import Library
from newsroom.content.models import AnyEntry
from newsroom.content.pairing import Read, pair
from newsroom.content.published import Published, keep_addresses
from newsroom.content.readers import Context
from newsroom.content.records import Record, RecordFile, read_record
from newsroom.content.schema import Kind
from newsroom.plain_files import Stat, trusted, unreadable
from newsroom.problems import Problem
from newsroom.progress import Progress, Work
from newsroom.store.digests import digest, of_view
from newsroom.store.store import Kept, Store
from newsroom.text.bodies import Style

if TYPE_CHECKING:
    from newsroom.text.body import Converter

_records = msgspec.msgpack.Decoder(Record)
_results = msgspec.msgpack.Decoder(tuple[msgspec.Raw, str])
#: From how many texts on it pays to start processes that convert them.
_WORTH = 40


class _Unread(Struct, frozen=True):
    """A file that has to be converted: its bytes, its digest, and its state on disk where that can be trusted."""

    file: SourceFile
    raw: bytes
    digest: bytes
    stat: Stat | None


class ContentReader:
    """Reads content files through the store.

    ``options`` is a digest of what conversion depends on in every language, ``styles`` are the rest of it.
    ``published`` is what keeps its address and its permanent name.
    """

    def __init__(
        self,
        store: Store,
        context: Context,
        styles: dict[str, Style],
        options: bytes,
        work: Work,
        *,
        published: Published,
        progress: Progress,
    ) -> None:
        self.store, self._context, self._work, self._progress = store, context, work, progress
        self._styles = styles
        self._options = {code: digest(options, of_view(style)) for code, style in styles.items()}
        self._converters: dict[str, Converter] = {}
        self._published = published

    def read(self, content: Path) -> Library:
        """Read every file under ``content`` and pair the languages of each folder."""
        found = scan(content, [kind.folder for kind in KINDS], self._context.codes)
        kept = self.store.files()
        kinds = {kind.folder: kind for kind in KINDS}
        with self.store.transaction():
            sources = [file for bundle in found.bundles for file in bundle.files]
            known: dict[str, Read | Problem | _Unread] = {}
            self._progress.begin("read", partial(len, sources))
            for number, file in enumerate(sources, start=1):
                known[file.name] = self._known(file, kept.get(file.name))
                self._progress.tell(number)
            known |= self._converted([file for file in known.values() if isinstance(file, _Unread)])
            read = [(bundle, [_read(known[file.name]) for file in bundle.files]) for bundle in found.bundles]
            self.store.forget_files(kept.keys() - {file.name for bundle in found.bundles for file in bundle.files})
        library = Library({kind.folder: {} for kind in KINDS}, found.problems, {}, {})
        for bundle, files in read:
            self._shelve(library, kinds[bundle.folder], bundle, files)
        return library

    def read_again(self, library: Library, content: Path, places: Iterable[tuple[str, str]]) -> Library:
        """Return ``library`` with the bundles at ``places`` (folder and key) as they are now; the rest is shared."""
        entries = dict(library.entries)
        fresh = Library(entries, library.stray, dict(library.of_bundles), dict(library.unpaired))
        for folder, key in sorted(places):
            before = entries[folder]
            entries[folder] = dict(before)
            fresh.of_bundles.pop((folder, key), None)
            fresh.unpaired.pop((folder, key), None)
            bundle = bundle_at(content, folder, key, self._context.codes)
            if bundle:
                kind = next(kind for kind in KINDS if kind.folder == folder)
                known = {file.name: self._known(file, self.store.file(file.name)) for file in bundle.files}
                known |= self._converted([file for file in known.values() if isinstance(file, _Unread)])
                self._shelve(fresh, kind, bundle, [_read(file) for file in known.values()])
            if entries[folder].get(key) is before.get(key):
                entries[folder].pop(key, None)  # it is gone, or cannot be read now
            elif key not in before:
                entries[folder] = dict(sorted(entries[folder].items()))
        return fresh

    def _shelve(self, library: Library, kind: Kind, bundle: Bundle, files: list[Read | Problem]) -> None:
        """Add the entry of a bundle to ``library``, or what is wrong with it."""
        problems: list[Problem] = []
        entry = _entry(kind, bundle, files, problems, self._context.codes)
        place = bundle.folder, bundle.key
        if entry:
            library.entries[bundle.folder][bundle.key] = keep_addresses(entry, self._published)
        else:
            library.unpaired[place] = tuple(file for file in files if isinstance(file, Read))
        if problems:
            library.of_bundles[place] = tuple(problems)

    def _known(self, file: SourceFile, kept: Kept | None) -> "Read | Problem | _Unread":
        """Return what is known of ``file`` without converting it."""
        options = self._options[file.language]
        known = _decoded(kept)
        if kept and known and kept.stat == file.stat and kept.digest[:16] == options:
            return Read(file, known)
        try:
            raw = file.path.read_bytes()
        except OSError as error:
            return unreadable(file.name, error)
        self._work.read += 1
        now = options + digest(raw)
        stat = trusted(file.stat, time.time_ns())
        if kept and known and kept.digest == now:
            self.store.touch_file(file.name, Kept(stat, now, kept.record))
            return Read(file, known)
        return _Unread(file, raw, now, stat)

    def _converted(self, files: Sequence["_Unread"]) -> dict[str, Read]:
        """Convert ``files`` and keep what they say; return it by name."""
        for language in {unread.file.language for unread in files}:
            self._converter(language)
        found: dict[str, Read] = {}
        self._progress.begin("converted", partial(len, files))
        results = on_all_processors(self._convert, files, worth=_WORTH, tell=self._progress.tell)
        for unread, result in zip(files, results, strict=True):
            record, html = _results.decode(result)
            self._work.converted += 1
            self.store.keep_file(unread.file.name, Kept(unread.stat, unread.digest, bytes(record)), html)
            found[unread.file.name] = Read(unread.file, _records.decode(record))
        self._progress.end()
        return found

    def _convert(self, unread: "_Unread") -> bytes:
        file = unread.file
        kind = next(kind for kind in KINDS if kind.folder == file.folder)
        source = RecordFile(file.name, kind, f"/{media_place(file.folder, file.key)}")
        record, html = read_record(unread.raw, source, self._context, self._converter(file.language))
        return msgspec.msgpack.encode((msgspec.Raw(msgspec.msgpack.encode(record)), html))

    def _converter(self, language: str) -> "Converter":
        from newsroom.text.body import Converter  # noqa: PLC0415 - it loads Markdown, which most builds do not need

        if language not in self._converters:
            self._converters[language] = Converter(self._styles[language])
        return self._converters[language]

    def html(self, name: str, path: Path, kind: Kind, language: str, body_digest: str) -> str:
        """Return the HTML of a body; converted again where the kept one was damaged."""
        html = self.store.html(name, body_digest)
        if html is None:
            source = RecordFile(name, kind, f"/{media_place(kind.folder, path.parent.name)}")
            _, html = read_record(path.read_bytes(), source, self._context, self._converter(language))
        return html


def _read(known: Read | Problem | _Unread) -> Read | Problem:
    """Return ``known``, converted where that was necessary."""
    assert not isinstance(known, _Unread)
    return known


def _decoded(kept: Kept | None) -> Record | None:
    """Return the record kept; a sound row that other code wrote may not fit today's models, and is read again."""
    if kept is None:
        return None
    try:
        return _records.decode(kept.record)
    except msgspec.MsgspecError:
        return None


def _entry(
    kind: Kind, bundle: Bundle, files: list[Read | Problem], problems: list[Problem], codes: tuple[str, ...]
) -> AnyEntry | None:
    """Return the entry that a folder makes, None where part of it could not be read.

    What seems to be missing then may be in the file that was not read: its twin is not blamed.
    """
    reads = [file for file in files if isinstance(file, Read)]
    unread = [*bundle.problems, *(file for file in files if isinstance(file, Problem))]
    if not unread:
        return pair(kind, reads, problems, codes)
    problems.extend(unread)
    problems.extend(problem for read in reads for problem in read.record.problems)
    return None
