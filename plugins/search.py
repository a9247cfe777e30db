"""Search: per language, the index that the reader's browser searches.

Pagefind works on it while the pages are rendered. A browser loads the script and the index on the
page of search and nowhere else. Pagefind's engine is WebAssembly, which a Content-Security-Policy
lets run with ``script-src 'self' 'wasm-unsafe-eval'`` (and ``connect-src 'self'`` for the index);
nothing else has to be loosened: no inline script, no style, no worker.
"""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.failures import exit_on_problems
from newsroom.outputs.search_indexes import SearchIndex
from newsroom.views.search import index_views


class SearchGenerator(Generator):  # type: ignore[misc]
    """Writes the index of every language."""

    def generate_context(self) -> None:
        session = self.settings["SESSION"]
        with exit_on_problems(session):
            self._indexes = [SearchIndex(view, session) for view in index_views(self.context["catalogue"])]

    def generate_output(self, writer: Any) -> None:
        for index in self._indexes:
            writer.write(index.outputs())


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return SearchGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
