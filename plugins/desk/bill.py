"""What ``make sbom`` adds to the list of libraries: their licences, and what ships with the program beside them.

``python -m desk.bill sbom.json`` completes a bill of materials in place (CycloneDX 1.6).
"""

import argparse
import json
from hashlib import sha256
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from msgspec import Struct

ROOT = Path(__file__).resolve().parents[2]
_FONTS = "5.3.0"


class Component(Struct, frozen=True):
    """Something made elsewhere whose files are in the repository: a package of npm, and the files that hold it."""

    name: str
    version: str
    licence: str
    files: tuple[str, ...]


def bundled(root: Path) -> tuple[Component, ...]:
    """Return what ships with the program in ``root``. Pagefind is not among it: its scripts are in its wheel."""
    _, sveltia = (root / "plugins/desk/sveltia/VERSION").read_text(encoding="utf-8").split()
    newsreader = ("theme/static/fonts/newsreader*.woff2", "theme/fonts/headlines.ttf")
    return (
        Component("@sveltia/cms", sveltia, "MIT", ("plugins/desk/sveltia/**/*.js",)),
        Component("@fontsource-variable/newsreader", _FONTS, "OFL-1.1", newsreader),
        Component("@fontsource-variable/libre-franklin", _FONTS, "OFL-1.1", ("theme/static/fonts/franklin.woff2",)),
    )


def complete(bill: dict[str, Any], root: Path) -> dict[str, Any]:
    """Return ``bill`` with the licences of its libraries and with what ships in ``root``."""
    libraries = [{**library, "licenses": _licences(library["name"])} for library in bill["components"]]
    parts = [_component(part, root) for part in bundled(root)]
    edges = [*bill.get("dependencies", ()), *({"ref": part["bom-ref"]} for part in parts)]
    return {**bill, "components": [*libraries, *parts], "dependencies": edges}


def _component(part: Component, root: Path) -> dict[str, Any]:
    """Return a part as a component, with each of its files and what is in it."""
    files = sorted({path for pattern in part.files for path in root.glob(pattern)})
    address = f"pkg:npm/{part.name.replace('@', '%40')}@{part.version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": part.name,
        "version": part.version,
        "purl": address,
        "licenses": [{"license": {"id": part.licence}}],
        "components": [
            {
                "type": "file",
                "name": path.relative_to(root).as_posix(),
                "hashes": [{"alg": "SHA-256", "content": sha256(path.read_bytes()).hexdigest()}],
            }
            for path in files
        ],
    }


def _licences(name: str) -> list[dict[str, Any]]:
    """Return the licence that an installed library states; nothing where it is not installed, or states none."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return []
    if expressions := said.get_all("License-Expression"):
        return [{"expression": expressions[0]}]
    return [{"license": {"name": stated}} for stated in _stated(said)]


def _stated(said: PackageMetadata) -> list[str]:
    """Return the licences of a library that states them as was done before there were expressions."""
    classified = [line for line in said.get_all("Classifier") or () if line.startswith("License ::")]
    if classified:
        return [line.rpartition(" :: ")[2] for line in classified]
    return [text.strip().splitlines()[0] for text in said.get_all("License") or () if text.strip()]


def main() -> None:
    """Complete the bill in the file that the command line names."""
    parser = argparse.ArgumentParser(prog="make sbom", description=main.__doc__)
    parser.add_argument("file", type=Path)
    path = parser.parse_args().file
    bill = complete(json.loads(path.read_text(encoding="utf-8")), ROOT)
    path.write_text(json.dumps(bill, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
