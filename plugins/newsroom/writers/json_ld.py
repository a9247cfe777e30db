"""JSON-LD as a page holds it."""

import json
from typing import Any

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def to_script(data: dict[str, Any]) -> str:
    """Return ``data`` as JSON that may stand inside a ``script`` element (HTML, 4.12.1.3)."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
