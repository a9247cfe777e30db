"""How many examples a property is tried with, and which ones: said here, once.

By day they are the same at every run, so that what breaks a test is the change at hand and never luck.
``SILLAGE_EXAMPLES=2000`` tries so many, drawn anew: every night, and by hand after a change of what
parses, sanitises, orders or caches. What it finds is added to its test as an ``@example``. Below 100, it is
the most that any property is tried with: ``make test-fast`` takes 20.
"""

import os
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, Phase, settings

USUAL = 100
DRAWN = int(os.environ.get("SILLAGE_EXAMPLES", "0"))
_MORE = DRAWN > USUAL

settings.register_profile(
    "sillage",
    max_examples=DRAWN or USUAL,
    derandomize=not _MORE,
    print_blob=_MORE,
    # No test looks at the clock of the wall: a machine that is busy makes nothing wrong.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # Explaining a failure traces every line of every build: minutes for what the last lines of a report tell.
    phases=[phase for phase in Phase if phase is not Phase.explain],
)
settings.load_profile("sillage")


def examples(number: int, *, cost: int = 1, suppressed: tuple[HealthCheck, ...] = ()) -> settings:
    """Try a property with ``number`` examples; with ``SILLAGE_EXAMPLES`` where it asks for more, or for few.

    ``cost`` is how many times as long as others one example takes: so many fewer are drawn.
    """
    wanted = max(number, DRAWN // cost) if _MORE or not DRAWN else min(number, DRAWN)
    return settings(max_examples=wanted, suppress_health_check=[HealthCheck.too_slow, *suppressed])


def quick(count: int, cases: Iterable[object]) -> list[object]:
    """Return ``cases`` for ``pytest.mark.parametrize``: the quick tests try the first ``count`` of them.

    Each is one value, or a tuple with one for each argument.
    """
    return [
        case
        if number < count
        else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        for number, case in enumerate(cases)
    ]
