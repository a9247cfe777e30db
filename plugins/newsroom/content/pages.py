"""What a page is: its facts, and the keys of front matter that state them and its texts."""

import datetime as dt

from msgspec import Struct

from newsroom.content import date_fields, fields
from newsroom.content.models import Entry, Text
from newsroom.content.schema import ALIASES, SLUG, Field, Kind, summary, title


class PageFacts(Struct, frozen=True):
    """The language-neutral facts of a page."""

    date: dt.datetime
    order: int = 0


Page = Entry[PageFacts, Text]

PAGE = Kind(
    "pages",
    PageFacts,
    Text,
    (
        title(),
        summary(),
        SLUG,
        ALIASES,
        Field("date", date_fields.moment(), "The day it was last rewritten.", neutral=True, required=True),
        Field("order", fields.number(), "Its place in the footer.", neutral=True),
    ),
)
