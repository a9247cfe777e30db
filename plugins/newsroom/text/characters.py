"""Characters that no published text may hold."""

import re

#: Characters no published text may hold: what XML 1.0 (2.2) cannot carry, C1 controls, and Unicode's line separators,
#: which some programs count as line ends; signs that show what follows them in another order than it is written in
#: (UAX #9, 2.1 and 2.2), and the one that stands where a program lost a character.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufffd\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
#: What programs write where they cannot read a character.
LOST = "\ufffd"
