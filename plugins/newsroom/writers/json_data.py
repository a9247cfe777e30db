"""JSON as data files and pages hold it."""

from typing import Any

import msgspec

from newsroom.views.data import DataView

_ESCAPES = {sign.encode(): f"\\u{ord(sign):04x}".encode() for sign in "<>&\u2028\u2029"}


def encode(view: DataView) -> bytes:
    """Return the content of ``view`` as UTF-8 JSON."""
    return indented(view.content)


def indented(content: Any) -> bytes:
    """Return ``content`` as UTF-8 JSON that people can read."""
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def to_script(data: dict[str, Any]) -> str:
    """Return ``data`` as JSON that may stand inside a ``script`` element (HTML, 4.12.1.3)."""
    text = msgspec.json.encode(data)
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return text.decode()
