"""From the Markdown of one body to the HTML a page may hold.

Markdown → tree → figures, typography, ordinals, glossary, tables → sanitised HTML. The result
depends on the text and the language's typography and terms alone, so it is kept by content. Links
to other articles (``article:<key>``) depend on other files, and stay as written until the body is
published (:mod:`newsroom.text.finishing`).
"""

import re
from collections.abc import Iterator
from hashlib import blake2b

from newsroom.problems import Invalid
from newsroom.sentences import Sentence, say
from newsroom.text.blocks import attribute_quotation, caption_picture, let_scroll
from newsroom.text.bodies import Body, Converted, Style
from newsroom.text.faults import Faults, as_written, at
from newsroom.text.finishing import write
from newsroom.text.glossary import Finder
from newsroom.text.headings import name_headings
from newsroom.text.html_tree import IDS, TEXT, Element, new_element, text_of
from newsroom.text.links import read_links
from newsroom.text.parsing import Parser
from newsroom.text.picture_names import FIGURE, figure_name, picture_name
from newsroom.text.running_text import Find, Holder, Search, set_runs
from newsroom.text.sanitise import FOREIGN, STORED
from newsroom.text.typography import NUMBER, RAISED
from newsroom.text.wording import fingerprint

#: What a picture of the folder can take the place of.
_PICTURES = ("img", "source")
_NO_TERMS = frozenset(("a", "abbr", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "sup"))
_WORDS = re.compile(r"\w++(?:[’'-]\w++)*+")


