"""A picture is published with nothing but what it shows, in sizes that fit; one that cannot be is told of."""

import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from itertools import product
from pathlib import Path
from random import Random

import pytest
from conftest import Build, report_of
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin
from properties import examples
from site_builder import ROOT, Site, change, files_of, set_value, settle

from newsroom import pixels
from newsroom.colour_profiles import only_colours
from newsroom.content.fields import Context, file_name
from newsroom.content.frontmatter import Value
from newsroom.pictures import Picture, forms, read_picture, read_unchanged
from newsroom.pixels import make_copy, without_metadata
from newsroom.problems import Invalid, Problem, Problems
from newsroom.store.store import Store
from newsroom.text.bodies import Style
from newsroom.text.body import Converter
from newsroom.views.share_cards import Palette, ShareCard
from newsroom.writers.font import Face
from newsroom.writers.share_card import HEIGHT, WIDTH, draw_card


def profile_with(tags: dict[bytes, bytes], profile: bytes) -> bytes:
    """Return ``profile`` with ``tags`` after its own, its header telling its maker, and more behind its end."""
    (count,) = struct.unpack_from(">I", profile, 128)
    moved = 12 * len(tags)
    table = b"".join(
        struct.pack(">4sII", name, offset + moved, size)
        for name, offset, size in struct.iter_unpack(">4sII", profile[132 : 132 + 12 * count])
    )
    data, places = profile[132 + 12 * count :], []
    for name, value in tags.items():
        places.append(struct.pack(">4sII", name, 132 + 12 * count + moved + len(data), len(value)))
        data += value + bytes(-len(value) % 4)
    whole = struct.pack(">I", count + len(tags)) + table + b"".join(places) + data
    header = struct.pack(">I", 128 + len(whole)) + profile[4:48] + b"MAKRMODL" + profile[56:84] + b"SERIAL-OF-DEVICE"
    return header.ljust(128, b"\0") + whole + b"behind-the-profile"


