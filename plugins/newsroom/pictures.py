"""Pictures that fit the screen they are shown on: smaller copies in modern formats, with their sizes in the page.

A picture is published without its metadata, except for what its numbers mean as
colours, and as AVIF and WebP copies at the widths of phones and columns;
``width`` and ``height`` keep the page from moving when it arrives. Copies are
made from the bytes of the picture and nothing else.
"""

import time
from pathlib import Path

import msgspec
from msgspec import Struct

from newsroom.plain_files import regular, trusted
from newsroom.problems import Invalid, Problem, Problems
from newsroom.sentences import say
from newsroom.store.digests import digest, version_of
from newsroom.store.store import Store
from newsroom.text.html_tree import Element, new_element

_WIDTHS = (480, 960, 1440)
#: The column of an article is 32rem wide and never wider than the screen.
SIZES = "(min-width: 40rem) 40rem, 100vw"
#: The formats of copies, with their media types.
_FORMATS = {"avif": "image/avif", "webp": "image/webp"}
#: Bytes of a picture: as many as hosts of repositories take in one file.
_LARGEST = 100_000_000

#: The digest of a picture, its width and its height.
_Facts = tuple[bytes, int, int]


class Picture(Struct, frozen=True):
    """A picture of the content: its place under ``media/``, its digest, its size in pixels, its copies' widths."""

    place: str
    digest: bytes
    width: int
    height: int

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of its copies; a small picture has one at its own width."""
        return tuple(width for width in _WIDTHS if width < self.width) or (self.width,)

    def copy(self, width: int, form: str) -> str:
        """Return the place of the copy of a width in a format, ``avif`` or ``webp``.

        It starts with the whole name of the picture, and no picture has a ``~`` in its name:
        copies collide neither with those of another picture nor with a picture.
        """
        return f"{self.place}~{self.digest[:5].hex()}-{width}.{form}"


def read_picture(path: Path, name: str, place: str, store: Store) -> Picture | Problem:
    """Return the picture at ``path``, or what is wrong with it; its size is kept between builds.

    A picture that is returned can be published: the functions of :mod:`newsroom.pixels` take its bytes.
    """
    state = regular(path, name, _LARGEST)
    if isinstance(state, Problem):
        return state
    sure = trusted(state, time.time_ns())
    key = digest(b"sound picture", version_of("pillow").encode(), name.encode(), msgspec.msgpack.encode(sure))
    kept = store.note(key) if sure else None
    try:
        facts = msgspec.msgpack.decode(kept, type=_Facts) if kept else _look_into(path)
    except Invalid as error:
        return Problem(name, error.line, error.key, error.message, error.remedy)
    if sure and not kept:
        store.keep_note(key, msgspec.msgpack.encode(facts))
    return Picture(place, *facts)


def _look_into(path: Path) -> _Facts:
    from newsroom.pixels import upright_size  # noqa: PLC0415 - it loads Pillow, which most builds do not need

    data = path.read_bytes()
    return digest(data), *upright_size(data, path.suffix.lower())


def read_unchanged(path: Path, name: str, picture: Picture) -> bytes:
    """Return the bytes of ``picture``, read again; raise :class:`Problems` where the file has changed since."""
    state = regular(path, name, _LARGEST)
    if isinstance(state, Problem):
        raise Problems([state])
    data = path.read_bytes()
    if digest(data) != picture.digest:
        what = say("this picture was changed during the build.")
        raise Problems([Problem(name, 0, "", what, say("Build again."))])
    return data


def picture_element(picture: Picture, alt: str, base_path: str, *, lazy: bool = True) -> Element:
    """Return the ``picture`` element (HTML, 4.8.1) of ``picture``."""
    element = new_element("picture")
    for form, media_type in _FORMATS.items():
        copies = ", ".join(f"{base_path}/{picture.copy(width, form)} {width}w" for width in picture.widths)
        element.append(new_element("source", {"type": media_type, "sizes": SIZES, "srcset": copies}))
    size = {"width": str(picture.width), "height": str(picture.height)}
    loading = {"loading": "lazy"} if lazy else {}
    place = f"{base_path}/{picture.place}"
    element.append(new_element("img", {"src": place, "alt": alt, **size, **loading}))
    return element


def forms() -> tuple[str, ...]:
    """Return the formats of copies."""
    return tuple(_FORMATS)
