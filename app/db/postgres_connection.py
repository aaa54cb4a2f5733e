"""Connections to PostgreSQL: statements that are asked together are read from one snapshot."""

import os
import socket
from asyncio import get_running_loop
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from selectors import EVENT_READ, DefaultSelector
from typing import Any, LiteralString, Self, cast

import psycopg
from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor

from app.db.reader import CompiledStatement, Rows

ONE_SNAPSHOT = (
    "-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on"
)
"""What is sent in one pipeline is one transaction, without BEGIN and COMMIT and the wait for them
(PostgreSQL, "Pipelining"): read-only, and so isolated that all of it sees one state of the data."""

ISOLATION = "repeatable read"
BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
"""The same for one transaction, where the connection cannot have settings of its own."""

Row = tuple[Any, ...]
Work = Sequence[tuple[CompiledStatement, Mapping[str, Any]]]


@dataclass(slots=True)
class ConnectionAttempts:
    """How the latest attempt to connect ended: with a fault, or well (None)."""

    fault: psycopg.Error | None = None


class OtherEncoding(psycopg.OperationalError):
    """The database is not encoded in UTF8."""

    def __init__(self) -> None:
        super().__init__("the database is not encoded in UTF8")


class OptionsIgnored(psycopg.OperationalError):
    """A pooler between here and the server ignores the options of the connection."""

    def __init__(self) -> None:
        super().__init__("a pooler ignores options; set HKUS_DATABASE_POOLER=transaction")


class Connection(AsyncConnection[Row]):
    """Reads with numbered parameters, which the driver need not look for in the statement."""

    @classmethod
    async def connect(cls, conninfo: str = "", **options: Any) -> Self:
        """Connect, and refuse a database of no use.

        The option `attempts`, which is no option of the driver, notes why that failed.
        """
        attempts: ConnectionAttempts = options.pop("attempts", None) or ConnectionAttempts()
        try:
            connection = await super().connect(conninfo, **options)
            try:
                await connection._check(has_options="options" in options)
            except BaseException:
                await connection.close()
                raise
        except psycopg.Error as fault:
            attempts.fault = fault
            raise
        attempts.fault = None
        return connection

    async def _check(self, *, has_options: bool) -> None:
        """Raise a fault if the database has another encoding, or if the options that were sent when
        the connection was made have no effect, because a pooler ignores them."""
        if self.info.parameter_status("server_encoding") != "UTF8":
            raise OtherEncoding
        if has_options and await self._setting("default_transaction_isolation") != ISOLATION:
            raise OptionsIgnored

    async def _setting(self, name: str) -> str:
        cursor = await self._alone.execute("SELECT current_setting($1)", [name], prepare=False)
        (value,) = await cursor.fetchone() or ("",)
        return value

    async def results(
        self, work: Work, seconds: float, transaction_settings: str | None = None
    ) -> list[Rows]:
        """The rows of each statement, all from one snapshot.

        `transaction_settings` is a statement that sets what the connection itself does not have;
        then an explicit transaction holds it and the others, and nothing stays on the server.

        Raises `TimeoutError` if the server has not answered after `seconds`. After an error, and
        after a cancellation, the connection is of no use any more and has to be closed.
        """
        with _answering(self, seconds):
            if transaction_settings:
                return await self._in_transaction(work, transaction_settings)
            return await self._results(work)

    def is_broken(self) -> bool:
        """Whether the server has ended this idle connection, as far as it is known here.

        A server sends nothing over an idle connection but the reason why it ends it (and changes of
        its settings, which are rare). Nothing is sent to it, so a server that is frozen holds up
        nobody here.
        """
        with DefaultSelector() as selector:
            selector.register(self.fileno(), EVENT_READ)
            return bool(selector.select(timeout=0))

    async def _results(self, work: Work) -> list[Rows]:
        if len(work) == 1:  # which is a transaction by itself
            await _execute(self._alone, *work[0])
            return [await self._alone.fetchall()]
        async with self.pipeline():
            cursors = [await _execute(self._cursor(), *each) for each in work]
            return [await cursor.fetchall() for cursor in cursors]

    async def _in_transaction(self, work: Work, transaction_settings: str) -> list[Rows]:
        """One pipeline, so that the pooler is waited for only once."""
        async with self.pipeline():
            await self.execute(BEGIN)
            await self.execute(cast(LiteralString, transaction_settings))
            cursors = [await _execute(self._cursor(), *each) for each in work]
            await self.execute("COMMIT")
            return [await cursor.fetchall() for cursor in cursors]

    @cached_property
    def _alone(self) -> AsyncCursor[Row]:
        """For statements that come alone: making a cursor takes as long as reading a row."""
        return self._cursor()

    def _cursor(self) -> AsyncCursor[Row]:
        return AsyncRawCursor(self)


async def _execute(
    cursor: AsyncCursor[Row], statement: CompiledStatement, values: Mapping[str, Any]
) -> AsyncCursor[Row]:
    return await cursor.execute(
        cast(LiteralString, statement.sql),
        [values[name] for name in statement.order],
        prepare=False if statement.planned_anew else None,
        binary=True,
    )


@contextmanager
def _answering(connection: AsyncConnection[Row], seconds: float) -> Generator[None]:
    """Close the socket in both directions if the server is silent for too long.

    The driver then meets the end of the connection at once. If its task were cancelled instead, it
    would first ask the server to cancel the query, and wait up to ten seconds for that.
    """
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
