"""Blocks that Markdown has no syntax for: figures with captions, quotations with their author, tables that scroll.

They are made in the tree of a converted body, from what an editor writes anyway:
a picture alone in its paragraph, a quotation whose last paragraph starts with a
dash, a table.
"""

import re

from newsroom.text.html_tree import Element, new_element, text_of

_DASH = re.compile(r"\A\s*(?:—|–|--)\s*")


def caption_picture(picture: Element) -> None:
    """Make a paragraph that is one picture a figure; the title of the picture is its caption."""
    paragraph = picture.getparent()
    if paragraph is None or paragraph.tag != "p" or len(paragraph) > 1 or text_of(paragraph).strip():
        return
    paragraph.tag = "figure"
    title = str(picture.attrib.pop("title", ""))
    if title:
        caption = new_element("figcaption")
        caption.text = title
        paragraph.append(caption)


def attribute_quotation(quotation: Element) -> None:
    """Make a quotation whose last paragraph starts with a dash a figure: the paragraph says who speaks.

    The attribution is then outside the quotation, as HTML requires (section 4.4.4: “must be placed
    outside the ``blockquote``”).
    """
    parent = quotation.getparent()
    last = quotation[-1] if len(quotation) > 1 else None
    if parent is None or last is None or last.tag != "p" or not _DASH.match(last.text or ""):
        return
    figure = new_element("figure", {"class": "quotation"})
    figure.tail, quotation.tail = quotation.tail, None
    parent.replace(quotation, figure)
    last.tag, last.tail = "figcaption", None
    last.text = _DASH.sub("", last.text or "", count=1)
    figure.extend([quotation, last])


def let_scroll(table: Element) -> None:
    """Wrap a table so that it scrolls by itself on a phone."""
    parent = table.getparent()
    if parent is None:
        return
    wrapper = new_element("div", {"class": "scroll"})
    wrapper.tail, table.tail = table.tail, None
    parent.replace(table, wrapper)
    wrapper.append(table)
