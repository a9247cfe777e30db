"""Data files as JSON."""

import json

from newsroom.views.data import DataView


def encode(view: DataView) -> bytes:
    """Return the content of ``view`` as UTF-8 JSON."""
    return json.dumps(view.content, ensure_ascii=False, indent=1).encode() + b"\n"
