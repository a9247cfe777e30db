"""Names that can stand in addresses, proposed for names that cannot."""

from newsroom.sentences import Sentence, say
from newsroom.text.slugs import slugify


def new_name(name: str) -> Sentence:
    """Return the advice to rename a folder ``name`` to a key like it, where any of its letters can be kept."""
    key = slugify(name)
    return say("Rename it “{name}”.", name=key) if key else say("Rename it.")
