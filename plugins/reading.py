"""Second step: read the content and make the catalogue that all pages come from.

Every problem of every file is reported at once; the build then ends with
status 1 and the published files stay as they were.
"""

import logging
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.build.rendering import Templates
from newsroom.failures import exit_on_problems
from newsroom.outputs.rendering import Renderer
from newsroom.outputs.site import Site
from newsroom.reports import words_for
from newsroom.views.chrome import chrome

_LOG = logging.getLogger(__name__)


class ContentGenerator(Generator):  # type: ignore[misc]
    """Reads ``content/`` and shares the catalogue with the other generators."""

    def generate_context(self) -> None:
        session = self.settings["SESSION"]
        with exit_on_problems(session):
            catalogue = session.begin()
        for gap in [messages.gap for messages in session.messages.values() if messages.gap]:
            _LOG.warning(gap.text(words_for()))
        self.context["catalogue"] = catalogue
        chromes = {code: chrome(catalogue, code, session.assets) for code in session.settings.codes}
        renderer = self.context["renderer"] = Renderer(session, Templates(self.env), chromes)
        self.context["site"] = Site(session, renderer, catalogue)


def content_generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return ContentGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(content_generator)
