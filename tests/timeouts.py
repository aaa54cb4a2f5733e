"""Timeouts of tests. They are so long that only a fault exceeds them, even on a busy machine.

Tests never wait for a fixed time; they wait until a state is reached.
"""

import time
from collections.abc import Callable

from hypothesis import HealthCheck

SUPPRESSED_CHECKS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
"""Health checks of Hypothesis that are off where examples share a fixture."""
TIMEOUT = 180.0
"""Seconds after which a test fails."""
QUERY_SECONDS = 60.0
"""The time budget of a query; the settings allow no more."""


def wait_until(reached: Callable[[], bool]) -> None:
    """Wait until a state is reached; fail after TIMEOUT seconds."""
    end = time.monotonic() + TIMEOUT
    while not reached():
        assert time.monotonic() < end, "the expected state was not reached"
        time.sleep(0.02)
