"""What an article is: its facts, its texts, and the keys of front matter that state them."""

import datetime as dt

from msgspec import Struct

from newsroom.content import date_fields, fields
from newsroom.content.compound_fields import many
from newsroom.content.models import Entry, Scheduled, Source, Text
from newsroom.content.named_values import named_values
from newsroom.content.schema import ALIASES, SLUG, SOURCE, WHEN_PUBLIC, Field, Kind, summary, title
from newsroom.dates import FIRST_YEAR, PartialDate

#: How certain a piece of information was on the day of an article; what became of a claim is a verdict.
STATUSES = ("rumour", "announced", "confirmed", "denied", "cancelled")


class Update(Struct, frozen=True):
    """What was added to an article later: ``date`` is the day of the event, ``added`` that of the note."""

    date: PartialDate
    significant: bool
    text: dict[str, str]
    kind: str = "update"
    added: PartialDate | None = None


class Image(Struct, frozen=True):
    """The picture of an article: a file of its folder, and the credit."""

    file: str
    credit: str


class ArticleFacts(Scheduled, frozen=True, kw_only=True):
    """The language-neutral facts of an article: it is about the day ``date`` and was ``published`` on another."""

    topics: tuple[str, ...]
    status: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    thread: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    written: PartialDate | None = None
    published: dt.datetime | None = None
    updates: tuple[Update, ...] = ()
    image: Image | None = None


class ArticleText(Text, frozen=True, kw_only=True):
    """An article in one language: ``alt`` says what its picture shows, ``short`` names its event on drawings."""

    alt: str = ""
    short: str = ""


Article = Entry[ArticleFacts, ArticleText]

_UPDATE = named_values(
    required={"date": date_fields.partial_date(first=FIRST_YEAR), "significant": fields.boolean()},
    optional={"kind": fields.choice("update", "correction"), "added": date_fields.partial_date(first=FIRST_YEAR)},
    labelled="text",
)
_IMAGE = named_values(required={"file": fields.file_name(), "credit": fields.text()}, optional={})
ARTICLE = Kind(
    "articles",
    ArticleFacts,
    ArticleText,
    (
        title(),
        SLUG,
        summary(),
        Field("short", fields.prose(32), "The event in three to five words, for drawings."),
        ALIASES,
        Field("translated_from", fields.fingerprint(), "Hash of the text this one was translated from."),
        Field("date", date_fields.moment(), "The day of the news.", neutral=True, required=True),
        Field("written", date_fields.partial_date(), "When it was written, if not on its date.", neutral=True),
        Field("published", date_fields.moment(), "When it was published, if not on its date.", neutral=True),
        *WHEN_PUBLIC,
        Field(
            "topics", many(fields.reference("topics")), "Topic keys, the main one first.", neutral=True, required=True
        ),
        Field("thread", many(fields.reference("threads"), single=True), "The threads it belongs to.", neutral=True),
        Field(
            "status",
            many(fields.choice(*STATUSES), single=True),
            "What was known on that day.",
            neutral=True,
            required=True,
        ),
        Field(
            "claims",
            many(fields.reference("claims"), single=True),
            "The claims of claims.yaml it is about.",
            neutral=True,
        ),
        Field("entities", many(fields.reference("entities")), "Keys of entities.yaml.", neutral=True),
        Field("sources", many(SOURCE), "Where the facts were read.", neutral=True),
        Field("updates", many(_UPDATE), "What was added or corrected later.", neutral=True),
        Field("image", _IMAGE, "A picture of the folder, and whose it is.", neutral=True),
        Field("alt", fields.prose(500), "What the picture shows."),
    ),
)
