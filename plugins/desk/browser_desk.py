"""The browser desk under ``/admin/`` of ``make serve``: Sveltia CMS with the forms of :mod:`desk.cms_config`.

It is served by the preview and is not an output of a build, so no part of it can be published. The
program is in ``sveltia/`` as its makers publish it (version in ``sveltia/VERSION``), with its
fonts: the desk asks no host for anything except the repository, as its Content-Security-Policy
ensures.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from desk.cms_config import backend_of, configuration, style

FOLDER = "admin/"
_PROGRAM = Path(__file__).parent / "sveltia"
_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self'",
        "img-src 'self' blob: data: https://avatars.githubusercontent.com https://secure.gravatar.com",
        "media-src blob:",
        "worker-src 'self' blob:",
        "connect-src 'self' blob: data: https://api.github.com https://gitlab.com",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)
_PAGE = f"""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Sillage</title>
<script type="module" src="/admin/start.js"></script>
"""
_START = """\
import { init, registerCustomFormat } from "/admin/sveltia/index.js";
import { written } from "/admin/front-matter.js";
const [config, style] = await Promise.all(
  ["config", "style"].map(async (name) => (await fetch(`/admin/${name}.json`)).json()),
);
registerCustomFormat("yaml-frontmatter", "md", { toFile: (entry) => written(entry, style) });
init({ config });
"""
_WRITING = Path(__file__).parent / "added" / "front-matter.js"


def answer(path: str, root: Path, codes: Sequence[str]) -> bytes | None:
    """Return what is at ``path`` of the browser desk, below ``admin/``; None where there is nothing."""
    name = path.removeprefix(FOLDER)
    if name == "index.html":
        return _PAGE.encode()
    if name == "start.js":
        return _START.encode()
    if name == "front-matter.js":
        return _WRITING.read_bytes()
    if name == "style.json":
        return json.dumps(style(codes)).encode()
    if name == "config.json":
        return json.dumps(configuration(codes, backend_of(root)), ensure_ascii=False).encode()
    file = _PROGRAM / name.removeprefix("sveltia/")
    inside = name.startswith("sveltia/") and file.resolve().is_relative_to(_PROGRAM)
    return file.read_bytes() if inside and file.is_file() else None
