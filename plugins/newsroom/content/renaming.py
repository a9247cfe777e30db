"""Names that can stand in addresses, proposed for names that cannot."""

from newsroom.sentences import Sentence, say
from newsroom.text.slugs import slugify


def new_name(name: str) -> Sentence:
    """Return the advice to rename a folder ``name`` by a key like it, where letters of it are left."""
    key = slugify(name)
    return say("Rename it “{name}”.", name=key) if key else say("Rename it.")
