"""Concurrency limit: few heavy queries run at once, so that cheap queries need not wait."""

import asyncio
import time
from collections.abc import AsyncGenerator, Hashable, Sequence
from contextlib import asynccontextmanager

from app.db.reader import Reader, ReaderWrapper, Snapshot, SqlStatement
from app.problems.problems import HEAVY, TOO_SLOW, ProblemError

LIGHT_SECONDS = 0.25
"""CPU time limit of a light query, in seconds. A query that exceeds it runs again as a heavy query.
It is CPU time, because on a busy machine even a cheap query takes long by the clock."""
HELD_UP_SECONDS = 1.0
"""Wall-clock time limit of a light query, in seconds."""
REMEMBERED_SECONDS = 60.0
"""How long a query shape stays marked as heavy, in seconds."""
MOST_WAITING = 64
"""Maximum number of heavy queries in the queue; further ones are refused."""


class LimitedReader(ReaderWrapper):
    """Limits the heavy fetches of another reader: at most `most_heavy` run at once.

    The others wait up to `patience` seconds, then they are refused. A fetch is heavy if the caller
    says so, or if one of its statements was slow in the last `REMEMBERED_SECONDS`.
    """

    def __init__(self, reader: Reader, most_heavy: int, patience: float) -> None:
        super().__init__(reader)
        self._most_heavy = most_heavy
        self._patience = patience
        self._turns = asyncio.Semaphore(most_heavy)
        self._waiting = 0
        self._slow: dict[Hashable, float] = {}

    async def fetch(self, asks: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        once = {ask.shape: ask for ask in asks}
        fetched = await self._fetched(list(once.values()), heavy=heavy)
        rows = dict(zip(once, fetched.results, strict=True))
        results = [
            ask.transform(rows[ask.shape]) if ask.transform else rows[ask.shape] for ask in asks
        ]
        return Snapshot(fetched.dataset, results)

    async def _fetched(self, asks: Sequence[SqlStatement], *, heavy: bool) -> Snapshot:
        if not (heavy or (self._slow and self._was_slow(asks))):
            try:
                return await self._reader.fetch(asks)
            except ProblemError as problem:
                if problem.type is not TOO_SLOW:
                    raise
            expiry = time.monotonic() + REMEMBERED_SECONDS
            self._slow |= {ask.shape: expiry for ask in asks}
        async with self._turn():
            return await self._reader.fetch(asks, heavy=True)

    def _was_slow(self, asks: Sequence[SqlStatement]) -> bool:
        now = time.monotonic()
        self._slow = {shape: expiry for shape, expiry in self._slow.items() if expiry > now}
        return any(ask.shape in self._slow for ask in asks)

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None]:
        if self._turns.locked() and self._waiting >= MOST_WAITING:
            raise self._busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._turns.acquire()
        except TimeoutError:
            raise self._busy() from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turns.release()

    def _busy(self) -> ProblemError:
        detail = f"{self._most_heavy} heavy queries are under way, and more wait for their turn."
        return ProblemError(HEAVY, detail, headers={"Retry-After": "5"})
