"""Reading what a build made, as its readers do: pages, their words and links in order, what machines see."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import lxml.html
from lxml.html import HtmlElement

from newsroom.views.moments import own_moment

ZONE = ZoneInfo("Europe/Paris")

_PARSER = lxml.html.HTMLParser(encoding="utf-8")


def moment_of(day: str, path: str) -> str:
    """Return the moment at which readers are told of what the item at ``path`` did on ``day``."""
    return own_moment(dt.datetime.fromisoformat(day).replace(tzinfo=ZONE), path).isoformat()


def file_of(output: Path, url: str) -> Path:
    """Return the file that is served at the address ``url``, without its host, query or fragment."""
    path = url.partition("#")[0].lstrip("/")
    return output / (f"{path}index.html" if not path or path.endswith("/") else path)


def read_page(output: Path, url: str) -> HtmlElement:
    """Return the page at ``url``."""
    return lxml.html.fromstring(file_of(output, url).read_bytes(), parser=_PARSER)


def read_main(output: Path, url: str) -> HtmlElement:
    """Return what the page at ``url`` is about, without what surrounds every page."""
    found = read_page(output, url).find(".//main")
    assert found is not None, url
    return found


def words(node: HtmlElement) -> str:
    """Return the text of ``node`` with single plain spaces."""
    return " ".join(str(node.text_content()).split())


def hrefs(node: HtmlElement) -> list[str]:
    """Return the addresses of the links in ``node``, in their order."""
    return [str(link.get("href")) for link in node.iter("a")]


def only(addresses: list[str], start: str) -> list[str]:
    """Return those of ``addresses`` that begin with ``start``, each once, in their order."""
    return list(dict.fromkeys(address for address in addresses if address.startswith(start) and address != start))


def standing_in_order(text: str, *parts: str) -> bool:
    """Tell whether every one of ``parts`` stands in ``text``, each after the one before."""
    place = 0
    for part in parts:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def item_with(node: HtmlElement, href: str) -> HtmlElement:
    """Return the item of a list (or its term and text) that holds a link to ``href``."""
    found = [item for item in node.iter("li") if href in hrefs(item)]
    assert found, f"no item links to {href}"
    return found[0]


def item_saying(node: HtmlElement, text: str) -> HtmlElement:
    """Return the innermost item of a list that says ``text``."""
    found = [item for item in node.iter("li") if text in words(item)]
    assert found, f"no item says {text!r}"
    return found[-1]


def structured_data(page: HtmlElement) -> list[dict[str, Any]]:
    """Return everything a page says in JSON-LD."""
    scripts = page.xpath("//script[@type='application/ld+json']")
    return [thing for script in scripts for thing in json.loads(script.text_content())["@graph"]]


def news_article(output: Path, url: str) -> dict[str, Any]:
    """Return what the page of an article says of it in JSON-LD."""
    (found,) = [thing for thing in structured_data(read_page(output, url)) if thing["@type"] == "NewsArticle"]
    return found


def read_feeds(output: Path, url: str) -> dict[str, list[dict[str, Any]]]:
    """Return the items of the feeds beside the page at ``url``, by format, in the words of JSON Feed."""
    folder = file_of(output, url).parent
    found = {}
    for form in ("rss", "atom"):
        parsed = feedparser.parse(
            (folder / f"{form}.xml").read_bytes(), sanitize_html=False, resolve_relative_uris=False
        )
        assert not parsed.bozo, (url, form, parsed.get("bozo_exception"))
        found[form] = [
            {
                "id": entry.id,
                "url": entry.link,
                "title": entry.title,
                "summary": entry.get("summary", ""),
                "content_html": entry.content[0].value if entry.get("content") else "",
            }
            for entry in parsed.entries
        ]
    found["json"] = json.loads((folder / "feed.json").read_text(encoding="utf-8"))["items"]
    return found


def is_indexed(page: HtmlElement) -> bool:
    """Tell whether search engines may list ``page``."""
    return not page.xpath("//meta[@name='robots' and contains(@content, 'noindex')]")
