"""The pages of an output folder, read as a browser and a search engine read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
from lxml.html import HtmlElement

ORIGIN = "http://localhost:8000"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Page:
    """One page: its address on the site and its tree."""

    url: str
    root: HtmlElement

    @property
    def language(self) -> str:
        return str(self.root.get("lang"))

    @cached_property
    def alternates(self) -> dict[str, str]:
        """Where the page says that it is, by language (``hreflang``)."""
        links = self.root.xpath("//link[@rel='alternate'][@hreflang]")
        return {link.get("hreflang"): address(link.get("href")) for link in links}

    @cached_property
    def switch(self) -> dict[str, str]:
        """Where the language switch leads: links in the language that they lead to, named by it."""
        links = self.root.xpath("//header//nav//a[@lang and @hreflang=@lang]")
        return {link.get("lang"): link.get("href") for link in links}

    @cached_property
    def ids(self) -> list[str]:
        return [str(found) for found in self.root.xpath("//@id")]

    def links(self) -> Iterator[HtmlElement]:
        """Yield the links that a reader follows."""
        yield from self.root.xpath("//body//a[@href]")

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (language, text) for all that is read or heard: text, and the attributes that stand for text."""
        for node in self.root.iter():
            if not isinstance(node.tag, str) or node.tag in ("script", "style"):
                continue
            language = language_of(node)
            attributes = [node.get(name, "") for name in ("alt", "title", "aria-label", "placeholder")]
            if node.tag == "meta" and node.get("name") == "description":
                attributes.append(node.get("content", ""))
            for text in (node.text, *attributes, *(child.tail for child in node)):
                if text and text.strip():
                    yield language, _SPACES.sub(" ", text).strip()


def language_of(node: HtmlElement) -> str:
    """Return the language that ``node`` is in: the ``lang`` of the nearest element that says one."""
    return str(next(found for found in node.xpath("ancestor-or-self::*/@lang")[::-1]))


def address(url: str) -> str:
    """Return a whole address of the site without its host."""
    return url.removeprefix(ORIGIN)


def read_pages(output: Path) -> dict[str, Page]:
    """Return every page under ``output`` by its address."""
    pages = {}
    for path in sorted(output.rglob("*.html")):
        url = f"/{path.relative_to(output).as_posix()}".removesuffix("index.html")
        pages[url] = Page(url, lxml.html.document_fromstring(path.read_bytes().decode()))
    return pages


def inside(url: str, page: str) -> tuple[str, str] | None:
    """Return (path, fragment) of a link of ``page`` that stays on the site, None for one that leaves it."""
    whole = urlsplit(urljoin(f"{ORIGIN}{page}", url))
    if f"{whole.scheme}://{whole.netloc}" != ORIGIN:
        return None
    return unquote(whole.path), unquote(whole.fragment)
