"""Pictures that fit the screen they are shown on: smaller copies in modern formats, sizes told beforehand.

A picture is published without its metadata, and as AVIF and WebP copies at the widths of
phones and columns; ``width`` and ``height`` keep the page from moving when it
arrives. Copies are made from the bytes of the picture and nothing else.
"""

import time
from collections.abc import Iterable
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import msgspec
from lxml import etree
from msgspec import Struct
from PIL import Image, ImageOps, UnidentifiedImageError

from newsroom.bundles import regular
from newsroom.library import trusted
from newsroom.problems import Problem
from newsroom.store import Store, digest

_WIDTHS = (480, 960, 1440)
#: The column of an article is 32rem wide and never wider than the screen.
SIZES = "(min-width: 40rem) 40rem, 100vw"
_FORMATS = {"avif": ("image/avif", {"quality": 55, "speed": 6}), "webp": ("image/webp", {"quality": 78, "method": 5})}
_ORIENTATION = 0x0112
#: A larger picture is a mistake, or an attack on the memory of the machine.
_MOST_PIXELS = 60_000_000


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
        """Return the place of the copy of a width in a format, ``avif`` or ``webp``."""
        return f"{self.place.rpartition('.')[0]}.{self.digest[:5].hex()}-{width}.{form}"


def read_picture(path: Path, name: str, place: str, store: Store) -> Picture | Problem:
    """Return the picture at ``path``, or the problem that it is none; its size is kept between builds."""
    state = regular(path, name)
    if isinstance(state, Problem):
        return state
    sure = trusted(state, time.time_ns())
    key = digest(b"picture", name.encode(), msgspec.msgpack.encode(sure))
    kept = store.note(key) if sure else None
    facts = msgspec.msgpack.decode(kept, type=tuple[bytes, int, int]) if kept else _probe(path.read_bytes())
    if facts is None:
        return Problem(
            name, 0, "", "this is not a picture that can be published.", "Use JPEG, PNG or WebP below 60 megapixels."
        )
    if sure and not kept:
        store.keep_note(key, msgspec.msgpack.encode(facts))
    return Picture(place, *facts)


def _probe(data: bytes) -> tuple[bytes, int, int] | None:
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            image.verify()
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            width, height = ImageOps.exif_transpose(image).size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return digest(data), width, height


def make_copy(data: bytes, width: int, form: str) -> bytes:
    """Return the picture ``data`` at ``width`` pixels in ``form``, without its metadata (place, camera, owner)."""
    with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGBA" if "A" in opened.getbands() else "RGB")
    if width < image.width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.save(out, form.upper(), **_FORMATS[form][1])
    return out.getvalue()


def without_metadata(data: bytes) -> bytes:
    """Return the picture ``data`` without place, camera and owner, its pixels upright and otherwise as they were."""
    with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
        upright = ImageOps.exif_transpose(opened)
        turned = opened.getexif().get(_ORIENTATION, 1) != 1
        options: dict[str, dict[str, Any]] = {
            "JPEG": {"quality": 92 if turned else "keep"},
            "PNG": {"optimize": True},
            "WEBP": {"quality": 92},
        }
        out = BytesIO()
        image = upright if turned else opened
        profile = opened.info.get("icc_profile")
        image.save(out, opened.format, exif=b"", icc_profile=profile, **options[str(opened.format)])
    return out.getvalue()


def picture_html(picture: Picture, alt: str, base_path: str, *, lazy: bool = True) -> str:
    """Return the ``picture`` element (HTML, 4.8.1) of ``picture``."""
    sources = "".join(
        f'<source type="{media_type}" sizes="{SIZES}" srcset="'
        + ", ".join(f"{base_path}/{picture.copy(width, form)} {width}w" for width in picture.widths)
        + '">'
        for form, (media_type, _) in _FORMATS.items()
    )
    loading = ' loading="lazy"' if lazy else ""
    return (
        f'<picture>{sources}<img src="{base_path}/{picture.place}" alt="{escape(alt)}" '
        f'width="{picture.width}" height="{picture.height}"{loading}></picture>'
    )


def place_pictures(html: str, pictures: Iterable[Picture], base_path: str) -> str:
    """Return the HTML of a body with its ``img`` elements made into ``picture`` elements."""
    by_source = {f"{base_path}/{picture.place}": picture for picture in pictures}
    if not by_source:
        return html
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    placed: dict[str, str] = {}
    for image in list(root.iter("img")):
        found = by_source.get(image.get("src", ""))
        if found:
            # Sanitised bodies hold no comments, so one can keep the place: lxml knows no void ``source``.
            mark = etree.Comment(str(len(placed)))
            mark.tail = image.tail
            image.getparent().replace(image, mark)
            placed[f"<!--{len(placed)}-->"] = picture_html(found, image.get("alt", ""), base_path)
    whole = str(lxml.html.tostring(root, encoding="unicode")).removeprefix("<div>").removesuffix("</div>")
    for comment, element in placed.items():
        whole = whole.replace(comment, element)
    return whole


def forms() -> tuple[str, ...]:
    """Return the formats of copies."""
    return tuple(_FORMATS)