class Converter:
    """Converts the bodies of one language; one Markdown instance serves them all."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._finder = Finder(style.terms)
        self._parser = Parser(style.back)

    def convert(self, text: str, media: str) -> Converted:
        """Convert Markdown ``text``; pictures of its folder are served under ``media``.

        Raises :class:`Invalid`, which tells all that is wrong, with lines counted from the first one of ``text``.
        """
        converted, fault = self.read(text, media)
        if fault:
            raise fault
        return converted

    def read(self, text: str, media: str) -> tuple[Converted, Invalid | None]:
        """Convert Markdown ``text``, and return what is wrong with it beside what is known of it.

        Of a text that cannot be published that is what it refers to. Raises :class:`Invalid` for one that
        cannot be read at all.
        """
        faults = Faults(text)
        root = self._parser.parse(faults)
        figures = _stand_alone(root, faults)
        files = _check_pictures(root, faults)
        for picture in list(root.iter("img")):
            picture.set("src", f"{media}/{picture.get('src')}")
            caption_picture(picture)
        for quotation in list(root.iter("blockquote")):
            attribute_quotation(quotation)
        name_headings(root)
        ids = tuple(IDS(root))
        links = read_links(root, faults, "/".join(media.split("/")[-2:]), frozenset(ids))
        parts = (links.articles, links.addresses, ids, files, figures)
        fault = faults.told()
        if fault:
            return Converted(Body("", 0, (), *parts), ""), fault
        self._set(root)
        headings = tuple(
            (int(str(node.tag)[1]), node.get("id", ""), " ".join(text_of(node).split()))
            for node in root.iter("h2", "h3")
        )
        words = _count_words(TEXT(root))
        html = write(root, STORED).strip()
        digest = blake2b(html.encode(), digest_size=16).hexdigest()
        return Converted(Body(digest, words, headings, *parts, fingerprint(text)), html), None

    def _set(self, root: Element) -> None:
        """Set the text: typography, raised ordinals, glossary; and the tables."""
        style = self.style
        seen: set[str] = set()

        def search(code: str) -> Search:
            pattern = RAISED.get(style.typographies[code])
            ordinals = re.compile(pattern) if pattern else None

            def found(text: str, holder: Holder) -> Iterator[Find]:
                if ordinals:
                    yield from _ordinals(ordinals, text, holder)
                if code == style.language:
                    yield from self._terms_in(text, holder, seen)

            return found

        set_runs(root, style.language, style.typographies, {code: search(code) for code in style.typographies})
        for cell in root.iter("td", "th"):
            align = str(cell.attrib.pop("align", ""))
            if align:
                cell.set("class", {"right": "end", "center": "centre"}.get(align, "start"))
        for table in list(root.iter("table")):
            let_scroll(table)

    def _terms_in(self, text: str, holder: Holder, seen: set[str]) -> Iterator[Find]:
        """Yield the first place where each term of the glossary may be explained."""
        for found in self._finder.find(text):
            parent = holder(found.start, found.end) if found.term.key not in seen else None
            if parent is None or not _NO_TERMS.isdisjoint(_tags_around(parent)):
                continue
            seen.add(found.term.key)
            link = new_element("a", {"class": "term", "href": f"{self.style.glossary_url}#{found.term.permanent}"})
            abbr = new_element("abbr", {"title": found.term.expansion})
            link.append(abbr)
            yield Find(found.start, found.end, link, abbr)


def _count_words(text: str) -> int:
    """Return how many words ``text`` has; those with a hyphen or an apostrophe within are one."""
    parts = text.split()
    others = [part for part in parts if not part.isalnum()]
    return len(parts) - len(others) + len(_WORDS.findall(" ".join(others)))


def _ordinals(pattern: re.Pattern[str], text: str, holder: Holder) -> Iterator[Find]:
    """Yield the letters of ordinals that are to be raised."""
    for number in NUMBER.finditer(text):
        found = pattern.match(text, number.start())
        parent = holder(found.start(2), found.end()) if found else None
        if found and parent is not None and "sup" not in _tags_around(parent):
            raised = new_element("sup")
            yield Find(found.start(2), found.end(), raised, raised)


def _tags_around(node: Element) -> Iterator[str]:
    yield node.tag
    yield from (above.tag for above in node.iterancestors())


def _stand_alone(root: Element, faults: Faults) -> tuple[str, ...]:
    """Take the figures out of their paragraphs; return the files of the folder that hold their data."""
    found: list[str] = []
    for node in [node for node in root.iter("img") if (node.get("src") or "").strip().endswith(FIGURE)]:
        name, paragraph = node.get("src", "").strip(), node.getparent()
        place = faults.place_of(as_written(name))
        assert paragraph is not None
        alone = paragraph.tag == "p" and paragraph.getparent() is root
        try:
            node.set("src", figure_name(name, place.line))
        except Invalid as fault:
            fault.column = place.column
            faults.add(fault)
            continue
        if not alone or len(paragraph) > 1 or text_of(paragraph).strip():
            what = say("a figure stands in a paragraph of its own.")
            faults.add(at(place, what, say("Put empty lines around it.")))
            continue
        if name in found:
            faults.add(at(place, say("this figure is shown twice."), say("Keep one of the two.")))
        root.replace(paragraph, node)
        node.tail = "\n"
        found.append(name)
    return tuple(found)


def _from_elsewhere(tag: str, source: str) -> tuple[Sentence, Sentence]:
    """Return what is wrong with an element that another host fills, and what to write."""
    what = say("<{tag}> shows “{address}” from elsewhere.", tag=tag, address=source[:80])
    if tag in _PICTURES:
        return what, say("Put a picture in the folder of the article.")
    if source.startswith(("https://", "http://")):
        return what, say("Write a link to it: [what it shows]({address}).", address=source)
    return say("<{tag}> is not published.", tag=tag), say("Put it on a site that shows it, and write a link to there.")


def _check_pictures(root: Element, faults: Faults) -> tuple[str, ...]:
    """Return the files of the folder that are shown; refuse what other hosts serve."""
    files: list[str] = []
    for node in root.iter(*FOREIGN):
        source = (node.get("src") or node.get("data") or node.get("srcset") or "").strip()
        if not source if node.tag != "img" else source.endswith(FIGURE):  # what a figure shows is said in its file
            continue
        place = faults.place_of(as_written(source) if source else r"!\[|<(?i:ima?ge?)\b")
        if source.startswith("//") or ":" in source or node.tag != "img":
            faults.add(at(place, *_from_elsewhere(str(node.tag), source)))
            continue
        try:
            name = picture_name(source, place.line)
        except Invalid as fault:
            fault.column = place.column
            faults.add(fault)
            continue
        if (node.get("alt") or "").strip():
            files.append(name)
            continue
        what = say("the picture “{file}” has no text.", file=source)
        faults.add(at(place, what, say("Say what it shows: ![…]({file}).", file=source)))
    return tuple(dict.fromkeys(files))
