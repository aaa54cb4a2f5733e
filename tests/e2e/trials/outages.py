"""Outages of PostgreSQL under eight clients, on each event loop that a server may run on."""

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import get_args

from sqlalchemy import URL

from app.db.postgres import ANSWER_SECONDS, WAIT_SECONDS
from tests.e2e.trials.figures import Figure
from tests.integration.publish.loading import load
from tests.postgres_outages import (
    PLACES,
    QUERY_SECONDS,
    SETTINGS,
    asking,
    away,
    connections_end,
    crashes,
    faults,
    freezes,
    places,
    restarts,
    seconds_to_end,
)
from tests.postgresql import OwnServer, created, own_server
from tests.servers import Loop, serving, wait_until_ready

MOST_SECONDS = WAIT_SECONDS + QUERY_SECONDS + ANSWER_SECONDS + 1.0
"""The budget of a request, and a second for a busy machine."""
GRACE_SECONDS = 10.0


def run(url: URL, options: argparse.Namespace) -> Iterator[Figure]:
    """Restart, crash and freeze a server of our own, and end its connections."""
    if url.get_backend_name() != "postgresql":
        return
    with own_server() as server, created(server.url) as filled:
        load(filled)
        for loop in get_args(Loop):
            for figure in _on(loop, server, filled, options.restarts):
                yield figure.of(loop)


def _on(loop: Loop, server: OwnServer, url: URL, times: int) -> Iterator[Figure]:
    with serving(url, loop=loop, **SETTINGS) as api:
        wait_until_ready(api)
        with asking(api) as crowds:
            for number in range(times):
                for outage in (restarts, connections_end, freezes if number % 2 else crashes):
                    outage(server, url, api)
                    wait_until_ready(api)
        statuses = Counter(answer.status for crowd in crowds for answer in crowd.answers)
        yield Figure("restarts", times)
        yield Figure("requests answered with 200", statuses[200])
        yield Figure("requests answered with 503", statuses[503])
        yield Figure("requests not answered, or otherwise", len(faults(crowds)), most=0)
        slowest = max(crowd.slowest for crowd in crowds)
        yield Figure("slowest answer", slowest, "s", MOST_SECONDS)
        yield Figure("places that did not come back", PLACES - places(api, url), most=0)
        yield Figure("ended after SIGTERM", seconds_to_end(api), "s", GRACE_SECONDS)
    for frozen, name in ((True, "frozen"), (False, "stopped")):
        with serving(url, loop=loop, **SETTINGS) as api:
            wait_until_ready(api)
            with asking(api), away(server, frozen=frozen):
                api.get("/readyz")
                ended = seconds_to_end(api)
            yield Figure(f"ended after SIGTERM while {name}", ended, "s", GRACE_SECONDS)
