"""Outages of a PostgreSQL server under load, and what a server of ours has to stand."""

import signal
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager

import psycopg
from sqlalchemy import URL

from tests.postgresql import OwnServer, plain, signal_each
from tests.servers import PATIENCE, Crowd, Server, wait_until_ready

PLACES = 8
"""Connections to PostgreSQL that a server may hold, by its default settings."""
QUERY_SECONDS = 1.0
SETTINGS: Mapping[str, str] = {
    "query_seconds": str(QUERY_SECONDS),
    # As many as there are places, so that slow queries can fill all of them.
    "heavy_queries": str(PLACES),
    "remembered_megabytes": "0",
}
ANSWER_SECONDS = 6.0
"""Most that an answer may take: 2 s for a connection, the query's budget and half a second, and the
same for a second try with what is left of twice that."""
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
        end = time.monotonic() + PATIENCE
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
    server.freeze()
    time.sleep(FROZEN_SECONDS)
    server.thaw()


@contextmanager
def asking(api: Server) -> Generator[Sequence[Crowd]]:
    """Eight clients that ask for as long as outages last."""
    crowds = [Crowd(api, path, clients=4) for path in (ONE_STATEMENT, TWO_STATEMENTS)]
    with ExitStack() as stack:
        for crowd in crowds:
            stack.enter_context(crowd.asking())
        yield crowds


def places(api: Server, url: URL) -> int:
    """How many connections the server can still use at once: so many wait for a locked table."""
    address = plain(url)
    with (
        closing(psycopg.connect(address)) as owner,
        closing(psycopg.connect(address, autocommit=True)) as watcher,
    ):
        owner.execute("LOCK TABLE dataset IN ACCESS EXCLUSIVE MODE")
        most = 0
        end = time.monotonic() + PATIENCE
        with Crowd(api, ONE_STATEMENT, 2 * PLACES).asking():
            while most < PLACES and time.monotonic() < end:
                most = max(most, _waiting(watcher))
            owner.rollback()
    return most


def _waiting(watcher: psycopg.Connection) -> int:
    found = watcher.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    ).fetchone()
    return found[0] if found else 0


def seconds_to_end(api: Server) -> float:
    """How long the server takes to end after SIGTERM; raises if it does not."""
    begun = time.monotonic()
    api.signal(signal.SIGTERM)
    assert api.process.wait(PATIENCE) == 0
    return time.monotonic() - begun