PLAIN_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
SRGB = profile_with({b"dmnd": b"desc----Maker-of-profiles", b"priv": b"text----Owner-of-screen"}, PLAIN_SRGB)
#: A profile that says its colours are inks.
INKS = SRGB[:16] + b"CMYK" + SRGB[20:]
PROFILE_MARKS = (b"MAKR", b"MODL", b"SERIAL", b"Maker-of-profiles", b"Owner-of-screen", b"behind-the-profile", b"lcms")
MARKS = (b"Maker-of-cameras", b"Owner-of-it", b"comment-of-hers", b"packet-of-xmp", b"caption-of-iptc", b"notes-of-png")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">packet-of-xmp</x:xmpmeta>'
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
#: The article of the small site that shows pictures.
KEY = "ticket-rumour"
UNFIT = "this is not a picture that can be published."
DAMAGED = "this picture is damaged."


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    """Return ``image`` as a file of ``form``."""
    out = BytesIO()
    image.save(out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """Return the picture of a file, decoded whole."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def plain(size: tuple[int, int] = (60, 40), colour: object = (200, 30, 30), mode: str = "RGB") -> Image.Image:
    return Image.new(mode, size, colour)  # type: ignore[arg-type]


def noise(size: tuple[int, int]) -> Image.Image:
    """Return a picture that no format makes small, the same every time."""
    return Image.frombytes("RGB", size, Random(1).randbytes(3 * size[0] * size[1]))


def two_pictures(size: tuple[int, int] = (600, 400), **options: object) -> bytes:
    """Return a JPEG as many phones write it: the picture, and another behind it (MPO)."""
    return encoded(plain(size), "MPO", save_all=True, append_images=[plain(size, (0, 0, 255))], **options)


def exif(orientation: int = 1) -> Image.Exif:
    """Return what a phone writes: how it was held, what it is, whose it is, where it was."""
    told = Image.Exif()
    told[0x0112], told[0x010F], told[0xA430] = orientation, "Maker-of-cameras", "Owner-of-it"
    told.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.25), 3: "E", 4: (2.0, 17.0, 40.5)})
    told.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0comment-of-hers"
    return told


def png_notes() -> PngImagePlugin.PngInfo:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "notes-of-png")
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return notes


def with_caption(jpeg: bytes) -> bytes:
    """Return ``jpeg`` with a caption as agencies write it (IPTC IIM, in the resources of Photoshop)."""
    told = b"\x1c\x02\x78" + struct.pack(">H", 15) + b"caption-of-iptc"
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(told)) + told
    segment = b"Photoshop 3.0\0" + block
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def talkative() -> dict[str, bytes]:
    """Return a picture of each format that says all it can of its maker, by file name."""
    image = plain()
    said = {"exif": exif(), "xmp": XMP, "icc_profile": SRGB}
    return {
        "a.jpg": with_caption(encoded(image, "JPEG", comment=b"comment-of-hers", **said)),
        "held.jpg": encoded(image, "JPEG", comment=b"comment-of-hers", **{**said, "exif": exif(6)}),
        "two.jpeg": two_pictures(exif=exif(), comment=b"comment-of-hers", icc_profile=SRGB, xmp=XMP),
        "a.png": encoded(image, "PNG", exif=exif(), icc_profile=SRGB, pnginfo=png_notes()),
        "a.webp": encoded(image, "WEBP", **said),
    }


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "cache")) as store:
        yield store


Read = Callable[[str, bytes], Picture | Problem]


@pytest.fixture
def read(tmp_path: Path, store: Store) -> Read:
    """Return the function that reads a picture from its name and its bytes."""

    def read(name: str, data: bytes) -> Picture | Problem:
        path = tmp_path / name
        path.write_bytes(data)
        return read_picture(path, f"content/{name}", f"media/{name}", store)

    return read


def show(site: Site, name: str, data: bytes) -> None:
    """Show another picture in the body of an article, in both languages."""
    (site.content / "articles" / KEY / name).write_bytes(data)
    for language in ("fr", "en"):
        change(site.article(KEY, language), "(seat.png)", f"({name})")


# --- what phones and scanners write -------------------------------------------------------


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


def test_a_jpeg_of_several_pictures_is_published_as_its_first(site: Site, build: Build) -> None:
    show(site, "two.jpg", two_pictures())
    set_value(site.article(KEY, "fr"), "image", {"file": "Lead.JPG", "credit": "Zéphyr"})
    (site.content / "articles" / KEY / "Lead.JPG").write_bytes(two_pictures(exif=exif(6)))
    output = build(site).output
    shown, lead = (
        opened((output / "media" / "articles" / KEY / name).read_bytes()) for name in ("two.jpg", "Lead.JPG")
    )
    assert (shown.format, shown.size) == ("JPEG", (600, 400))
    assert (lead.format, lead.size) == ("JPEG", (400, 600))
    red, _, blue = shown.getpixel((300, 200))  # type: ignore[misc]
    assert red > 2 * blue, "another picture than the first"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_published_upright(read: Read, orientation: int, form: str) -> None:
    drawn = plain((64, 48), (0, 0, 0))
    drawn.paste((255, 255, 255), (0, 0, 32, 24))
    back = {1: [], 2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}[orientation]
    held = drawn
    for turn in back:
        held = held.transpose(Image.Transpose(turn))
    data = encoded(held, form, exif=exif(orientation))
    found = read(f"a.{ENDINGS[form]}", data)
    assert isinstance(found, Picture)
    assert (found.width, found.height) == drawn.size
    for published in (without_metadata(data), *(make_copy(data, found.width, copy, found.width) for copy in forms())):
        image = opened(published).convert("L")
        corners = [image.getpixel(place) > 128 for place in ((4, 4), (59, 4), (4, 43), (59, 43))]  # type: ignore[operator]
        assert (image.size, corners) == (drawn.size, [True, False, False, False])


MODES = (
    *(("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
    *(("JPEG", mode) for mode in ("L", "RGB", "CMYK")),
    *(("WEBP", mode) for mode in ("RGB", "RGBA")),
)
SIZES = ((1, 1), (2000, 1), (1, 2000), (16_383, 1), (1, 16_383), (481, 3))


@pytest.mark.parametrize(("form", "mode"), MODES)
def test_a_picture_of_any_kind_and_shape_has_its_copies(read: Read, form: str, mode: str) -> None:
    for size in SIZES:
        data = encoded(Image.new(mode, size), form)
        found = read(f"a.{ENDINGS[form]}", data)
        assert isinstance(found, Picture), found
        assert opened(without_metadata(data)).size == size
        for width, copy in product(found.widths, forms()):
            image = opened(make_copy(data, width, copy, width))
            assert image.size == (width, max(1, round(size[1] * width / size[0])))


def test_a_grey_of_sixteen_bits_stays_that_grey() -> None:
    data = encoded(Image.new("I;16", (8, 8), 30_000), "PNG")
    for form in forms():
        grey = opened(make_copy(data, 8, form, 8)).convert("L").getpixel((4, 4))
        assert abs(grey - 117) < 3, form  # type: ignore[operator]


def test_what_is_transparent_stays_so_with_a_palette_too() -> None:
    image = plain((8, 8)).quantize(2)
    for data in (encoded(image, "PNG", transparency=b"\0\0"), encoded(plain((8, 8), (0, 0, 0, 0), "RGBA"), "PNG")):
        for form in forms():
            assert opened(make_copy(data, 8, form, 8)).getchannel("A").getextrema() == (0, 0), form


def test_a_picture_is_read_once_for_all_its_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading one of 60 megapixels takes longer than making a copy; and no copy is that of another picture."""
    turned, upright = [], pixels._upright
    monkeypatch.setattr(pixels, "_upright", lambda image: turned.append(image.size) or upright(image))
    wide, tall = (encoded(noise(size), "JPEG") for size in ((5800, 500), (500, 700)))
    copies = {(data, form): make_copy(data, 480, form, 480) for data in (wide, tall) for form in forms()}
    assert turned == [(5800, 500), (500, 700)]
    assert {opened(copies[wide, form]).size for form in forms()} == {(480, 41)}
    assert {opened(copies[tall, form]).size for form in forms()} == {(480, 672)}
    assert {data: make_copy(data, 480, "webp", 480) for data in (wide, tall)} == {
        data: copies[data, "webp"] for data in (wide, tall)
    }


def test_a_moving_picture_is_published_still() -> None:
    frames = [plain((8, 8), (0, 0, 255)), plain((8, 8), (0, 255, 0))]
    for form in ("PNG", "WEBP"):
        data = encoded(plain((8, 8)), form, save_all=True, append_images=frames)
        for published in (without_metadata(data), *(make_copy(data, 8, copy, 8) for copy in forms())):
            assert getattr(opened(published), "n_frames", 1) == 1, form


# --- what cannot be published -----------------------------------------------------------------


@pytest.mark.parametrize("size", [(400, 16_384), (16_384, 1), (400, 17_000), (70_000, 2), (9_000, 9_000)])
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_that_no_format_holds_is_told_of_with_the_limits(
    read: Read, size: tuple[int, int], form: str
) -> None:
    if form == "JPEG" and max(size) > 65_500:
        size = (65_500, 2)  # the most that libjpeg writes
    found = read("a.png" if form == "PNG" else "a.jpg", encoded(Image.new("1" if form == "PNG" else "L", size), form))
    assert isinstance(found, Problem)
    assert (found.file.partition(".")[0], str(found.message)) == ("content/a", UNFIT)
    assert "60 megapixels" in str(found.remedy)
    assert "16,383 pixels a side" in str(found.remedy)


def test_a_picture_that_says_it_is_immense_is_not_decoded(read: Read) -> None:
    canvas = struct.pack("<I", 0) + (2**24 - 1).to_bytes(3, "little") + (2**24 - 1).to_bytes(3, "little")
    frames = encoded(plain((8, 8)), "WEBP")[12:]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + canvas[:10] + frames
    header = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2**30, 2**30, 8, 2, 0, 0, 0))
    for name, data in {"a.webp": b"RIFF" + struct.pack("<I", len(body)) + body, "a.png": header}.items():
        found = read(name, data)
        assert isinstance(found, Problem)
        assert str(found.message) in (UNFIT, DAMAGED)


