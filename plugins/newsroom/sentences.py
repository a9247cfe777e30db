"""Sentences for editors, in the language of the person who reads them.

What is wrong with a file is found once and read by people of several languages,
so it is kept as gettext keeps it: a template in English, which names the
message in the catalogues, and the values that go into it. It becomes text when
it is shown, and not before.
"""

import gettext
from collections.abc import Iterable, Sequence

from msgspec import Struct

#: The words of the source: every message is its own translation.
SOURCE = gettext.NullTranslations()


class Sentence(Struct, frozen=True, omit_defaults=True):
    """A message (a ``str.format`` template), its plural where it counts something, and its values by name.

    A value that is itself a sentence is translated with it; a plain text was written by somebody and is not.
    """

    template: str
    plural: str = ""
    count: int = 0
    values: "tuple[tuple[str, str | int | Sentence], ...]" = ()

    def __str__(self) -> str:
        """Return the sentence in the language of the source."""
        return self.text(SOURCE)

    def text(self, words: gettext.NullTranslations) -> str:
        """Return the sentence in the language of ``words``."""
        template = (
            words.ngettext(self.template, self.plural, self.count) if self.plural else words.gettext(self.template)
        )
        shown = {name: value.text(words) if isinstance(value, Sentence) else value for name, value in self.values}
        return template.format(**shown)


def say(template: str, **values: "str | int | Sentence") -> Sentence:
    """Return the sentence that ``template`` and ``values`` make; ``make messages`` finds it by this name."""
    return Sentence(template, values=tuple(values.items()))


def nsay(singular: str, plural: str, count: int, **values: "str | int | Sentence") -> Sentence:
    """Return the sentence that counts ``count`` things, shown as ``{count}``."""
    return Sentence(singular, plural, count, (("count", count), *values.items()))


def either(names: Sequence[str]) -> Sentence:
    """Return the choice between ``names``, of which there is at least one: “a”, “a or b”, “a, b or c”."""
    *others, last = names
    if not others:
        return say("{one}", one=last)
    return say("{one} or {other}", one=", ".join(others), other=last)


def quoted(names: Iterable[str]) -> list[str]:
    """Return ``names`` in the quotation marks that messages have in every language."""
    return [f"“{name}”" for name in names]
