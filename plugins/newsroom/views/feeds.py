"""The feeds of the site: everything, verdicts, topics, threads, players, editions, corrections, additions.

A feed is in one language; what is not translated is not in it.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from newsroom.content.articles import Article
from newsroom.content.catalogue import Catalogue
from newsroom.content.editions import Edition
from newsroom.content.models import Claim
from newsroom.messages import N_
from newsroom.views.claims import by_verdict_date, claim_url, claim_view, in_language
from newsroom.views.common import Link, body
from newsroom.views.corrections import Change, additions, corrections
from newsroom.views.entities import players
from newsroom.views.feed_items import Channel, FeedItem, FeedView, article_items, channel_views
from newsroom.views.items import counterparts, item_id, listed_item
from newsroom.views.moments import day_of_item, own_moment


class FeedKind(Struct, frozen=True):
    """One kind of feed: the channels that can be followed, and the items of one."""

    name: str
    channels: Callable[[Catalogue], Iterable[Channel]]
    items: Callable[[Catalogue, Channel], list[FeedItem]]


def feed_view(catalogue: Catalogue, kind: FeedKind, channel: Channel, file: str) -> FeedView:
    """Return the feed of ``channel`` that stands in ``file``."""
    views = channel_views(catalogue, channel, kind.items(catalogue, channel))
    return next(view for view in views if view.file == file)


def site_channels(catalogue: Catalogue) -> Iterator[Channel]:
    """Yield the channel of the whole site in every language."""
    for language in catalogue.settings.languages:
        home = catalogue.addresses.home(language.code)
        yield Channel(language.code, "site", home, description=language.tagline, articles=catalogue.articles)


def topic_channels(catalogue: Catalogue) -> Iterator[Channel]:
    """Yield the channel of every topic, per language."""
    for topic in catalogue.topics:
        for code, text in topic.texts.items():
            url = catalogue.addresses.entry(code, topic.kind, text.slug)
            members = catalogue.by_topic.get(topic.key, ())
            former = tuple(catalogue.addresses.entry(code, topic.kind, slug) for slug in text.aliases)
            yield Channel(code, f"topics/{topic.permanent}", url, text.title, text.summary, "", members, former)


def thread_channels(catalogue: Catalogue) -> Iterator[Channel]:
    """Yield the channel of every thread, per language."""
    for thread in catalogue.threads:
        for code, text in thread.texts.items():
            url = catalogue.addresses.entry(code, thread.kind, text.slug)
            members = catalogue.by_thread.get(thread.key, ())
            former = tuple(catalogue.addresses.entry(code, thread.kind, slug) for slug in text.aliases)
            yield Channel(code, f"threads/{thread.permanent}", url, text.title, text.summary, "", members, former)


def entity_channels(catalogue: Catalogue) -> Iterator[Channel]:
    """Yield the channel of every player that has a page, per language."""
    for key in players(catalogue):
        player, members = catalogue.entities[key], catalogue.by_entity.get(key, ())
        for code in catalogue.settings.codes:
            url = catalogue.addresses.item(code, "entities", key)
            keys = [former for former in player.former if former != key]
            former = tuple(catalogue.addresses.item(code, "entities", before) for before in keys)
            yield Channel(code, f"entities/{player.permanent}", url, player.name[code], articles=members, former=former)


def edition_channels(catalogue: Catalogue) -> Iterator[Channel]:
    """Yield the channel of editions in every language."""
    for code in catalogue.settings.codes:
        yield Channel(code, "editions", catalogue.addresses.section(code, "editions"), message=N_("Issues"))


def edition_items(catalogue: Catalogue, channel: Channel) -> list[FeedItem]:
    """Return an item per edition."""
    code = channel.language
    return [edition_item(catalogue, edition, code) for edition in catalogue.editions if code in edition.texts]


def edition_item(catalogue: Catalogue, edition: Edition, code: str) -> FeedItem:
    """Return the item of ``edition``: the editorial and its articles, each in another language where it has no text."""
    text, facts = edition.texts[code], edition.facts
    moment = own_moment(facts.date, edition.path)
    return FeedItem(
        id=item_id(catalogue, edition.path, code),
        key=edition.key,
        language=code,
        url=catalogue.addresses.absolute(catalogue.addresses.entry(code, edition.kind, text.slug)),
        counterparts=counterparts(catalogue, edition, code),
        title=text.title,
        summary=text.summary,
        date=facts.date.date(),
        published=moment,
        modified=moment,
        body=body(catalogue, text, drawn=False),
        articles=tuple(listed_item(catalogue, article, code) for article in _chosen(catalogue, edition)),
    )


def _chosen(catalogue: Catalogue, edition: Edition) -> list[Article]:
    return [catalogue.by_key[key] for key in edition.facts.articles if key in catalogue.by_key]


def correction_channels(catalogue: Catalogue) -> Iterator[Channel]:
    """Yield the channel of corrections in every language."""
    for code in catalogue.settings.codes:
        yield Channel(code, "corrections", catalogue.addresses.section(code, "corrections"), message=N_("Corrections"))


def correction_items(catalogue: Catalogue, channel: Channel) -> list[FeedItem]:
    """Return an item per correction."""
    return [_change_item(catalogue, change) for change in corrections(catalogue, channel.language)]


def addition_channels(catalogue: Catalogue) -> Iterator[Channel]:
    """Yield the channel of additions in every language."""
    for code in catalogue.settings.codes:
        yield Channel(code, "additions", catalogue.addresses.section(code, "additions"), message=N_("Since then"))


def addition_items(catalogue: Catalogue, channel: Channel) -> list[FeedItem]:
    """Return an item per addition, as many as a feed holds."""
    newest = additions(catalogue, channel.language)[: catalogue.settings.feed_size]
    return [_change_item(catalogue, change) for change in newest]


def _change_item(catalogue: Catalogue, change: Change) -> FeedItem:
    moment = day_of_item(catalogue, change.note.added.first, change.path)
    step = change.step
    return FeedItem(
        id=item_id(catalogue, change.path, change.step.language),
        key=change.article,
        language=step.language,
        url=catalogue.addresses.absolute(f"{step.url}#updates"),
        counterparts=counterparts(catalogue, catalogue.by_key[change.article], step.language, "#updates"),
        title=step.title,
        summary=change.note.text,
        date=change.note.date.first,
        published=moment,
        modified=moment,
        updates=(change.note,),
    )


def verdict_channels(catalogue: Catalogue) -> Iterator[Channel]:
    """Yield the channel of verdicts in every language."""
    for code in catalogue.settings.codes:
        yield Channel(code, "verdicts", catalogue.addresses.section(code, "claims"), message=N_("Verdicts"))


def verdict_items(catalogue: Catalogue, channel: Channel) -> list[FeedItem]:
    """Return an item per claim that has a verdict: the one in force, under an id that the claim keeps."""
    claims = by_verdict_date(in_language(catalogue.claims.values(), channel.language))
    return [_verdict_item(catalogue, claim, channel.language) for claim in claims[: catalogue.settings.feed_size]]


def _verdict_item(catalogue: Catalogue, claim: Claim, code: str) -> FeedItem:
    path = f"claims/{claim.permanent}"
    first, last = (day_of_item(catalogue, verdict.judged.first, path) for verdict in (claim.verdicts[0], claim.verdict))
    view = claim_view(catalogue, claim, code)
    return FeedItem(
        id=item_id(catalogue, path, code),
        key=claim.key,
        language=code,
        url=catalogue.addresses.absolute(view.url),
        counterparts=tuple(
            Link(catalogue.addresses.absolute(claim_url(catalogue, claim, other)), said, other)
            for other, said in claim.claim.items()
            if other != code
        ),
        title="",
        summary=claim.verdict.text[code],
        date=claim.verdict.date.first,
        published=first,
        modified=last,
        categories=(view.thread.title,),
        verdict=view,
    )


TOPIC_FEEDS = (FeedKind("topics", topic_channels, article_items),)
#: Every kind of feed; ``plugins/feeds.py`` writes them, ``plugins/topics.py`` those of topics.
FEEDS = (
    FeedKind("site", site_channels, article_items),
    FeedKind("verdicts", verdict_channels, verdict_items),
    *TOPIC_FEEDS,
    FeedKind("threads", thread_channels, article_items),
    FeedKind("players", entity_channels, article_items),
    FeedKind("editions", edition_channels, edition_items),
    FeedKind("corrections", correction_channels, correction_items),
    FeedKind("additions", addition_channels, addition_items),
)