def test_a_picture_with_a_thousand_times_its_metadata_is_told_of(read: Read) -> None:
    """Its parts are put together one by one: a file of 65 megabytes kept a build busy for half a minute."""
    data = encoded(plain((8, 8)), "JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", 1000) + b"Exif\0\0" + bytes(992)
    assert isinstance(read("a.jpg", data[:2] + segment * 100 + data[2:]), Picture)
    found = read("b.jpg", data[:2] + segment * 101 + data[2:])
    assert isinstance(found, Problem)
    assert (found.file, str(found.message)) == ("content/b.jpg", DAMAGED)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"<svg/>", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"<script>alert(1)</script>"]
)
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_what_is_no_picture_is_refused_whatever_its_name(read: Read, name: str, data: bytes) -> None:
    found = read(name, data)
    assert isinstance(found, Problem)
    assert found.file == f"content/{name}"
    assert str(found.remedy)


@pytest.mark.parametrize(
    ("name", "data", "form", "ending"),
    [
        ("a.png", encoded(plain(), "JPEG"), "JPEG", ".jpg"),
        ("a.webp", two_pictures((8, 8)), "JPEG", ".jpg"),
        ("a.JPEG", encoded(plain(), "PNG"), "PNG", ".png"),
        ("a.jpg", encoded(plain(), "WEBP"), "WEBP", ".webp"),
    ],
)
def test_a_picture_in_another_format_than_its_name_says_is_told_of_with_the_right_name(
    read: Read, name: str, data: bytes, form: str, ending: str
) -> None:
    found = read(name, data)
    assert isinstance(found, Problem)
    assert str(found.message) == f"this picture is {form}, and its name says otherwise."
    assert f"ends in {ending}," in str(found.remedy)


