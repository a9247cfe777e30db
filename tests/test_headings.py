"""Headings that lead to themselves, on pages only."""

import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_builder import ROOT

from newsroom.problems import Invalid
from newsroom.text.bodies import Style
from newsroom.text.body import Converter
from newsroom.text.finishing import FragmentContext, publish
from newsroom.text.headings import TAKEN


def link_headings(html: str) -> str:
    return publish(html, FragmentContext(anchors=True))


def test_a_heading_is_a_link_to_itself_and_says_nothing_more() -> None:
    linked = link_headings('<h2 id="promise">Une <em>promesse</em></h2>\n<p>a</p>')
    assert linked == '<h2 id="promise"><a class="anchor" href="#promise">Une <em>promesse</em></a></h2>\n<p>a</p>'


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">Vers <a href="/fr/">ici</a></h2>',
        "<h2>Sans ancre</h2>",
        '<h4 id="a">Trop bas</h4>',
        '<section title="&lt;h2 id=&quot;a&quot;&gt;">b</section>',
        '<h2 title=" id=">Sans ancre</h2>',
        '<p>&lt;h2 id="a"&gt;Du code&lt;/h2&gt;</p>',
    ],
)
def test_what_is_no_heading_or_holds_a_link_stays(html: str) -> None:
    assert link_headings(html) == html


def test_a_heading_that_is_called_like_a_part_of_the_page_has_another_id() -> None:
    html = Converter(Style("en", {"en": "english"})).convert("## Updates\n\na\n\n## Players {#main}", "/media").html
    assert re.findall(r'id="([^"]+)"', html) == ["updates-1", "main-1"]


def test_the_ids_of_pages_with_a_body_are_known() -> None:
    templates = ROOT / "theme" / "templates"
    shown = [path for path in templates.glob("*.html") if "html(page.body" in path.read_text(encoding="utf-8")]
    assert len(shown) >= 5
    waiting = [*shown, *templates.glob("partials/*.html"), templates / "base.html"]
    found = {name for path in waiting for name in re.findall(r'\bid="([^"{]+)"', path.read_text(encoding="utf-8"))}
    assert found == TAKEN


words = st.text("ab #[](){}<>\"'&;*_`=é", max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["## ", "### ", "", "> ", "- "]), words), max_size=6))
def test_any_body_keeps_its_text_and_its_ids_and_nests_no_link(lines: list[tuple[str, str]]) -> None:
    try:
        html = Converter(Style("fr", {"fr": "french"})).convert("\n\n".join(map("".join, lines)), "/media").html
    except Invalid:  # a link that leads nowhere
        return
    before, after = (lxml.html.fragment_fromstring(text, "div") for text in (html, link_headings(html)))
    assert after.text_content() == before.text_content()
    assert after.xpath("//@id") == before.xpath("//@id")
    assert not after.xpath("//a//a")
    for heading in after.xpath("//h2[@id] | //h3[@id]"):
        assert heading.xpath(".//a")
