"""Processes that end with the one that started them, even when that is killed."""

import ctypes
import os
import signal
import sys


def end_with(parent: int) -> None:
    """End this process, which the process of number ``parent`` has started, when that one ends.

    PR_SET_PDEATHSIG of prctl(2), which only Linux has; elsewhere nothing is done.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before this was asked for
        os._exit(1)