def test_a_damaged_picture_ends_the_build_with_its_name_and_leaves_the_site(site: Site, build: Build) -> None:
    output = build(site).output
    before = files_of(output)
    show(site, "seat.jpg", encoded(noise((300, 300)), "JPEG")[:9_000])
    report = report_of(lambda: build(site))
    assert f"content/articles/{KEY}/seat.jpg: {DAMAGED} Open it with a picture editor" in str(report)
    assert files_of(output) == before


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_sums(png: bytes) -> bytes:
    """Return a damaged PNG with the sums of its chunks made right, so that the damage is read."""
    whole, place = png[:8], 8
    while place + 12 <= len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        whole += chunk(png[place + 4 : place + 8], png[place + 8 : place + 8 + length])
        place += 12 + length
    return whole


def specimens() -> dict[str, list[bytes]]:
    """Return small pictures of all kinds, with metadata, by the end of their names."""
    image = noise((9, 6))
    said = {"exif": exif(6), "icc_profile": SRGB[:200]}
    others = {"save_all": True, "append_images": [plain((9, 6))]}
    return {
        ".jpg": [
            encoded(image, "JPEG", comment=b"c", xmp=XMP, **said),
            encoded(image, "JPEG", progressive=True, exif=exif()),
            encoded(image.convert("CMYK"), "JPEG", exif=exif(3)),
            encoded(image, "MPO", exif=exif(5), **others),
        ],
        ".png": [
            encoded(image, "PNG", pnginfo=png_notes(), **said),
            encoded(image.quantize(7), "PNG", transparency=b"\0\1\2\3", exif=exif(8)),
            encoded(Image.new("I;16", (5, 4), 3000), "PNG", transparency=3000),
            encoded(image, "PNG", **others),
        ],
        ".webp": [
            encoded(image, "WEBP", xmp=XMP, **said),
            encoded(image.convert("RGBA"), "WEBP", lossless=True, exif=exif(7)),
            encoded(image, "WEBP", **others),
        ],
    }


def raw_profile(data: str) -> PngImagePlugin.PngInfo:
    """Return EXIF as ImageMagick once wrote it into a PNG: hexadecimal text."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Raw profile type exif", f"\nexif\n{len(data)}\n{data}\n")
    return notes


SPECIMENS = [(suffix, data) for suffix, kinds in specimens().items() for data in kinds]


def damage(draw: st.DrawFn, data: bytes) -> bytes:
    """Return ``data`` with some bytes changed, lost or added, mostly near its head."""
    raw = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, 260) | st.integers(0, len(data))) % max(1, len(raw))
        match draw(st.sampled_from(["change", "change", "change", "lose", "add", "cut"])):
            case "change" if raw:
                raw[place] = draw(st.sampled_from([0, 1, 127, 128, 255]) | st.integers(0, 255))
            case "lose":
                del raw[place : place + draw(st.integers(1, 8))]
            case "add":
                raw[place:place] = draw(st.binary(min_size=1, max_size=8))
            case "cut":
                del raw[place + 1 :]
    return bytes(raw)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return the end of a name, and a damaged picture."""
    suffix, data = draw(st.sampled_from(SPECIMENS))
    data = damage(draw, data)
    return suffix, with_sums(data) if suffix == ".png" and draw(st.booleans()) else data


