"""Connections to PostgreSQL: what is asked at once is read in one transaction, the shortest way."""

import os
import socket
from asyncio import CancelledError, get_running_loop
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any, LiteralString, cast

import psycopg
from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor
from psycopg.abc import RV, PQGen
from psycopg.pq import PipelineStatus
from psycopg.waiting import Ready, Wait

from app.data.reader import Compiled, Fetched
from app.data.watch import Watch

ONE_SNAPSHOT = (
    "-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on"
)
"""What is sent in one pipeline is one transaction, without BEGIN and COMMIT and the wait for them
(PostgreSQL, "Pipelining"): read-only, and so isolated that all of it sees one state of the data."""

LOOK_SECONDS = 0.1
"""So often the driver looks at a connection that it waits for."""
BREAK_OFF_SECONDS = 1.0
"""So long may the server take to break off what nobody waits for any more."""

Row = tuple[Any, ...]
Work = Sequence[tuple[Compiled, Mapping[str, Any]]]


class Connection(AsyncConnection[Row]):
    """Takes statements with numbered parameters, which the driver has not to look for."""

    async def results(self, work: Work, seconds: float) -> list[Fetched]:
        """The rows of each statement, from one snapshot; raises `TimeoutError` if the server has
        not answered by then."""
        with _answering(self, seconds):
            return await self._results(work)

    async def _results(self, work: Work) -> list[Fetched]:
        if len(work) == 1:  # which is a transaction by itself
            await _execute(self._alone, *work[0])
            return [await self._alone.fetchall()]
        async with self.pipeline():
            cursors = [await _execute(self._cursor(), *each) for each in work]
            return [await cursor.fetchall() for cursor in cursors]

    async def wait(
        self, gen: PQGen[RV], interval: float = LOOK_SECONDS, timeout: float | None = None
    ) -> RV:
        """What the driver does, for less where only an answer is waited for."""
        if timeout is not None or self.pgconn.pipeline_status != PipelineStatus.OFF:
            self._watch.end()
            return await super().wait(gen, interval, timeout)
        try:
            return await self._read(gen)
        except CancelledError:
            await self._give_up()
            raise
        except psycopg.Error:
            self._watch.end()  # The driver closes the socket of a connection that is lost.
            raise

    async def _read(self, gen: PQGen[RV]) -> RV:
        try:
            wanted = next(gen)
            while wanted == Wait.R:
                await self._watch.readable(self.pgconn.socket)
                wanted = gen.send(Ready.R)
        except StopIteration as done:
            return done.value
        self._watch.end()
        return await super().wait(_resumed(gen, wanted))

    async def _give_up(self) -> None:
        """Ask the server to break off what nobody waits for any more, and hang up."""
        try:
            with suppress(psycopg.Error):
                await self.cancel_safe(timeout=BREAK_OFF_SECONDS)
        finally:
            await self.close()

    async def close(self) -> None:
        self._watch.end()
        await super().close()

    @cached_property
    def _watch(self) -> Watch:
        return Watch()

    @cached_property
    def _alone(self) -> AsyncCursor[Row]:
        """For statements that come alone: to make a cursor for each takes as long as to read it."""
        return self._cursor()

    def _cursor(self) -> AsyncCursor[Row]:
        return AsyncRawCursor(self)


def _resumed(gen: PQGen[RV], wanted: Wait) -> PQGen[RV]:
    """The rest of a generator that has told already what it wants."""
    try:
        while True:
            wanted = gen.send((yield wanted))
    except StopIteration as done:
        return done.value


async def _execute(
    cursor: AsyncCursor[Row], statement: Compiled, values: Mapping[str, Any]
) -> AsyncCursor[Row]:
    return await cursor.execute(
        cast(LiteralString, statement.sql),
        [values[name] for name in statement.order],
        prepare=False if statement.planned_anew else None,
        binary=True,
    )


@contextmanager
def _answering(connection: AsyncConnection[Row], seconds: float) -> Generator[None]:
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
