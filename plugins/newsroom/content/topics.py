"""What a topic is: its facts, and the keys of front matter that state them and its texts."""

from msgspec import Struct

from newsroom.content import fields
from newsroom.content.models import Entry, Text
from newsroom.content.schema import ALIASES, SLUG, Field, Kind, summary, title


class TopicFacts(Struct, frozen=True):
    """The language-neutral facts of a topic."""

    order: int = 0


Topic = Entry[TopicFacts, Text]

TOPIC = Kind(
    "topics",
    TopicFacts,
    Text,
    (
        title("name"),
        SLUG,
        summary(required=False),
        ALIASES,
        Field("order", fields.number(), "Its place among the topics.", neutral=True),
    ),
)