@st.composite
def sound_but_for_exif(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return the end of a name, and a picture of which only the metadata is damaged."""
    form = draw(st.sampled_from(sorted(ENDINGS)))
    nonsense = b"Exif\0\0" + damage(draw, exif(draw(st.integers(1, 8))).tobytes().removeprefix(b"Exif\0\0"))
    return f".{ENDINGS[form]}", encoded(plain((9, 6)), form, exif=nonsense)


@examples(1500)
@given(damaged() | sound_but_for_exif())
@example((".jpg", encoded(plain(), "JPEG", exif=b"Exif\0\0MM\0*")))  # struct.error
@example((".png", with_sums(re.sub(rb"IDAT", b"iDAT", encoded(plain(), "PNG")))))  # IndexError
@example((".png", encoded(plain(), "PNG", pnginfo=raw_profile("0"))))  # ValueError
def test_a_damaged_picture_is_published_or_told_of(
    tmp_path_factory: pytest.TempPathFactory, picture: tuple[str, bytes]
) -> None:
    suffix, data = picture
    path = tmp_path_factory.getbasetemp() / f"damaged{suffix}"
    path.write_bytes(data)
    with warnings.catch_warnings(), closing(Store(path.with_name("cache-of-damaged"))) as store:
        warnings.simplefilter("ignore")  # Pillow says what it makes of some damage
        found = read_picture(path, f"content/{path.name}", f"media/{path.name}", store)
        if isinstance(found, Problem):
            assert str(found.message)
            assert str(found.remedy)
            return
        assert opened(without_metadata(data)).size == (found.width, found.height)
        for form in forms():
            assert opened(make_copy(data, min(found.widths), form, max(found.widths))).width == min(found.widths)


def test_what_was_found_sound_is_not_decoded_again(site: Site, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(site)
    build(site)
    monkeypatch.setattr(pixels, "_upright", None)
    assert build(site).work.rendered == 0


def test_a_picture_that_changes_during_the_build_is_told_of(tmp_path: Path, read: Read) -> None:
    picture = read("a.png", encoded(plain(), "PNG"))
    assert isinstance(picture, Picture)
    path = tmp_path / "a.png"
    assert read_unchanged(path, "content/a.png", picture) == path.read_bytes()
    path.write_bytes(b"half of ano")
    with pytest.raises(Problems, match=r"content/a\.png: this picture was changed during the build\. Build again\."):
        read_unchanged(path, "content/a.png", picture)
    path.unlink()
    with pytest.raises(Problems, match=r"content/a\.png: cannot be read"):
        read_unchanged(path, "content/a.png", picture)


# --- names ------------------------------------------------------------------------------------

GOOD_NAMES = ("a.jpg", "A.JPG", "b.jpeg", "c.Png", "d.webp", "a.b..-_c.jpg", "seat.html.png", "x" * 96 + ".png")
#: Names, with what the message says and what its remedy.
BAD_NAMES = {
    "photo": ("“photo” is not the name of a picture", ".jpg, .jpeg, .png or .webp"),
    "evil.html": ("“evil.html” is not the name of a picture", ".jpg, .jpeg, .png or .webp"),
    "map.svg": ("“map.svg” is not the name of a picture", "Use a JPEG, PNG or WebP"),
    "a.png.html": ("“a.png.html” is not the name of a picture", ".jpg, .jpeg, .png or .webp"),
    "jpg": ("“jpg” is not the name of a picture", ".jpg, .jpeg, .png or .webp"),
    "a.jpg.": ("“a.jpg.” is not the name of a picture", ".jpg, .jpeg, .png or .webp"),
    "a~b.png": ("“a~b.png” cannot be the name of a published file", "Rename the file “a-b.png”"),
    ".png": ("“.png” is not the name of a file of this folder", "plain file name"),
    "../a.png": ("“../a.png” is not the name of a file of this folder", "plain file name"),
    "ä.png": ("“ä.png” cannot be the name of a published file", "Rename the file “a.png”"),
    "index.png": ("“index.png” is the name of a text", "under another name"),
    "x" * 97 + ".png": ("101 characters are too many", "within 100"),
}


def shown_in_body(name: str) -> str:
    """Return the name under which a body shows a picture; raises :class:`Invalid`."""
    text = f"Un\n\n![Un siège]({name})"
    (file,) = Converter(Style("fr", {"fr": "french"})).convert(text, "/media/articles/x").body.files
    return file


def shown_at_the_head(name: str) -> str:
    """Return the name under which a front matter shows a picture; raises :class:`Invalid`."""
    return str(file_name()(Value(name, 3), Context(("fr", "en"), "Europe/Paris")))


@pytest.mark.parametrize("place", [shown_in_body, shown_at_the_head])
@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_name_that_ends_like_a_picture_is_good(place: Callable[[str], str], name: str) -> None:
    assert place(name) == name


@pytest.mark.parametrize("place", [shown_in_body, shown_at_the_head])
@pytest.mark.parametrize("name", BAD_NAMES, ids=lambda name: name[:20])
def test_a_name_that_does_not_is_refused_with_what_to_write(place: Callable[[str], str], name: str) -> None:
    message, remedy = BAD_NAMES[name]
    with pytest.raises(Invalid) as refusal:
        place(name)
    assert refusal.value.line == 3
    assert remedy in str(refusal.value.remedy)
    if place is shown_at_the_head or name.isascii():  # Markdown writes é as %C3%A9
        assert message in str(refusal.value.message)


@given(st.text("aK\u212aſ.-_~/jpegnwb\n", max_size=12).map(lambda name: f"{name}.jpg"))
def test_any_name_that_is_read_has_an_address_of_its_own(name: str) -> None:
    try:
        found = shown_at_the_head(name)
    except Invalid:
        return
    assert found == name
    assert found.isascii()
    assert not set(found) & set("/~\n")


def test_pictures_whose_names_differ_never_want_one_address(site: Site, build: Build) -> None:
    folder = site.content / "articles" / KEY
    data = {"JPEG": encoded(plain((700, 500)), "JPEG"), "PNG": encoded(plain((700, 500)), "PNG")}
    names = {"a.jpg": "JPEG", "a.jpeg": "JPEG", "a.JPG": "JPEG", "a.b.jpg": "JPEG", "a.png": "PNG", "a.b.png": "PNG"}
    for name, form in names.items():
        (folder / name).write_bytes(data[form])
        change(site.article(KEY, "en"), "![The seat](seat.png)", f"![The seat](seat.png)\n\n![A shape]({name})")
    built = {path for path in files_of(build(site).output) if path.startswith("media/")}
    place = f"media/articles/{KEY}/"
    for name in names:
        copies = {path for path in built if path.startswith(f"{place}{name}~")}
        assert {path.rpartition(".")[2] for path in copies} == {"avif", "webp"}
        assert len(copies) == 2, "one width, as the picture is little wider than a phone"
    assert all(path.startswith(place) and not path.removeprefix(place).startswith(".") for path in built)


def test_no_picture_can_have_the_name_of_a_copy() -> None:
    copy = Picture("media/articles/x/a.jpg", bytes(16), 600, 400).copy(480, "webp")
    with pytest.raises(Invalid):
        shown_at_the_head(copy.rpartition("/")[2])


def test_the_pages_ask_for_the_copies_that_were_written(site: Site, build: Build) -> None:
    show(site, "Seat.of.2018.JPG", encoded(plain((1600, 900)), "JPEG"))
    output = build(site).output
    (page,) = [
        text for path in output.rglob("tickets-rumour/index.html") if "Seat.of" in (text := path.read_text("utf-8"))
    ]
    written = {f"/{path}" for path in files_of(output) if "Seat.of" in path}
    assert len(written) == 7
    assert all(address in page for address in written)


# --- what is not published --------------------------------------------------------------------


def unpacked(data: bytes) -> bytes:
    """Return ``data`` followed by what the chunks of a PNG hold once they are unpacked."""
    image = opened(data)
    return data + repr({name: value for name, value in image.info.items() if name != "icc_profile"}).encode()


def same_colours(one: bytes, other: bytes) -> bool:
    """Tell whether two profiles make the same colours of the same numbers."""
    ramp = Image.frombytes("RGB", (256, 3), bytes(range(256)) * 9)
    target = ImageCms.createProfile("LAB")
    shown = [
        ImageCms.profileToProfile(ramp, ImageCms.ImageCmsProfile(BytesIO(profile)), target, outputMode="LAB")
        for profile in (one, other)
    ]
    return shown[0] is not None and shown[1] is not None and shown[0].tobytes() == shown[1].tobytes()


def test_a_profile_says_its_colours_and_nothing_of_its_maker() -> None:
    assert all(mark in SRGB or mark in PLAIN_SRGB for mark in PROFILE_MARKS)
    kept = only_colours(SRGB)
    assert not [mark for mark in PROFILE_MARKS if mark in kept]
    assert same_colours(kept, SRGB)
    assert only_colours(kept) == kept
    assert struct.unpack(">I", kept[:4]) == (len(kept),)


@given(st.integers(0, len(SRGB)), st.binary(max_size=8))
def test_a_damaged_profile_is_left_out_or_still_one(place: int, damage: bytes) -> None:
    for broken in (SRGB[:place], SRGB[:place] + damage + SRGB[place + len(damage) :]):
        kept = only_colours(broken)
        assert not kept or only_colours(kept) == kept


@pytest.mark.parametrize("name", talkative())
def test_a_picture_says_nothing_of_its_maker_and_keeps_its_colours(name: str) -> None:
    data = talkative()[name]
    assert any(mark in unpacked(data) for mark in MARKS), "the specimen says nothing"
    for published in (without_metadata(data), *(make_copy(data, 60, form, 60) for form in forms())):
        image = opened(published)
        told = unpacked(published) + image.info["icc_profile"]
        assert not [mark for mark in (*MARKS, *PROFILE_MARKS) if mark in told]
        assert not image.getexif()
        assert not {"exif", "comment", "xmp", "XML:com.adobe.xmp", "photoshop", "Comment"} & image.info.keys()
        assert same_colours(image.info["icc_profile"], SRGB)


def test_every_talkative_picture_says_what_the_test_takes_it_to_say() -> None:
    said = b"".join(unpacked(data) for data in talkative().values())
    assert [mark for mark in MARKS if mark not in said] == []
    assert all(dict(opened(data).getexif().get_ifd(0x8825)) for data in talkative().values())


def test_a_copy_in_other_colours_has_no_profile_of_the_first() -> None:
    data = encoded(plain((8, 8), (0, 0, 0, 0), "CMYK"), "JPEG", icc_profile=INKS)
    assert opened(without_metadata(data)).info["icc_profile"] == only_colours(INKS)
    for form in forms():
        assert not opened(make_copy(data, 8, form, 8)).info.get("icc_profile"), form


# --- cards whose words the font cannot write --------------------------------------------------

WORDS = ("rumour", "announced", "confirmed", "denied", "cancelled")
PALETTE = Palette("#ffffff", "#000000", "#555555", "#cc0000")
#: What the font has, what it has not, what it has without width, and what has no end.
STRANGE = st.text("a★東🚀 \u00a0\u202f\u0301\u200b\u00ad'.", max_size=20) | st.sampled_from(["", "x" * 3000])


@pytest.fixture(scope="module")
def face() -> Face:
    return Face((ROOT / "theme" / "fonts" / "headlines.ttf").read_bytes())


@pytest.mark.parametrize("name", ["", "★", "\u0301", " ", "\u00ad", "x" * 20_000])
@pytest.mark.parametrize("date", ["", "2018"])
def test_a_card_is_drawn_whatever_letters_the_name_of_the_site_has(face: Face, name: str, date: str) -> None:
    data = draw_card(ShareCard("site", "fr", name, "Un titre"), date, {}, PALETTE, face)
    assert opened(data).size == (WIDTH, HEIGHT)


@examples(60)
@given(said=st.tuples(*[STRANGE] * 4), statuses=st.lists(st.sampled_from(WORDS), max_size=3), word=STRANGE)
def test_a_card_is_drawn_whatever_letters_it_has(
    face: Face, said: tuple[str, str, str, str], statuses: list[str], word: str
) -> None:
    site, title, date, topic = said
    view = ShareCard("a", "fr", site, title, statuses=tuple(statuses), topic=topic)
    assert opened(draw_card(view, date, dict.fromkeys(WORDS, word), PALETTE, face)).size == (WIDTH, HEIGHT)
