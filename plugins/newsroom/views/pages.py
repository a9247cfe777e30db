"""Pages that stand alone: about and its like, what is not translated, what was not found."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.content.models import Entry
from newsroom.views.common import Html, Link, View, body, entry_link, frame, section_urls


class PageView(View, frozen=True, kw_only=True):
    """One page of ``content/pages`` in one language."""

    body: Html


class Missing(Struct, frozen=True):
    """Something that a language lacks, and where it can be read; ``key`` is its place on the page."""

    key: str
    link: Link


class UntranslatedView(View, frozen=True, kw_only=True):
    """What exists in other languages and not in this one."""

    missing: tuple[Missing, ...]


class NotFoundView(View, frozen=True, kw_only=True):
    """The page of an address that leads nowhere; at the root, for every language."""

    homes: tuple[Link, ...]


def pages(catalogue: Catalogue) -> Iterator[PageView]:
    """Yield every page of ``content/pages`` in every language it exists in."""
    for page in catalogue.pages:
        urls = {code: catalogue.addresses.page(code, text.slug) for code, text in page.texts.items()}
        for code, text in page.texts.items():
            yield PageView(
                **frame(catalogue, "page", code, urls, f"pages-{page.key}"),
                title=text.title,
                description=text.summary,
                body=body(catalogue, text),
            )


def untranslated_pages(catalogue: Catalogue) -> Iterator[UntranslatedView]:
    """Yield for every language the list of what it lacks: where its language switch leads in that case."""
    urls = section_urls(catalogue, "untranslated")
    sections: list[tuple[str, tuple[Entry[Any], ...]]] = [
        ("topics", catalogue.topics),
        ("threads", catalogue.threads),
        ("editions", catalogue.editions),
        ("articles", catalogue.articles),
    ]
    for code in urls:
        missing = [
            Missing(f"{section}-{entry.key}", entry_link(catalogue, entry, section, code))
            for section, entries in sections
            for entry in entries
            if code not in entry.texts
        ]
        missing += [
            Missing(f"pages-{page.key}", Link(catalogue.addresses.page(other, text.slug), text.title, other))
            for page in catalogue.pages
            if code not in page.texts
            for other, text in list(page.texts.items())[:1]
        ]
        yield UntranslatedView(**frame(catalogue, "untranslated", code, urls), missing=tuple(missing), indexed=False)


def not_found_pages(catalogue: Catalogue) -> Iterator[NotFoundView]:
    """Yield ``404.html`` of every language, and the one of the root that speaks all of them."""
    settings, places = catalogue.settings, catalogue.addresses
    homes = tuple(Link(places.home(language.code), language.name, language.code) for language in settings.languages)
    urls = {code: f"{places.home(code)}404.html" for code in settings.codes}
    for code in urls:
        yield NotFoundView(**{**frame(catalogue, "404", code, urls), "default_url": ""}, homes=homes[:0], indexed=False)
    root = f"{settings.base_path}/404.html"
    base = frame(catalogue, "404", settings.default_language, urls)
    yield NotFoundView(**{**base, "url": root, "file": "404.html", "default_url": ""}, homes=homes, indexed=False)
