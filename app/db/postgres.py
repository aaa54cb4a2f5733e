"""Reading PostgreSQL: read-only transactions over a pool, with a time limit for each statement."""

import time
from asyncio import Task, create_task
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import psycopg
from psycopg import errors
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy import URL, Select
from sqlalchemy.dialects.postgresql import psycopg as dialects

from app.db.dataset import (
    check_revision,
    checked_state,
    revision_select,
    split_state,
    state_select,
    with_state,
)
from app.db.postgres_connection import ONE_SNAPSHOT, Connection, ConnectionAttempts, Work
from app.db.postgres_faults import connection_problem, is_lost, problem_of
from app.db.postgres_statements import PostgresStatementCache
from app.db.reader import DatasetState, Rows, Snapshot, SqlStatement
from app.problems.problems import ProblemError

POLL_SECONDS = 1.0
"""How long a worker may serve the old data after a load."""
WAIT_SECONDS = 2.0
"""Most that a request waits for a connection."""
ANSWER_SECONDS = 0.5
"""How much later than the query's budget an answer may arrive; a server that is silent then is
taken for frozen."""
RECONNECT_SECONDS = 3.0
"""How long the pool tries to replace a connection, at growing intervals. Then it waits for the next
request to try again, so that a database that was away for long is found without delay."""
CLOSE_SECONDS = 2.5
"""Most that is waited for attempts to connect when the process ends; one takes up to 2 s."""

_STATE = SqlStatement("dataset", state_select, {})
_REVISION = SqlStatement("revision", revision_select, {})
_OF_THE_TABLES = {"not-migrated", "not-loaded", "other-rendering"}
"""Reasons that may follow from another revision of the tables, which is looked at only then."""


class Lost(psycopg.OperationalError):
    """The connection broke, or the server broke the query off."""


