"""What a thread is: its facts, its texts, and the keys of front matter that state them."""

from msgspec import Struct

from newsroom.content import date_fields, fields
from newsroom.content.models import Entry, Text
from newsroom.content.schema import ALIASES, SLUG, Field, Kind, summary, title
from newsroom.dates import PartialDate


class ThreadFacts(Struct, frozen=True):
    """The language-neutral facts of a thread; ``closed`` is the day its story ended."""

    as_of: PartialDate
    closed: PartialDate | None = None


class ThreadText(Text, frozen=True, kw_only=True):
    """A thread in one language, with its ``story`` so far."""

    story: str


Thread = Entry[ThreadFacts, ThreadText]

THREAD = Kind(
    "threads",
    ThreadFacts,
    ThreadText,
    (
        title("name"),
        SLUG,
        Field("story", fields.prose(800), "The story so far, in two sentences.", required=True),
        summary(),
        ALIASES,
        Field("as_of", date_fields.partial_date(), "The date of the story so far.", neutral=True, required=True),
        Field("closed", date_fields.partial_date(), "The day the story ended.", neutral=True),
    ),
)
