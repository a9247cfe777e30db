"""What is known of a converted body, and what its conversion depends on: all that builds without a conversion need."""

from msgspec import Struct

from newsroom.text.glossary import Term


class Style(Struct, frozen=True):
    """What the conversion of a language depends on.

    ``glossary_url`` is the site-relative address of the glossary page,
    ``back`` the label of a footnote's way back, with ``{}`` for its number.
    """

    language: str
    typographies: dict[str, str]
    terms: tuple[Term, ...] = ()
    glossary_url: str = ""
    back: str = "{}"


class Body(Struct, frozen=True):
    """What is known of a converted body without loading its HTML.

    ``html`` is the digest its HTML is stored under, ``passages`` are the articles it links to, with
    ids in them, ``addresses`` the addresses of the site it links to, ``ids`` its own ids, ``files``
    the pictures of its folder that it shows, ``figures`` the figures. ``text_hash`` names its wording.
    """

    html: str
    words: int
    headings: tuple[tuple[int, str, str], ...] = ()
    passages: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    text_hash: str = ""

    @property
    def links(self) -> tuple[str, ...]:
        """The keys of the articles it links to."""
        return tuple(dict.fromkeys(key for key, _ in self.passages))


class Converted(Struct, frozen=True):
    """A converted body: what is known of it, and its HTML."""

    body: Body
    html: str