class PostgresReader:
    """Reads PostgreSQL. A fetch is one transaction, so that it sees one state of the data."""

    def __init__(self, url: URL, seconds: float, connections: int, *, pooled: bool = False) -> None:
        self._attempts = ConnectionAttempts()
        self._transaction_settings = transaction_settings(seconds) if pooled else None
        self._statements = PostgresStatementCache()
        self._first = PostgresStatementCache(_with_state)
        self._returning: set[Task[None]] = set()
        self._seen: tuple[float, DatasetState] | None = None
        self._light_seconds = seconds + ANSWER_SECONDS
        self._heavy_seconds = 2 * seconds + ANSWER_SECONDS
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            connection_class=Connection,
            kwargs={
                **connection_arguments(url, seconds, pooled=pooled),
                "attempts": self._attempts,
            },
            min_size=1,
            max_size=connections,
            open=False,
            timeout=WAIT_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
        )

    async def open(self) -> None:
        await self._pool.open(wait=False)

    async def close(self) -> None:
        await self._pool.close(CLOSE_SECONDS)

    async def dataset(self) -> DatasetState:
        return self.cached_dataset() or (await self.fetch(())).dataset

    def cached_dataset(self) -> DatasetState | None:
        if self._seen and time.monotonic() - self._seen[0] < POLL_SECONDS:
            return self._seen[1]
        return None

    def last_dataset(self) -> DatasetState | None:
        return self._seen[1] if self._seen else None

    async def fetch(self, asks: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        # The database works elsewhere: nothing holds up this process.
        seconds = self._heavy_seconds if heavy else self._light_seconds
        try:
            state, results = await self._beside(asks, seconds) if asks else ([], [])
            if not state:
                state, *results = await self._results(self._work([_STATE, *asks]), seconds)
            self._seen = (time.monotonic(), checked_state(state))
        except ProblemError as problem:
            if any(fault.code in _OF_THE_TABLES for fault in problem.faults):
                await self._check_revision()
            raise
        return Snapshot(self._seen[1], results)

    async def _check_revision(self) -> None:
        """Raise the problem of the tables' revision, if it explains the problem at hand."""
        with suppress(psycopg.Error, TimeoutError):
            (rows,) = await self._run_again_if_lost(self._work([_REVISION]), self._light_seconds)
            check_revision(rows)

    async def _beside(
        self, asks: Sequence[SqlStatement], seconds: float
    ) -> tuple[Rows, list[Rows]]:
        """The state and all results, by a statement less: the first one, in its short form if it
        has one, tells the state beside its rows. Without rows nothing is known."""
        first, *others = asks
        told = self._first.compiled(first), first.values
        rows, *results = await self._results([told, *self._work(others)], seconds)
        state, rows = split_state(rows)
        return state, [rows, *results]

    def _work(self, asks: Sequence[SqlStatement]) -> Work:
        return [(self._statements.compiled(ask), ask.values) for ask in asks]

    async def _results(self, work: Work, seconds: float) -> list[Rows]:
        try:
            return await self._run_again_if_lost(work, seconds)
        except (psycopg.Error, TimeoutError) as fault:
            raise self._problem_of(fault) or fault from fault

    def _problem_of(self, fault: Exception) -> ProblemError | None:
        """Where no connection is to be had, the reason is why the latest attempt to connect failed,
        if an operator can mend that."""
        if isinstance(fault, PoolTimeout) and self._attempts.fault:
            return connection_problem(self._attempts.fault) or problem_of(fault)
        return problem_of(fault)

    async def _run_again_if_lost(self, work: Work, seconds: float) -> list[Rows]:
        """The results, after `WAIT_SECONDS` and `seconds` at most.

        A connection that the server ended on purpose, as for a restart, says nothing about the
        query, so another one is tried for as long as there is time; after any other loss only once.
        """
        end = time.monotonic() + WAIT_SECONDS + seconds
        connection = await self._pool.getconn()
        once_more = True
        while True:
            try:
                return await self._run(connection, work, min(seconds, end - time.monotonic()))
            except Lost as lost:
                if not once_more:
                    raise
                once_more = isinstance(lost.__cause__, errors.AdminShutdown)
            connection = await self._unbroken(end)

    async def _unbroken(self, end: float) -> Connection:
        """A connection that the server has not ended: after a restart, all idle ones may be."""
        while True:
            connection = await self._pool.getconn(min(WAIT_SECONDS, end - time.monotonic()))
            if not connection.is_broken():
                return connection
            await connection.close()
            self._give_back(connection)

    async def _run(self, connection: Connection, work: Work, seconds: float) -> list[Rows]:
        try:
            return await connection.results(work, seconds, self._transaction_settings)
        except BaseException as fault:
            was_closed = connection.closed
            # The driver takes statements for prepared that a broken-off pipeline has not sent.
            await connection.close()
            if is_lost(fault, was_closed):
                raise Lost from fault
            raise
        finally:
            self._give_back(connection)

    def _give_back(self, connection: Connection) -> None:
        """Return a connection to the pool, in a task that no client can cancel.

        A task that is cancelled while it waits for the pool's lock loses the connection for good.
        """
        returning = create_task(self._pool.putconn(connection))
        self._returning.add(returning)
        returning.add_done_callback(self._returning.discard)


def shortest_form(ask: SqlStatement) -> Select[Any]:
    """The statement that is tried first; only where it yields no rows, `ask.build` is run."""
    return (ask.short or ask.build)()


def _with_state(ask: SqlStatement) -> Select[Any]:
    return with_state(shortest_form(ask))


def connection_arguments(url: URL, seconds: float, *, pooled: bool = False) -> dict[str, Any]:
    """How to connect; what the URL says of it wins. Several hosts are tried in turn (libpq).

    Behind a pooler a connection has no settings of its own: `transaction_settings` replace them.
    """
    dialect: Any = dialects.dialect()
    given: dict[str, Any] = dialect.create_connect_args(url)[1]
    arguments = {
        "autocommit": True,
        "connect_timeout": 2,
        "tcp_user_timeout": int(WAIT_SECONDS * 1000),
        **given,
        "client_encoding": "UTF8",
    }
    if pooled:
        return {**arguments, "prepare_threshold": None}
    settings = [f"-c {name}={value}" for name, value in _session_settings(seconds).items()]
    options = " ".join((ONE_SNAPSHOT, *settings, given.get("options", ""))).rstrip()
    return {**arguments, "options": options}


def transaction_settings(seconds: float) -> str:
    """The statement that sets for one transaction what else is set for a connection."""
    settings = _session_settings(seconds).items()
    calls = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in settings)
    return f"SELECT {calls}"


def _session_settings(seconds: float) -> dict[str, str]:
    return {
        # Our statements are done before machine code for them would be.
        "jit": "off",
        # Our statements name the driving table first. To try every order of a dozen filters takes
        # the planner seconds.
        "join_collapse_limit": "4",
        "statement_timeout": str(int(seconds * 1000)),
    }
