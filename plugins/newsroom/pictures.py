"""Pictures that fit the screen they are shown on: smaller copies in modern formats, with their sizes in the page.

A picture is published without its metadata, except for what its numbers mean as
colours, and as AVIF and WebP copies at the widths of phones and columns;
``width`` and ``height`` keep the page from moving when it arrives. Copies are
made from the bytes of the picture and nothing else.
"""

import re
import struct
import time
import zlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import msgspec
import PIL
from lxml.html import HtmlElement
from msgspec import Struct
from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from newsroom.colour_profiles import only_colours
from newsroom.plain_files import regular, trusted
from newsroom.problems import Invalid, Problem, Problems
from newsroom.sentences import say
from newsroom.store.digests import digest
from newsroom.store.store import Store

_WIDTHS = (480, 960, 1440)
#: The column of an article is 32rem wide and never wider than the screen.
SIZES = "(min-width: 40rem) 40rem, 100vw"
_FORMATS = {"avif": ("image/avif", {"quality": 55, "speed": 8}), "webp": ("image/webp", {"quality": 78, "method": 5})}
#: How files start (ISO/IEC 10918-1, B.1.1.3; PNG 3, 5.2; RFC 9649, 2.4), and how their names end.
_SIGNATURES = {
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "WEBP": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_READERS: dict[str, type[ImageFile]] = {"JPEG": JpegImageFile, "PNG": PngImageFile, "WEBP": WebPImageFile}
_SUFFIXES = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",)}
_ORIENTATION = 0x0112
#: What turns a picture upright, by its orientation (TIFF 6.0, section 8); 1 is upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: A larger picture is a mistake, or an attack on the memory of the machine.
_MOST_PIXELS = 60_000_000
#: Bytes of a picture: as many as hosts of repositories take in one file.
_LARGEST = 100_000_000
#: What a side of a WebP can be (RFC 6386, 9.1): 14 bits.
_LONGEST_SIDE = 16_383
#: Exif in a JPEG (CIPA DC-008, 4.7.2), and how often it begins at most: one picture, and those that lie beside it.
#: Its segments are put together one by one, which takes half a minute for a thousand of them.
_EXIF = b"Exif\0\0"
_MOST_EXIF = 100
_UNFIT = (
    say("this is not a picture that can be published."),
    say("Use JPEG, PNG or WebP, of 60 megapixels and 16,383 pixels a side at most."),
)
#: What Pillow raises on damaged files. It makes no promise: its decoders check some of what they read, and fail on
#: the rest as programs do that trusted a number.
_DAMAGE = (
    *(OSError, SyntaxError, EOFError, struct.error, zlib.error),
    *(ValueError, TypeError, LookupError, ArithmeticError),
)

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

    A picture that is returned can be published: :func:`make_copy` and :func:`without_metadata` take its bytes.
    """
    state = regular(path, name, _LARGEST)
    if isinstance(state, Problem):
        return state
    sure = trusted(state, time.time_ns())
    key = digest(b"sound picture", PIL.__version__.encode(), name.encode(), msgspec.msgpack.encode(sure))
    kept = store.note(key) if sure else None
    try:
        facts = msgspec.msgpack.decode(kept, type=_Facts) if kept else _probe(path.read_bytes(), path.suffix.lower())
    except Invalid as error:
        return Problem(name, error.line, error.key, error.message, error.remedy)
    if sure and not kept:
        store.keep_note(key, msgspec.msgpack.encode(facts))
    return Picture(place, *facts)


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


def _probe(data: bytes, suffix: str) -> _Facts:
    """Return the digest and the upright size of ``data``; raise :class:`Invalid` if it cannot be published."""
    form = next((form for form, signature in _SIGNATURES.items() if signature.match(data)), "")
    if not form:
        raise Invalid(0, *_UNFIT)
    if suffix not in _SUFFIXES[form]:
        remedy = say("Give it a name that ends in {ending}, or save it in the other format.", ending=_SUFFIXES[form][0])
        raise Invalid(0, say("this picture is {form}, and its name says otherwise.", form=form), remedy)
    if data.count(_EXIF) > _MOST_EXIF:
        raise _damaged()
    try:
        with _opened(data) as image:
            if image.width * image.height > _MOST_PIXELS or max(image.size) > _LONGEST_SIDE:
                raise Invalid(0, *_UNFIT)
            image.verify()
        with _opened(data) as image:
            # Decoded completely, as for the copies: damage must show now.
            width, height = _upright(image).size
    except Image.DecompressionBombError as error:
        raise Invalid(0, *_UNFIT) from error
    except _DAMAGE as error:
        raise _damaged() from error
    return digest(data), width, height


def _damaged() -> Invalid:
    return Invalid(0, say("this picture is damaged."), say("Open it with a picture editor and save it again."))


def _opened(data: bytes) -> ImageFile:
    """Open ``data``, which starts like one of the formats.

    A JPEG is opened as one even where other pictures follow (MPO, from phones): the first is the picture.
    """
    form = next(form for form, signature in _SIGNATURES.items() if signature.match(data))
    return _READERS[form](BytesIO(data))


def _upright(image: ImageFile) -> Image.Image:
    """Return ``image`` decoded and turned as its metadata says; the same image where it is upright already."""
    image.load()
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    return image if turn is None else image.transpose(turn)


class _Original(Struct, frozen=True):
    """A picture to make copies from: upright, in colour, perhaps reduced; its whole size and its colour profile."""

    image: Image.Image
    size: tuple[int, int]
    profile: bytes


@lru_cache(maxsize=1)
def _original(data: bytes) -> _Original:
    """Return the picture ``data`` to make copies from; that of the last one is kept, for its other copies.

    To read a picture of 60 megapixels takes longer than to make a copy. More than twice as wide as the
    widest copy it need not be.
    """
    with _opened(data) as opened:
        profile = only_colours(opened.info.get("icc_profile") or b"")
        image = _in_colour(_upright(opened))
    return _Original(image.reduce(max(1, image.width // (2 * _WIDTHS[-1]))), image.size, profile)


def make_copy(data: bytes, width: int, form: str) -> bytes:
    """Return the picture ``data`` at ``width`` pixels in ``form``, without its metadata (place, camera, owner)."""
    original = _original(data)
    image, (whole, height) = original.image, original.size
    if width < whole:
        image = image.resize((width, max(1, round(height * width / whole))), Image.Resampling.LANCZOS)
    # A profile for ink or grey (ICC.1, 7.2.6) says nothing about the colours that the picture was converted to.
    colours = original.profile if original.profile[16:20] == b"RGB " else b""
    out = BytesIO()
    image.save(out, form.upper(), exif=b"", xmp=b"", icc_profile=colours, **_FORMATS[form][1])
    return out.getvalue()


def _in_colour(image: Image.Image) -> Image.Image:
    """Return ``image`` in 8 bits of red, green and blue, and of transparency where it has any."""
    if image.mode == "I;16":  # Pillow would cut what is over 255, not scale it
        image = image.convert("I").point([value >> 8 for value in range(65_536)], "L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def without_metadata(data: bytes) -> bytes:
    """Return the picture ``data`` without place, camera, owner and comments, its pixels upright.

    The pixels are otherwise unchanged; the colour profile keeps only what describes colours.
    """
    with _opened(data) as opened:
        image = _upright(opened)
        options: dict[str, dict[str, Any]] = {
            "JPEG": {"quality": "keep" if image is opened else 92, "comment": b""},
            "PNG": {"compress_level": 3},  # from 4 on, photographs are larger and take four times as long
            "WEBP": {"quality": 92, "method": 2},  # as small as by slower ones, in half their time
        }
        form, profile = str(opened.format), only_colours(opened.info.get("icc_profile") or b"")
        out = BytesIO()
        image.save(out, form, exif=b"", xmp=b"", icc_profile=profile, **options[form])
    return out.getvalue()


def picture_element(picture: Picture, alt: str, base_path: str, *, lazy: bool = True) -> HtmlElement:
    """Return the ``picture`` element (HTML, 4.8.1) of ``picture``."""
    element = lxml.html.Element("picture")
    for form, (media_type, _) in _FORMATS.items():
        copies = ", ".join(f"{base_path}/{picture.copy(width, form)} {width}w" for width in picture.widths)
        element.append(lxml.html.Element("source", {"type": media_type, "sizes": SIZES, "srcset": copies}))
    size = {"width": str(picture.width), "height": str(picture.height)}
    loading = {"loading": "lazy"} if lazy else {}
    place = f"{base_path}/{picture.place}"
    element.append(lxml.html.Element("img", {"src": place, "alt": alt, **size, **loading}))
    return element


def forms() -> tuple[str, ...]:
    """Return the formats of copies."""
    return tuple(_FORMATS)
