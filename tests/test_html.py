"""Every page that is built is valid HTML: no parse error, no id twice, no reference to nothing, nothing obsolete."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import SITES
from markupever import HtmlOptions, Parser
from markupever.dom import Element as Node
from markupever.iterators import Descendants

#: HTML Standard, “Obsolete features”: elements, and attributes by the element they are obsolete on ("*": any).
OBSOLETE_ELEMENTS = """
    acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing marquee menuitem
    multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp
"""
OBSOLETE_ATTRIBUTES = {
    "*": "align bgcolor contextmenu dropzone background",
    "a": "charset coords shape methods name rev urn datafld datasrc",
    "body": "alink link text vlink marginbottom marginheight marginleft marginright margintop marginwidth",
    "br": "clear",
    "button": "datafld dataformatas datasrc",
    "caption": "align",
    "col": "char charoff valign width",
    "dl": "compact",
    "hr": "color noshade size width",
    "html": "manifest version",
    "iframe": "frameborder longdesc marginheight marginwidth scrolling allowtransparency hspace vspace",
    "img": "border hspace longdesc lowsrc name vspace",
    "input": "hspace ismap usemap vspace",
    "li": "type",
    "link": "charset methods rev target urn",
    "meta": "scheme",
    "ol": "compact",
    "pre": "width",
    "script": "charset event for language",
    "table": "border cellpadding cellspacing frame height rules summary width",
    "tbody": "char charoff valign",
    "td": "abbr axis char charoff height nowrap scope valign width",
    "th": "axis char charoff height nowrap valign width",
    "tr": "char charoff valign",
    "ul": "compact type",
}
REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-flowto",
    "aria-activedescendant",
    "aria-errormessage",
    "for",
    "headers",
    "list",
)
#: What a script element may hold without being a script.


@dataclass(frozen=True)
class Element:
    """An element of a page; ``attributes`` without a value have an empty one."""

    name: str
    attributes: dict[str, str]

    def __str__(self) -> str:
        return "<" + " ".join([self.name, *(f'{name}="{value}"' for name, value in self.attributes.items())]) + ">"


@dataclass(frozen=True)
class Page:
    """A parsed page: what a strict parser says against it, and its elements."""

    name: str
    errors: list[str]
    elements: list[Element]

    @property
    def attributes(self) -> Iterator[tuple[Element, str, str]]:
        """Every attribute: its element, its name and its value."""
        for element in self.elements:
            for name, value in element.attributes.items():
                yield element, name, value

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [value for _, name, value in self.attributes if name == "id"]


def read_page(file: Path, output: Path) -> Page:
    """Parse a built page with html5ever, which tells every parse error of the HTML Standard."""
    parser = Parser(HtmlOptions(exact_errors=True))
    parser.process(file.read_bytes())
    parser.finish()
    errors = parser.errors()
    nodes = [node for node in Descendants(parser.into_dom().root()) if isinstance(node, Node)]
    elements = [
        Element(str(node.name.local), {str(name.local): str(value) for name, value in node.attrs.items()})
        for node in nodes
    ]
    return Page(file.relative_to(output).as_posix(), errors, elements)


@pytest.fixture(scope="module", params=SITES)
def pages(request: pytest.FixtureRequest) -> list[Page]:
    """Return every page of a site."""
    output: Path = request.getfixturevalue(request.param)
    found = [read_page(file, output) for file in sorted(output.rglob("*.html"))]
    assert len(found) > 100
    return found


def faults(pages: list[Page], of_page: Callable[[Page], Iterable[str]]) -> dict[str, list[str]]:
    """Return what ``of_page`` says against each page, without those it says nothing against."""
    return {page.name: found for page in pages if (found := list(of_page(page)))}


def test_pages_parse_without_an_error(pages: list[Page]) -> None:
    assert faults(pages, lambda page: page.errors) == {}


def test_an_id_names_one_element(pages: list[Page]) -> None:
    def wrong(page: Page) -> Iterator[str]:
        for value, count in Counter(page.ids).items():
            if count > 1 or value.split() != [value]:
                yield f"id={value!r}, {count} times"

    assert faults(pages, wrong) == {}


def test_references_to_elements_lead_to_elements_of_the_page(pages: list[Page]) -> None:
    def lost(page: Page) -> Iterator[str]:
        ids = set(page.ids)
        for element, name, value in page.attributes:
            if name in REFERENCES and (not value.split() or not ids.issuperset(value.split())):
                yield str(element)

    assert faults(pages, lost) == {}


def test_nothing_obsolete_is_used(pages: list[Page]) -> None:
    def obsolete(page: Page) -> Iterator[str]:
        for element in page.elements:
            names = f"{OBSOLETE_ATTRIBUTES['*']} {OBSOLETE_ATTRIBUTES.get(element.name, '')}".split()
            if element.name in OBSOLETE_ELEMENTS.split() or element.attributes.keys() & set(names):
                yield str(element)

    assert faults(pages, obsolete) == {}


def test_no_script_or_style_stands_in_an_attribute(pages: list[Page]) -> None:
    """The Content-Security-Policy of the site would refuse it."""

    def inline(page: Page) -> Iterator[str]:
        for element, name, value in page.attributes:
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield str(element)

    assert faults(pages, inline) == {}


def test_there_are_pictures_to_look_at(small_output: Path) -> None:
    assert any("<img " in file.read_text(encoding="utf-8") for file in small_output.rglob("*.html"))


def test_pictures_have_a_text_and_a_size(pages: list[Page]) -> None:
    """Without a size the text below jumps when the picture arrives."""

    def bare(page: Page) -> Iterator[str]:
        for element in page.elements:
            if element.name == "img" and not {"alt", "width", "height"} <= element.attributes.keys():
                yield str(element)

    assert faults(pages, bare) == {}
