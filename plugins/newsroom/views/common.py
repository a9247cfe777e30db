"""What every page has, and the small pieces that pages share."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from newsroom.content.addresses import FEED_FILES
from newsroom.content.articles import Article, ArticleText
from newsroom.content.catalogue import Catalogue
from newsroom.content.models import AnyEntry, Entry, OwnText, Text
from newsroom.pictures import Picture
from newsroom.views.figures import FigureView, figure_view

T = TypeVar("T")
#: The most letters of the name of an event that is made of a title.
_MOST_LETTERS = 32


class Link(Struct, frozen=True):
    """A link: its address ("" for a name that leads nowhere), its words, and the language they are in."""

    url: str
    title: str
    language: str


class Alternate(Struct, frozen=True):
    """The same thing in a language of the site; ``exists`` is false where it leads to an explanation."""

    language: str
    name: str
    url: str
    exists: bool


class FeedLinks(Struct, frozen=True):
    """The feeds of a list, by format (``rss``, ``atom``, ``json``)."""

    title: str
    urls: dict[str, str]


class Html(Struct, frozen=True):
    """A reference to the body of an entry: where its HTML is kept, its digest, where its links lead."""

    file: str
    language: str
    digest: str
    links: dict[str, str]
    pictures: tuple[Picture, ...] = ()
    figures: tuple[FigureView, ...] = ()


class Teaser(Struct, frozen=True):
    """An article as lists show it. ``language`` is its own, which may not be the page's."""

    key: str
    url: str
    title: str
    summary: str
    language: str
    date: dt.date
    statuses: tuple[str, ...]
    topics: tuple[Link, ...]


class View(Struct, frozen=True, kw_only=True):
    """One page: its template, its place, its language, and its counterparts in the other languages.

    ``url`` starts at the root of the host, ``file`` is relative to the output
    folder. ``alternates`` include the page itself, in order of the languages.
    ``structured`` is its structured data (JSON-LD), ``share_card`` the absolute
    address of its share card where it has one of its own.
    """

    template: str
    language: str
    url: str
    file: str
    alternates: tuple[Alternate, ...]
    title: str = ""
    description: str = ""
    feeds: FeedLinks | None = None
    default_url: str = ""
    indexed: bool = True
    structured: dict[str, Any] | None = None
    share_card: str = ""


class Pagination(Struct, frozen=True):
    """Where a page stands in a list that is longer than a page."""

    number: int
    pages: int
    items: int
    previous: str
    next: str


def text_in(catalogue: Catalogue, entry: Entry[Any, OwnText], code: str) -> OwnText:
    """Return the text of ``entry`` in a language, else in the default one, else the first it has.

    Its ``language`` tells which.
    """
    found = entry.texts.get(code) or entry.texts.get(catalogue.settings.default_language)
    return found or next(iter(entry.texts.values()))


def short(text: ArticleText) -> str:
    """Return the event that ``text`` is about in a few words: its own ``short``, or the beginning of its title."""
    if text.short or len(text.title) <= _MOST_LETTERS:
        return text.short or text.title
    beginning = text.title[:_MOST_LETTERS]
    return f"{beginning.rpartition(' ')[0] or beginning}…"


def entry_link(catalogue: Catalogue, entry: AnyEntry, code: str) -> Link:
    """Return a link to ``entry``, in ``code`` where it exists in it."""
    text = text_in(catalogue, entry, code)
    return Link(catalogue.addresses.entry(text.language, entry.kind, text.slug), text.title, text.language)


def event_link(catalogue: Catalogue, article: Article, code: str) -> Link:
    """Return a link to ``article`` as :func:`entry_link` does, in the few words of its event."""
    text = text_in(catalogue, article, code)
    return Link(catalogue.addresses.entry(text.language, article.kind, text.slug), short(text), text.language)


def player_link(catalogue: Catalogue, key: str, code: str) -> Link:
    """Return a link to the page of a player, without an address where there is nothing to say about them."""
    player = catalogue.entities[key]
    return Link(catalogue.addresses.item(code, "entities", key) if player.about else "", player.name[code], code)


