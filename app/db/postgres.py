"""PostgreSQL reader: read-only transactions over a connection pool, with statement timeouts."""

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
from app.db.postgres_connection import ONE_SNAPSHOT, ConnectionAttempts, PostgresConnection, Work
from app.db.postgres_faults import connection_problem, is_lost, problem_of
from app.db.postgres_statements import PostgresStatementCache
from app.db.reader import DatasetState, Rows, Snapshot, SqlStatement
from app.problems.problems import ProblemError

POLL_SECONDS = 1.0
"""How long a worker may serve the old dataset after a load, in seconds."""
WAIT_SECONDS = 2.0
"""Timeout for a connection from the pool, in seconds."""
ANSWER_SECONDS = 0.5
"""Extra time for the server's answer after the query's time limit, in seconds. Without an answer by
then, the reader gives up: the server hangs."""
RECONNECT_SECONDS = 3.0
"""How long the pool tries to replace a connection, in seconds. The intervals grow.

After that, the pool tries again only at the next request. So the first request after a long outage
finds the database at once.
"""
CLOSE_SECONDS = 2.5
"""Timeout for closing the pool when the process ends, in seconds. An attempt to connect takes up to
2 s."""

_STATE = SqlStatement("dataset", state_select, {})
_REVISION = SqlStatement("revision", revision_select, {})
_REVISION_FAULTS = {"not-migrated", "not-loaded", "other-rendering"}
"""Error codes that a wrong migration revision may cause. The reader checks the revision only after
one of these, because the check takes a query."""


class ConnectionLost(psycopg.OperationalError):
    """The connection was lost, or the server ended the query. Another connection may succeed."""


