"""Make the web fonts of the site out of Newsreader and Libre Franklin (SIL Open Font License 1.1).

Run by hand, when the fonts have to change, with fonttools and brotli installed
(last run: fonttools 4.68.0, brotli 1.2.1):

    for family in newsreader libre-franklin; do
        npm pack @fontsource-variable/$family@5.3.0
        mkdir $family && tar -xzf fontsource-variable-$family-*.tgz -C $family --strip-components=1
    done
    python theme/fonts/subset.py .

It writes ``newsreader.woff2``, ``newsreader-italic.woff2``, ``franklin.woff2`` and the
licences into ``theme/static/fonts``: the same bytes from the same packages and versions.
The optical size is pinned at that of the text; the weight of what is upright stays
variable. Franklin is for labels, dates and drawings: it has the letters of two languages.

It also writes ``headlines.ttf`` and ``OFL.txt`` beside itself: the weight of the
headlines alone, for social cards. Pillow shapes no text without a library that
is not everywhere, so kerning and ligatures stand where FreeType finds them by
itself: in a ``kern`` table, and at U+FB00 to U+FB04.
"""

import argparse
import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from fontTools import subset
from fontTools.misc.roundTools import otRound
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib import instancer
from fontTools.varLib.hvar import add_HVAR
from fontTools.varLib.varStore import VarStoreInstancer

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "theme" / "static" / "fonts"
CARDS = ROOT / "theme" / "fonts"

NNBSP = 0x202F
SIGNS = "\u0300\u0301\u0303\u0308ŒœŸ–—‘’‚“”„†•…‰′″‹›⁄€№™←↑→↓−↩"
NAMES = "Ễễ"  # letters of names: one that a new article needs is added here
WANTED = (*range(0x20, 0x7F), *range(0xA0, 0x100), NNBSP, *map(ord, SIGNS + NAMES))
LABELS = (*range(0x20, 0x7F), *map(ord, "\u00a0«»·°×²’‘“”–—…€£$ŒœŸ"), NNBSP, *range(0xC0, 0x100))


class Cut(NamedTuple):
    """A font to make: from the files of a package whose names have this pattern, at these places of its axes.

    Where the weight changes the kerning by no more than ``tolerance`` (in font units), it is made fixed.
    ``weight`` fixes the weight itself. ``wanted`` are its characters, ``features`` what OpenType does with them.
    """

    package: str
    pattern: str
    axes: dict[str, Any]
    tolerance: int
    weight: int | None = None
    wanted: tuple[int, ...] = WANTED
    features: tuple[str, ...] = ("*",)


# The italic is for text, not for headlines, and hardly ever bold.
OPTICAL_SIZE = 18
CUTS = {
    "newsreader.woff2": Cut(
        "newsreader", "newsreader-{}-opsz-normal.woff2", {"wght": (400, 700), "opsz": OPTICAL_SIZE}, 10
    ),
    "newsreader-italic.woff2": Cut(
        "newsreader", "newsreader-{}-opsz-italic.woff2", {"wght": (400, 600), "opsz": OPTICAL_SIZE}, 20, 400
    ),
    "franklin.woff2": Cut(
        "libre-franklin",
        "libre-franklin-{}-wght-normal.woff2",
        {"wght": (400, 600)},
        20,
        None,
        LABELS,
        ("kern", "liga", "locl", "ccmp"),
    ),
}
HEADLINE_WEIGHT = 500
LIGATURES = {0xFB00: "f_f", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "f_f_i", 0xFB04: "f_f_l"}
SMALLEST_KERN = 10  # in 1/2000 em: half a pixel of the largest headline; a table holds 10,920 pairs
NARROW = 2 / 3  # the width of U+202F, in word spaces, which are narrow: 1/7 em, to be seen between digits


def load(packages: Path, part: str, cut: Cut) -> TTFont:
    """Open one of the fonts that a package is cut into, with its axes limited."""
    font = TTFont(packages / cut.package / "files" / cut.pattern.format(part), recalcTimestamp=False)
    return instancer.instantiateVariableFont(font, dict(cut.axes), inplace=True)


