"""JSON as data files and pages hold it."""

import json
from typing import Any

from newsroom.views.data import DataView

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def encode(view: DataView) -> bytes:
    """Return the content of ``view`` as UTF-8 JSON."""
    return json.dumps(view.content, ensure_ascii=False, indent=1).encode() + b"\n"


def to_script(data: dict[str, Any]) -> str:
    """Return ``data`` as JSON that may stand inside a ``script`` element (HTML, 4.12.1.3)."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
