"""The HTML of bodies and pictures: from what is kept of them to what stands in a page, a feed or a mail."""

from collections.abc import Callable

from newsroom.content.content_reader import ContentReader
from newsroom.content.kinds import KINDS
from newsroom.content.models import Text
from newsroom.pictures import Picture, picture_element
from newsroom.settings import Settings
from newsroom.text.finishing import FragmentContext, Illustrate, place, publish, write
from newsroom.text.html_tree import Element, new_element, read_fragment
from newsroom.text.sanitise import FINISHED
from newsroom.views.common import Html
from newsroom.views.figures import FigureView

#: Makes the HTML of a figure.
Draw = Callable[[FigureView], str]


class Fragments:
    """Makes the HTML of what ``reader`` has read; raises :class:`Problems` for a file that has gone."""

    def __init__(self, reader: ContentReader, settings: Settings) -> None:
        self._reader, self._settings = reader, settings

    def page_html(self, body: Html, draw: Draw | None = None) -> str:
        """Return the HTML of a body for a page: addresses resolved, pictures in the sizes of screens, anchors.

        ``draw`` makes the HTML of a figure; without it, its title stands in its place.
        """
        base_path = self._settings.base_path
        pictures = {f"{base_path}/{picture.place}": picture for picture in body.pictures}
        figures = self._drawn(body, draw)

        def illustrate(image: Element) -> Element | None:
            found = pictures.get(image.get("src", ""))
            return picture_element(found, image.get("alt", ""), base_path) if found else figures(image)

        return publish(
            self.stored_html(body), FragmentContext(body.links, base_path, illustrate=illustrate, anchors=True)
        )

    def plain_html(self, body: Html, draw: Draw | None = None) -> str:
        """Return the HTML of a body, its addresses resolved, for what is still to be published: a feed, a mail."""
        context = FragmentContext(body.links, self._settings.base_path, illustrate=self._drawn(body, draw))
        return place(self.stored_html(body), context)

    def _drawn(self, body: Html, draw: Draw | None) -> Illustrate:
        """Return the function that replaces the ``img`` of a figure by what ``draw`` makes of it."""
        figures = {f"{self._settings.base_path}/{figure.name}": figure for figure in body.figures}

        def illustrate(image: Element) -> Element | None:
            found = figures.get(image.get("src", ""))
            if not found or draw:
                return read_fragment(draw(found))[0] if found and draw else None
            title = new_element("p")
            title.text = found.title
            return title

        return illustrate

    def picture_html(self, picture: Picture, alt: str) -> str:
        """Return the HTML of a picture outside a body, which is loaded at once."""
        root = new_element("div")
        root.append(picture_element(picture, alt, self._settings.base_path, lazy=False))
        return write(root, FINISHED)

    def text_html(self, text: Text) -> str:
        """Return the HTML of the body of a text as it is kept."""
        return self.stored_html(Html(text.file, text.language, text.body.html, {}))

    def stored_html(self, body: Html) -> str:
        """Return the HTML of a body as it is kept: addresses as their author wrote them."""
        folder = body.file.split("/")[1]
        kind = next(kind for kind in KINDS if kind.folder == folder)
        path = self._settings.content.parent / body.file
        return self._reader.html(body.file, path, kind, body.language, body.digest)