def teaser(catalogue: Catalogue, article: Article, code: str) -> Teaser:
    """Return the teaser of ``article`` for a page in ``code``."""
    text = text_in(catalogue, article, code)
    return Teaser(
        key=article.key,
        url=catalogue.addresses.entry(text.language, article.kind, text.slug),
        title=text.title,
        summary=text.summary,
        language=text.language,
        date=article.facts.date.date(),
        statuses=article.facts.status,
        topics=tuple(entry_link(catalogue, catalogue.topic[key], code) for key in article.facts.topics),
    )


def teasers(catalogue: Catalogue, articles: Iterable[Article], code: str) -> tuple[Teaser, ...]:
    """Return the teasers of ``articles``, in their order."""
    return tuple(teaser(catalogue, article, code) for article in articles)


def thread_links(catalogue: Catalogue, keys: Collection[str], code: str) -> tuple[Link, ...]:
    """Return links to the threads with ``keys``, in their order."""
    return tuple(entry_link(catalogue, thread, code) for thread in catalogue.threads if thread.key in keys)


def alternates(catalogue: Catalogue, urls: dict[str, str], key: str = "") -> tuple[Alternate, ...]:
    """Return the language switch of a thing that stands at ``urls`` by language.

    A language without it leads to the page that says what is not translated,
    at the line of ``key``.
    """
    return tuple(
        Alternate(
            language.code,
            language.name,
            urls.get(language.code) or _explanation(catalogue, language.code, key),
            language.code in urls,
        )
        for language in catalogue.settings.languages
    )


def _explanation(catalogue: Catalogue, code: str, key: str) -> str:
    """Return where the page “not translated” of a language lists what has the anchor ``key``."""
    position = catalogue.untranslated[code][key][0] if key else 0
    section = catalogue.addresses.section(code, "untranslated")
    return f"{catalogue.addresses.numbered(code, section, position // catalogue.settings.page_size + 1)}#{key}"


def entry_urls(catalogue: Catalogue, entry: AnyEntry) -> dict[str, str]:
    """Return the address of ``entry`` in each language it exists in."""
    return {code: catalogue.addresses.entry(code, entry.kind, text.slug) for code, text in entry.texts.items()}


def feed_links(title: str, url: str) -> FeedLinks:
    """Return the feeds that stand beside the page at ``url``."""
    return FeedLinks(title, {form: f"{url}{name}" for form, name in FEED_FILES.items()})


def body(catalogue: Catalogue, text: Text, *, drawn: bool = True) -> Html:
    """Return the reference to the HTML of ``text``; figures are ``drawn`` in pages, and nowhere else."""
    links = {key: entry_link(catalogue, catalogue.by_key[key], text.language).url for key in text.body.links}
    kind, key = text.file.split("/")[-3:-1]
    pictures = tuple(catalogue.pictures[catalogue.addresses.media(kind, key, file)] for file in text.body.files)
    language = catalogue.addresses.languages[text.language]
    figures = tuple(
        figure_view(catalogue.figures[place], place, language, drawn=drawn)
        for file in text.body.figures
        for place in [catalogue.addresses.media(kind, key, file)]
    )
    return Html(text.file, text.language, text.body.html, links, pictures, figures)


def slices(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Cut ``items`` into pages of ``size``; an empty list has one empty page."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]


def page_of(items: Sequence[T], number: int, size: int) -> Sequence[T]:
    """Return page ``number`` (from 1) of a list of ``items``, and read no other."""
    return items[(number - 1) * size : number * size]


def page_count(catalogue: Catalogue, items: int) -> int:
    """Return on how many pages a list of ``items`` stands; an empty one has a page too."""
    return max(1, -(-items // catalogue.settings.page_size))


def pagination(
    catalogue: Catalogue, code: str, url: str, number: int, items: int, *, pages: int | None = None
) -> Pagination:
    """Return the place of page ``number`` in the list of ``items`` at ``url``: so many on each, or on ``pages``."""
    pages = pages or page_count(catalogue, items)
    places = catalogue.addresses
    return Pagination(
        number,
        pages,
        items,
        places.numbered(code, url, number - 1) if number > 1 else "",
        places.numbered(code, url, number + 1) if number < pages else "",
    )
