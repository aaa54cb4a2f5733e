"""Connections to PostgreSQL: what is asked at once is read in one transaction, the shortest way."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, LiteralString, cast

from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor

from app.data.reader import Compiled, Fetched

ONE_SNAPSHOT = (
    "-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on"
)
"""What is sent in one pipeline is one transaction, without BEGIN and COMMIT and the wait for them
(PostgreSQL, "Pipelining"): read-only, and so isolated that all of it sees one state of the data."""

Row = tuple[Any, ...]
Work = Sequence[tuple[Compiled, Mapping[str, Any]]]


class Connection(AsyncConnection[Row]):
    """Takes statements with numbered parameters, which the driver has not to look for."""

    async def results(self, work: Work) -> list[Fetched]:
        """The rows of each statement, from one snapshot."""
        if len(work) == 1:  # which is a transaction by itself
            await _execute(self._alone, *work[0])
            return [await self._alone.fetchall()]
        async with self.pipeline():
            cursors = [await _execute(self._cursor(), *each) for each in work]
            return [await cursor.fetchall() for cursor in cursors]

    @cached_property
    def _alone(self) -> AsyncCursor[Row]:
        """For statements that come alone: to make a cursor for each takes as long as to read it."""
        return self._cursor()

    def _cursor(self) -> AsyncCursor[Row]:
        return AsyncRawCursor(self)


async def _execute(
    cursor: AsyncCursor[Row], statement: Compiled, values: Mapping[str, Any]
) -> AsyncCursor[Row]:
    given = {**statement.constants, **values}
    return await cursor.execute(
        cast(LiteralString, statement.sql),
        [given[name] for name in statement.order],
        prepare=False if statement.planned_anew else None,
        binary=True,
    )
