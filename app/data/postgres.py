"""Reading PostgreSQL: read-only transactions over a pool, with a time limit for each statement."""

import os
import socket
import time
from asyncio import get_running_loop, timeout
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, LiteralString, cast

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import URL
from sqlalchemy.dialects.postgresql import psycopg as dialects

from app.data.postgres_faults import is_lost, problem_of
from app.data.reader import Ask, Compiled, DatasetState, Fetched, Snapshot, Statements
from app.data.state import judged, state_statement

POLL_SECONDS = 1.0
"""So long may a worker serve the old data after a load."""
WAIT_SECONDS = 2.0
"""So long may a request wait for a connection."""
ANSWER_SECONDS = 0.5
"""So much longer than its budget may a fetch take; a server that is silent by then is frozen."""
RECONNECT_SECONDS = 3.0
"""So long is a connection tried for, at longer and longer intervals; then requests try anew, so
that a database that was away for long is found again at once."""

_ONE_SNAPSHOT = (
    "-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on"
)
"""What is sent in one pipeline is one transaction, without BEGIN and COMMIT and the wait for them
(PostgreSQL, "Pipelining"): read-only, and so isolated that all of it sees one state of the data."""

_STATE = Ask("dataset", state_statement, {})

Connection = AsyncConnection[tuple[Any, ...]]
Work = Sequence[tuple[Compiled, Any]]


class Lost(psycopg.OperationalError):
    """The connection broke, or the server broke the query off."""


class PostgresReader:
    """Reads PostgreSQL. A fetch is one transaction, so that it sees one state of the data."""

    def __init__(self, url: URL, seconds: float, connections: int) -> None:
        self._statements = Statements(dialects.dialect())
        self._seen: tuple[float, DatasetState] | None = None
        self._light_seconds = seconds + ANSWER_SECONDS
        self._heavy_seconds = 2 * seconds + ANSWER_SECONDS
        self._patience = WAIT_SECONDS + self._heavy_seconds
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            kwargs=_arguments(url, seconds),
            min_size=1,
            max_size=connections,
            open=False,
            timeout=WAIT_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
        )

    async def open(self) -> None:
        await self._pool.open(wait=False)

    async def close(self) -> None:
        await self._pool.close()

    async def dataset(self) -> DatasetState:
        return self.dataset_at_hand() or (await self.fetch(())).dataset

    def dataset_at_hand(self) -> DatasetState | None:
        if self._seen and time.monotonic() - self._seen[0] < POLL_SECONDS:
            return self._seen[1]
        return None

    async def fetch(self, asks: Sequence[Ask], *, heavy: bool = False) -> Snapshot:
        # The database works elsewhere: nothing holds up this process.
        work = [(self._statements.compiled(ask), ask.values) for ask in (_STATE, *asks)]
        try:
            async with timeout(self._patience):
                state, *results = await self._run_twice(
                    work, self._heavy_seconds if heavy else self._light_seconds
                )
        except (psycopg.Error, TimeoutError) as fault:
            raise problem_of(fault) or fault from fault
        self._seen = (time.monotonic(), judged(state))
        return Snapshot(self._seen[1], results)

    async def _run_twice(self, work: Work, seconds: float) -> list[Fetched]:
        """Once is enough, unless the connection was lost since it was used last."""
        try:
            return await self._run(work, seconds)
        except Lost:
            # All that have been idle since may be lost as well.
            await self._pool.check()
            return await self._run(work, seconds)

    async def _run(self, work: Work, seconds: float) -> list[Fetched]:
        async with self._pool.connection() as connection:
            try:
                with _answering(connection, seconds):
                    async with connection.pipeline():
                        cursors = [
                            await connection.execute(
                                cast(LiteralString, statement.sql),
                                {**statement.constants, **values},
                                prepare=False if statement.planned_anew else None,
                            )
                            for statement, values in work
                        ]
                        return [await cursor.fetchall() for cursor in cursors]
            except (psycopg.Error, TimeoutError) as fault:
                was_closed = connection.closed
                # The driver takes statements for prepared that a broken-off pipeline has not sent.
                await connection.close()
                if is_lost(fault, was_closed):
                    raise Lost from fault
                raise


@contextmanager
def _answering(connection: Connection, seconds: float) -> Generator[None]:
    """Hang up if the server is silent for too long: the driver would ask it to break off what it
    does, and wait for that, for as long as it is frozen."""
    is_late = False

    def hang_up() -> None:
        nonlocal is_late
        is_late = True
        with (
            suppress(psycopg.Error, OSError),
            socket.socket(fileno=os.dup(connection.fileno())) as shared,
        ):
            shared.shutdown(socket.SHUT_RDWR)

    timer = get_running_loop().call_later(seconds, hang_up)
    try:
        yield
    except psycopg.OperationalError as fault:
        if is_late:
            raise TimeoutError from fault
        raise
    finally:
        timer.cancel()


def _arguments(url: URL, seconds: float) -> dict[str, Any]:
    """How to connect; what the URL says of it wins. Several hosts are tried in turn (libpq)."""
    dialect: Any = dialects.dialect()
    given: dict[str, Any] = dialect.create_connect_args(url)[1]
    budget = f"-c statement_timeout={int(seconds * 1000)}"
    options = " ".join((_ONE_SNAPSHOT, budget, given.get("options", ""))).rstrip()
    patience = {"connect_timeout": 2, "tcp_user_timeout": int(WAIT_SECONDS * 1000)}
    return {"autocommit": True, **patience, **given, "options": options}
