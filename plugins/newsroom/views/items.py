"""Items: what is said of one thing, wherever it stands: on its page, in feeds, in mails and in the data.

All four read the same :class:`Item`. What is told of it beside its words is laid out by ``macros/items.html``.
"""

import datetime as dt
from typing import Annotated, Any

from msgspec import Struct, structs

from newsroom.content.articles import Article
from newsroom.content.catalogue import Catalogue
from newsroom.content.identity import tag_uri
from newsroom.content.models import AnyEntry, Claim, Source
from newsroom.dates import PartialDate
from newsroom.pictures import Picture
from newsroom.views.claims import ClaimView, claim_views
from newsroom.views.common import Link, entry_link, entry_urls, player_link, short, text_in
from newsroom.views.moments import added, modified, published

#: Texts of a special form, for the schema of the data.
TagUri = Annotated[str, "tag"]
Uri = Annotated[str, "uri"]
Status = Annotated[str, "status"]


class Note(Struct, frozen=True):
    """An update in the language of the page: the day of the event, and that on which it was added."""

    date: PartialDate
    added: PartialDate
    text: str
    kind: str
    significant: bool


class Illustration(Struct, frozen=True):
    """The picture of an article, what it shows, and whose it is; ``url`` is whole."""

    url: str
    alt: str
    credit: str
    picture: Picture


class Item(Struct, frozen=True, kw_only=True):
    """What is known of one thing in one language. Each attribute stands in the data under its own name.

    It tells of the day ``date``. ``counterparts`` lead to the same thing in the other languages. An archive piece
    says when it was ``written``, an article which ``status`` it had that day and what became of its ``claims``.
    Addresses of the item itself and of its counterparts are whole, the others start at the root of the host.
    """

    id: TagUri
    key: str
    language: str
    url: Uri
    counterparts: tuple[Link, ...] = ()
    title: str
    short: str = ""
    summary: str
    date: dt.date
    published: dt.datetime
    modified: dt.datetime
    written: PartialDate | None = None
    status: tuple[Status, ...] = ()
    claims: tuple[ClaimView, ...] = ()
    topics: dict[str, Link] = {}
    threads: dict[str, Link] = {}
    entities: dict[str, Link] = {}
    image: Illustration | None = None
    updates: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()


def article_facts(catalogue: Catalogue, article: Article, code: str) -> dict[str, Any]:
    """Return what is known of ``article`` in ``code``: the attributes of an :class:`Item`."""
    text, facts = article.texts[code], article.facts
    return {
        "id": item_id(catalogue, article.path, code),
        "key": article.key,
        "language": code,
        "url": catalogue.addresses.absolute(entry_urls(catalogue, article)[code]),
        "counterparts": counterparts(catalogue, article, code),
        "title": text.title,
        "short": short(text),
        "summary": text.summary,
        "date": facts.date.date(),
        "published": published(article),
        "modified": modified(catalogue, article),
        "written": facts.written,
        "status": facts.status,
        **_facts_told(catalogue, article, code),
        "image": _illustration(catalogue, article, code),
        "updates": notes(article, code),
        "sources": facts.sources,
    }


def article_item(catalogue: Catalogue, article: Article, code: str) -> Item:
    """Return what is known of ``article`` in ``code``."""
    return Item(**article_facts(catalogue, article, code))


def listed_item(catalogue: Catalogue, article: Article, code: str) -> Item:
    """Return what a list in ``code`` tells of ``article``, whose words may be in another ``language``."""
    item = article_item(catalogue, article, text_in(catalogue, article, code).language)
    return structs.replace(item, **_facts_told(catalogue, article, code))


def _facts_told(catalogue: Catalogue, article: Article, code: str) -> dict[str, Any]:
    """Return what is told of ``article`` in ``code`` whatever the language of its text."""
    facts = article.facts
    return {
        "claims": claim_views(catalogue, article_claims(catalogue, article), code),
        "topics": {key: entry_link(catalogue, catalogue.topic[key], code) for key in facts.topics},
        "threads": {key: entry_link(catalogue, catalogue.thread[key], code) for key in facts.thread},
        "entities": {key: player_link(catalogue, key, code) for key in facts.entities},
    }


def item_id(catalogue: Catalogue, path: str, code: str) -> str:
    """Return the permanent id of the item at ``path`` in ``code``."""
    settings = catalogue.settings
    return tag_uri(settings.tag_authority, settings.tag_year, f"{path}/{code}")


def counterparts(catalogue: Catalogue, entry: AnyEntry, code: str, part: str = "") -> tuple[Link, ...]:
    """Return where ``entry``, or its ``part`` (``#updates``), stands in the languages it has beside ``code``."""
    places = catalogue.addresses
    return tuple(
        Link(places.absolute(f"{url}{part}"), entry.texts[other].title, other)
        for other, url in entry_urls(catalogue, entry).items()
        if other != code
    )


def article_claims(catalogue: Catalogue, article: Article) -> list[Claim]:
    """Return the claims that ``article`` is about, in the order in which it names them."""
    return [catalogue.claims[key] for key in article.facts.claims]


def notes(article: Article, code: str) -> tuple[Note, ...]:
    """Return the updates of ``article`` in ``code``, oldest first."""
    return tuple(
        Note(update.date, added(article, update), update.text[code], update.kind, update.significant)
        for update in sorted(article.facts.updates, key=lambda update: update.date.first)
    )


def _illustration(catalogue: Catalogue, article: Article, code: str) -> Illustration | None:
    image = article.facts.image
    if not image:
        return None
    place = catalogue.addresses.media(article.kind, article.key, image.file)
    url = catalogue.addresses.absolute(f"{catalogue.settings.base_path}/{place}")
    return Illustration(url, article.texts[code].alt, image.credit, catalogue.pictures[place])
