"""Open claims and announced dates: what is still awaited, with a calendar to subscribe to.

With the home pages, which show the oldest open claims, the only pages that
depend on the day of the build.
"""

from itertools import chain
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.store.digests import of_view
from newsroom.views.calendars import agenda_views
from newsroom.views.claims import calendar_pages, claim_pages
from newsroom.writers.calendars import write_calendar


class ClaimsGenerator(Generator):  # type: ignore[misc]
    """Writes the page of open claims, the calendar, and its iCalendar files."""

    def generate_output(self, writer: Any) -> None:
        catalogue, chromes = self.context["catalogue"], self.context["chrome"]
        for page in chain(claim_pages(catalogue), calendar_pages(catalogue)):
            writer.write_page(self.env, page, chromes)
        for view in agenda_views(catalogue):
            writer.write_output(view.file, of_view(view), lambda view=view: write_calendar(view))


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return ClaimsGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
