"""How long tests wait for what has to happen: so long that only a fault takes longer.

A machine may do twenty other things at once. So no test waits for a time, but for a state.
"""

import time
from collections.abc import Callable

from hypothesis import HealthCheck

SUPPRESSED_CHECKS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
"""What Hypothesis shall not complain of where examples share a fixture."""
TIMEOUT = 180.0
"""Seconds after which a test gives up."""
QUERY_SECONDS = 60.0
"""A query's budget; the settings allow no more."""


def wait_until(reached: Callable[[], bool]) -> None:
    """Wait for a state; fails if it is not reached."""
    end = time.monotonic() + TIMEOUT
    while not reached():
        assert time.monotonic() < end, "what the test waits for has not happened"
        time.sleep(0.02)
