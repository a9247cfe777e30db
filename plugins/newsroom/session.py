"""A session: what the steps of a build share, in a process that may build many times.

Made once per process from the validated settings; :meth:`Session.begin` starts a build and counts
its work from zero, so that nothing but what is on disk is carried over from one build to the next.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from newsroom.content.articles import ARTICLE
from newsroom.content.catalogue import Catalogue, Reference, Shown, is_public
from newsroom.content.cataloguing import build_catalogue, changes_between
from newsroom.content.content_reader import ContentReader
from newsroom.content.cross_references import reference_problems
from newsroom.content.figure_files import read_figure
from newsroom.content.figures import Figure
from newsroom.content.library import Library, entries_of
from newsroom.content.published import Published, read_published
from newsroom.content.readers import Context
from newsroom.content.reference import read_reference, with_former_keys
from newsroom.content.renamed import renaming_problems
from newsroom.content.soundness import Sound
from newsroom.fragments import Fragments
from newsroom.messages import Messages, read_messages
from newsroom.pictures import Picture, read_picture
from newsroom.plain_files import read_plain, unreadable
from newsroom.problems import Problem, Problems
from newsroom.progress import Progress, Work
from newsroom.settings import Settings
from newsroom.store.digests import digest, of_code
from newsroom.store.overlay import Overlay
from newsroom.store.store import Store
from newsroom.text.bodies import Style
from newsroom.text.glossary import Term
from newsroom.theme.assets import Assets, load_assets
from newsroom.views.media import figure_files, media_files


class Session:
    """The settings, the store, and what the current build has read."""

    def __init__(self, settings: Settings, plugins: Path) -> None:
        self.settings = settings
        self.code = of_code(plugins)
        self.store: Store = Store(settings.cache)
        self.work = Work()
        self.progress = Progress(sys.stderr)
        self.assets = Assets()
        self.writer: Any = None
        self.messages: dict[str, Messages] = {}
        self.library = Library({})
        self.shown: Shown = is_public
        self.catalogue: Catalogue | None = None
        self._sound: Sound | None = None
        self._reader: ContentReader | None = None
        self._reference = Reference({}, {}, {})
        self._published = Published()

    @property
    def typographies(self) -> dict[str, str]:
        """The name of the typography of each language."""
        return {language.code: language.typography for language in self.settings.languages}

    def begin(self) -> Catalogue:
        """Read the content; return the catalogue or raise :class:`Problems`.

        Waits for another build of the same project to end: two at once would
        take each other's files for their own. :meth:`end` lets the next one in.
        """
        settings = self.settings
        self.store.lock()
        self.work = Work()
        self.read_theme()
        context = Context(settings.codes, settings.timezone)
        problems: list[Problem] = []
        self._sound = None
        self._published = read_published(settings.content)
        reference = read_reference(
            settings.content, context, self.typographies, problems, code=self.code, store=self.store
        )
        self._reference = with_former_keys(reference, self._published)
        styles = {code: self._style(code, self._reference.terms[code]) for code in settings.codes}
        options = digest(self.code, repr((settings.codes, settings.timezone)).encode())
        self._reader = ContentReader(
            self.store, context, styles, options, self.work, published=self._published, progress=self.progress
        )
        self.library = self._reader.read(settings.content)
        return self._catalogue(problems)

    def read_again(self, places: Iterable[tuple[str, str]]) -> Catalogue:
        """Read the bundles at ``places`` (folder and key) again; return the new catalogue or raise :class:`Problems`.

        What did not change is shared with the previous catalogue. :meth:`begin` has been called.
        """
        self.library = self._read().read_again(self.library, self.settings.content, places)
        return self._catalogue([])

    def keep_in_memory(self) -> None:
        """Keep what is read from now on in memory, and leave the cache to the builds that run meanwhile."""
        self.store.close()
        self.store = Overlay(self.settings.cache)
        if self._reader:
            self._reader.store = self.store

    def _read(self) -> ContentReader:
        if self._reader is None:
            raise RuntimeError("a build begins with Session.begin")
        return self._reader

    def _catalogue(self, problems: list[Problem]) -> Catalogue:
        """Return the catalogue of what was read; raise :class:`Problems` for those found and any other.

        What did not change since the last catalogue is neither looked at again nor put in order again.
        """
        library, settings, reference = self.library, self.settings, self._reference
        problems += library.problems
        if any(problem.file == settings.content.name for problem in library.problems):
            raise Problems(problems)  # what the registers name may be in the part that could not be listed
        articles = entries_of(library, ARTICLE)
        hidden = frozenset(article.key for article in articles if not self.shown(article, settings.now))
        before, now = self._sound, Sound(library, reference, hidden)
        places = before.doubtful(now) if before and not problems else None
        found = reference_problems(library, reference, settings, tuple(problems), hidden=hidden, places=places)
        problems += list(found)
        problems += renaming_problems(library, reference, self._published, settings)
        catalogue = build_catalogue(library, reference, settings, self.shown, self.catalogue if before else None)
        catalogue = self._with_pictures(catalogue, problems)
        if problems:
            raise Problems(problems)
        self._sound = before.become(now) if before else now
        self.catalogue = catalogue
        return catalogue

    def _with_pictures(self, catalogue: Catalogue, problems: list[Problem]) -> Catalogue:
        """Return ``catalogue`` with what is known of the pictures and figures that it shows.

        Missing ones have been reported already.
        """
        before = self.catalogue if self._sound and self.catalogue else Catalogue(self.settings, catalogue.addresses)
        gone, new = changes_between(before, catalogue)
        media, figures = media_files(catalogue, gone), figure_files(catalogue, gone)
        kept = {place: picture for place, picture in before.pictures.items() if place not in media}
        drawn = {place: figure for place, figure in before.figures.items() if place not in figures}
        return msgspec.structs.replace(
            catalogue,
            pictures=kept | self._pictures(media_files(catalogue, new), problems),
            figures=drawn | self._figures(figure_files(catalogue, new), problems),
        )

    def read_theme(self) -> None:
        """Read the files of the theme and the words of the interface; raise :class:`Problems` for what is wrong."""
        theme = self.settings.theme
        try:
            self.assets = load_assets(theme, self.settings.base_path)
            partial = not self.settings.releases  # what is published is whole
            self.messages = read_messages(theme, self.settings.codes, self.store, partial=partial)
        except OSError as error:
            name = Path(error.filename or theme)
            raise Problems([unreadable(name.relative_to(theme.parent).as_posix(), error)]) from error

    def _pictures(self, files: Mapping[str, Path], problems: list[Problem]) -> dict[str, Picture]:
        """Return what is known of the pictures in ``files``, by their places."""
        pictures: dict[str, Picture] = {}
        for place, path in files.items():
            name = self.settings.in_content(path.relative_to(self.settings.content).as_posix())
            if problems and not os.path.lexists(path):
                continue
            try:
                found = read_picture(path, name, place, self.store)
            except OSError as error:
                found = unreadable(name, error)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                pictures[place] = found
        return pictures

    def _figures(self, files: Mapping[str, tuple[Path, tuple[str, ...]]], problems: list[Problem]) -> dict[str, Figure]:
        """Return the figures in ``files``, each for its languages, by their places."""
        settings = self.settings
        context = Context(settings.codes, settings.timezone)
        figures: dict[str, Figure] = {}
        for place, (path, codes) in files.items():
            if problems and not os.path.lexists(path):
                continue
            name = settings.in_content(path.relative_to(settings.content).as_posix())
            raw = read_plain(path, name)
            if isinstance(raw, Problem):
                problems.append(raw)
                continue
            found = read_figure(raw, name, context, codes, self.typographies)
            if isinstance(found, Figure):
                figures[place] = found
            else:
                problems += found
        return figures

    def end(self) -> None:
        """End the build, however it went."""
        if self.writer:
            self.writer.close()
        self.store.unlock()

    def _style(self, code: str, terms: tuple[Term, ...]) -> Style:
        language = next(language for language in self.settings.languages if language.code == code)
        glossary = f"/{code}/{language.paths['glossary']}/"
        back = self.messages[code].gettext("Back to the text, note {}")
        return Style(code, self.typographies, terms, glossary, back)

    @property
    def fragments(self) -> Fragments:
        """What makes the HTML of bodies and pictures for pages, feeds and mails."""
        return Fragments(self._read(), self.settings)
