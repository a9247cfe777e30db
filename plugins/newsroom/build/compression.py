"""Compressed copies beside the files, for servers that send them as they are (``gzip_static``, ``precompressed``)."""

import gzip
from collections.abc import Callable

import brotli

#: By suffix of the copy. Just below the best compression, whose last percent takes ten times as long.
FORMS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, 9, mtime=0),
    ".br": lambda data: bytes(brotli.compress(data, quality=9)),
}
_TEXTS = (".html", ".css", ".js", ".json", ".xml", ".svg", ".ics", ".txt", ".webmanifest")


def compressible(path: str) -> bool:
    """Tell whether an output is text, which compression shrinks."""
    return path.endswith(_TEXTS)
