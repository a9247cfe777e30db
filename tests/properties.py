"""How many examples a property is tried with, and which ones: said here, once.

By day they are the same at every run, so that what breaks a test is the change at hand and never luck.
``SILLAGE_EXAMPLES=2000`` tries so many, drawn anew: every night, and by hand after a change of what
parses, sanitises, orders or caches. What it finds is added to its test as an ``@example``.
"""

import os

from hypothesis import HealthCheck, Phase, settings

DRAWN = int(os.environ.get("SILLAGE_EXAMPLES", "0"))

settings.register_profile(
    "sillage",
    max_examples=DRAWN or 100,
    derandomize=not DRAWN,
    print_blob=bool(DRAWN),
    # No test looks at the clock of the wall: a machine that is busy makes nothing wrong.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # Explaining a failure traces every line of every build: minutes for what the last lines of a report tell.
    phases=[phase for phase in Phase if phase is not Phase.explain],
)
settings.load_profile("sillage")


def examples(number: int, *, cost: int = 1, suppressed: tuple[HealthCheck, ...] = ()) -> settings:
    """Try a property with ``number`` examples, or with ``SILLAGE_EXAMPLES`` where that is more.

    ``cost`` is how many times as long as others one example takes: so many fewer are drawn.
    """
    return settings(max_examples=max(number, DRAWN // cost), suppress_health_check=[HealthCheck.too_slow, *suppressed])
