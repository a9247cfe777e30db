"""The front matter of every kind of content, as one table per kind.

A table is all there is to know of a kind: which keys, of what type, stated
once or per language, required or not, and what each means in a sentence. The
reader of a key (:mod:`newsroom.content.readers`) knows which of its values are
prose: they are typeset and proofread in their language without being named again.
"""

from typing import Any

from msgspec import Struct

from newsroom.content import date_fields, fields
from newsroom.content.compound_fields import many, record
from newsroom.content.models import (
    STATUSES,
    ArticleFacts,
    EditionFacts,
    PageFacts,
    ThreadFacts,
    TopicFacts,
)
from newsroom.content.readers import Reader
from newsroom.dates import FIRST_YEAR


class Field(Struct, frozen=True):
    """One key of front matter.

    ``neutral`` keys are stated once, in either file; the others in each file.
    ``stored`` is the name of the model's attribute where it is not the key.
    """

    name: str
    reader: Reader
    about: str
    neutral: bool = False
    required: bool = False
    stored: str = ""

    @property
    def attribute(self) -> str:
        """The name of the model's attribute."""
        return self.stored or self.name


class Kind(Struct, frozen=True):
    """One kind of content: its folder under ``content/``, its keys, the model of its facts."""

    folder: str
    facts: type[Any]
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Return the field called ``name``."""
        return next((field for field in self.fields if field.name == name), None)


SOURCE = record(
    required={
        "publisher": fields.text(),
        "date": date_fields.partial_date(),
        "language": fields.language_code(),
    },
    optional={
        "title": fields.prose(500),
        "author": fields.text(),
        "via": fields.text(),
        "copy": fields.text(),
        "url": fields.address(),
        "archive": fields.address(),
    },
    quoted_in="language",
)
_UPDATE = record(
    required={"date": date_fields.partial_date(first=FIRST_YEAR), "significant": fields.boolean()},
    optional={"kind": fields.choice("update", "correction"), "added": date_fields.partial_date(first=FIRST_YEAR)},
    labelled="text",
)
_IMAGE = record(required={"file": fields.file_name(), "credit": fields.text()}, optional={})

_SLUG = Field("slug", fields.key(), "The last word of the address; made from the title where it is not given.")
_ALIASES = Field("aliases", many(fields.key()), "Earlier slugs, which redirect here.")
_WHEN_PUBLIC = (
    Field("draft", fields.boolean(), "true: not published.", neutral=True),
    Field("publish", date_fields.moment(), "Not published before this moment.", neutral=True),
)


def _title(name: str = "title") -> Field:
    return Field(name, fields.prose(200), "The headline.", required=True, stored="title")


def _summary(*, required: bool = True) -> Field:
    return Field("summary", fields.prose(400), "What it says, in a sentence or two.", required=required)


ARTICLE = Kind(
    "articles",
    ArticleFacts,
    (
        _title(),
        _summary(),
        _SLUG,
        Field("alt", fields.prose(500), "What the picture shows."),
        Field("short", fields.prose(32), "The event in three to five words, for drawings."),
        _ALIASES,
        Field("translated_from", fields.fingerprint(), "Hash of the text this one was translated from."),
        Field("date", date_fields.moment(), "The day of the news.", neutral=True, required=True),
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
        Field("sources", many(SOURCE), "Where the facts were read.", neutral=True),
        Field("entities", many(fields.reference("entities")), "Keys of entities.yaml.", neutral=True),
        Field(
            "claims",
            many(fields.reference("claims"), single=True),
            "The claims of claims.yaml it is about.",
            neutral=True,
        ),
        Field("written", date_fields.partial_date(), "When it was written, if not on its date.", neutral=True),
        Field("published", date_fields.moment(), "When it was published, if not on its date.", neutral=True),
        Field("updates", many(_UPDATE), "What was added or corrected later.", neutral=True),
        Field("image", _IMAGE, "A picture of the folder, and whose it is.", neutral=True),
        *_WHEN_PUBLIC,
    ),
)
TOPIC = Kind(
    "topics",
    TopicFacts,
    (
        _title("name"),
        _SLUG,
        _summary(required=False),
        _ALIASES,
        Field("order", fields.number(), "Its place among the topics.", neutral=True),
    ),
)
THREAD = Kind(
    "threads",
    ThreadFacts,
    (
        _title("name"),
        _SLUG,
        _summary(),
        Field("story", fields.prose(800), "The story so far, in two sentences.", required=True),
        _ALIASES,
        Field("as_of", date_fields.partial_date(), "The date of the story so far.", neutral=True, required=True),
        Field("closed", date_fields.partial_date(), "The day the story ended.", neutral=True),
    ),
)
EDITION = Kind(
    "editions",
    EditionFacts,
    (
        _title(),
        _SLUG,
        _summary(),
        _ALIASES,
        Field("label", fields.prose(40), "What it is called, if not by its number."),
        Field("number", fields.number(), "Its number.", neutral=True, required=True),
        Field("date", date_fields.moment(), "Its day.", neutral=True, required=True),
        Field("articles", many(fields.reference("articles")), "Article keys, in order.", neutral=True, required=True),
        *_WHEN_PUBLIC,
    ),
)
PAGE = Kind(
    "pages",
    PageFacts,
    (
        _title(),
        _SLUG,
        _summary(),
        _ALIASES,
        Field("date", date_fields.moment(), "The day it was last rewritten.", neutral=True, required=True),
        Field("order", fields.number(), "Its place in the footer.", neutral=True),
    ),
)
KINDS = (ARTICLE, TOPIC, THREAD, EDITION, PAGE)
