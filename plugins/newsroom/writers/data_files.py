"""Every kind of file that other programs read, in one table: its views, and the function that writes one."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.views.calendars import AgendaView, agenda_views
from newsroom.views.chapters import Chapter
from newsroom.views.data import data_chapters, data_views
from newsroom.views.opml import opml_views
from newsroom.views.server_files import TextView, server_files
from newsroom.views.sitemap import sitemap_chapters, sitemap_views
from newsroom.writers.json_data import encode
from newsroom.writers.opml import write_opml
from newsroom.writers.sitemap import write_sitemap


class FileKind(Struct, frozen=True):
    """One kind of file. The ``file`` of a view is its path in the output; ``write`` makes its bytes.

    A ``worded`` one holds words of the interface: ``write`` takes those of its language too.
    ``views`` of one that has ``chapters`` take their rows too, where they are known.
    """

    name: str
    views: Callable[..., Iterable[Any]]
    write: Callable[..., bytes]
    worded: bool = False
    chapters: Callable[[Catalogue], Iterable[Chapter]] | None = None


def write_agenda(view: AgendaView) -> bytes:
    """Return ``view`` as an iCalendar file."""
    from newsroom.writers.calendars import write_calendar  # noqa: PLC0415 - a library that most builds need not load

    return write_calendar(view)


def write_text(view: TextView) -> bytes:
    """Return ``view`` as UTF-8."""
    return view.text.encode()


DATA_FILES = (
    FileKind("items", data_views, encode, chapters=data_chapters),
    FileKind("calendars", agenda_views, write_agenda),
    FileKind("lists of feeds", opml_views, write_opml, worded=True),
    FileKind("sitemaps", sitemap_views, write_sitemap, chapters=sitemap_chapters),
    FileKind("server files", server_files, write_text),
)
