"""Outages of a PostgreSQL server under load, and what a server of ours has to stand."""

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
"""Most connections of a server process to PostgreSQL, by its default settings."""
QUERY_SECONDS = 1.0
SETTINGS: Mapping[str, Any] = {
    "query_seconds": str(QUERY_SECONDS),
    # As many as there are places, so that slow queries can fill all of them.
    "heavy_queries": str(POOL_SIZE),
    # So that each request asks the database.
    "remembered_megabytes": "0",
}
FROZEN_SECONDS = 4.0
"""Longer than a query's budget and the wait for a connection."""
ONE_STATEMENT = "/v1/actors/alice"
TWO_STATEMENTS = "/v1/actors"
"""A page and its total, in one pipeline."""

Outage = Callable[[OwnServer, URL, Server], None]


def connections_end(server: OwnServer, url: URL, api: Server) -> None:
    """All connections to the database are ended while they are in use, as `pg_terminate_backend`
    does.

    Each side stands still for a while, so that PostgreSQL leaves requests unread, and the server
    finds out at once that there was a last message and that the connection is broken.
    """
    for _ in range(5):
        connections = server.connections(url.database or "")
        signal_each(connections, signal.SIGSTOP)
        time.sleep(0.1)  # for requests to arrive
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
    """Eight clients that ask for as long as outages last."""
    generators = [LoadGenerator(api, path, clients=4) for path in (ONE_STATEMENT, TWO_STATEMENTS)]
    with ExitStack() as stack:
        for generator in generators:
            stack.enter_context(generator.running())
        yield generators


def faults(generators: Iterable[LoadGenerator]) -> list[str]:
    """Requests without a whole answer, and answers that are neither 200 nor a problem with 503."""
    answers = [answer for generator in generators for answer in generator.answers]
    wrong = [str(answer) for answer in answers if not (answer.status == 200 or _is_problem(answer))]
    return [lost for generator in generators for lost in generator.lost] + wrong


def _is_problem(answer: Answer) -> bool:
    return answer.status == 503 and json.loads(answer.body)["status"] == 503


def usable_connections(api: Server, url: URL) -> int:
    """How many connections the server can still use at once."""
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
    """While every query waits for a table that is locked; the function counts those that wait."""
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
    """How long the server takes to end after SIGTERM; infinite if it does not."""
    begun = time.monotonic()
    api.signal(signal.SIGTERM)
    try:
        api.process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        return math.inf
    return time.monotonic() - begun


@contextmanager
def unavailable(server: OwnServer, *, frozen: bool) -> Generator[None]:
    """While PostgreSQL is frozen, or stopped in order."""
    leave, come_back = (server.freeze, server.thaw) if frozen else (server.stop, server.start)
    leave()
    try:
        yield
    finally:
        come_back()
