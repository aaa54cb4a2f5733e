"""Connections to PostgreSQL: the statements of one fetch read from one snapshot."""

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
"""Connection options: every transaction is read-only, and reads from one snapshot.

A pipeline is one transaction without BEGIN and COMMIT, so it saves the wait for them (PostgreSQL
documentation, libpq, "Pipeline Mode").
"""

ISOLATION = "repeatable read"
BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
"""Starts such a transaction on a connection without those options, behind a pooler."""

Row = tuple[Any, ...]
Work = Sequence[tuple[CompiledStatement, Mapping[str, Any]]]
"""Statements to run, each with the values of its parameters."""


@dataclass(slots=True)
class ConnectionAttempts:
    """The fault of the latest attempt to connect; None if it succeeded."""

    fault: psycopg.Error | None = None


class OtherEncoding(psycopg.OperationalError):
    """The database is not encoded in UTF8."""

    def __init__(self) -> None:
        super().__init__("the database is not encoded in UTF8")


class OptionsIgnored(psycopg.OperationalError):
    """A pooler in front of the server ignores the options of the connection."""

    def __init__(self) -> None:
        super().__init__("a pooler ignores options; set HKUS_DATABASE_POOLER=transaction")


class PostgresConnection(AsyncConnection[Row]):
    """A connection for statements with numbered parameters (`$1`), which the driver does not parse.

    So a statement costs less time than with the driver's own placeholders.
    """

    @classmethod
    async def connect(cls, conninfo: str = "", **options: Any) -> Self:
        """Connect; raises a fault if the database is unusable (see `_check`).

        The option `attempts` is not passed to the driver. It is a `ConnectionAttempts`, which
        stores the fault, or None on success.
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
        """Raise `OtherEncoding` if the encoding is not UTF8, and `OptionsIgnored` if a pooler has
        ignored the options of the connection."""
        if self.info.parameter_status("server_encoding") != "UTF8":
            raise OtherEncoding
        if has_options and await self._setting("default_transaction_isolation") != ISOLATION:
            raise OptionsIgnored

    async def _setting(self, name: str) -> str:
        cursor = await self._single_cursor.execute(
            "SELECT current_setting($1)", [name], prepare=False
        )
        (value,) = await cursor.fetchone() or ("",)
        return value

    async def results(
        self, work: Work, seconds: float, transaction_settings: str | None = None
    ) -> list[Rows]:
        """The rows of each statement, all from one snapshot.

        `transaction_settings` is a statement with the settings that the connection does not have.
        It runs with the others in an explicit transaction, so the settings end with it.

        Raises `TimeoutError` if the server has not answered after `seconds`. After an error or a
        cancellation, the caller has to close the connection.
        """
        with _with_timeout(self, seconds):
            if transaction_settings:
                return await self._in_transaction(work, transaction_settings)
            return await self._results(work)

    def is_broken(self) -> bool:
        """Whether the server has probably ended this idle connection.

        The test is whether there are data to read: on an idle connection, a server sends only the
        reason why it ends it (and, rarely, changes of its settings). The test sends nothing and
        does not wait, so a server that hangs does not block it.
        """
        with DefaultSelector() as selector:
            selector.register(self.fileno(), EVENT_READ)
            return bool(selector.select(timeout=0))

    async def _results(self, work: Work) -> list[Rows]:
        if len(work) == 1:  # A single statement is a transaction.
            await _execute(self._single_cursor, *work[0])
            return [await self._single_cursor.fetchall()]
        async with self.pipeline():
            cursors = [await _execute(self._cursor(), *each) for each in work]
            return [await cursor.fetchall() for cursor in cursors]

    async def _in_transaction(self, work: Work, transaction_settings: str) -> list[Rows]:
        """Run all in one pipeline, so that there is one round trip to the pooler."""
        async with self.pipeline():
            await self.execute(BEGIN)
            await self.execute(cast(LiteralString, transaction_settings))
            cursors = [await _execute(self._cursor(), *each) for each in work]
            await self.execute("COMMIT")
            return [await cursor.fetchall() for cursor in cursors]

    @cached_property
    def _single_cursor(self) -> AsyncCursor[Row]:
        """A cursor to reuse for single statements: to make one takes as long as to read a row."""
        return self._cursor()

    def _cursor(self) -> AsyncCursor[Row]:
        return AsyncRawCursor(self)


async def _execute(
    cursor: AsyncCursor[Row], statement: CompiledStatement, values: Mapping[str, Any]
) -> AsyncCursor[Row]:
    return await cursor.execute(
        cast(LiteralString, statement.sql),
        [values[name] for name in statement.order],
        prepare=False if statement.custom_plan else None,
        binary=True,
    )


@contextmanager
def _with_timeout(connection: AsyncConnection[Row], seconds: float) -> Generator[None]:
    """Shut down the socket after `seconds`, and raise `TimeoutError`, if the block has not ended.

    The driver then sees the end of the connection at once. A cancelled task would first send a
    request to cancel the query, and wait up to ten seconds for the server.
    """
    is_late = False

    def shut_down_socket() -> None:
        nonlocal is_late
        is_late = True
        with (
            suppress(psycopg.Error, OSError),
            socket.socket(fileno=os.dup(connection.fileno())) as shared,
        ):
            shared.shutdown(socket.SHUT_RDWR)

    timer = get_running_loop().call_later(seconds, shut_down_socket)
    try:
        yield
    except psycopg.OperationalError as fault:
        if is_late:
            raise TimeoutError from fault
        raise
    finally:
        timer.cancel()