class PostgresReader:
    """Reads PostgreSQL. A fetch is one transaction, so all its rows come from one snapshot."""

    def __init__(self, url: URL, seconds: float, connections: int, *, pooled: bool = False) -> None:
        self._attempts = ConnectionAttempts()
        self._transaction_settings = transaction_settings(seconds) if pooled else None
        self._statements = PostgresStatementCache()
        self._statements_with_state = PostgresStatementCache(_with_state)
        self._returning: set[Task[None]] = set()
        self._last_read: tuple[float, DatasetState] | None = None
        self._light_seconds = seconds + ANSWER_SECONDS
        # A heavy fetch may have several slow statements. Each is limited by statement_timeout.
        self._heavy_seconds = 2 * seconds + ANSWER_SECONDS
        self._pool: AsyncConnectionPool[PostgresConnection] = AsyncConnectionPool(
            connection_class=PostgresConnection,
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
        if self._last_read and time.monotonic() - self._last_read[0] < POLL_SECONDS:
            return self._last_read[1]
        return None

    def last_dataset(self) -> DatasetState | None:
        return self._last_read[1] if self._last_read else None

    async def fetch(self, statements: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        # The database is another process, so even a heavy query does not block this one.
        seconds = self._heavy_seconds if heavy else self._light_seconds
        try:
            state, results = (
                await self._fetch_with_state(statements, seconds) if statements else ([], [])
            )
            if not state:
                state, *results = await self._results(self._work([_STATE, *statements]), seconds)
            self._last_read = (time.monotonic(), checked_state(state))
        except ProblemError as problem:
            if any(fault.code in _REVISION_FAULTS for fault in problem.faults):
                await self._check_revision()
            raise
        return Snapshot(self._last_read[1], results)

    async def _check_revision(self) -> None:
        """Raise a problem if this version cannot read the revision of the tables. That explains
        the first problem better."""
        with suppress(psycopg.Error, TimeoutError):
            (rows,) = await self._run_again_if_lost(self._work([_REVISION]), self._light_seconds)
            check_revision(rows)

    async def _fetch_with_state(
        self, statements: Sequence[SqlStatement], seconds: float
    ) -> tuple[Rows, list[Rows]]:
        """The dataset state and all results, without an extra statement for the state.

        The first statement, in its short form if it has one, yields the state as a last column.
        If it yields no rows, the state is empty and the caller has to fetch again.
        """
        first, *others = statements
        first_work = (self._statements_with_state.compiled(first), first.values)
        rows, *results = await self._results([first_work, *self._work(others)], seconds)
        state, rows = split_state(rows)
        return state, [rows, *results]

    def _work(self, statements: Sequence[SqlStatement]) -> Work:
        return [(self._statements.compiled(each), each.values) for each in statements]

    async def _results(self, work: Work, seconds: float) -> list[Rows]:
        try:
            return await self._run_again_if_lost(work, seconds)
        except (psycopg.Error, TimeoutError) as fault:
            raise self._problem_of(fault) or fault from fault

    def _problem_of(self, fault: Exception) -> ProblemError | None:
        """The problem for a fault. If the pool has no connection, the problem says why the latest
        attempt to connect failed, if that is known."""
        if isinstance(fault, PoolTimeout) and self._attempts.fault:
            return connection_problem(self._attempts.fault) or problem_of(fault)
        return problem_of(fault)

    async def _run_again_if_lost(self, work: Work, seconds: float) -> list[Rows]:
        """The results, after at most `WAIT_SECONDS` plus `seconds`.

        If the connection is lost, the work runs again on another connection. If the server ended
        it on purpose, for example at a restart, the query is not the cause: there are retries
        while there is time. After any other loss there is only one retry.
        """
        deadline = time.monotonic() + WAIT_SECONDS + seconds
        connection = await self._pool.getconn()
        may_retry = True
        while True:
            try:
                return await self._run(connection, work, min(seconds, deadline - time.monotonic()))
            except ConnectionLost as lost:
                if not may_retry:
                    raise
                may_retry = isinstance(lost.__cause__, errors.AdminShutdown)
            connection = await self._working_connection(deadline)

    async def _working_connection(self, deadline: float) -> PostgresConnection:
        """A connection that the server has not ended. A restart may have ended all idle ones."""
        while True:
            connection = await self._pool.getconn(min(WAIT_SECONDS, deadline - time.monotonic()))
            if not connection.is_broken():
                return connection
            await connection.close()
            self._return_to_pool(connection)

    async def _run(self, connection: PostgresConnection, work: Work, seconds: float) -> list[Rows]:
        try:
            return await connection.results(work, seconds, self._transaction_settings)
        except BaseException as fault:
            was_closed = connection.closed
            # After an aborted pipeline, the driver believes that statements are prepared which it
            # has not sent.
            await connection.close()
            if is_lost(fault, was_closed):
                raise ConnectionLost from fault
            raise
        finally:
            self._return_to_pool(connection)

    def _return_to_pool(self, connection: PostgresConnection) -> None:
        """Return a connection to the pool, in a task of its own, which no client can cancel.

        If the task of the request were cancelled while it waits for the pool's lock, the pool would
        lose the connection for good.
        """
        returning = create_task(self._pool.putconn(connection))
        self._returning.add(returning)
        returning.add_done_callback(self._returning.discard)


def shortest_form(statement: SqlStatement) -> Select[Any]:
    """The statement that runs first: the short form if there is one. If it yields no rows, the
    statement of `statement.build` runs."""
    return (statement.short or statement.build)()


def _with_state(statement: SqlStatement) -> Select[Any]:
    return with_state(shortest_form(statement))


def connection_arguments(url: URL, seconds: float, *, pooled: bool = False) -> dict[str, Any]:
    """The driver's connection arguments; parameters in the URL take precedence.

    If the URL has several hosts, libpq tries them in order. A pooler ignores session settings, so
    `transaction_settings` replaces them if `pooled`.
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
    """The statement that makes the session settings, but for one transaction only."""
    settings = _session_settings(seconds).items()
    calls = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in settings)
    return f"SELECT {calls}"


def _session_settings(seconds: float) -> dict[str, str]:
    return {
        # JIT compilation takes longer than our statements.
        "jit": "off",
        # Our statements name the driving table first. With a dozen filters, the planner would need
        # seconds to try every join order.
        "join_collapse_limit": "4",
        "statement_timeout": str(int(seconds * 1000)),
    }
