"""OPML 2.0 (http://opml.org/spec2.opml): lists of feeds as readers import them."""

from lxml import etree

from newsroom.messages import Messages
from newsroom.views.opml import OpmlView, Outline
from newsroom.writers.feeds import feed_title


def write_opml(view: OpmlView, words: Messages) -> bytes:
    """Return ``view`` as XML; ``words`` are those of its language."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = feed_title(view.name, "", view.language_name)
    body = etree.SubElement(root, "body")
    for outline in view.feeds:
        _add(body, outline, view, words)
    for message, outlines in view.groups:
        group = etree.SubElement(body, "outline", text=words.gettext(message))
        for outline in outlines:
            _add(group, outline, view, words)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return data


def _add(parent: etree._Element, outline: Outline, view: OpmlView, words: Messages) -> None:
    title = feed_title(
        view.name, words.gettext(outline.message) if outline.message else outline.title, view.language_name
    )
    etree.SubElement(
        parent,
        "outline",
        type="rss",  # the type that OPML gives feeds of every format
        text=title,
        title=title,  # what some readers take in its place: “it should not be omitted”
        xmlUrl=outline.url,
        htmlUrl=outline.page,
        language=view.language,
    )
