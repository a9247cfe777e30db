"""How a build that cannot go on ends: with a report and status 1, where Pelican would print a traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from newsroom.problems import Problem, Problems
from newsroom.reports import localised_report, words_for
from newsroom.sentences import say
from newsroom.session import Session

_NO_ROOM = say("Make room for it.")
_NO_RIGHT = say("Let it be written, or choose another with -o.")
_OTHER = say("Then build again.")
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
            where = str(error.filename or session.settings.output)
            what = say("cannot be written: {reason}. The site is not published.", reason=error.strerror or str(error))
            problem = Problem(where, 0, "", what, _REMEDIES.get(error.errno or 0, _OTHER))
            raise SystemExit(problem.text(words_for())) from error
        raise
