"""``pelican``, which tells in a line what is wrong with a file of settings that Python cannot run.

Pelican reads its settings before it asks any step, and prints a traceback where it cannot.

While it runs, Python does not look for garbage: a build makes one catalogue that lives until its end and
hardly anything in circles, and looking through that again and again frees nothing. Nor does it take the
catalogue apart at its end: the system takes all of it back at once.
"""

import gc
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> None:
    """Run Pelican with ``arguments``, those of its own command."""
    gc.disable()  # before anything is loaded, which makes a third of the objects
    from pelican import main as pelican  # noqa: PLC0415
    from pelican import parse_arguments  # noqa: PLC0415

    from desk.project import require_readable  # noqa: PLC0415

    require_readable(parse_arguments(arguments).settings)
    pelican(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)
