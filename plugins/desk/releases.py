"""``make releases`` lists the releases of the site; ``make rollback`` serves the one before, or ``TO=`` another.

Nothing is built, and nothing read but ``publishconf.py``, so both are immediate.
"""

import argparse
import os
import runpy
from pathlib import Path

from publication.releases import Releases


def listed(releases: Releases) -> list[str]:
    """Return the releases, newest first, each with its state."""
    live, served = releases.live(), releases.served()
    return [f"{name}{_remark(name, live, served)}" for name in reversed(releases.present())]


def _remark(name: str, live: str | None, served: list[str]) -> str:
    if name == live:
        return "  is served"
    return "" if name in served else "  was gone back from, or never served: the next publication removes it"


def main() -> None:
    """List the releases of the project in the current folder, or put one back."""
    parser = argparse.ArgumentParser(prog="make releases", description=__doc__)
    parser.add_argument("--back", nargs="?", const="", metavar="RELEASE", help="serve the release before, or this one")
    parser.add_argument("--output", metavar="FOLDER", help="where the site is published, if not as publishconf.py says")
    given = parser.parse_args()
    output = given.output or runpy.run_path("publishconf.py")["OUTPUT_PATH"]
    releases = Releases(Path(os.path.abspath(output)))  # noqa: PTH100 - a link in the path is not to be followed
    try:
        if given.back is not None:
            print(f"{releases.back(given.back)} is served.")
        else:
            print("\n".join(listed(releases)) or "There is no release yet: make publish makes one.")
    except ValueError as error:
        parser.exit(1, f"{error}\n")
    except OSError as error:
        parser.exit(1, f"{error.filename or releases.output}: {error.strerror}. What is served is as it was.\n")


if __name__ == "__main__":
    main()
