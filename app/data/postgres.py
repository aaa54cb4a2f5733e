"""Reading PostgreSQL: read-only transactions over a pool, with a time limit for each statement."""

import time
from collections.abc import Sequence
from typing import Any, LiteralString, cast

import psycopg
from psycopg import AsyncConnection, IsolationLevel
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy import URL
from sqlalchemy.dialects.postgresql import psycopg as dialects

from app.data.reader import Ask, Compiled, DatasetState, Fetched, Snapshot, Statements
from app.data.state import judged, state_statement
from app.problems import TOO_SLOW, ProblemError, unavailable

POLL_SECONDS = 1.0
"""So long may a worker serve the old data after a load."""
WAIT_SECONDS = 2.0
"""So long may a request wait for a connection."""

_STATE = Ask("dataset", state_statement, {})

Connection = AsyncConnection[tuple[Any, ...]]


class PostgresReader:
    """Reads PostgreSQL. A fetch is one transaction, so that it sees one state of the data."""

    def __init__(self, url: URL, seconds: float, connections: int) -> None:
        self._statements = Statements(dialects.dialect())
        self._seen: tuple[float, DatasetState] | None = None
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url.set(drivername="postgresql").render_as_string(hide_password=False),
            kwargs={"options": f"-c statement_timeout={int(seconds * 1000)}"},
            min_size=1,
            max_size=connections,
            open=False,
            timeout=WAIT_SECONDS,
            configure=_read_only,
            check=AsyncConnectionPool.check_connection,
        )

    async def open(self) -> None:
        await self._pool.open(wait=False)

    async def close(self) -> None:
        await self._pool.close()

    async def dataset(self) -> DatasetState:
        if self._seen and time.monotonic() - self._seen[0] < POLL_SECONDS:
            return self._seen[1]
        return (await self.fetch(())).dataset

    async def fetch(self, asks: Sequence[Ask], *, heavy: bool = False) -> Snapshot:  # noqa: ARG002
        # The database works elsewhere: nothing is heavy for this process.
        work = [(self._statements.compiled(ask), ask.values) for ask in (_STATE, *asks)]
        try:
            state, *results = await self._run(work)
        except psycopg.errors.QueryCanceled:
            raise ProblemError(
                TOO_SLOW, "The query took too long.", headers={"Retry-After": "5"}
            ) from None
        except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
            raise unavailable(
                "The database is not migrated; the operator has to run `load`."
            ) from error
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise unavailable("The database does not answer.") from error
        self._seen = (time.monotonic(), judged(state))
        return Snapshot(self._seen[1], results)

    async def _run(self, work: Sequence[tuple[Compiled, Any]]) -> list[Fetched]:
        async with self._pool.connection() as connection, connection.pipeline():
            cursors = [
                await connection.execute(
                    cast(LiteralString, statement.sql), {**statement.constants, **values}
                )
                for statement, values in work
            ]
            return [await cursor.fetchall() for cursor in cursors]


async def _read_only(connection: Connection) -> None:
    await connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
    await connection.set_read_only(True)
