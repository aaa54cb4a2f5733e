"""Concurrency limit: few heavy queries run at once, so that cheap queries need not wait."""

import asyncio
import time
from collections.abc import AsyncGenerator, Hashable, Sequence
from contextlib import asynccontextmanager

from app.db.reader import Reader, ReaderWrapper, Snapshot, SqlStatement
from app.problems.problems import HEAVY, TOO_SLOW, ProblemError

LIGHT_CPU_SECONDS = 0.25
"""CPU time limit of a light query, in seconds. A query that exceeds it runs again as a heavy query.
It is CPU time, because on a busy machine even a cheap query takes long by the clock."""
LIGHT_SECONDS = 1.0
"""Wall-clock time limit of a light query, in seconds."""
MARKED_HEAVY_SECONDS = 60.0
"""How long a query shape stays marked as heavy, in seconds."""
MAX_WAITING = 64
"""Maximum number of heavy queries in the queue; further ones are refused."""


class LimitedReader(ReaderWrapper):
    """Limits the heavy fetches of another reader: at most `most_heavy` run at once.

    The others wait up to `wait_seconds`, then they are refused. A fetch is heavy if the caller says
    so, or if one of its statements was slow in the last `MARKED_HEAVY_SECONDS`.
    """

    def __init__(self, reader: Reader, most_heavy: int, wait_seconds: float) -> None:
        super().__init__(reader)
        self._most_heavy = most_heavy
        self._wait_seconds = wait_seconds
        self._slots = asyncio.Semaphore(most_heavy)
        self._waiting = 0
        self._slow: dict[Hashable, float] = {}

    async def fetch(self, statements: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        by_shape = {each.shape: each for each in statements}
        snapshot = await self._fetch_limited(list(by_shape.values()), heavy=heavy)
        rows = dict(zip(by_shape, snapshot.results, strict=True))
        results = [
            each.transform(rows[each.shape]) if each.transform else rows[each.shape]
            for each in statements
        ]
        return Snapshot(snapshot.dataset, results)

    async def _fetch_limited(self, statements: Sequence[SqlStatement], *, heavy: bool) -> Snapshot:
        if not (heavy or (self._slow and self._was_slow(statements))):
            try:
                return await self._reader.fetch(statements)
            except ProblemError as problem:
                if problem.type is not TOO_SLOW:
                    raise
            expiry = time.monotonic() + MARKED_HEAVY_SECONDS
            self._slow |= {each.shape: expiry for each in statements}
        async with self._slot():
            return await self._reader.fetch(statements, heavy=True)

    def _was_slow(self, statements: Sequence[SqlStatement]) -> bool:
        now = time.monotonic()
        self._slow = {shape: expiry for shape, expiry in self._slow.items() if expiry > now}
        return any(each.shape in self._slow for each in statements)

    @asynccontextmanager
    async def _slot(self) -> AsyncGenerator[None]:
        """One of the slots for heavy queries; raises 503 if none becomes free in time."""
        if self._slots.locked() and self._waiting >= MAX_WAITING:
            raise self._busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait_seconds):
                await self._slots.acquire()
        except TimeoutError:
            raise self._busy() from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._slots.release()

    def _busy(self) -> ProblemError:
        detail = f"{self._most_heavy} heavy queries are running, and others are waiting."
        return ProblemError(HEAVY, detail, headers={"Retry-After": "5"})
