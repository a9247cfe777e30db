"""Data for other programs: every article and every claim as JSON, with their schemas."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from newsroom.content.addresses import FEED_FILES
from newsroom.content.catalogue import Catalogue
from newsroom.content.claims import NONE, Span, delay
from newsroom.content.identity import tag_uri
from newsroom.content.models import Claim, Verdict
from newsroom.views.chapters import Chapter, Row, Rows, rows_in
from newsroom.views.claims import claim_url, in_language
from newsroom.views.common import entry_link
from newsroom.views.data_forms import item_data, source_data
from newsroom.views.data_schemas import claims_schema, items_schema
from newsroom.views.items import article_item


class DataView(Struct, frozen=True):
    """One JSON file: its output file and its content."""

    file: str
    content: dict[str, Any]


def data_chapters(catalogue: Catalogue) -> Iterator[Chapter]:
    """Yield the items of each year in each language."""
    for code in catalogue.settings.codes:
        for year in catalogue.by_year:
            yield Chapter(code, f"items in {code} of {year}", partial(_items, code=code, year=year))


def _items(catalogue: Catalogue, *, code: str, year: int) -> list[Row]:
    return [
        ((-article.facts.date.timestamp(), article.key), item_data(article_item(catalogue, article, code)))
        for article in catalogue.by_year[year]
        if code in article.texts
    ]


def data_views(catalogue: Catalogue, rows: Rows | None = None) -> Iterator[DataView]:
    """Yield ``items.json`` and ``claims.json`` under ``api/v1/<language>/``, and the schemas they are valid against.

    ``rows`` are those of the chapters of items, where they are known.
    """
    rows = rows or rows_in(data_chapters(catalogue), lambda chapter: chapter.rows(catalogue))
    places, root = catalogue.addresses, f"{catalogue.settings.base_path}/api/v1"
    for name, schema in (("items", items_schema), ("claims", claims_schema)):
        url = f"{root}/{name}.schema.json"
        yield DataView(places.file(url), schema(places.absolute(url)))
    for code in catalogue.settings.codes:
        items = list(rows(code))
        claims = [_claim(catalogue, claim, code) for claim in in_language(catalogue.claims.values(), code)]
        for name, page, listed in (
            ("items", places.home(code), items),
            ("claims", places.section(code, "claims"), claims),
        ):
            content = {
                "$schema": places.absolute(f"{root}/{name}.schema.json"),
                "language": code,
                "home": places.absolute(page),
                "feeds": {form: places.absolute(f"{page}{file}") for form, file in FEED_FILES.items()},
                name: listed,
            }
            yield DataView(places.file(f"{root}/{code}/{name}.json"), content)


def _claim(catalogue: Catalogue, claim: Claim, code: str) -> dict[str, Any]:
    settings, promises = catalogue.settings, claim.promises
    delayed = delay(claim, claim.verdict.date) if claim.verdict.verdict in ("kept-late", "kept-otherwise") else NONE
    return {
        "id": tag_uri(settings.tag_authority, settings.tag_year, f"claims/{claim.permanent}/{code}"),
        "key": claim.key,
        "url": catalogue.addresses.absolute(claim_url(catalogue, claim, code)),
        "thread": claim.thread,
        "by": list(claim.by),
        "claim": claim.claim[code],
        "label": claim.label[code],
        "announced": claim.announced.iso,
        **({"expected": promises[-1].iso} if promises else {}),
        "was": [promise.iso for promise in promises[:-1]],
        "verdict": claim.verdict.verdict,
        **({"delay": _duration(delayed)} if delayed else {}),
        "verdicts": [_verdict(catalogue, verdict, code) for verdict in claim.verdicts],
    }


def _verdict(catalogue: Catalogue, verdict: Verdict, code: str) -> dict[str, Any]:
    key, source = verdict.proof.article, verdict.proof.source
    link = entry_link(catalogue, catalogue.by_key[key], code).url if key else ""
    return {
        "verdict": verdict.verdict,
        "date": verdict.date.iso,
        "judged": verdict.judged.iso,
        "label": verdict.label[code],
        "text": verdict.text[code],
        "proof": source_data(source) if source else {"article": key, "url": catalogue.addresses.absolute(link)},
    }


def _duration(length: Span) -> str:
    """Return a delay as ISO 8601 writes a duration (ISO 8601-1:2019, 5.5.2)."""
    years, months = divmod(length.months, 12)
    parts = ((years, "Y"), (months, "M"), (length.days, "D"))
    return "P" + "".join(f"{count}{unit}" for count, unit in parts if count)
