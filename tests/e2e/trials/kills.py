"""Kill a load by SIGKILL at random moments, many times."""

import argparse
from collections.abc import Iterator
from random import Random

from sqlalchemy import URL

from tests.e2e.trials.figures import Figure
from tests.integration.publish.killed_load import many
from tests.integration.publish.loading import load
from tests.integration.publish.table_contents import contents
from tests.integration.publish.test_kills import kill_load

STEPS = 5
AFTER = (0.0, 0.5, 2.0, 5.0)
"""The longest delay after a step, in seconds. The duration of a load depends on the machine."""


def run(url: URL, options: argparse.Namespace) -> Iterator[Figure]:
    """Kill the load at or after a random step, check the database, and load again."""
    load(url, many())
    after_all = contents(url, timeless=True)
    load(url)
    before = contents(url, timeless=True)
    random = Random(options.seed)
    torn = unfinished = new = 0
    for _ in range(options.tries):
        kill_load(url, random.randint(0, STEPS), random.choice(AFTER) * random.random())
        after = contents(url, timeless=True)
        new += after == after_all
        torn += after not in (before, after_all)
        load(url)
        unfinished += contents(url, timeless=True) != before
    yield Figure("loads killed", options.tries)
    yield Figure("of them, after the new content was published", new)
    yield Figure("that left a mix of old and new, or damage", torn, most=0)
    yield Figure("that the next load did not make whole", unfinished, most=0)
