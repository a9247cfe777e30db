"""How a build that cannot go on ends: with a report and status 1, where Pelican would print a traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from newsroom.problems import Problems
from newsroom.reports import localised_report
from newsroom.session import Session

_NO_ROOM, _NO_RIGHT = "Make room for it.", "Let it be written, or choose another with -o."
_REMEDIES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _NO_ROOM),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), _NO_RIGHT),
}


@contextmanager
def exit_on_problems(session: Session) -> Iterator[None]:
    """End the build of ``session`` on problems with their report, and on what the disk refuses with a line.

    The next build completes what this one began.
    """
    try:
        yield
    except BaseException as error:
        session.end()
        if isinstance(error, Problems):
            raise SystemExit(localised_report(error.items)) from error
        if isinstance(error, OSError):
            where, remedy = error.filename or session.settings.output, _REMEDIES.get(error.errno or 0, "")
            raise SystemExit(f"{where}: {error.strerror}. The site is not published. {remedy}".rstrip()) from error
        raise
