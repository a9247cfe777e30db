"""Characters that no published text may hold."""

import re

#: Characters no published text may hold: what XML 1.0 (2.2) cannot carry, C1 controls, and Unicode's line separators,
#: which some programs count as line ends.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
