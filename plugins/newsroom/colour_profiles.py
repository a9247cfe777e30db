"""Colour profiles (ICC.1:2022) that describe colours, and not who made them, with what, or when.

A profile is a header and a table of tags. Those that turn numbers into colours are kept byte for
byte; names, copyrights, serial numbers, dates and private tags are left out.
"""

import struct

_HEADER = 128
#: What a profile must have nevertheless (8.2): a description and a copyright, both empty.
_WORDLESS = b"mluc" + bytes(4) + struct.pack(">II", 0, 12)
#: Tags that say what the numbers of a picture mean (9.2), with the type of their element (10) where it matters.
_COLOURS = frozenset(
    (
        *(b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"cicp"),
        *(b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2"),
    )
)


def only_colours(profile: bytes) -> bytes:
    """Return ``profile`` with its colours and nothing else, or b"" where it cannot be read."""
    try:
        tags = _tags(profile)
    except (struct.error, ValueError):
        return b""
    return _written(profile[:_HEADER], {**tags, b"desc": _WORDLESS, b"cprt": _WORDLESS})


def _tags(profile: bytes) -> dict[bytes, bytes]:
    """Return the data of the tags of colours by signature (7.3); raise ValueError for a damaged profile."""
    (count,) = struct.unpack_from(">I", profile, _HEADER)
    if profile[36:40] != b"acsp" or count > 100:
        raise ValueError
    found = {}
    for number in range(count):
        signature, offset, size = struct.unpack_from(">4sII", profile, _HEADER + 4 + 12 * number)
        if signature in _COLOURS:
            found[signature] = profile[offset : offset + size]
            if len(found[signature]) != size:
                raise ValueError
    return found


def _written(header: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Return a profile of ``tags``, with the parts of ``header`` (7.2) that a reader of colours needs."""
    table, data = [], bytearray()
    places: dict[bytes, int] = {}
    start = _HEADER + 4 + 12 * len(tags)
    for signature, value in sorted(tags.items()):
        if value not in places:
            places[value] = start + len(data)
            data += value + bytes(-len(value) % 4)
        table.append(struct.pack(">4sII", signature, places[value], len(value)))
    size = struct.pack(">I", start + len(data))
    # Version, class, colour space and connection space; the rendering intent and the illuminant of the latter.
    # Left out: the maker of the module, the date, the platform, the device, its serial number and the creator.
    head = size + bytes(4) + header[8:24] + bytes(12) + b"acsp" + bytes(24) + header[64:80]
    return head.ljust(_HEADER, b"\0") + struct.pack(">I", len(tags)) + b"".join(table) + bytes(data)
