"""The pixels of pictures: decoded, upright, as smaller copies, without metadata.

Apart from :mod:`newsroom.pictures`, because Pillow is loaded with it.
"""

import re
import struct
import zlib
from functools import lru_cache
from io import BytesIO
from typing import Any

from msgspec import Struct
from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from newsroom.colour_profiles import only_colours
from newsroom.problems import Invalid
from newsroom.sentences import say

#: How copies are saved, by their format.
_COPIES = {"avif": {"quality": 55, "speed": 8}, "webp": {"quality": 78, "method": 5}}
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


def upright_size(data: bytes, suffix: str) -> tuple[int, int]:
    """Return the width and the height of ``data``, a file whose name ends in ``suffix``, turned upright.

    Raises :class:`Invalid` if it cannot be published.
    """
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
    return width, height


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
def _original(data: bytes, enough: int) -> _Original:
    """Return the picture ``data`` to make copies from; that of the last one is kept, for its other copies.

    To read a picture of 60 megapixels takes longer than to make a copy. Where it has many more than
    ``enough`` pixels across, it is reduced.
    """
    with _opened(data) as opened:
        profile = only_colours(opened.info.get("icc_profile") or b"")
        image = _in_colour(_upright(opened))
    return _Original(image.reduce(max(1, image.width // enough)), image.size, profile)


def make_copy(data: bytes, width: int, form: str, widest: int) -> bytes:
    """Return the picture ``data`` at ``width`` pixels in ``form``, without its metadata (place, camera, owner).

    ``widest`` is the width of the widest copy that is made of it.
    """
    original = _original(data, 2 * widest)
    image, (whole, height) = original.image, original.size
    if width < whole:
        image = image.resize((width, max(1, round(height * width / whole))), Image.Resampling.LANCZOS)
    # A profile for ink or grey (ICC.1, 7.2.6) says nothing about the colours that the picture was converted to.
    colours = original.profile if original.profile[16:20] == b"RGB " else b""
    out = BytesIO()
    image.save(out, form.upper(), exif=b"", xmp=b"", icc_profile=colours, **_COPIES[form])
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
