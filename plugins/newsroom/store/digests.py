"""What an output is made from, as digests: the code, the templates, the words, the view.

A page is made again when one of them changes, and only then.
"""

import importlib.metadata
import platform
import sys
import zlib
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

_LIBRARIES = (
    *("pelican", "jinja2", "markdown", "babel", "feedgenerator", "msgspec", "nh3", "lxml", "unidecode"),
    *(
        "pyyaml",
        "rcssmin",
        "icalendar",
        "markdown-it-py",
        "mdit-py-plugins",
        "pillow",
        "fonttools",
        "pagefind-bin",
        "cbor2",
        "brotli",
        "markupsafe",
        "zlib-ng",
    ),
)
#: Dicts in their own order: pages show what a dict holds in that order.
_encode = msgspec.msgpack.Encoder().encode


def digest(*parts: bytes) -> bytes:
    """Return a 16-byte BLAKE2b digest of ``parts``, their lengths included."""
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()


def of_view(view: object) -> bytes:
    """Return the digest of a view: of everything it holds, by value."""
    return blake2b(_encode(view), digest_size=16).digest()


@cache
def _installed(folders: tuple[str, ...]) -> dict[str, str]:
    """Return the versions of installed libraries, as the names of their folders tell them.

    ``{name}-{version}.dist-info`` (Recording installed projects, of the Python Packaging User
    Guide): importlib would read the description of each, which takes a tenth of the time of a build
    without changes.
    """
    found: dict[str, str] = {}
    for entry in map(Path, folders):
        for folder in entry.glob("*.dist-info") if entry.is_dir() else ():
            name, _, version = folder.stem.partition("-")
            found.setdefault(name.lower().replace("_", "-"), version)
    return found


def version_of(library: str) -> str:
    """Return the version of a library, by the name that its package has."""
    return _installed(tuple(sys.path)).get(library) or importlib.metadata.version(library)


def of_code(plugins: Path) -> bytes:
    """Return the digest of the code of the build: its modules and the versions of its libraries."""
    versions = [f"{name}={version_of(name)}" for name in _LIBRARIES]
    state = blake2b(
        "\n".join([platform.python_version(), zlib.ZLIB_RUNTIME_VERSION, *versions]).encode(), digest_size=16
    )
    for path in sorted(plugins.rglob("*.py")):
        state.update(digest(path.relative_to(plugins).as_posix().encode(), path.read_bytes()))
    return state.digest()
