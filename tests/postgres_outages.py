"""Outages of a PostgreSQL server under load, and checks of how our server survives them."""

import json
import math
import signal
import subprocess
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import psycopg
from sqlalchemy import URL

from tests.postgresql import OwnServer, plain, signal_each
from tests.servers import TIMEOUT, Answer, LoadGenerator, Server, wait_until_ready

POOL_SIZE = 8
"""The default limit on PostgreSQL connections per server process."""
QUERY_SECONDS = 1.0
SETTINGS: Mapping[str, Any] = {
    "query_seconds": str(QUERY_SECONDS),
    # As many as there are connections, so that slow queries can use all of them.
    "heavy_queries": str(POOL_SIZE),
    # No response cache, so that each request reads the database.
    "response_cache_megabytes": "0",
}
FROZEN_SECONDS = 4.0
"""Longer than the time budget of a query and the wait for a connection."""
ONE_STATEMENT = "/v1/actors/alice"
TWO_STATEMENTS = "/v1/actors"
"""A page and its total, in one pipeline."""

Outage = Callable[[OwnServer, URL, Server], None]


def connections_end(server: OwnServer, url: URL, api: Server) -> None:
    """End all connections to the database while they are in use, like `pg_terminate_backend`.

    First PostgreSQL is frozen, so that requests stay unread. Then our server is frozen. When it
    continues, it finds at the same moment a last message and a broken connection.
    """
    for _ in range(5):
        connections = server.connections(url.database or "")
        signal_each(connections, signal.SIGSTOP)
        time.sleep(0.1)  # so that requests arrive
        api.signal(signal.SIGSTOP)
        signal_each(connections, signal.SIGTERM)
        signal_each(connections, signal.SIGCONT)
        end = time.monotonic() + TIMEOUT
        while {*connections} & {*server.connections(url.database or "")} and time.monotonic() < end:
            time.sleep(0.01)
        api.signal(signal.SIGCONT)
        wait_until_ready(api)


def restarts(server: OwnServer, _: URL, __: Server) -> None:
    server.restart()


def crashes(server: OwnServer, _: URL, __: Server) -> None:
    server.crash()
    server.start()


def freezes(server: OwnServer, _: URL, __: Server) -> None:
    with unavailable(server, frozen=True):
        time.sleep(FROZEN_SECONDS)


@contextmanager
def under_load(api: Server) -> Generator[Sequence[LoadGenerator]]:
    """Run eight clients until the context ends."""
    generators = [LoadGenerator(api, path, clients=4) for path in (ONE_STATEMENT, TWO_STATEMENTS)]
    with ExitStack() as stack:
        for generator in generators:
            stack.enter_context(generator.running())
        yield generators


def faults(generators: Iterable[LoadGenerator]) -> list[str]:
    """Requests without a complete answer, and answers other than 200 and 503 problems."""
    answers = [answer for generator in generators for answer in generator.answers]
    wrong = [str(answer) for answer in answers if not (answer.status == 200 or _is_problem(answer))]
    return [lost for generator in generators for lost in generator.lost] + wrong


def _is_problem(answer: Answer) -> bool:
    return answer.status == 503 and json.loads(answer.body)["status"] == 503


def usable_connections(api: Server, url: URL) -> int:
    """Measure how many connections the server can still use at once."""
    most = 0
    end = time.monotonic() + TIMEOUT
    with (
        queries_blocked(url) as waiting,
        LoadGenerator(api, ONE_STATEMENT, 2 * POOL_SIZE).running(),
    ):
        while most < POOL_SIZE and time.monotonic() < end:
            most = max(most, waiting())
    return most


@contextmanager
def queries_blocked(url: URL) -> Generator[Callable[[], int]]:
    """Lock a table, so that every query waits. The function counts the waiting queries."""
    address = plain(url)
    with (
        closing(psycopg.connect(address)) as owner,
        closing(psycopg.connect(address, autocommit=True)) as watcher,
    ):

        def waiting() -> int:
            found = watcher.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).fetchone()
            return found[0] if found else 0

        owner.execute("LOCK TABLE dataset IN ACCESS EXCLUSIVE MODE")
        yield waiting
        owner.rollback()


def seconds_to_end(api: Server) -> float:
    """Seconds that the server takes to end after SIGTERM; infinite if it does not end."""
    begun = time.monotonic()
    api.signal(signal.SIGTERM)
    try:
        api.process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        return math.inf
    return time.monotonic() - begun


@contextmanager
def unavailable(server: OwnServer, *, frozen: bool) -> Generator[None]:
    """Freeze or stop PostgreSQL until the context ends."""
    leave, come_back = (server.freeze, server.thaw) if frozen else (server.stop, server.start)
    leave()
    try:
        yield
    finally:
        come_back()
