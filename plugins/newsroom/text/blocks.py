"""Blocks that Markdown has no syntax for: figures with captions, quotations with their author, tables that scroll.

They are made in the tree of a converted body, from what an editor writes anyway:
a picture alone in its paragraph, a quotation whose last paragraph starts with a
dash, a table.
"""

import re

import lxml.html
from lxml.html import HtmlElement

_DASH = re.compile(r"\A\s*(?:—|–|--)\s*")


def caption_picture(picture: HtmlElement) -> None:
    """Make a paragraph that is one picture a figure; the title of the picture is its caption."""
    paragraph = picture.getparent()
    if paragraph is None or paragraph.tag != "p" or len(paragraph) > 1 or paragraph.text_content().strip():
        return
    paragraph.tag = "figure"
    title = picture.attrib.pop("title", "")
    if title:
        caption = lxml.html.Element("figcaption")
        caption.text = title
        paragraph.append(caption)


def attribute_quotation(quotation: HtmlElement) -> None:
    """Make a quotation whose last paragraph starts with a dash a figure: the paragraph says who speaks.

    The attribution is then outside the quotation, as HTML requires (section 4.4.4: “must be placed
    outside the ``blockquote``”).
    """
    parent = quotation.getparent()
    last = quotation[-1] if len(quotation) > 1 else None
    if parent is None or last is None or last.tag != "p" or not _DASH.match(last.text or ""):
        return
    figure = lxml.html.Element("figure", {"class": "quotation"})
    figure.tail, quotation.tail = quotation.tail, None
    parent.replace(quotation, figure)
    last.tag, last.tail = "figcaption", None
    last.text = _DASH.sub("", last.text or "", count=1)
    figure.extend([quotation, last])


def let_scroll(table: HtmlElement) -> None:
    """Wrap a table so that it scrolls by itself on a phone."""
    parent = table.getparent()
    if parent is None:
        return
    wrapper = lxml.html.Element("div", {"class": "scroll"})
    wrapper.tail, table.tail = table.tail, None
    parent.replace(table, wrapper)
    wrapper.append(table)
