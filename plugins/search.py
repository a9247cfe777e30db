"""Search: per language, the index that the reader's browser searches.

A browser loads the script and the index on the
page of search and nowhere else. Pagefind's engine is WebAssembly, which a Content-Security-Policy
lets run with ``script-src 'self' 'wasm-unsafe-eval'`` (and ``connect-src 'self'`` for the index);
nothing else has to be loosened: no inline script, no style, no worker.
"""

from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.outputs.search_indexes import SearchIndex
from newsroom.views.search import index_views


class SearchGenerator(Generator):  # type: ignore[misc]
    """Writes the index of every language."""

    def generate_output(self, writer: Any) -> None:
        for view in index_views(self.context["catalogue"]):
            writer.write(SearchIndex(view, self.settings["SESSION"]).outputs())


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return SearchGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
