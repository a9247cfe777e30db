"""What a kind of content is made of, and the keys of front matter that several kinds have.

Each kind is a module: the models of its facts and texts, and the table of its keys, in the order in
which they are written. The table is all there is to know of the keys: of what type they are, stated once
or per language, required or not, and what each means in a sentence. The reader of a key
(:mod:`newsroom.content.readers`) knows which of its values are prose: they are typeset and proofread in
their language without being named again.
"""

from typing import Any

from msgspec import Struct

from newsroom.content import date_fields, fields
from newsroom.content.compound_fields import many
from newsroom.content.models import Text
from newsroom.content.named_values import named_values
from newsroom.content.readers import Reader


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
    """One kind of content: its folder under ``content/``, the models of its facts and texts, its keys."""

    folder: str
    facts: type[Any]
    text: type[Text]
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Return the field called ``name``."""
        return next((field for field in self.fields if field.name == name), None)


#: Where a fact was read.
SOURCE = named_values(
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
    order=("publisher", "via", "author", "copy", "title", "date", "language", "url", "archive"),
)

SLUG = Field("slug", fields.key(), "The last word of the address; made from the title where it is not given.")
ALIASES = Field("aliases", many(fields.key()), "Earlier slugs, which redirect here.")
WHEN_PUBLIC = (
    Field("draft", fields.boolean(), "true: not published.", neutral=True),
    Field("publish", date_fields.moment(), "Not published before this moment.", neutral=True),
)


def title(name: str = "title") -> Field:
    """Return the key of the title, called ``name``."""
    return Field(name, fields.prose(200), "The headline.", required=True, stored="title")


def summary(*, required: bool = True) -> Field:
    """Return the key of the summary."""
    return Field("summary", fields.prose(400), "What it says, in a sentence or two.", required=required)
