"""What an output is made from, as digests: the code, the templates, the words, the view.

A page is made again when any of them changes and only then.
"""

import importlib.metadata
import platform
from hashlib import blake2b
from pathlib import Path

import msgspec

_LIBRARIES = (
    *("pelican", "jinja2", "markdown", "babel", "feedgenerator", "msgspec", "nh3", "lxml", "unidecode"),
    *("pyyaml", "rcssmin", "icalendar", "pillow", "fonttools", "pagefind-bin", "brotli", "markupsafe"),
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


def of_code(plugins: Path) -> bytes:
    """Return the digest of the code of the build: its modules and the versions of its libraries."""
    versions = [f"{name}={importlib.metadata.version(name)}" for name in _LIBRARIES]
    state = blake2b("\n".join([platform.python_version(), *versions]).encode(), digest_size=16)
    for path in sorted(plugins.rglob("*.py")):
        state.update(digest(path.relative_to(plugins).as_posix().encode(), path.read_bytes()))
    return state.digest()
