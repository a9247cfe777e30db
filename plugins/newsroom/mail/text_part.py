"""The text of a letter, for those who read mail without HTML: it says the same as the HTML, in the same order."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from newsroom.mail.letter import Letter, LetterPart
from newsroom.mail.plain_text import WIDTH, TextWriter, fill, hanging, underlined
from newsroom.messages import Messages
from newsroom.text.localised import date_text, number_text
from newsroom.views.chrome import Chrome
from newsroom.views.items import Item

#: The width of what follows a number.
_INSIDE = WIDTH - 4


class PartFragments(Struct, frozen=True):
    """What gives the HTML of the editorial of a part, its addresses whole, and of what is known of an article."""

    body: Callable[[LetterPart], str]
    facts: Callable[[LetterPart, Item], str]


def texts_of(
    letter: Letter, sites: Mapping[str, Chrome], messages: Mapping[str, Messages], fragments: PartFragments
) -> list[str]:
    """Return the text of each part of ``letter``, in lines of 72 characters, up to the address by which one leaves."""
    told = (_part(letter, part, sites, messages[part.language], fragments) for part in letter.parts)
    return ["\n\n".join(filter(None, blocks)) for blocks in told]


def text_with(texts: Iterable[str], way_out: str) -> str:
    """Return the text of a letter, made of those of its parts, for a reader who leaves by ``way_out``."""
    return f"\n\n\n{'=' * WIDTH}\n\n\n".join(f"{text}\n{way_out}" for text in texts) + "\n"


def _part(
    letter: Letter, part: LetterPart, sites: Mapping[str, Chrome], words: Messages, fragments: PartFragments
) -> Iterator[str]:
    site, item = sites[part.language], part.item
    number = part.label or words.gettext("No.\u00a0%(number)s") % {"number": number_text(part.number, site.locale)}
    yield f"{site.name}\n{site.tagline}\n{number} · {date_text(part.date, site.locale, site.typography)}"
    later = letter.parts[letter.parts.index(part) + 1 :]
    if later:
        yield "\n".join(f"{sites[other.language].language_name} ↓" for other in later)
    yield from (underlined(title, "=") for title in fill(item.title))
    writer = TextWriter()
    yield writer.write(fragments.body(part))
    count = words.ngettext("%(count)s article", "%(count)s articles", len(item.articles))
    yield underlined(count % {"count": len(item.articles)}, "-") if item.articles else ""
    for position, article in enumerate(item.articles, start=1):
        yield hanging(f"{position}. ", "\n".join(_article(article, fragments.facts(part, article))))
    if writer.links:
        yield underlined(words.gettext("Links"), "-")
        yield "\n".join(f"[{position}] {address}" for position, address in enumerate(writer.links, start=1))
    yield "-- \n" + "\n".join(_ending(part, site, words))


def _article(item: Item, facts: str) -> Iterator[str]:
    yield from fill(item.title, _INSIDE)
    yield item.url + "\n"
    yield from fill(item.summary, _INSIDE)
    yield "\n" + TextWriter(_INSIDE).write(facts)


def _ending(part: LetterPart, site: Chrome, words: Messages) -> Iterator[str]:
    yield f"{words.gettext('Read this issue on the site')}\n{part.item.url}\n"
    yield f"{words.gettext('All issues')}\n{part.archive}\n"
    reason = words.gettext("You receive the issues of %(name)s because you asked for them.")
    yield from fill(reason % {"name": site.name})
    yield f"\n{words.gettext('Unsubscribe')}"
