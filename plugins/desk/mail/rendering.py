"""Reading the content and rendering letters, for the commands that send them.

The build writes no mail: a mail goes to certain readers, a site is for everybody.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.utils import parseaddr
from functools import partial
from typing import Any

from markupsafe import Markup

from desk.project import begun, read_project
from newsroom.build.rendering import Templates, render_html
from newsroom.content.catalogue import Catalogue
from newsroom.mail.document import Content, check_size, disarm, inline_styles
from newsroom.mail.letter import Letter, LetterPart, for_engine, letter_of
from newsroom.mail.text_part import PartFragments, text_with, texts_of
from newsroom.pictures import Picture
from newsroom.problems import Problem, Problems, nearest
from newsroom.sentences import say
from newsroom.session import Session
from newsroom.text.finishing import FragmentContext, place, publish_elsewhere, write
from newsroom.text.html_tree import Element, attributes_of, new_element, read_fragment
from newsroom.text.sanitise import FINISHED
from newsroom.views.chrome import chrome
from newsroom.views.items import Item
from templating import environment_of

#: The column of a mail, without its margins.
_COLUMN = 560


class Studio:
    """The content, read, and the templates of mails."""

    def __init__(self, session: Session, catalogue: Catalogue, options: dict[str, Any]) -> None:
        self.session, self.catalogue, self.settings = session, catalogue, session.settings
        self._sites = {code: chrome(catalogue, code, session.assets) for code in self.settings.codes}
        templates = Templates(environment_of(session, options))
        self._templates = {code: templates.of(site) for code, site in self._sites.items()}

    @property
    def sender(self) -> str:
        """The address letters come from."""
        return parseaddr(self.settings.mail.sender)[1]

    def languages(self, asked: str) -> tuple[str, ...]:
        """Return the languages that ``asked`` names (``fr``, ``en,fr``), each once, or all of them where it names none.

        Raises :class:`Problems` for what is not a language of the site.
        """
        codes = tuple(dict.fromkeys(asked.replace(",", " ").split())) or self.settings.codes
        unknown = [code for code in codes if code not in self.settings.codes]
        if unknown:
            message = [say("“{code}” is not a language of this site.", code=code) for code in unknown]
            remedies = [nearest(code, self.settings.codes) for code in unknown]
            raise Problems(Problem("IN", 0, "", *what) for what in zip(message, remedies, strict=True))
        return codes

    def letter(self, key: str, languages: Sequence[str], *, test: bool = False) -> Letter:
        """Return the letter of an edition; raise :class:`Problems` where it cannot be sent."""
        return letter_of(self.catalogue, self.session.library, key, languages, test=test)

    def composer(self, letter: Letter, engine: str) -> Callable[[str], Content]:
        """Return what makes of ``letter`` a mail for ``engine`` with the address by which its reader leaves.

        Raises :class:`Problems` where the mail is too long.
        """
        said = for_engine(letter, engine)
        bodies = {part.language: self._body(part, partial(disarm, engine=engine)) for part in said.parts}
        fragments = PartFragments(lambda part: bodies[part.language], self._facts)
        texts = texts_of(said, self._sites, self.session.messages, fragments)

        def compose(way_out: str) -> Content:
            parts = [Markup(self._part(said, part, bodies, way_out)) for part in said.parts]  # noqa: S704 - escaped
            html = render_html(self._templates[said.parts[0].language], "email/edition.html", letter=said, parts=parts)
            return Content(said.subject, inline_styles(html), text_with(texts, way_out))

        check_size(compose(self.settings.mail.unsubscribe.get(engine, "")))
        return compose

    def _part(self, letter: Letter, part: LetterPart, bodies: Mapping[str, str], way_out: str) -> str:
        later = letter.parts[letter.parts.index(part) + 1 :]
        return render_html(
            self._templates[part.language],
            "email/part.html",
            part=part,
            others=[self._sites[other.language] for other in later],
            body=Markup(bodies[part.language]),  # noqa: S704 - sanitised last of all
            unsubscribe=way_out,
        )

    def _facts(self, part: LetterPart, item: Item) -> str:
        """Return what is known of an article, as HTML in the language of ``part``."""
        return render_html(self._templates[part.language], "email/facts.html", item=item)

    def _body(self, part: LetterPart, finish: Callable[[Element], None]) -> str:
        """Return the HTML of the editorial: addresses absolute, figures as tables, pictures within the column."""
        body, base_path = part.item.body, self.settings.base_path
        assert body
        pictures = {self.catalogue.addresses.absolute(f"{base_path}/{shown.place}"): shown for shown in body.pictures}

        def illustrate(image: Element) -> Element | None:
            found = pictures.get(image.get("src", ""))
            return _picture(image, found) if found else None

        fragment = render_html(
            self._templates[part.language],
            "email/body.html",
            item=part.item,
            html=lambda body, draw: Markup(self.session.fragments.plain_html(body, draw)),  # noqa: S704 - sanitised last of all
        )
        whole = publish_elsewhere(fragment, part.item.url)
        root = read_fragment(place(whole, FragmentContext(illustrate=illustrate)))
        finish(root)
        return write(root, FINISHED)


def _picture(image: Element, picture: Picture) -> Element:
    """Return ``image`` with the width that Outlook needs, which ignores style sheets."""
    made = new_element("img", attributes_of(image))
    made.set("width", str(min(picture.width, _COLUMN)))
    return made


@contextmanager
def studio(configuration: str = "publishconf.py") -> Iterator[Studio]:
    """Read the project in the current folder, with the addresses of the published site.

    Ends the command where a setting is wrong; raises :class:`Problems` where the content cannot be read.
    """
    settings, templates = read_project(configuration)
    with begun(settings) as (session, catalogue):
        session.end()
        yield Studio(session, catalogue, templates)
