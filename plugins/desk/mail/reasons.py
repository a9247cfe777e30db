"""Why a mail server or a service cannot be reached, in plain words."""

import socket

from newsroom.sentences import Sentence, say

_REASONS: dict[type[OSError], Sentence] = {
    TimeoutError: say("it does not answer"),
    ConnectionRefusedError: say("nothing listens there"),
    socket.gaierror: say("there is no host of this name"),
}


def why_unreachable(error: BaseException) -> Sentence:
    """Return what ``error`` means; the most common ones are put in plainer words than their own."""
    known = (reason for kind, reason in _REASONS.items() if isinstance(error, kind))
    return next(known, say("{words}", words=str(error) or type(error).__name__))
