"""Outages of PostgreSQL with eight clients, on each event loop of the server."""

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import get_args

from sqlalchemy import URL

from app.db.postgres import ANSWER_SECONDS, WAIT_SECONDS
from tests.e2e.trials.figures import Figure
from tests.integration.publish.loading import load
from tests.postgres_outages import (
    POOL_SIZE,
    QUERY_SECONDS,
    SETTINGS,
    connections_end,
    crashes,
    faults,
    freezes,
    restarts,
    seconds_to_end,
    unavailable,
    under_load,
    usable_connections,
)
from tests.postgresql import OwnServer, own_server, temporary_database
from tests.servers import Loop, serving, wait_until_ready

MAX_SECONDS = WAIT_SECONDS + QUERY_SECONDS + ANSWER_SECONDS + 1.0
"""The time limit of a request, plus one second for a busy machine."""
GRACE_SECONDS = 10.0


def run(url: URL, options: argparse.Namespace) -> Iterator[Figure]:
    """Restart, crash and freeze a PostgreSQL server, and end its connections."""
    if url.get_backend_name() != "postgresql":
        return
    with own_server() as server, temporary_database(server.url) as filled:
        load(filled)
        for loop in get_args(Loop):
            for figure in _on(loop, server, filled, options.restarts):
                yield figure.of(loop)


def _on(loop: Loop, server: OwnServer, url: URL, times: int) -> Iterator[Figure]:
    with serving(url, loop=loop, **SETTINGS) as api:
        wait_until_ready(api)
        with under_load(api) as generators:
            for number in range(times):
                for outage in (restarts, connections_end, freezes if number % 2 else crashes):
                    outage(server, url, api)
                    wait_until_ready(api)
        statuses = Counter(
            answer.status for generator in generators for answer in generator.answers
        )
        yield Figure("restarts", times)
        yield Figure("requests answered with 200", statuses[200])
        yield Figure("requests answered with 503", statuses[503])
        yield Figure("requests answered otherwise or not at all", len(faults(generators)), most=0)
        slowest = max(generator.slowest for generator in generators)
        yield Figure("slowest answer", slowest, "s", MAX_SECONDS)
        yield Figure("pool slots lost", POOL_SIZE - usable_connections(api, url), most=0)
        yield Figure("ended after SIGTERM", seconds_to_end(api), "s", GRACE_SECONDS)
    for frozen, name in ((True, "frozen"), (False, "stopped")):
        with serving(url, loop=loop, **SETTINGS) as api:
            wait_until_ready(api)
            with under_load(api), unavailable(server, frozen=frozen):
                api.get("/readyz")
                ended = seconds_to_end(api)
            yield Figure(f"ended after SIGTERM while {name}", ended, "s", GRACE_SECONDS)