def pair_kerning(font: TTFont) -> Iterator[Any]:
    """Go through the tables of the kerning."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            pairs = getattr(subtable, "ExtSubTable", subtable)
            if pairs.LookupType == 2:
                yield pairs


def kern_like(font: TTFont, name: str, model: str) -> None:
    """Give a glyph the class kerning of another."""
    for pairs in (pairs for pairs in pair_kerning(font) if pairs.Format == 2):
        pairs.Coverage.glyphs += [name] if model in pairs.Coverage.glyphs else []
        for classes in (pairs.ClassDef1.classDefs, pairs.ClassDef2.classDefs):
            classes[name] = classes.get(model, 0)


def add_glyph(font: TTFont, name: str, glyph: Glyph, metrics: tuple[int, int], changes: list[TupleVariation]) -> None:
    """Put a glyph at the end of a font."""
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name], font["hmtx"][name], font["gvar"].variations[name] = glyph, metrics, changes


def copy_glyph(font: TTFont, donor: TTFont, name: str) -> None:
    """Bring a glyph and its components, with their variations, from a font with the same axes."""
    if name in font["glyf"].glyphs:
        return
    glyph, kind = donor["glyf"][name], donor["GDEF"].table.GlyphClassDef.classDefs.get(name, 0)
    components = [part.glyphName for part in glyph.components] if glyph.isComposite() else []
    for component in components:
        copy_glyph(font, donor, component)
    add_glyph(font, name, glyph, donor["hmtx"][name], donor["gvar"].variations[name])
    font["GDEF"].table.GlyphClassDef.classDefs[name] = kind
    if components:
        kern_like(font, name, components[0])


def add_narrow_space(font: TTFont) -> str:
    """Add U+202F, which the package has not: a no-break space of a part of its width at every weight."""
    model, name = font.getBestCmap()[0xA0], f"uni{NNBSP:04X}"
    changes = deepcopy(font["gvar"].variations[model])
    for change in changes:
        change.coordinates = [delta and tuple(otRound(n * NARROW) for n in delta) for delta in change.coordinates]
    add_glyph(font, name, Glyph(), (otRound(font["hmtx"][model][0] * NARROW), 0), changes)
    return name


def fix_kerning(font: TTFont, tolerance: int) -> None:
    """Drop the variations of the kerning that no eye sees: they are a good part of the file."""
    heaviest = VarStoreInstancer(font["GDEF"].table.VarStore, font["fvar"].axes, {"wght": 1.0})
    for pairs in pair_kerning(font):
        rows = [row.PairValueRecord for row in pairs.PairSet] if pairs.Format == 1 else pairs.Class1Record
        for record in (record for row in rows for record in getattr(row, "Class2Record", row)):
            device = getattr(record.Value1, "XAdvDevice", None)
            if device and abs(heaviest[(device.StartSize << 16) + device.EndSize]) <= tolerance:
                del record.Value1.XAdvDevice


def build(packages: Path, cut: Cut) -> TTFont:
    """Make one of the fonts."""
    font = load(packages, "latin", cut)
    del font["HVAR"]  # made again below, for the glyphs that are left
    added = {NNBSP: add_narrow_space(font)}
    for donor in (load(packages, part, cut) for part in ("latin-ext", "vietnamese")):
        for code, name in donor.getBestCmap().items():
            if code in cut.wanted and code not in font.getBestCmap():
                copy_glyph(font, donor, name)
                added[code] = name
    for table in font["cmap"].tables:  # both are of Unicode
        table.cmap.update(added)
    fix_kerning(font, cut.tolerance)
    subsetter = subset.Subsetter(subset.Options(layout_features=list(cut.features)))
    subsetter.populate(unicodes=cut.wanted)
    subsetter.subset(font)
    add_HVAR(font)
    if cut.weight:
        font = instancer.instantiateVariableFont(font, {"wght": cut.weight})
    font.flavor = "woff2"
    return font


def kerning(font: TTFont) -> dict[tuple[str, str], int]:
    """Return the kerning of a static font by pair of glyphs; the first subtable that has a pair decides."""
    drawn = list(dict.fromkeys(font.getBestCmap().values()))
    found: dict[tuple[str, str], int] = {}
    for pairs in pair_kerning(font):
        for index, left in enumerate(pairs.Coverage.glyphs):
            if left not in drawn:
                continue
            if pairs.Format == 1:
                records = {record.SecondGlyph: record for record in pairs.PairSet[index].PairValueRecord}
            else:
                row = pairs.Class1Record[pairs.ClassDef1.classDefs.get(left, 0)].Class2Record
                records = {right: row[pairs.ClassDef2.classDefs.get(right, 0)] for right in drawn}
            for right, record in records.items():
                found.setdefault((left, right), getattr(record.Value1, "XAdvance", 0))
    return {pair: value for pair, value in found.items() if abs(value) >= SMALLEST_KERN and pair[1] in drawn}


def build_headlines(packages: Path) -> TTFont:
    """Make the static font of the social cards."""
    font = instancer.instantiateVariableFont(build(packages, CUTS["newsreader.woff2"]), {"wght": HEADLINE_WEIGHT})
    for table in font["cmap"].tables:
        table.cmap.update(LIGATURES)
    pairs = KernTable_format_0()
    pairs.coverage, pairs.kernTable = 1, kerning(font)
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [pairs]
    for name in ("GDEF", "GPOS", "GSUB", "STAT"):
        del font[name]
    # FreeType hints by itself a font whose program is 7 bytes or less, and bends the letters to the pixels.
    font["prep"].program.fromBytecode(bytes(font["prep"].program.getBytecode()) + bytes([0xB0, 0, 0x21]))
    font.flavor = None
    return font


def missing(font: TTFont, cut: Cut) -> str:
    """List the characters that the site wants and the font has not."""
    texts = [path.read_text("utf-8") for kind in ("*.md", "*.yaml") for path in (ROOT / "content").rglob(kind)]
    wanted = {*map(chr, cut.wanted), *("".join(texts) if cut.wanted is WANTED else "")} - {"\n", "\r", "\t"}
    return " ".join(f"{char} (U+{ord(char):04X})" for char in sorted(wanted) if ord(char) not in font.getBestCmap())


def main() -> None:
    """Write the fonts and their licence, and say what they weigh and lack."""
    parser = argparse.ArgumentParser(description="Make the web fonts of the site.")
    parser.add_argument("packages", type=Path, help="where the unpacked packages of @fontsource-variable lie")
    packages = parser.parse_args().packages
    for name, cut in CUTS.items():
        font = build(packages, cut)
        font.save(OUTPUT / name)
        print(f"{name}: {(OUTPUT / name).stat().st_size} bytes; not in the font: {missing(font, cut) or 'nothing'}")
        shutil.copyfile(packages / cut.package / "LICENSE", OUTPUT / f"OFL-{cut.package}.txt")
    headlines = CARDS / "headlines.ttf"
    build_headlines(packages).save(headlines)
    print(f"{headlines.name}: {headlines.stat().st_size} bytes")
    shutil.copyfile(packages / CUTS["newsreader.woff2"].package / "LICENSE", CARDS / "OFL.txt")


if __name__ == "__main__":
    main()
