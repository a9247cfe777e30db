"""``pelican``, which tells in a line what is wrong with a file of settings that Python cannot run.

Pelican reads its settings before it asks any step, and prints a traceback where it cannot.
"""

import sys
from collections.abc import Sequence

from pelican import main as pelican
from pelican import parse_arguments

from desk.project import require_readable


def main(arguments: Sequence[str]) -> None:
    """Run Pelican with ``arguments``, those of its own command."""
    require_readable(parse_arguments(arguments).settings)
    pelican(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
