"""What an edition is: its facts, its texts, and the keys of front matter that state them."""

from newsroom.content import date_fields, fields
from newsroom.content.compound_fields import many
from newsroom.content.models import Entry, Scheduled, Text
from newsroom.content.schema import ALIASES, SLUG, WHEN_PUBLIC, Field, Kind, summary, title


class EditionFacts(Scheduled, frozen=True, kw_only=True):
    """The language-neutral facts of an edition: its number, its day, its articles in order."""

    number: int
    articles: tuple[str, ...]


class EditionText(Text, frozen=True, kw_only=True):
    """An edition in one language; ``label`` is what it is called, if not by its number."""

    label: str = ""


Edition = Entry[EditionFacts, EditionText]

EDITION = Kind(
    "editions",
    EditionFacts,
    EditionText,
    (
        title(),
        Field("label", fields.prose(40), "What it is called, if not by its number."),
        summary(),
        SLUG,
        ALIASES,
        Field("number", fields.number(), "Its number.", neutral=True, required=True),
        Field("date", date_fields.moment(), "Its day.", neutral=True, required=True),
        Field("articles", many(fields.reference("articles")), "Article keys, in order.", neutral=True, required=True),
        *WHEN_PUBLIC,
    ),
)
